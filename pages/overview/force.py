"""Force: how one force was judged, how many children go missing from care there, what is due; the rest in tabs."""

from __future__ import annotations

import streamlit as st

from insight.findings import NOT_WALES
from insight.format import lower_first, upper_first
from insight.views import force_blocks, neighbours, over_time, profile, side_by_side
from insight.views.selection import Selection
from ui import blocks, findings, tabs, url_state
from ui.data_access import made, register
from ui.raw_text import sentence
from ui.selectors import COUNCILS, named_by_council, selected
from ui.view import show

SIMILAR = "similar"
TABS = {
    "judgements": "Judgements",
    "missing": "Missing children",
    "exploitation": "Exploitation and assessments",
    "protection": "Child protection",
    COUNCILS: "Councils",
    SIMILAR: "Similar forces",
    "revisions": "Revisions",
    "about": "Findings",  # its address is from when it was about the data
}
WIDTH = 330  # pixels: the name of a release in full
OF_WALES = ("judgements", "about")
WITH_FIGURES = ("judgements", "missing", "about")  # of a Welsh force whose figures a user has added


def judgements(selection: Selection) -> None:
    """Grades, inspections and monitoring."""
    show(profile.story, selection)
    show(profile.inspections_of_child_protection, selection)
    show(profile.grades_by_cycle, selection)
    show(profile.monitoring, selection, heading=False, fold="Enhanced monitoring and causes of concern, event by event")


def missing(selection: Selection) -> None:
    """Measures of children who go missing, and the series of the selected one."""
    show(over_time.of_one_force, register().with_publication(selection, profile.MISSING))
    show(profile.missing_children, selection)


def exploitation(selection: Selection) -> None:
    """Measures of assessments, and the series of the selected one."""
    show(over_time.of_one_force, register().with_publication(selection, profile.ASSESSED))
    show(profile.exploitation, selection)


def protection(selection: Selection) -> None:
    """Measures of the child protection process, and the series of the selected one."""
    show(over_time.of_one_force, register().with_publication(selection, profile.PROCESS))
    show(profile.protection, selection)


def councils(selection: Selection) -> None:
    """The councils of the force's area."""
    show(profile.councils, selection)
    show(profile.council_percentages, selection)


def similar(selection: Selection) -> None:
    """The force beside those most similar to it, and what they are similar by."""
    show(side_by_side.beside_similar, selection)
    show(neighbours.what_they_are_alike_by, selection, fold="What they are similar by")


def revisions(selection: Selection) -> None:
    """What a later release changed."""
    releases = made(profile.earlier_releases, selection)
    options = {release: f"Children looked after, release {release}" for release in releases}
    with st.container(width=WIDTH):
        release = url_state.choose_one("since", "Changed since", options, releases[0])
    show(profile.since, selection, release)


def about(selection: Selection) -> None:
    """What the page rests on: every finding with its rule and figures, and the limits of the data."""
    found = findings.kept_findings(selection)
    st.header(sentence(f"Main findings for {found.profile.area}"), anchor=False)
    findings.listed(found.headlines, in_full=False)
    findings.every(found, selection)


PARTS = dict(zip(TABS, (judgements, missing, exploitation, protection, councils, similar, revisions, about), strict=True))


def _kept(selection: Selection) -> tuple[str, ...]:
    """The tabs that have something to show."""
    if not selection.force.in_wales:
        return tuple(part for part in TABS if part != SIMILAR or made(neighbours.has_similar, selection))
    return OF_WALES if findings.kept_findings(selection).profile.judgements_only else WITH_FIGURES


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading(selection.force.organisation, findings.kept_findings(selection).opening)
    titles = {slug: title for slug, title in TABS.items() if slug in _kept(selection)}
    first = COUNCILS if named_by_council() and COUNCILS in titles else ""
    sent_on = tabs.way_to_named(titles, first)
    blocks.blocks(selection, force_blocks.judged, force_blocks.missing_from_care, force_blocks.to_act_on)
    if sent_on:
        tabs.place_of_parts()
    whose = sentence(upper_first(selection.force.actor))
    why = lower_first(NOT_WALES if selection.force.in_wales else side_by_side.NO_SIMILAR)
    absent = {slug: f"{whose} has no part “{title}”: {why}" for slug, title in TABS.items() if slug not in titles}
    PARTS[tabs.tab(titles, opened_by={"since": "revisions"}, first=first, absent=absent)](selection)


render()
