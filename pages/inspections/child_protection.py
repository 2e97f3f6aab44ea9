"""Child protection inspections: every visit, the case files audited, graded areas, recommendations, and what we do not know."""

from __future__ import annotations

from insight.views import child_protection
from ui import blocks, url_state
from ui.data_access import made
from ui.selectors import selected
from ui.tabs import tab
from ui.view import show

PARTS = {
    "visits": "Visits",
    "files": "Case files",
    "reviews": "Reviews",
    "graded": "Grades",
    "recommendations": "Recommendations",
    "data": "Data",
}
SHOWN = {"every": "Every force", "mine": "My force and its region"}


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("Child protection inspections", made(child_protection.opening, selection))
    part = tab(PARTS, opened_by={"audits": "files"})
    if part == "visits":
        show(child_protection.visits, selection, heading=False)
    elif part == "files":
        mine = url_state.choose_one("audits", "Case files of", SHOWN, "every", as_buttons=True) == "mine"
        show(child_protection.case_files, selection, mine)
    elif part == "reviews":
        show(child_protection.reviews, selection)
    elif part == "graded":
        show(child_protection.graded_areas, selection)
    elif part == "recommendations":
        show(child_protection.recommended, selection)
    else:
        show(child_protection.completeness, selection)


render()
