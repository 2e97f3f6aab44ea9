"""National: England's answer in a sentence, three blocks, the forces that merit a closer look, every measure, the grades."""

from __future__ import annotations

from insight.views import grades, national
from ui import blocks
from ui.data_access import context
from ui.selectors import selected
from ui.view import show


def render() -> None:
    """The page."""
    selection = selected()
    read = context(selection)
    blocks.heading("Are missing children better protected?", national.opening(read))
    blocks.blocks(national.blocks(read))
    show(national.closer_look, selection)
    show(national.every_measure, selection)
    show(grades.newest_at_a_glance, selection)


render()
