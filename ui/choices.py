"""The reader's choices that hold on every page: force, measure, year, forces to compare with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from insight.comparing.alike import most_alike
from insight.questions import figures
from insight.words import slug, year_ending
from ui import address
from ui.reading import ask
from ui.typed_addresses import names_of_forces

CHOSEN = "_chosen"
FIRST_FORCE = "wiltshire"
FIRST_MEASURE = "children-missing-percent"
LATEST = "latest"
MOST_COMPARED = 6
OWN, REGION, ALIKE = "own", "region", "alike"
GROUPS = {OWN: "Forces I choose", REGION: "Forces of the same region", ALIKE: "Forces most alike"}


@dataclass(frozen=True)
class Force:
    """The reader's force."""

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


@dataclass(frozen=True)
class Measure:
    """The measure that is shown."""

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


@dataclass(frozen=True)
class Choices:
    """What every page is about.

    ``compared`` are force codes, ``group`` how they were chosen; ``years`` are all years that the measure has.
    """

    force: Force
    measure: Measure
    period_end: date
    years: list[date]
    compared: list[str]
    group: str

    @property
    def year_text(self) -> str:
        """'year ending March 2024'."""
        return year_ending(self.period_end)


def chosen() -> Choices:
    """The choices of this run. A page that runs without the entry stops here."""
    if CHOSEN not in st.session_state:
        st.error("Please open this page from the start page of the dashboard.")
        st.stop()
    return st.session_state[CHOSEN]


def choose() -> Choices:
    """Draw the choices in the sidebar and keep them in the address."""
    forces, measures = ask(figures.forces), ask(figures.measures)
    with st.sidebar:
        force = _choose_force(forces)
        measure = _choose_measure(measures)
        years = _years(measure)
        period_end = _choose_year(years)
        group = address.choose_one("group", "Compare with", GROUPS, OWN)
        compared = _choose_compared(forces, force) if group == OWN else _group(group, forces, force)
    choices = Choices(force, measure, period_end, years, compared, group)
    st.session_state[CHOSEN] = choices
    return choices


def with_measure(choices: Choices, measure_id: str) -> Choices:
    """The same choices for a page about one measure: its newest year not after the chosen one, else its newest."""
    measure = _measure(ask(figures.measures), measure_id)
    years = _years(measure)
    until = [year for year in years if year <= choices.period_end]
    return replace(choices, measure=measure, years=years, period_end=max(until or years))


def _choose_force(forces: pd.DataFrame) -> Force:
    names = {slug(name): name for name in forces["force_name"]}
    picked = address.choose_one("force", "Force", names, FIRST_FORCE, other_names=names_of_forces(forces))
    row = forces[forces["force_name"] == names[picked]].iloc[0]
    return Force(
        code=row["force_code"],
        name=row["force_name"],
        organisation=row["organisation_name"],
        region=row["region"],
        region_code=row["region_code"] if isinstance(row["region_code"], str) else None,
        country=row["country"],
        country_code=row["country_code"],
        slug=picked,
    )


def _choose_measure(measures: pd.DataFrame) -> Measure:
    names = {slug(key): str(row["short_title"]) for key, row in _by_key(measures).iterrows()}
    picked = address.choose_one("measure", "Measure", names, FIRST_MEASURE)
    return _measure(measures, picked.replace("-", "_"))


def _measure(measures: pd.DataFrame, measure_id: str) -> Measure:
    row = _by_key(measures).loc[measure_id]
    denominator = row["denominator"]
    return Measure(
        measure_id=str(row.name),
        denominator=denominator if isinstance(denominator, str) else None,
        multiplier=None if pd.isna(row["multiplier"]) else int(row["multiplier"]),
        decimals=int(row["decimals"]),
        independent=bool(row["independent"]),
        **{
            column: str(row[column])
            for column in (
                "title", "short_title", "topic", "kind", "numerator", "unit", "polarity", "definition", "caveats",
                "coverage", "publication",
            )
        },
    )  # fmt: skip


def _by_key(measures: pd.DataFrame) -> pd.DataFrame:
    return measures.set_index("measure_id")


def _years(measure: Measure) -> list[date]:
    years = ask(figures.years)
    covered = years[(years["measure_id"] == measure.measure_id) & (years["with_value"] > 0)]
    return [stamp.date() for stamp in covered["period_end"]]


def _choose_year(years: list[date]) -> date:
    newest = max(years)
    options = {LATEST: f"Latest (March {newest.year})"}
    options |= {str(year.year): f"Year ending March {year.year}" for year in sorted(years, reverse=True)}
    picked = address.choose_one("year", "Year", options, LATEST)
    return newest if picked == LATEST else next(year for year in years if str(year.year) == picked)


def _choose_compared(forces: pd.DataFrame, force: Force) -> list[str]:
    names = {slug(name): name for name in forces["force_name"]}
    codes = {slug(name): code for name, code in zip(forces["force_name"], forces["force_code"], strict=True)}
    others = names_of_forces(forces)
    picked = address.choose_many("with", "Forces to compare with", names, MOST_COMPARED, "Choose forces", force.slug, others)
    return [codes[one] for one in picked]


def _group(group: str, forces: pd.DataFrame, force: Force) -> list[str]:
    """The forces of my region, or those most alike."""
    if group == ALIKE:
        return list(most_alike(ask(figures.likeness), force.code)["area_code"])
    return list(forces.loc[(forces["region"] == force.region) & (forces["force_code"] != force.code), "force_code"])
