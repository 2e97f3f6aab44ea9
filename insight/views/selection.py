"""What a view is about: force, measure, year and comparison forces, as plain values by which views can be kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from insight.format import slug, year_ending
from insight.queries import figures
from insight.queries.ask import Ask

_TEXTS = (
    "title", "short_title", "topic", "kind", "numerator", "unit", "polarity", "definition", "caveats", "coverage", "publication",
)  # fmt: skip


@dataclass(frozen=True)
class Force:
    """The selected force."""

    code: str
    name: str
    organisation: str
    region: str
    region_code: str | None
    country: str
    country_code: str
    slug: str

    @property
    def in_wales(self) -> bool:
        """Welsh forces have no figures from the Department for Education and stand outside the police table."""
        return self.country == "Wales"


NO_FORCE = Force("", "", "", "", None, "", "", "")  # for a reader who has chosen none: nothing is marked as theirs


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

    @property
    def newest(self) -> bool:
        """Whether the year is the newest that the measure has."""
        return self.period_end == max(self.years)


def force_named(ask: Ask, force_slug: str) -> Force:
    """The force whose address is ``force_slug``.

    Raises:
        KeyError: for a name that no force has.
    """
    for row in ask(figures.forces).to_dict("records"):
        if slug(row["force_name"]) == force_slug:
            return Force(
                code=row["force_code"],
                name=row["force_name"],
                organisation=row["organisation_name"],
                region=row["region"],
                region_code=row["region_code"] if isinstance(row["region_code"], str) else None,
                country=row["country"],
                country_code=row["country_code"],
                slug=force_slug,
            )
    raise KeyError(f"no force {force_slug}")


def measure_of(ask: Ask, measure_id: str) -> Measure:
    """The measure of an id.

    Raises:
        KeyError: for an id that no measure has.
    """
    frame = ask(figures.measures)
    rows = frame[frame["measure_id"] == measure_id].to_dict("records")
    if not rows:
        raise KeyError(f"no measure {measure_id}")
    row = rows[0]
    return Measure(
        measure_id=measure_id,
        denominator=row["denominator"] if isinstance(row["denominator"], str) else None,
        multiplier=None if pd.isna(row["multiplier"]) else int(row["multiplier"]),
        decimals=int(row["decimals"]),
        independent=bool(row["independent"]),
        clause=row["clause"] if isinstance(row["clause"], str) else None,
        noun=row["noun"] if isinstance(row["noun"], str) else None,
        **{column: str(row[column]) for column in _TEXTS},
    )


def newest_of(ask: Ask, force_slug: str = "", measure_id: str = "") -> Selection:
    """A force, or none, in the newest year of a measure, or the first: what an output without a reader's choices is about.

    Raises:
        KeyError: for a name that no force has.
    """
    measure = measure_of(ask, measure_id or str(ask(figures.measures)["measure_id"].iloc[0]))
    years = years_of(ask, measure.measure_id)
    return Selection(force_named(ask, force_slug) if force_slug else NO_FORCE, measure, max(years), years)


def years_of(ask: Ask, measure_id: str) -> tuple[date, ...]:
    """The ends of the years in which any force has a figure, oldest first."""
    years = ask(figures.years)
    covered = years[(years["measure_id"] == measure_id) & (years["with_value"] > 0)]
    return tuple(stamp.date() for stamp in covered["period_end"])


def with_measure(ask: Ask, selection: Selection, measure_id: str) -> Selection:
    """The same selection for a view about one measure: its newest year not after the selected one, else its newest."""
    years = years_of(ask, measure_id)
    until = [year for year in years if year <= selection.period_end]
    return replace(selection, measure=measure_of(ask, measure_id), years=years, period_end=max(until or years))


def with_publication(ask: Ask, selection: Selection, publications: tuple[str, ...]) -> Selection:
    """The same selection where its measure is of one of some publications, else with the first measure that is."""
    if selection.measure.publication in publications:
        return selection
    measures = ask(figures.measures)
    return with_measure(ask, selection, str(measures.loc[measures["publication"].isin(publications), "measure_id"].iloc[0]))
