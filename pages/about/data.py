"""Data: where every figure comes from, what is covered, which checks it passed, what was revised."""

from __future__ import annotations

from insight.views import about
from ui import blocks
from ui.data_access import context
from ui.selectors import selected
from ui.view import show


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("The data", about.opening(context(selection)))
    show(about.sources, selection)
    show(about.coverage, selection)
    show(about.checks, selection, fold="Every check with what was expected and found")
    show(about.revisions, selection, fold="Every revised figure")


render()
