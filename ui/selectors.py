"""The reader's selection that hold on every page: force, measure, year, forces to compare with."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from insight.format import slug
from insight.queries import figures
from insight.views.selection import Force, Measure, Selection, force_named, measure_of, years_of
from ui import url_state
from ui.data_access import ask
from ui.typed_addresses import names_of_forces
from vocabulary import MOST_SIMILAR

CHOSEN = "_chosen"
FIRST_FORCE = "wiltshire"
FIRST_MEASURE = "children-missing-percent"
LATEST = "latest"
MOST_COMPARED = 6
OWN, REGION, ALIKE = "own", "region", "alike"
GROUPS = {OWN: "Forces I choose", REGION: "Forces of the same region", ALIKE: "Forces most alike"}


def selected() -> Selection:
    """The selection of this run. A page that runs without the entry stops here."""
    if CHOSEN not in st.session_state:
        st.error("Please open this page from the start page of the dashboard.")
        st.stop()
    return st.session_state[CHOSEN]


def choose() -> Selection:
    """Draw the selection in the sidebar and keep them in the address."""
    forces, measures = ask(figures.forces), ask(figures.measures)
    with st.sidebar:
        force = _choose_force(forces)
        measure = _choose_measure(measures)
        years = years_of(ask, measure.measure_id)
        period_end = _choose_year(years)
        group = url_state.choose_one("group", "Compare with", GROUPS, OWN)
        compared = _choose_compared(forces, force) if group == OWN else _group(group, forces, force)
    selection = Selection(force, measure, period_end, years, tuple(compared), group)
    st.session_state[CHOSEN] = selection
    return selection


def _choose_force(forces: pd.DataFrame) -> Force:
    names = {slug(name): name for name in forces["force_name"]}
    return force_named(ask, url_state.choose_one("force", "Force", names, FIRST_FORCE, other_names=names_of_forces(forces)))


def _choose_measure(measures: pd.DataFrame) -> Measure:
    names = {slug(key): str(title) for key, title in zip(measures["measure_id"], measures["short_title"], strict=True)}
    picked = url_state.choose_one("measure", "Measure", names, FIRST_MEASURE)
    return measure_of(ask, picked.replace("-", "_"))


def _choose_year(years: tuple[date, ...]) -> date:
    newest = max(years)
    options = {LATEST: f"Latest (March {newest.year})"}
    options |= {str(year.year): f"Year ending March {year.year}" for year in sorted(years, reverse=True)}
    picked = url_state.choose_one("year", "Year", options, LATEST)
    return newest if picked == LATEST else next(year for year in years if str(year.year) == picked)


def _choose_compared(forces: pd.DataFrame, force: Force) -> list[str]:
    names = {slug(name): name for name in forces["force_name"]}
    codes = {slug(name): code for name, code in zip(forces["force_name"], forces["force_code"], strict=True)}
    others = names_of_forces(forces)
    picked = url_state.choose_many("with", "Forces to compare with", names, MOST_COMPARED, "Choose forces", force.slug, others)
    return [codes[one] for one in picked]


def _group(group: str, forces: pd.DataFrame, force: Force) -> list[str]:
    """The forces of my region, or those most alike."""
    if group == ALIKE:
        return list(ask(figures.nearest_neighbours, force.code, MOST_SIMILAR)["area_code"])
    return list(forces.loc[(forces["region"] == force.region) & (forces["force_code"] != force.code), "force_code"])
