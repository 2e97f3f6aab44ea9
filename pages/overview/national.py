"""National: England's answer in a sentence, three blocks, the forces that merit a closer look, every measure, the grades."""

from __future__ import annotations

from insight.views import grades, national
from ui import blocks
from ui.data_access import made
from ui.selectors import selected
from ui.view import show


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("Are missing children better protected?", made(national.opening, selection))
    blocks.blocks(selection, national.how_many, national.how_judged, national.where_to_look)
    show(national.closer_look, selection)
    show(national.every_measure, selection)
    show(grades.newest_at_a_glance, selection)


render()
