"""Child protection inspections: every visit, the case files audited, graded areas, recommendations, and what we do not know."""

from __future__ import annotations

from insight.views import child_protection
from ui import blocks, url_state
from ui.data_access import context
from ui.selectors import selected
from ui.view import show

SHOWN = {"mine": "My force and its region", "every": "Every force"}


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("Child protection inspections", child_protection.opening(context(selection)))
    show(child_protection.visits, selection)
    show(child_protection.case_files, selection, url_state.choose_one("audits", "Case files of", SHOWN, "every") == "mine")
    show(child_protection.reviews, selection)
    show(child_protection.graded_areas, selection)
    show(child_protection.recommended, selection)
    show(child_protection.completeness, selection)


render()
