"""Inspections, events and grades of made-up forces: no code, date or figure here belongs to a real one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from insight.format import Word
from insight.inspections.clock import REVIEW_KIND

FORCE = "X00000001"
PAGE = "https://example.org/report"
EMPTY = dict.fromkeys(
    ("inspected_from", "inspected_to", "published", "cases_audited", "cases_good", "cases_requires_improvement",
     "cases_inadequate", "recommendations", "follows", "review_name"),
)  # fmt: skip


@pytest.fixture
def inspection() -> Callable[..., dict[str, Any]]:
    """One inspection, or a review where ``follows`` names one."""

    def make(key: str, **columns: Any) -> dict[str, Any]:
        kind = REVIEW_KIND if columns.get("follows") else "NCPI"
        told = {"source_url": PAGE, "source_kind": "hmicfrs", "origin": "publisher"}
        whose = {"force_code": FORCE, "force_name": "Exampleshire", "short_code": "EXA", "region": "Mock Region"}
        return {"inspection_id": key, "kind": kind, **whose, **EMPTY, **told, **columns}

    return make


@pytest.fixture
def event() -> Callable[..., dict[str, Any]]:
    """One monitoring event."""

    def make(event: str, date: str, topic: str = "", **columns: Any) -> dict[str, Any]:
        told = {"source_url": PAGE, "source_kind": "press", "origin": "publisher"}
        whose = {"force_code": FORCE, "force_name": "Exampleshire", "short_code": "EXA"}
        return {"event": event, "date": date, "topic": topic, **whose, **told, **columns}

    return make


@pytest.fixture
def cycles() -> pd.DataFrame:
    """Four cycles: two may be compared, then a seam, then another."""
    return pd.DataFrame(
        {"cycle": ["c1", "c2", "c3", "c4"], "position": [1, 2, 3, 4], "comparable_with_previous": [None, True, False, False]}
    )


@pytest.fixture
def grade() -> Callable[..., dict[str, Any]]:
    """One grade."""
    order = {"Outstanding": 1, "Good": 2, "Adequate": 3, "Requires improvement": 4, "Inadequate": 5}

    def make(cycle: str, grade: str | None, question: str = "Care", **columns: Any) -> dict[str, Any]:
        return {
            "force_code": FORCE, "force_name": "Exampleshire", "region": "Mock Region", "cycle": cycle, "level": "area",
            "question": question, "short_title": question, "question_position": 1, "cycle_position": int(cycle[-1]),
            "grade": grade, "grade_order": order.get(grade or ""), "status": "graded" if grade else "not_found",
            "published": None, "source_url": PAGE if grade else None, "source_kind": "press" if grade else None,
            "origin": "publisher" if grade else None, **columns,
        }  # fmt: skip

    return make


@pytest.fixture
def words() -> dict[str, Word]:
    """Words of grade statuses."""
    return {
        "not_graded": Word("Not graded", "–"),
        "not_found": Word("Not found", "?"),
        "not_in_report": Word("Not in this report", "·"),
        "not_in_cycle": Word("Not in this cycle", "×"),
    }
