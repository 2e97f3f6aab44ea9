"""Where the public site shows what a page of the dashboard shows: addresses for the links of blocks and findings."""

from __future__ import annotations

from insight.findings.finding import Link
from insight.format import slug

ON_A_FORCE_PAGE = {
    "force": "", "grades": "#grades", "protecting": "#grades", "follow-up": "#protection", "child-protection": "#protection",
    "trends": "#years", "police": "#years",
}  # fmt: skip
ELSEWHERE = {"follow-up": "child-protection.html", "child-protection": "child-protection.html", "data": "data.html"}
HOME = "index.html"


def address_of(link: Link, newest_cycle: str, first_measure: str, on_force_page: bool) -> str:
    """The path of the page, from the edition's top, that answers what a link leads to; a fragment is on the page itself.

    Args:
        link: a page of the dashboard and its choices.
        newest_cycle: for grades without a cycle.
        first_measure: for comparisons and trends without a measure.
        on_force_page: whether the link stands on the page of the force that it is about.
    """
    choices = dict(link.choices)
    if "force" in choices and link.page == "force":
        return f"forces/{choices['force']}.html"
    if on_force_page and ON_A_FORCE_PAGE.get(link.page):
        return ON_A_FORCE_PAGE[link.page]
    match link.page:
        case "grades":
            return f"grades/{choices.get('cycle', slug(newest_cycle))}.html"
        case "protecting":
            return "questions/protecting-vulnerable-people.html"
        case "compare" | "trends" | "police":
            fragment = "" if link.page == "compare" else "#series"
            return f"measures/{choices.get('measure', slug(first_measure))}.html{fragment}"
        case page:
            return ELSEWHERE.get(page, HOME)
