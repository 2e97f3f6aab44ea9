"""What a view is about: force, measure, year and comparison forces, as plain values by which views can be kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from insight.format import noun_of, slug, year_ending
from insight.queries import figures
from insight.queries.ask import Ask
from insight.records import named_rows, records

_TEXTS = (
    "title", "short_title", "topic", "kind", "numerator", "unit", "polarity", "definition", "caveats", "coverage", "publication",
)  # fmt: skip


FORCE, COMPARED, MEASURE = "force", "compared", "measure"
EVERY_PART = (FORCE, COMPARED, MEASURE)
Made = TypeVar("Made", bound=Callable[..., Any])


def rests_on(*parts: str) -> Callable[[Made], Made]:
    """Marks what a function of a Context rests on; without the mark it is on every part of the selection.

    Whoever keeps what it makes hands in ``Selection.only`` these parts, so that a wrong mark shows at once and not by chance.
    """

    def mark(made: Made) -> Made:
        made.rests_on = parts  # type: ignore[attr-defined]
        return made

    return mark


def parts_of(made: Callable[..., Any]) -> tuple[str, ...]:
    """What a function was marked to rest on."""
    return tuple(getattr(made, "rests_on", EVERY_PART))


@dataclass(frozen=True)
class Force:
    """The selected force; ``actor`` is its full name in running text, ``area`` its area there, ``region_in_text`` its region."""

    code: str
    name: str
    organisation: str
    actor: str
    area: str
    region: str
    region_in_text: str
    region_code: str | None
    country: str
    country_code: str
    slug: str

    @property
    def in_wales(self) -> bool:
        """Welsh forces have no figures from the Department for Education and stand outside the police table."""
        return self.country == "Wales"


NO_FORCE = Force("", "", "", "", "", "", "", None, "", "", "")  # for a reader who has chosen none: nothing is marked as theirs


@dataclass(frozen=True)
class Measure:
    """A row of table measure."""

    measure_id: str
    title: str
    short_title: str
    topic: str
    kind: str
    numerator: str
    denominator: str | None
    multiplier: int | None
    unit: str
    decimals: int
    polarity: str
    definition: str
    caveats: str
    coverage: str
    publication: str
    independent: bool
    clause: str | None = None
    noun: str | None = None

    @property
    def row(self) -> dict[str, Any]:
        """The columns by name, for functions over rows of the table."""
        return asdict(self)

    @property
    def named(self) -> str:
        """The measure as a singular noun in a question: 'the share of looked-after children who went missing'."""
        return noun_of(self.row)


NO_MEASURE = Measure("", "", "", "", "", "", None, None, "", 0, "", "", "", "", "", False)
NO_YEAR = date.max  # for a view that rests on no year: the newest of everything


@dataclass(frozen=True)
class Selection:
    """What every view of one reader is about.

    ``compared`` are force codes, ``group`` how they were chosen; ``years`` are all years that the measure has.
    """

    force: Force
    measure: Measure
    period_end: date
    years: tuple[date, ...]
    compared: tuple[str, ...] = ()
    group: str = ""

    @property
    def year_text(self) -> str:
        """'year ending March 2024'."""
        return year_ending(self.period_end)

    @property
    def key(self) -> str:
        """The selection in one text: two that read the same are the same."""
        parts = (self.force.slug, self.measure.measure_id, self.period_end.isoformat(), self.group, *self.compared)
        return " ".join(parts)

    def only(self, parts: Collection[str]) -> Selection:
        """The same selection with nothing but the parts that a view rests on: two readers who share them share the view.

        Args:
            parts: of ``FORCE``, ``COMPARED`` and ``MEASURE``, which has the year with it.
        """
        with_force, with_measure, with_compared = (part in parts for part in (FORCE, MEASURE, COMPARED))
        return Selection(
            self.force if with_force else NO_FORCE,
            self.measure if with_measure else NO_MEASURE,
            self.period_end if with_measure else NO_YEAR,
            self.years if with_measure else (NO_YEAR,),
            self.compared if with_compared else (),
            self.group if with_compared else "",
        )

    @property
    def newest(self) -> bool:
        """Whether the year is the newest that the measure has."""
        return self.period_end == max(self.years)


@dataclass(frozen=True, eq=False)
class Register:
    """The forces, measures and years of one build as plain values: read once a build, looked up in every run.

    ``forces`` by slug and ``measures`` by id, in their order; ``years`` are the ends of the years in which any force has a
    figure of a measure, oldest first.
    """

    forces: Mapping[str, Force]
    measures: Mapping[str, Measure]
    years: Mapping[str, tuple[date, ...]]

    def newest(self, force_slug: str = "", measure_id: str = "") -> Selection:
        """A force, or none, in the newest year of a measure, or the first: what an output without a reader's choices is about.

        Raises:
            KeyError: for a name that no force, or no measure, has.
        """
        measure = self.measures[measure_id or next(iter(self.measures))]
        years = self.years[measure.measure_id]
        return Selection(self.forces[force_slug] if force_slug else NO_FORCE, measure, max(years), years)

    def with_measure(self, selection: Selection, measure_id: str) -> Selection:
        """The same selection for a view about one measure: its newest year not after the selected one, else its newest."""
        years = self.years[measure_id]
        until = [year for year in years if year <= selection.period_end]
        return replace(selection, measure=self.measures[measure_id], years=years, period_end=max(until or years))

    def with_publication(self, selection: Selection, publications: tuple[str, ...]) -> Selection:
        """The same selection where its measure is of one of some publications, else with the first measure that is."""
        if selection.measure.publication in publications:
            return selection
        first = next(key for key, measure in self.measures.items() if measure.publication in publications)
        return self.with_measure(selection, first)


def register(ask: Ask) -> Register:
    """The register of the build that is asked."""
    years: dict[str, list[date]] = {}
    for measure_id, end, held in named_rows(ask(figures.years)[["measure_id", "period_end", "with_value"]]):
        found = years.setdefault(measure_id, [])
        if held > 0:
            found.append(end.date())
    forces = (_force(row) for row in records(ask(figures.forces)))
    measures = (_measure(row) for row in records(ask(figures.measures)))
    return Register(
        {force.slug: force for force in forces},
        {measure.measure_id: measure for measure in measures},
        {measure_id: tuple(ends) for measure_id, ends in years.items()},
    )


def _force(row: dict[str, Any]) -> Force:
    return Force(
        code=row["force_code"],
        name=row["force_name"],
        organisation=row["organisation_name"],
        actor=row["organisation_in_text"],
        area=row["in_text"],
        region=row["region"],
        region_in_text=row["region_in_text"],
        region_code=row["region_code"] if isinstance(row["region_code"], str) else None,
        country=row["country"],
        country_code=row["country_code"],
        slug=slug(row["force_name"]),
    )


def _measure(row: dict[str, Any]) -> Measure:
    return Measure(
        measure_id=row["measure_id"],
        denominator=row["denominator"] if isinstance(row["denominator"], str) else None,
        multiplier=None if pd.isna(row["multiplier"]) else int(row["multiplier"]),
        decimals=int(row["decimals"]),
        independent=bool(row["independent"]),
        clause=row["clause"] if isinstance(row["clause"], str) else None,
        noun=row["noun"] if isinstance(row["noun"], str) else None,
        **{column: str(row[column]) for column in _TEXTS},
    )
