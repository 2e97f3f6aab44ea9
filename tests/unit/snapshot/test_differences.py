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
from insight.snapshot.differences import Differences, between, differences

NO_LONGER = "published before, now hidden"


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
        (indicator(value="", status="withheld"), NO_LONGER, "withheld", "withheld, because a later release suppresses it"),
        (indicator(value="", status="suppressed"), NO_LONGER, "suppressed", "now hidden by the publisher"),
        (indicator(value="", status="suppressed", release="2025"), NO_LONGER, "suppressed", "now hidden by the publisher"),
        (
            indicator(hidden_parts="1", value="3.1"),
            "published before; not repeated, for a part is now hidden",
            "at least 3.1",
            "a part is now hidden",
        ),
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
    assert between("a", indicator(), "b", indicator()).sentence == "No figure, verdict, judgement or method changed."


def test_a_figure_is_told_with_one_decimal_and_its_year_in_words() -> None:
    (found,) = between("a", indicator(value="4.5217"), "b", indicator(value="7.26")).figures
    assert (found.what, found.old, found.new) == ("m, E1, year ending March 2024", "4.5", "7.3")


def test_the_first_snapshot_says_that_it_is_the_first() -> None:
    assert "first edition" in Differences("", "a").sentence


LAND = {
    "local_authority": pd.DataFrame([{"la_code": "A", "la_name": "Sampleton", "force_code": "F"}]),
    "force": pd.DataFrame([{"force_code": "F", "force_name": "Sampleshire", "region": "East Exampland", "country": "Exampland"}]),
    "region_or_country": pd.DataFrame(
        [{"area_code": "R", "area_name": "East Exampland"}, {"area_code": "N", "area_name": "Exampland"}]
    ),
    "measure": pd.DataFrame([{"measure_id": "m", "short_title": "M", "numerator": "f", "denominator": "", "decimals": "0"}]),
}
LEVELS = {"A": "local_authority", "B": "local_authority", "F": "force", "R": "region", "N": "country"}


def land(release: str, average: str, hidden_parts: str = "0", **values: str) -> dict[str, pd.DataFrame]:
    """Exampland as a snapshot has it; ``A=""`` hides the authority."""
    rows = [
        {
            "area_code": area, "area_level": LEVELS[area], "period_end": "2024-03-31", "release": release, "value": value,
            "status": "reported" if value else "suppressed", "hidden_parts": hidden_parts if area == "F" else "0",
        }
        for area, value in values.items()
    ]  # fmt: skip
    averages = [{"measure_id": "m", "period_end": "2024-03-31", "average": average, "forces_compared": "2"}]
    return LAND | {
        "observation": pd.DataFrame([{"figure_id": "f", **row} for row in rows]),
        "indicator": pd.DataFrame([{"measure_id": "m", **row} for row in rows]),
        "indicator_as_of": pd.DataFrame([{"measure_id": "m", "as_of": "2024", **row} for row in rows if row["area_code"] != "A"]),
        "comparison": pd.DataFrame(averages),
    }


def test_what_is_hidden_now_is_repeated_neither_as_it_was_nor_in_a_sum() -> None:
    before = land("2024", "6137", A="7070", B="555", F="7625", R="9630", N="8850")
    after = land("2024", "5001", "1", A="", B="556", F="556", R="9640", N="8860")
    found = between("a", before, "b", after)
    said = json.dumps(found.as_json())
    assert not [
        old for old in ("7070", "7,070", "7625", "7,625", "9630", "9,630", "8850", "8,850", "6137", "6,137") if old in said
    ]
    assert "published before, now hidden" in said
    assert any((one.old, one.new) == ("555", "556") for one in found.figures), "what nothing hidden is in is told as it was"


def test_base_figures_verdicts_averages_and_earlier_releases_are_compared() -> None:
    before = land("2024", "61", A="70", F="125")
    after = land("2024", "62", A="71", F="126")
    before["indicator"] = before["indicator"].assign(rank="", verdict="")
    after["indicator"] = after["indicator"].assign(rank="3", verdict="About average")
    found = between("a", before, "b", after)
    named = [f"f, {name}, year ending March 2024, release 2024" for name in ("Sampleton", "Sampleshire")]
    assert [one.what for one in found.observations] == named
    assert {one.new for one in found.verdicts} == {"About average; rank 3"}
    said = [one.what for one in found.figures]
    assert "M, Sampleshire, year ending March 2024, as of release 2024" in said
    assert "M, year ending March 2024, average of the forces" in said


def test_a_column_that_the_earlier_snapshot_does_not_have_is_no_change_of_verdict() -> None:
    before, after = land("2024", "61", A="70"), land("2024", "61", A="70")
    before["indicator"] = before["indicator"].assign(outlier="Not significant")
    after["indicator"] = after["indicator"].assign(outlier="Not significant", verdict="About average")
    assert between("a", before, "b", after).verdicts == []


def test_a_release_that_is_new_as_a_whole_is_one_change_a_figure() -> None:
    later = land("2025", "61", A="70", F="125")
    later["observation"] = pd.concat([land("2024", "61", A="70", F="125")["observation"], later["observation"]])
    (found,) = between("a", land("2024", "61", A="70", F="125"), "b", later).observations
    assert (found.what, found.new, found.why) == ("f, release 2025", "2 figures", "new release")


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
    verdicts = "UPDATE indicator SET verdict = 'Not compared', verdict_level = NULL WHERE measure_id = 'police_missing_per_10000'"
    made = publish(spoiled(change, follow, average, verdicts), own_site.parents[1], date(2026, 2, 28))
    found = differences(own_site, made.folder)
    assert any("reported missing to police" in one.what for one in found.figures)
    assert any(one.what == "measures/police-missing-per-10000.html" for one in found.pages)
    assert not any(one.what in ("changes.html", "methods.html") for one in found.pages), "a page that says the same is no change"
    page = (made.folder / "changes.html").read_text(encoding="utf-8")
    assert "Compared with the edition of 31 January 2026" in page
    assert "reported missing to police" in page
    stored = json.loads((made.folder / "changes.json").read_text(encoding="utf-8"))
    assert stored == json.loads(json.dumps(found.as_json()))
    done = CliRunner().invoke(app, ["diff", str(own_site), str(made.folder)])
    assert done.exit_code == 0
    assert found.figures[0].what in done.output
    done = CliRunner().invoke(app, ["diff", str(own_site), str(made.folder), "--json"])
    assert json.loads(done.output)["before"] == "2026-01-31"


def test_what_is_no_snapshot_is_refused(small_site: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["diff", str(small_site), str(tmp_path)]).exit_code == 2
