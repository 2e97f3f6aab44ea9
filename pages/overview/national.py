"""National: England's answer in a sentence, three blocks, the forces that merit a closer look, every measure, who goes missing
from where and for how long, or is away without authorisation, the grades."""

from __future__ import annotations

from insight.views import england_detail, grades, national
from ui import blocks, url_state
from ui.data_access import made
from ui.selectors import selected
from ui.view import show

MEASURES = "measures"
TOPIC_OF = {topic.replace(" ", "-"): topic for topic in england_detail.TOPICS}
DETAIL = {MEASURES: "Every measure", **{slug: england_detail.TOPICS[topic].name for slug, topic in TOPIC_OF.items()}}


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("Are missing children better protected?", made(national.opening, selection))
    blocks.blocks(selection, national.how_many, national.how_judged, national.where_to_look)
    show(national.closer_look, selection)
    detail = url_state.choose_one("detail", "England in detail", DETAIL, MEASURES, as_buttons=True)
    if detail == MEASURES:
        show(national.every_measure, selection)
    else:
        kind = url_state.choose_one("absence", "Missing or away", england_detail.KINDS, "missing", as_buttons=True)
        show(england_detail.detail, selection, TOPIC_OF[detail], kind)
    show(grades.newest_at_a_glance, selection)


render()
