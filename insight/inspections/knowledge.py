"""How complete our knowledge of child protection inspections is, counted; recommendations by theme and deadline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from insight.format import is_missing, plural
from insight.inspections.case_audits import GRADES
from insight.inspections.clock import REVIEW_KIND, visit_of
from insight.inspections.partial_dates import span_of
from insight.records import records
from insight.tables.model import Link, Table, table_of

UNKNOWN = "Unknown does not mean none."
DEADLINES = ("Immediately", "Within 3 months")
Row = dict[str, Any]


def knowledge(inspections: pd.DataFrame, recommendations: pd.DataFrame) -> Table:
    """What our sources show of inspections and of reviews: one row per fact, how many have it whole, in part or not at all."""
    told = set(recommendations["inspection_id"])
    groups = {
        "inspections": records(inspections[inspections["kind"] != REVIEW_KIND]),
        "reviews": records(inspections[inspections["kind"] == REVIEW_KIND]),
    }
    facts: dict[str, Callable[[Row], str]] = {
        "Day of the visit": lambda row: _precision(visit_of(row)),
        "Day of publication": lambda row: _precision(row["published"]),
        "Case files by grade": _files,
        "Number of recommendations": lambda row: "not known" if is_missing(row["recommendations"]) else "whole",
        "Themes of recommendations": lambda row: _themes(row, told, recommendations),
    }
    rows = []
    for fact, judge in facts.items():
        for name, group in groups.items():
            if name == "reviews" and "recommendations" in fact:
                continue
            held = [judge(row) for row in group]
            counts = {"Known": held.count("whole"), "In part": held.count("part"), "Not known": held.count("not known")}
            rows.append({"What": f"{fact}, {name}", "In all": len(group), **counts})
    return table_of(rows)


def knowledge_sentence(inspections: pd.DataFrame) -> str:
    """How many inspections and reviews there are, of how many forces."""
    reviews = int((inspections["kind"] == REVIEW_KIND).sum())
    others = plural(len(inspections) - reviews, "inspection")
    forces = plural(inspections["force_code"].nunique(), "force")
    return f"We have found {others} and {plural(reviews, 'review')} of {forces}. {UNKNOWN}"


def recommendations_sentence(recommendations: pd.DataFrame, inspections: pd.DataFrame) -> str:
    """How many of the recommendations made have a theme in our sources."""
    made = inspections[inspections["recommendations"].notna()]
    known = plural(len(recommendations), "recommendation")
    return (
        f"We know the theme of {known} of {plural(recommendations['inspection_id'].nunique(), 'inspection')}. "
        f"How many were made is known for {plural(len(made), 'inspection')} ({int(made['recommendations'].sum())} in all), not "
        "for the others. So the figures count what we know, not what inspectors asked for."
    )


def recommendations_to_read(recommendations: pd.DataFrame) -> Table:
    """Themes by deadline: how many, and of which forces, each name a link to the page that says so."""
    rows: list[Row] = []
    for theme, same in recommendations.groupby("theme"):
        due = same["due"].fillna("not stated").str.replace("Within", "within").str.replace("Immediately", "at once")
        deadlines = ", ".join(f"{count} {name}" for name, count in due.value_counts().items())
        rows.append({"Theme": theme, "Number": len(same), "Deadline": deadlines, "Forces": _linked_names(same)})
    rows.sort(key=lambda row: (-row["Number"], row["Theme"]))
    return table_of(rows, ["Theme", "Number", "Deadline", "Forces"])


def _linked_names(rows: pd.DataFrame) -> tuple[Link, ...]:
    pages = sorted(set(zip(rows["force_name"], rows["source_url"], strict=True)))
    return tuple(Link(str(url), str(name)) for name, url in pages)


def _precision(when: Any) -> str:
    span = span_of(when)
    if span is None:
        return "not known"
    return "whole" if span.exact else "part"


def _files(row: Row) -> str:
    held = [not is_missing(row[name]) for name in ("cases_audited", *(f"cases_{grade}" for grade in GRADES))]
    if all(held):
        return "whole"
    return "part" if any(held) else "not known"


def _themes(row: Row, told: set[str], recommendations: pd.DataFrame) -> str:
    if row["inspection_id"] not in told:
        return "not known"
    known = int((recommendations["inspection_id"] == row["inspection_id"]).sum())
    return "whole" if not is_missing(row["recommendations"]) and known >= int(row["recommendations"]) else "part"
