"""Everything that the pages of a snapshot are written from, read once from one build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any

import pandas as pd

from insight.findings import Finding, Profile, findings_of
from insight.format import slug
from insight.profile.reading import gather
from insight.queries import about, figures, inspections
from insight.queries.ask import Ask, remembering
from insight.records import records
from insight.views.context import Context
from insight.views.selection import Register, register
from insight.views.status import Status, status
from insight.warehouse import Warehouse

REVISIONS = "A year is read from the newest release that has it. The page of each force says what a later release changed."
OUR_SUMS = "our_sums"
Row = dict[str, Any]


@dataclass(frozen=True)
class Withheld:
    """How many numbers are withheld, by kind: counted in each release that has them, and each once.

    ``suppressed_now``: an earlier release prints it, the newest suppresses it. ``former_authorities``: of an authority that was
    reorganised since, where the newest release suppresses what took its place. ``our_sums``: of a force, all of whose parts are.
    """

    by_kind: Mapping[str, tuple[int, int]]

    @property
    def figures(self) -> int:
        """Numbers of the publisher, counted in each release that has them."""
        return sum(figures for kind, (figures, _) in self.by_kind.items() if kind != OUR_SUMS)

    @property
    def cells(self) -> int:
        """Numbers of the publisher, each once."""
        return sum(cells for kind, (_, cells) in self.by_kind.items() if kind != OUR_SUMS)

    @property
    def words(self) -> str:
        """How many of which kind, in words."""
        now, former, ours = (self.by_kind[kind][0] for kind in ("suppressed_now", "former_authorities", OUR_SUMS))
        return (
            f"{self.figures} figures withheld ({self.cells} numbers): {now} that the newest release suppresses, "
            f"{former} of former authorities, {ours} sums of forces beside them"
        )


@dataclass(frozen=True, eq=False)
class Edition:
    """One build and the date under which it is published.

    ``only`` names the force codes that get a page; None is all of them (a test builds few).
    """

    warehouse: Warehouse
    day: date
    only: frozenset[str] | None = None

    @cached_property
    def ask(self) -> Ask:
        """How the build is asked; what was asked once is not asked again."""
        return remembering(self.warehouse)

    @cached_property
    def register(self) -> Register:
        """Forces, measures and years."""
        return register(self.ask)

    def context(self, force: str = "", measure: str = "") -> Context:
        """What views read: of a force by its slug, or of none; the newest year of a measure, or of the first measure."""
        return Context(self.ask, self.register.newest(force, measure), self.profile, self.findings)

    @cached_property
    def profile(self) -> Callable[[str, date | None], Profile]:
        """What is known of a force, by its code and the year after which nothing is known."""
        return cache(lambda code, until=None: gather(self.ask, code, until))

    @cached_property
    def findings(self) -> Callable[[str, date | None], list[Finding]]:
        """What is said of a force, by its code and the year after which nothing is known."""
        return cache(lambda code, until=None: findings_of(self.profile(code, until)))

    @cached_property
    def withheld(self) -> Withheld:
        """How much is withheld."""
        rows = records(self.ask(about.withheld))
        return Withheld({str(row["kind"]): (int(row["figures"]), int(row["cells"])) for row in rows})

    @cached_property
    def build(self) -> Row:
        """The build's row."""
        return self.ask(about.build).iloc[0].to_dict()

    @cached_property
    def status(self) -> Status:
        """Whose figures these are, of when, and when more are due, as of the day of the edition."""
        found = status(self.ask, self.day)
        details = tuple((name, REVISIONS if name == "Revisions" else text) for name, text in found.details)
        return replace(found, details=details)

    @cached_property
    def forces(self) -> list[Row]:
        """All 43 forces by name, each with its ``slug``."""
        return [{**row, "slug": slug(row["force_name"])} for row in records(self.ask(figures.forces))]

    @cached_property
    def forces_with_pages(self) -> list[Row]:
        """Forces that get a page."""
        return [force for force in self.forces if self.only is None or force["force_code"] in self.only]

    @cached_property
    def pages_of_forces(self) -> dict[str, str]:
        """The page of each of these forces by its name, for links in tables."""
        return {str(force["force_name"]): f"forces/{force['slug']}.html" for force in self.forces_with_pages}

    @cached_property
    def measures(self) -> list[Row]:
        """All measures in order, each with its ``slug``."""
        return [{**row, "slug": slug(row["measure_id"])} for row in records(self.ask(figures.measures))]

    @cached_property
    def questions(self) -> list[Row]:
        """What is graded, each with its ``slug``."""
        return [{**row, "slug": slug(row["question"])} for row in records(self.ask(inspections.questions))]

    @cached_property
    def grades(self) -> pd.DataFrame:
        """Every grade."""
        return self.ask(inspections.grades)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Releases."""
        return self.ask(about.sources)
