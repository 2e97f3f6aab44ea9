"""National: England's answer in a sentence, three blocks, the forces that merit a closer look, every measure, who goes missing
from where and for how long, the grades."""

from __future__ import annotations

from insight.views import england_detail, grades, national
from ui import blocks, url_state
from ui.data_access import made
from ui.selectors import selected
from ui.view import show

DETAIL = {"measures": "Every measure", "age": "How old", "duration": "For how long", "placement": "From where"}
OF_ENGLAND = {
    "measures": national.every_measure,
    "age": england_detail.how_old,
    "duration": england_detail.how_long,
    "placement": england_detail.where_from,
}


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("Are missing children better protected?", made(national.opening, selection))
    blocks.blocks(selection, national.how_many, national.how_judged, national.where_to_look)
    show(national.closer_look, selection)
    detail = url_state.choose_one("detail", "England in detail", DETAIL, "measures", as_buttons=True)
    show(OF_ENGLAND[detail], selection)
    show(grades.newest_at_a_glance, selection)


render()
