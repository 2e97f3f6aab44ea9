"""What changed between two snapshots, and why the data say it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from insight.snapshot.__main__ import app
from insight.snapshot.builder import Made
from insight.snapshot.differences import between, differences


def indicator(**changed: str) -> dict[str, pd.DataFrame]:
    row = {
        "measure_id": "m", "area_code": "E1", "area_level": "force", "period_end": "2024-03-31", "release": "2024", "value": "4.5",
        "status": "reported", "hidden_parts": "0",
    }  # fmt: skip
    return {"indicator": pd.DataFrame([row | changed])}


@pytest.mark.parametrize(
    ("new", "was", "now", "why"),
    [
        (indicator(release="2025", value="4.6"), "4.5", "4.6", "revision"),
        (indicator(value="4.6"), "4.5", "4.6", "same release, other method or correction"),
        (indicator(value="", status="withheld"), "4.5", "withheld", "withheld to protect a hidden figure"),
        (indicator(hidden_parts="1"), "4.5", "at least 4.5", "same release, other method or correction"),
        ({}, "4.5", "", "no longer published"),
        (indicator(period_end="2025-03-31"), "", "4.5", "new year or area"),
    ],
)
def test_a_figure_that_changed_is_told_with_its_reason(new: dict[str, pd.DataFrame], was: str, now: str, why: str) -> None:
    found = between("a", indicator(), "b", new).figures
    assert (was, now, why) in [(one.old, one.new, one.why) for one in found]


def test_a_figure_that_a_new_release_fills_is_told_so() -> None:
    (found,) = between("a", indicator(value="", status="suppressed"), "b", indicator(release="2025")).figures
    assert (found.old, found.new, found.why) == ("suppressed", "4.5", "new release")


def test_nothing_changed_is_said_so() -> None:
    assert between("a", indicator(), "b", indicator()).sentence == "No figure, judgment or method changed."


def grade(**changed: str) -> dict[str, pd.DataFrame]:
    row = {"force_code": "E1", "cycle": "2023-25", "question": "Q", "grade": "Good", "status": "graded", "published": "2024-05"}
    return {"grade": pd.DataFrame([row | changed])}


def test_a_grade_that_was_not_found_before_is_a_new_inspection() -> None:
    (found,) = between("a", grade(grade="", status="not_found", published=""), "b", grade()).judgments
    assert found.why == "new inspection or report"
    (found,) = between("a", grade(), "b", grade(grade="Adequate")).judgments
    assert found.why == "correction"


def test_two_published_snapshots_are_compared_as_text_json_and_page(
    own_site: Path, spoiled: Callable[..., Path], publish: Callable[..., Made]
) -> None:
    change = (
        "UPDATE observation SET value = value + 100 WHERE figure_id = 'children_reported_missing' AND area_code = 'E99000005' "
        "AND period_end = (SELECT max(period_end) FROM observation WHERE figure_id = 'children_reported_missing')"
    )
    follow = (
        "UPDATE indicator i SET numerator = i.numerator + 100, value = (i.numerator + 100) / i.denominator * 10000, lower_95 = NULL, "
        "upper_95 = NULL, lower_998 = NULL, upper_998 = NULL WHERE measure_id = 'police_missing_per_10000' AND "
        "area_code = 'E99000005' AND period_end = (SELECT max(period_end) FROM indicator WHERE measure_id = 'police_missing_per_10000')"
    )
    average = "DELETE FROM comparison WHERE measure_id = 'police_missing_per_10000'"
    made = publish(spoiled(change, follow, average), own_site.parents[1], date(2026, 2, 28))
    found = differences(own_site, made.folder)
    assert any("Reported to police" in one.what for one in found.figures)
    assert any(one.what == "changes.html" for one in found.pages)
    page = (made.folder / "changes.html").read_text(encoding="utf-8")
    assert "Compared with the snapshot of 31 January 2026" in page
    assert "Reported to police" in page
    stored = json.loads((made.folder / "changes.json").read_text(encoding="utf-8"))
    assert stored["figures"] == found.as_json()["figures"]
    done = CliRunner().invoke(app, ["diff", str(own_site), str(made.folder)])
    assert done.exit_code == 0
    assert found.figures[0].what in done.output
    done = CliRunner().invoke(app, ["diff", str(own_site), str(made.folder), "--json"])
    assert json.loads(done.output)["before"] == "2026-01-31"


def test_what_is_no_snapshot_is_refused(small_site: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["diff", str(small_site), str(tmp_path)]).exit_code == 2
