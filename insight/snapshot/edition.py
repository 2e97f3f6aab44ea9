"""Everything that the pages of a snapshot are written from, read once from one build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

import pandas as pd

from insight.findings import Finding, Profile, findings_of
from insight.format import Words, slug, words_from
from insight.profile.reading import gather
from insight.queries import about, figures, inspections
from insight.queries.ask import Ask, asking
from insight.sources import source_line
from insight.warehouse import Warehouse

ENGLAND = "England"
Row = dict[str, Any]


@dataclass(frozen=True)
class Withheld:
    """``figures`` that earlier releases print and the newest suppresses, counted in each release; ``cells`` counts each once."""

    figures: int
    cells: int


@dataclass(frozen=True, eq=False)
class Book:
    """One build and the date under which it is published.

    ``only`` names the force codes that get a page; None is all of them (a test builds few).
    """

    warehouse: Warehouse
    day: date
    only: frozenset[str] | None = None

    @cached_property
    def ask(self) -> Ask:
        """How the build is asked; what was asked once is not asked again."""
        asked = asking(self.warehouse)

        @cache
        def remembered(question: Callable[..., pd.DataFrame], /, *arguments: Any) -> pd.DataFrame:
            return asked(question, *arguments)

        return remembered

    @cached_property
    def findings(self) -> Callable[[str], list[Finding]]:
        """What is said of a force, by its code."""
        return cache(lambda code: findings_of(self.facts(code)))

    @cached_property
    def facts(self) -> Callable[[str], Profile]:
        """What is known of a force, by its code."""
        return cache(lambda code: gather(self.ask, code))

    @cached_property
    def withheld(self) -> Withheld:
        """How much is withheld."""
        counted = self.ask(about.withheld)
        return Withheld(int(counted["figures"].sum()), int(counted["cells"].sum()))

    @cached_property
    def build(self) -> Row:
        """The build's row."""
        return self.ask(about.build).iloc[0].to_dict()

    @cached_property
    def known_on(self) -> date:
        """The day of the snapshot: what is due is asked as of it."""
        return self.day

    @cached_property
    def forces(self) -> list[Row]:
        """All 43 forces by name, each with its ``slug``."""
        return [{**row, "slug": slug(row["force_name"])} for row in self.ask(figures.forces).to_dict("records")]

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
        return [{**row, "slug": slug(row["measure_id"])} for row in self.measure_frame.to_dict("records")]

    @cached_property
    def measure_frame(self) -> pd.DataFrame:
        """Table measure."""
        return self.ask(figures.measures)

    @cached_property
    def figure_words(self) -> Words:
        """Labels and symbols of the statuses of a figure."""
        return words_from(self.ask(figures.statuses))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Words for each status of a figure."""
        return {status: word.label for status, word in self.figure_words.items()}

    @cached_property
    def grade_words(self) -> Words:
        """Labels and symbols of grade statuses."""
        return words_from(self.ask(inspections.grade_statuses))

    @cached_property
    def years(self) -> pd.DataFrame:
        """Years of each measure."""
        return self.ask(figures.years)

    @cached_property
    def grades(self) -> pd.DataFrame:
        """Every grade."""
        return self.ask(inspections.grades)

    @cached_property
    def cycles(self) -> pd.DataFrame:
        """Inspection cycles in order."""
        return self.ask(inspections.cycles)

    @cached_property
    def questions(self) -> list[Row]:
        """What is graded, each with its ``slug``."""
        return [{**row, "slug": slug(row["question"])} for row in self.ask(inspections.questions).to_dict("records")]

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Releases."""
        return self.ask(about.sources)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Base figures with their labels."""
        return self.ask(about.figures)

    @cached_property
    def england(self) -> pd.DataFrame:
        """Every measure of England."""
        return self.ask(figures.force_all_measures, self.nation)

    @cached_property
    def nation(self) -> str:
        """England's code."""
        return next(str(force["country_code"]) for force in self.forces if force["country"] == ENGLAND)

    def series(self, measure_id: str) -> pd.DataFrame:
        """Every force, region and country of a measure over the years."""
        return self.ask(figures.series, measure_id)

    def breaks(self, measure_id: str) -> pd.DataFrame:
        """Breaks and doubtful figures of a measure."""
        return self.ask(figures.breaks, measure_id)

    def newest_year(self, measure_id: str) -> date:
        """The newest year in which a force has a value."""
        years = self.years
        held = years[(years["measure_id"] == measure_id) & (years["with_value"] > 0)]
        return held["period_end"].max().date()

    def source_of(self, *publications: str) -> str:
        """The source line of some publications, newest release of each."""
        frame = self.sources[self.sources["publication"].isin(publications)]
        return source_line(frame.sort_values("release").groupby("publication").tail(1))

    def source_of_measure(self, measure_id: str) -> str:
        """The source line of a measure over all its years."""
        return source_line(self.ask(figures.sources_of_measure, measure_id))
