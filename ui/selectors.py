"""The reader's selection that holds on every page: force, measure, year, forces to compare with."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import streamlit as st

from insight.format import slug, upper_first
from insight.queries import figures
from insight.search import COUNCIL, FORMER_COUNCIL, OWN, bare_name
from insight.views.selection import Force, Measure, Selection
from insight.views.status import age_warning
from ui import url_state
from ui.data_access import ask, build_path, context, register
from ui.names import index
from ui.raw_text import sentence
from ui.templates import from_template
from ui.typed_addresses import option_named
from vocabulary import LEADING_MEASURE, MOST_SIMILAR

CHOSEN = "_chosen"
COUNCILS = "councils"  # the part of a force's page that is open for who came by a council's name
FIRST_FORCE = "wiltshire"
FIRST_MEASURE = slug(LEADING_MEASURE)
LATEST = "latest"
MOST_COMPARED = 6
OWN_CHOICE, REGION, ALIKE = "own", "region", "alike"
GROUPS = {OWN_CHOICE: "Forces I choose", REGION: "Forces of the same region", ALIKE: "Similar forces"}
EVERY = ("force", "group", "measure", "year")
# Of a whole of 68; a force's box holds the longest name, "Greater Manchester", on a desk.
WIDTHS = {"force": 12, "group": 10, "with": 17.75, "measure": 16.25, "year": 12}
MANY = 4  # from so many forces on, their names would stand on a line each and push the page down
WIDTHS_OF_MANY = WIDTHS | {"with": 22.5, "measure": 11.5}


def selected() -> Selection:
    """The selection of this run. A page that runs without the entry stops here."""
    if CHOSEN not in st.session_state:
        st.error("Please open this page from the start page of the dashboard.")
        st.stop()
    return st.session_state[CHOSEN]


def choose(acting: Collection[str] = EVERY, without_figures: Collection[str] = EVERY) -> Selection:
    """Draw the choices in one row and keep them in the address.

    Args:
        acting: those that act on the page; the others hold, but are not shown.
        without_figures: those that act where the force has no figures that forces are compared on.
    """
    if not set(acting) <= set(without_figures) and _has_judgements_alone():
        acting = [key for key in acting if key in without_figures]
    fold = st.container(key="choices-fold")
    row = st.container(key="choices")
    with row:
        selection = _choose(acting)
        if "measure" in acting:
            warning = age_warning(selection, date.today())
            st.html(from_template("measure.html", definition=selection.measure.definition, warning=warning))
    if acting:
        fold.html(from_template("fold.html", named=_named(selection, acting)))
    st.session_state[CHOSEN] = selection
    return selection


def _has_judgements_alone() -> bool:
    """Whether the force that the address names is one of Wales, with judgements and no figures."""
    typed = url_state.typed("force") or FIRST_FORCE
    force = register().forces.get(option_named(typed, _offered().forces, _offered().other_names) or FIRST_FORCE)
    return force is not None and force.in_wales and context(register().newest(force.slug)).profile().judgements_only


def _choose(acting: Collection[str]) -> Selection:
    own = url_state.typed("group") in ("", OWN_CHOICE)
    shown = [key for key in WIDTHS if key in acting or (key == "with" and own and "group" in acting)]
    many = len(url_state.typed("with").split(url_state.SEPARATOR)) >= MANY
    widths = [(WIDTHS_OF_MANY if many else WIDTHS)[key] for key in shown]
    columns = dict(zip(shown, st.columns(widths), strict=True)) if shown else {}
    with columns.get("force", nullcontext()):
        force = _choose_force("force" in shown)
    with columns.get("measure", nullcontext()):
        measure = _choose_measure("measure" in shown)
    years = register().years[measure.measure_id]
    with columns.get("year", nullcontext()):
        period_end = _choose_year(years, "year" in shown)
    with columns.get("group", nullcontext()):
        group = url_state.choose_one("group", "Compare with", GROUPS, OWN_CHOICE, shown="group" in shown)
    with columns.get("with", nullcontext()):
        compared = _choose_compared(force, "with" in shown) if group == OWN_CHOICE else _group(group, force)
    return Selection(force, measure, period_end, years, tuple(compared), group)


def _named(selection: Selection, acting: Collection[str]) -> str:
    """What is chosen, in a line: the name of the button that unfolds the choices on a phone."""
    words = {"force": selection.force.name, "measure": selection.measure.short_title, "year": str(selection.period_end.year)}
    return " · ".join(word for key, word in words.items() if key in acting)


@dataclass(frozen=True, eq=False)
class Offered:
    """What the choices of a build offer: slug to label, and other names of forces to slug."""

    forces: dict[str, str]
    measures: dict[str, str]
    other_names: dict[str, str]


def _offered() -> Offered:
    return _kept_offered(str(build_path()))


@lru_cache(2)
def _kept_offered(build: str) -> Offered:
    known = register()
    return Offered(
        {force.slug: force.name for force in known.forces.values()},
        {slug(key): f"{unit_first(measure.short_title)} – {measure.topic}" for key, measure in known.measures.items()},
        {name: one.slug for name, one in index().by_bare_name.items()},
    )


def unit_first(title: str) -> str:
    """'Children missing (%)' as '% · Children missing': a closed box cuts the end, which tells measures apart."""
    named = re.fullmatch(r"(.+) \((.+)\)", title)
    return f"{upper_first(named[2])} · {named[1]}" if named else title


def _choose_force(shown: bool) -> Force:
    names, others = _offered().forces, _offered().other_names
    force = register().forces[url_state.choose_one("force", "Force", names, FIRST_FORCE, other_names=others, shown=shown)]
    typed = url_state.typed("force")
    if not typed or typed in names:
        return force
    meant = index().by_bare_name.get(bare_name(typed))
    if meant is not None and meant.kind != OWN and slug(typed) not in names:
        where = "lies in the area of" if meant.kind in (COUNCIL, FORMER_COUNCIL) else "is another name of"
        url_state.remark(sentence(f"{meant.name} {where} {force.actor}, which is shown here."))
    return force


def named_by_council() -> bool:
    """Whether the address names the force by one of its councils."""
    typed = url_state.typed("force")
    meant = index().by_bare_name.get(bare_name(typed)) if typed and typed not in _offered().forces else None
    return meant is not None and meant.kind == COUNCIL


def _choose_measure(shown: bool) -> Measure:
    picked = url_state.choose_one("measure", "Measure", _offered().measures, FIRST_MEASURE, shown=shown)
    return register().measures[picked.replace("-", "_")]


def _choose_year(years: tuple[date, ...], shown: bool) -> date:
    newest = max(years)
    options = {LATEST: f"Latest (March {newest.year})"}
    options |= {str(year.year): f"March {year.year}" for year in sorted(years, reverse=True)}
    picked = url_state.choose_one("year", "Year", options, LATEST, shown=shown)
    return newest if picked == LATEST else next(year for year in years if str(year.year) == picked)


def _choose_compared(force: Force, shown: bool) -> list[str]:
    offered, forces = _offered(), register().forces
    picked = url_state.choose_many(
        "with", "Forces to compare with", offered.forces, MOST_COMPARED, "Choose forces", force.slug, offered.other_names, shown
    )
    return [forces[one].code for one in picked]


def _group(group: str, force: Force) -> list[str]:
    """The forces of my region, or those most alike."""
    if group == ALIKE:
        return list(ask(figures.nearest_neighbours, force.code, MOST_SIMILAR)["area_code"])
    return [one.code for one in register().forces.values() if one.region == force.region and one.code != force.code]
