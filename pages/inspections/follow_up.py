"""Follow-up: what HMICFRS planned after each inspection, what came of it, and what our sources cannot say, as of a day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from insight.charts.inspections import inspection_timeline
from insight.format import listed, plural, slug
from insight.inspections.clock import MEANINGS, State, counted, follow_up
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN, RANGES
from insight.inspections.follow_up_tables import ORDERS, follow_up_list, list_to_take_away, ordered, spells_list, spells_to_read
from insight.inspections.follow_up_words import counts_sentence, monitoring, opening
from insight.inspections.grade_tables import GRID_KEY, MARKS_KEY, SEAM, force_grades
from insight.inspections.monitoring import CONCERN, ENGAGE, Standing, spells
from insight.inspections.monitoring import MEANINGS as STANDING_MEANINGS
from insight.inspections.partial_dates import Span, span_text
from insight.inspections.rows import engage_rows, engage_sentence, strip, strip_sentence, undated_cycles
from insight.queries import about, inspections
from insight.tables.model import table_of
from insight.views.selection import Selection
from ui import blocks, chosen_figures, url_state
from ui.data_access import ask
from ui.own_figures import add_your_own
from ui.selectors import selected
from ui.table import show_table

EARLIEST = date(2014, 1, 1)
EVERY = "every"


def read_follow_up(as_of: date) -> pd.DataFrame:
    """Every inspection with how its return stands on the day."""
    built = ask(about.build).iloc[0]["built_at"].date()
    return follow_up(ask(inspections.inspections), as_of, built)


def own(selection: Selection, followed: pd.DataFrame, as_of: date) -> None:
    """One force: strip, grades and sources."""
    code = selection.force.code
    events = ask(inspections.events, code)
    grades = ask(inspections.grades, None, code)
    mine = followed[followed["force_code"] == code]
    counts = ask(inspections.grade_counts, None, code)
    frame = strip(
        mine,
        ask(inspections.inspections, code),
        grades,
        counts,
        spells(events, ENGAGE, date.max),
        spells(events, CONCERN, date.max),
        events,
    )
    drawn = inspection_timeline(
        frame,
        title=f"What happened when in {selection.force.name}?",
        empty=f"Our sources show nothing dated of {selection.force.name}.",
        as_of=as_of,
        finding=strip_sentence(frame),
    )
    words = {
        "row": "Line",
        "kind": "What",
        "start": "First day it can mean",
        "end": "Last day it can mean",
        "detail": "Detail",
    }
    table = table_of(frame[list(words)].rename(columns=words))
    lacking = undated_cycles(grades, counts)
    notes = [f"Not drawn, for want of a date in our sources: PEEL {listed(lacking)}."] if lacking else []
    notes.append("PEEL 2021/22 cannot be compared with earlier cycles, nor PEEL 2023-25 with 2021/22: the inspectorate says so.")
    blocks.chart(drawn, table, chosen_figures.protection_source(), ("follow-up", selection.force.slug, as_of.isoformat()), notes)
    st.header(f"How was {selection.force.name} graded, cycle by cycle?", anchor=False)
    caption = f"Grades of {selection.force.name} by question and cycle. Each letter opens the page it was read from."
    show_table(force_grades(grades, ask(inspections.cycles), ask(inspections.questions), chosen_figures.grade_words(), caption))
    st.caption(f"{GRID_KEY} {SEAM} {MARKS_KEY}")
    st.caption(chosen_figures.inspection_source())


def whole_list(selection: Selection, followed: pd.DataFrame, as_of: date) -> None:
    """The list for the inspectorate."""
    st.header(f"After which inspections had HMICFRS returned by {span_text(Span(as_of, as_of))}?", anchor=False)
    st.markdown(counts_sentence(counted(followed)))
    order_column, state_column, region_column = st.columns(3)
    states = {EVERY: "Every state", **{slug(state): str(state) for state in State}}
    regions = {EVERY: "Every region", **{slug(name): name for name in sorted(followed["region"].unique())}}
    with order_column:
        order = url_state.choose_one("order", "Order by", ORDERS, "newest")
    with state_column:
        state = url_state.choose_one("state", "Return", states, EVERY)
    with region_column:
        region = url_state.choose_one("region", "Region", regions, EVERY)
    kept = ordered(followed, order)
    if state != EVERY:
        kept = kept[kept["revisit_state"] == states[state]]
    if region != EVERY:
        kept = kept[kept["region"] == regions[region]]
    if kept.empty:
        st.info("No inspection is left: none in this region is in this state. Choose another.")
    else:
        caption = f"{plural(len(kept), 'inspection')} with what HMICFRS planned after. Order: {ORDERS[order].lower()}."
        show_table(follow_up_list(kept, selection.force.code, order, caption))
        name = ("follow-up", as_of.isoformat())
        blocks.csv_button(list_to_take_away(kept, as_of), name, caption, chosen_figures.protection_source())
    st.caption(" ".join(f"{state}: {meaning}." for state, meaning in MEANINGS.items()))
    st.caption(f"{PLAN} {RANGES}")
    st.caption(chosen_figures.protection_source())


def concerns(selection: Selection, as_of: date) -> None:
    """Causes of concern."""
    st.header("Which causes of concern were issued, and which were closed?", anchor=False)
    found = spells(ask(inspections.events), CONCERN, as_of)
    if found.empty:
        st.info("Our sources show no cause of concern by this day.")
        return
    many = plural(len(found), "cause of concern", "causes of concern")
    caption = f"{many} that were, or may have been, issued by {span_text(Span(as_of, as_of))}"
    show_table(spells_list(found, selection.force.code, caption, "Issued", "Closed", topic=True))
    name = ("causes-of-concern", as_of.isoformat())
    blocks.csv_button(found.assign(as_of=as_of.isoformat()), name, caption, chosen_figures.protection_source())
    _standings()


def engage(selection: Selection, as_of: date) -> None:
    """Enhanced monitoring."""
    every = spells(ask(inspections.events), ENGAGE, date.max)
    drawn = inspection_timeline(
        engage_rows(every),
        title="Which forces were in enhanced monitoring (Engage), and for how long?",
        empty="Our sources show no enhanced monitoring.",
        my_row=selection.force.name,
        as_of=as_of,
        finding=engage_sentence(every),
    )
    notes = [
        "Solid: certainly in enhanced monitoring. Hatched: the source gives a month or a year, and the beginning or end lies in "
        "it. A mark alone: our sources show a beginning and no end; that does not say that the force is still in.",
    ]
    blocks.chart(drawn, spells_to_read(every), chosen_figures.protection_source(), ("engage", as_of.isoformat()), notes, every)
    found = spells(ask(inspections.events), ENGAGE, as_of)
    if not found.empty:
        caption = f"Spells of enhanced monitoring begun by {span_text(Span(as_of, as_of))}"
        show_table(spells_list(found, selection.force.code, caption, "Began", "Ended", topic=False))
        _standings()


def _standings() -> None:
    st.caption(" ".join(f"{word}: {meaning}." for word, meaning in STANDING_MEANINGS.items() if word in Standing))


def render() -> None:
    """The page."""
    selection = selected()
    today = date.today()
    top = st.container()
    with st.container(width=260):
        as_of = url_state.choose_date(
            "as-of", "As of", today, EARLIEST, today, "The day asked about; today unless you choose another."
        )
    followed = read_follow_up(as_of)
    events = ask(inspections.events, selection.force.code)
    mine = followed[followed["force_code"] == selection.force.code]
    with top:
        blocks.heading("Follow-up", f"{NO_ACTION_PLANS} {opening(mine, selection.force.name, as_of)}")
        st.markdown(monitoring(spells(events, ENGAGE, as_of), spells(events, CONCERN, as_of), selection.force.name, as_of))
    own(selection, followed, as_of)
    whole_list(selection, followed, as_of)
    concerns(selection, as_of)
    engage(selection, as_of)
    add_your_own()


render()
