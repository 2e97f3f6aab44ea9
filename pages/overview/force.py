"""Force: what the figures say about one force, what changed, what is due, how it compares."""

from __future__ import annotations

import streamlit as st

from insight.views import neighbours, over_time, profile
from insight.views.opening import welsh_note
from insight.views.selection import Selection
from ui import blocks, findings, url_state
from ui.data_access import context
from ui.selectors import selected
from ui.view import kept, show


def main_findings(selection: Selection, found: findings.FoundInForce) -> None:
    """The headline findings, and the others folded away."""
    blocks.heading(selection.force.organisation, found.opening)
    if selection.force.in_wales:
        st.info(welsh_note(context(selection)))
    st.header(f"Main findings for {found.profile.area}", anchor=False)
    findings.listed(found.headlines, in_full=False)
    findings.every(found, selection)


def similar_forces(selection: Selection) -> None:
    """The force beside those most like it; nothing where none can be found."""
    if kept(neighbours.beside_similar_forces, selection).view.empty:
        return
    show(neighbours.beside_similar_forces, selection)
    with st.expander("What they are alike by"):
        show(neighbours.what_they_are_alike_by, selection, heading=False)


def since(selection: Selection) -> None:
    """What a later release changed."""
    releases = profile.earlier_releases(context(selection))
    if not releases:
        return
    st.header("What changed since an earlier release?", anchor=False)
    options = {release: f"Children looked after, release {release}" for release in releases}
    show(profile.since, selection, url_state.choose_one("since", "Release", options, releases[0]), heading=False)


def render() -> None:
    """The page."""
    selection = selected()
    found = findings.kept_findings(selection)
    main_findings(selection, found)
    if not found.profile.judgments_only:
        show(profile.every_measure, selection)
    show(over_time.of_one_force, selection)
    show(profile.councils, selection)
    show(profile.grades_by_cycle, selection)
    show(profile.inspections_of_child_protection, selection)
    show(profile.monitoring, selection)
    similar_forces(selection)
    since(selection)


render()
