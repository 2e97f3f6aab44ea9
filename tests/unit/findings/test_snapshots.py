"""The findings of ten forces, read by eye and kept. `UPDATE_SNAPSHOTS=1 pytest …` writes them anew, to be read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from insight.findings import findings_of, headlines, opening
from insight.format import slug
from insight.views.context import Context

FOLDER = Path(__file__).with_name("snapshots")
FORCES = [
    "City of London", "Cleveland", "Cheshire", "Gloucestershire", "Gwent", "Leicestershire", "Metropolitan", "Warwickshire",
    "West Midlands", "Wiltshire", "Lincolnshire", "Northamptonshire",
]  # fmt: skip


@pytest.mark.parametrize("name", FORCES)
def test_findings_read_as_they_were_read_by_eye(name: str, contexts: dict[str, Context]) -> None:
    facts = contexts[name].profile()
    found = findings_of(facts)
    first = headlines(found)
    lines = [opening(facts, found), *(f"* {one.headline}" for one in first)]
    lines += [f"  {one.severity.name} [{one.rule}] {one.sentence}" for one in found]
    text = "\n".join(lines) + "\n"
    kept = FOLDER / f"{slug(name)}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(text, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == text
