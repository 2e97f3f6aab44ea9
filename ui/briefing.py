"""The button that makes a briefing of the reader's force."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from insight.briefing import MIME, briefing_bytes, briefing_of, can_print
from insight.downloads.files import file_name
from insight.findings import Profile
from insight.views.context import Context
from insight.views.selection import Selection
from ui.data_access import context
from ui.files import made_when_asked, may_leave
from ui.raw_text import sentence

LABELS = {"pptx": "Briefing as slides (PowerPoint)", "pdf": "Briefing as PDF"}


def offer(selection: Selection) -> None:
    """A button that opens the briefing's two forms; nothing is read of the force before it is open."""
    with st.popover("Briefing", type="tertiary", key="briefing", on_change="rerun") as opened:
        if opened.open:
            st.markdown(sentence(f"Briefing on {selection.force.organisation}"))
            if may_leave("a briefing"):
                buttons(selection, context(selection).profile())


def buttons(selection: Selection, facts: Profile) -> None:
    """Slides and PDF, made when asked for."""
    with st.container(horizontal=True):
        for kind, label in LABELS.items():
            if kind == "pdf" and not can_print():
                st.caption("A PDF cannot be made on this server: it lacks Pango.")
                continue
            made_when_asked(
                label,
                _maker(context(selection), kind),
                file_name("briefing", selection.force.slug, facts.period, facts.build_id, ending=kind),
                MIME[kind],
                f"briefing-{kind}",
                ":material/co_present:" if kind == "pptx" else ":material/picture_as_pdf:",
            )


def _maker(about: Context, kind: str) -> Callable[[], bytes]:
    return lambda: briefing_bytes(briefing_of(about), kind)
