"""Data: where every figure comes from, what is covered, which checks it passed, what was revised."""

from __future__ import annotations

import streamlit as st

from insight.downloads.files import period
from insight.format import number
from insight.queries import about
from insight.sources import source_line
from insight.tables.about import checks_to_read, coverage_to_read, revisions_to_read, sources_to_read
from insight.warehouse import build_id
from ui import blocks, chosen_figures
from ui.data_access import ask, build_path
from ui.selectors import selected


def sources() -> None:
    """Publications and releases."""
    st.header("Where do the figures come from?", anchor=False)
    frame = ask(about.sources)
    title = "Publications and releases"
    blocks.table_with_download(sources_to_read(frame), ("sources",), frame, title=title, source=source_line(frame))
    st.caption(
        "All under the Open Government Licence v3.0. A year is always read from one release as a whole, the newest that has it, "
        "because authorities are reorganised between releases."
    )


def coverage() -> None:
    """How many forces have a figure, by measure and year."""
    st.header("How many forces have a figure, and why do the others have none?", anchor=False)
    frame = ask(about.coverage)
    name, title = ("coverage", period(frame["period_end"])), "Forces with a figure, by measure and year"
    blocks.table_with_download(coverage_to_read(frame), name, frame, title=title, source=chosen_figures.source_of_all())


def checks() -> None:
    """Outcome of the checks on this build."""
    st.header("Which checks did these data pass?", anchor=False)
    found = ask(about.checks)
    failed = found[~found["passed"]]
    st.markdown(f"{number(len(found) - len(failed))} of {number(len(found))} checks pass.")
    with st.expander("Every check with what was expected and found"):
        source = f"Checks that this project makes of every build. Build {build_id(build_path())}."
        blocks.table_with_download(checks_to_read(found), ("checks",), title="Checks of this build", source=source)


def revisions() -> None:
    """Figures that a later release changed."""
    st.header("Which figures did a later release change?", anchor=False)
    revised = ask(about.revised)
    st.markdown(
        f"{number(len(revised))} figures of forces and England differ between one release and the next. "
        "Publishers revise earlier years when authorities correct their returns."
    )
    with st.expander("Every revised figure"):
        table, name = revisions_to_read(revised, ask(about.figures)), ("revisions", period(revised["period_end"]))
        title = "Figures that a later release changed"
        blocks.table_with_download(table, name, revised, title=title, source=chosen_figures.source_of_all())


def render() -> None:
    """The page."""
    selected()
    build = ask(about.build).iloc[0]
    opening = (
        f"These pages show build {build_id(build_path())}, made on {build['built_at']:%-d %B %Y} from {len(ask(about.sources))} "
        f"published files; the content's fingerprint is {build['content_hash'][:12]}."
    )
    blocks.heading("The data", opening)
    sources()
    coverage()
    checks()
    revisions()


render()
