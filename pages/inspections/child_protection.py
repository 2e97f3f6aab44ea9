"""Child protection inspections: every visit, the case files audited, graded areas, recommendations, and what we do not know."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.case_audits import case_audits
from insight.charts.inspections import inspection_timeline
from insight.charts.recommendations import recommendation_themes
from insight.downloads.files import period
from insight.format import listed, plural
from insight.inspections.case_audits import (
    METHOD,
    audit_sentence,
    audits,
    audits_to_read,
    changes,
    changes_sentence,
    changes_to_read,
)
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN
from insight.inspections.grade_tables import MARKS_KEY
from insight.inspections.graded_inspections import graded_areas
from insight.inspections.knowledge import (
    DEADLINES,
    knowledge,
    knowledge_sentence,
    recommendations_sentence,
    recommendations_to_read,
)
from insight.inspections.rows import every_visit, undated
from insight.queries import inspections
from insight.tables.judgments import inspections_to_read
from insight.views.selection import Selection
from ui import blocks, chosen_figures, url_state
from ui.data_access import ask
from ui.selectors import selected
from ui.table import show_table

SHOWN = {"mine": "My force and its region", "every": "Every force"}


def visits(selection: Selection, held: pd.DataFrame) -> None:
    """Every inspection and review on one time axis."""
    frame = every_visit(held)
    drawn = inspection_timeline(
        frame,
        title="When was child protection inspected, force by force?",
        empty="Our sources show no inspection.",
        my_row=selection.force.name,
    )
    lacking = undated(held)
    names = listed(sorted(lacking["force_name"].unique()))
    notes = [
        f"Not drawn, for want of any date: {plural(len(lacking), 'inspection or review', 'inspections and reviews')} ({names}).",
        "A mark stands at the last day of the visit. Where no visit is dated, a cross stands at the day the report came out, "
        "which is later. Open marks: known to the month or year only.",
        f"{NO_ACTION_PLANS} {PLAN}",
    ]
    blocks.chart(
        drawn,
        inspections_to_read(held, with_force=True),
        chosen_figures.protection_source(),
        ("child-protection", "inspections", period(held["published"])),
        notes,
        held,
    )


def case_files(selection: Selection, held: pd.DataFrame, audited: pd.DataFrame, changed: pd.DataFrame) -> None:
    """Audited case files by grade, and whether a review found better ones than its inspection."""
    which = url_state.choose_one("audits", "Case files of", SHOWN, "every")
    kept = audited
    if which == "mine":
        kept = audited[audited["region"] == selection.force.region]
    drawn = case_audits(
        kept,
        title="What did inspectors find in the case files they audited?",
        empty=f"Our sources show no audited case files of {selection.force.name} or its region.",
        my_force=selection.force.code,
    )
    blocks.chart(
        drawn,
        audits_to_read(kept),
        chosen_figures.protection_source(),
        ("child-protection", "case-files", period(held["published"])),
        None,
        kept,
    )
    title = "Did the review find better case files than the inspection?"
    st.header(title, anchor=False)
    st.markdown(changes_sentence(changed))
    name = ("child-protection", "changes", period(held["published"]))
    blocks.table_with_download(changes_to_read(changed), name, changed, title=title, source=chosen_figures.protection_source())
    st.caption(METHOD)


def graded(selection: Selection) -> None:
    """Areas of graded inspections."""
    st.header("How were the areas of graded inspections graded?", anchor=False)
    found = ask(inspections.inspection_grades)
    many = plural(found["inspection_id"].nunique(), "graded child protection inspection")
    caption = f"{many} by area. Each letter opens its source. “Report of” where the visit itself is not dated."
    show_table(graded_areas(found, selection.force.code, chosen_figures.grade_words(), caption))
    blocks.grade_key(ask(inspections.grade_scale), chosen_figures.statuses_in(["not_found"]))
    st.caption(f"{MARKS_KEY} Who told it is judged by the site of the page.")
    blocks.csv_button(
        found, ("child-protection", "graded", period(found["published"])), caption, chosen_figures.protection_source()
    )


def recommended(held: pd.DataFrame) -> None:
    """Recommendations by theme and deadline."""
    found = ask(inspections.recommendations)
    drawn = recommendation_themes(
        found,
        title="What did inspectors recommend, and by when?",
        empty="Our sources show no recommendation.",
        deadlines=DEADLINES,
    )
    notes = [recommendations_sentence(found, held)]
    blocks.chart(
        drawn,
        recommendations_to_read(found, linked=True),
        chosen_figures.protection_source(),
        ("child-protection", "themes", period(held["published"])),
        notes,
        found,
    )


def completeness(held: pd.DataFrame) -> None:
    """How complete our knowledge is."""
    title = "How complete is our knowledge?"
    st.header(title, anchor=False)
    st.markdown(knowledge_sentence(held))
    table = knowledge(held, ask(inspections.recommendations))
    name = ("child-protection", "knowledge", period(held["published"]))
    blocks.table_with_download(table, name, title=title, source=chosen_figures.protection_source())
    st.caption("In part: dated to the month or year, or some of the counts published. What is not known is not counted as none.")


def render() -> None:
    """The page."""
    selection = selected()
    held = ask(inspections.inspections)
    tested = ask(inspections.case_audit_changes)
    audited, changed = audits(held, selection.force.code), changes(held, tested, selection.force.code)
    blocks.heading("Child protection inspections", audit_sentence(audited, changed, selection.force.code, selection.force.name))
    visits(selection, held)
    case_files(selection, held, audited, changed)
    graded(selection)
    recommended(held)
    completeness(held)


render()
