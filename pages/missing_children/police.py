"""Police: children reported missing to the police, with the series' break, joint forces and doubtful
figures; how many were in care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from insight.views import over_time, police
from insight.views.selection import Selection
from insight.views.status import age_warning
from ui import blocks, url_state
from ui.data_access import made, register
from ui.raw_text import sentence
from ui.selectors import selected
from ui.view import show

CHILDREN = {"all": "All children", "care": "Children in care"}
WIDTH = 250  # pixels: a year in full
COMPARED = {"all": police.all_forces, "care": police.in_care}


def render() -> None:
    """The page."""
    selection = selected()
    reported, care = (register().with_measure(selection, measure) for measure in (police.POLICE, police.CARE))
    blocks.head("Reported missing to the police", reported)
    show(over_time.police_series, reported, age_warning(reported, date.today()))
    show(over_time.care_series, care)
    same_trend = made(police.same_trend, reported, care)
    if same_trend:
        st.markdown(sentence(same_trend))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        of = url_state.choose_one("of", "Which children", CHILDREN, "all", as_buttons=True)
        if of == "all":
            reported = _year_of_comparison(reported)
    show(COMPARED[of], reported)


def _year_of_comparison(reported: Selection) -> Selection:
    """The selection in a year that the police table has; the year of the address where it has that."""
    years = {str(year.year): year for year in sorted(reported.years, reverse=True)}
    names = {one: f"Year ending March {one}" for one in years}
    with st.container(width=WIDTH):
        picked = url_state.choose_one("police-year", "Year of the bars", names, str(reported.period_end.year))
    return replace(reported, period_end=years[picked])


render()
