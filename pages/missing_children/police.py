"""Police: children reported missing to the police, with the series' break, joint forces and doubtful
figures; how many were in care."""

from __future__ import annotations

from datetime import date

import streamlit as st

from insight.views import over_time, police
from insight.views.status import age_warning
from ui import blocks, url_state
from ui.data_access import made, register
from ui.selectors import selected
from ui.view import show

CHILDREN = {"all": "All children reported missing", "care": "Children in care"}
COMPARED = {"all": police.all_forces, "care": police.in_care}


def render() -> None:
    """The page."""
    selection = selected()
    reported, care = (register().with_measure(selection, measure) for measure in (police.POLICE, police.CARE))
    blocks.head("Reported missing to the police", reported)
    show(over_time.police_series, reported, age_warning(reported, date.today()))
    show(over_time.care_series, care)
    st.markdown(made(police.same_trend, reported, care))
    of = url_state.choose_one("of", "Which children", CHILDREN, "all", as_buttons=True)
    show(COMPARED[of], reported)


render()
