"""The gate on a build into which a leak of each kind was planted: found, closed, and nowhere in what is published."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from insight.snapshot import gate
from insight.snapshot.builder import Made
from insight.snapshot.disclosure import Way
from insight.snapshot.gate import StillLeaks, audit, pass_gate

# The first force of Exampland has three authorities. One of them hides its children missing in 2024.
FORCE, HIDDEN, REGION = "E99000001", "E99100101", "E99800001"
YEAR = "period_end = DATE '2024-03-31' AND release = '2024'"
HIDE = (
    f"UPDATE observation SET value = NULL, status = 'suppressed' WHERE area_code = '{HIDDEN}' AND figure_id = 'children_missing' AND {YEAR}",
    f"UPDATE indicator SET numerator = NULL, denominator = NULL, value = NULL, lower_95 = NULL, upper_95 = NULL, lower_998 = NULL, "
    f"upper_998 = NULL, rank = NULL, status = 'suppressed' WHERE area_code = '{HIDDEN}' AND {YEAR}",
)
# What a true build does with the force: the sum of what is seen, hidden parts counted, nothing compared.
LESS = f"(SELECT sum(value) FROM observation o JOIN local_authority la ON la.la_code = o.area_code WHERE la.force_code = '{FORCE}' AND o.figure_id = 'children_missing' AND {YEAR})"
FORCE_AS_BUILT = (
    f"UPDATE observation SET value = {LESS}, hidden_parts = 1 WHERE area_code = '{FORCE}' AND figure_id = 'children_missing' AND {YEAR}",
    f"UPDATE indicator SET value = NULL, numerator = NULL, lower_95 = NULL, upper_95 = NULL, lower_998 = NULL, upper_998 = NULL, rank = NULL, "
    f"status = 'suppressed', hidden_parts = 1, compared_with_nation = 'Not compared', outlier = 'Not compared', "
    f"outlier_unadjusted = 'Not compared' WHERE area_code = '{FORCE}' AND period_end = DATE '2024-03-31'",
    "DELETE FROM comparison WHERE period_end = DATE '2024-03-31'",
)
# A region that leaves room enough.
WIDE = f"UPDATE observation SET value = value + 10000 WHERE area_code IN ('{REGION}', 'E99900001') AND figure_id = 'children_missing' AND {YEAR}"
WIDE_MEASURES = f"DELETE FROM indicator WHERE area_level IN ('region', 'country') AND period_end = DATE '2024-03-31'"


def found(path: Path) -> set[Way]:
    with duckdb.connect(path) as connection:
        return {leak.way for leak in audit(connection)}


def closed(path: Path) -> Path:
    copy = path.with_name("gated.duckdb")
    pass_gate(path, copy)
    with duckdb.connect(copy, read_only=True) as connection:
        assert audit(connection) == []
    return copy


def test_the_made_up_country_needs_nothing_withheld(exampland: Path, tmp_path: Path) -> None:
    assert pass_gate(exampland, tmp_path / "copy.duckdb").total == 0


def test_a_hidden_part_in_a_true_build_is_no_leak(spoiled: Callable[..., Path]) -> None:
    assert found(spoiled(*HIDE, *FORCE_AS_BUILT, WIDE, WIDE_MEASURES)) == set()


@pytest.mark.parametrize(
    ("way", "plant"),
    [
        (Way.FORCE, f"UPDATE observation SET value = value + 4 WHERE area_code = '{FORCE}' AND figure_id = 'children_missing' AND {YEAR}"),
        (
            Way.QUOTIENT,
            f"UPDATE indicator SET value = 4.0, denominator = 100 WHERE area_code = '{HIDDEN}' AND measure_id = 'children_missing_percent' AND {YEAR}",
        ),
        (
            Way.QUOTIENT,
            f"UPDATE indicator SET lower_95 = 1.0 WHERE area_code = '{HIDDEN}' AND measure_id = 'children_missing_percent' AND {YEAR}",
        ),
        (
            Way.VERDICT,
            f"UPDATE indicator SET compared_with_nation = 'Higher (95%)' WHERE area_code = '{FORCE}' "
            f"AND measure_id = 'children_missing_percent' AND {YEAR}",
        ),
        (
            Way.AVERAGE,
            "INSERT INTO comparison (measure_id, period_end, numerator, denominator, average, forces_compared, forces_left_out) "
            "VALUES ('children_missing_percent', DATE '2024-03-31', 123456, 7654321, 1.0, 39, 0)",
        ),
        (
            Way.OTHER_RELEASE,
            f"INSERT INTO observation SELECT area_code, area_level, period_end, figure_id, '2023', 4, 'reported', 0, source_id "
            f"FROM observation WHERE area_code = '{HIDDEN}' AND figure_id = 'children_missing' AND {YEAR}",
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Way) else "",
)  # fmt: skip
def test_a_planted_leak_is_found_and_closed(way: Way, plant: str, spoiled: Callable[..., Path]) -> None:
    path = spoiled(*HIDE, *FORCE_AS_BUILT, WIDE, WIDE_MEASURES, plant)
    assert found(path) == {way}
    closed(path)


def test_a_region_that_pins_a_hidden_figure_is_withheld_with_every_measure_of_it(spoiled: Callable[..., Path]) -> None:
    seen = f"(SELECT sum(value) FROM observation o JOIN local_authority la ON la.la_code = o.area_code JOIN force f USING (force_code) WHERE f.region = 'East Exampland' AND o.figure_id = 'children_missing' AND {YEAR})"
    tight = f"UPDATE observation SET value = {seen} // 10 * 10 WHERE area_code = '{REGION}' AND figure_id = 'children_missing' AND {YEAR}"
    numerators = (
        f"UPDATE indicator SET numerator = o.value, value = CASE WHEN indicator.denominator IS NULL THEN o.value ELSE o.value / indicator.denominator * m.multiplier END "
        f"FROM observation o, measure m WHERE m.measure_id = indicator.measure_id AND m.numerator = 'children_missing' AND o.figure_id = 'children_missing' "
        f"AND o.area_code = indicator.area_code AND o.period_end = indicator.period_end AND o.release = '2024' AND indicator.area_code = '{REGION}' AND indicator.period_end = DATE '2024-03-31'"
    )
    ratio = f"DELETE FROM indicator WHERE measure_id = 'incidents_per_missing_child' AND period_end = DATE '2024-03-31' AND area_level IN ('region', 'country')"
    country = "DELETE FROM indicator WHERE area_level = 'country' AND period_end = DATE '2024-03-31'"
    far = f"UPDATE observation SET value = value + 100000 WHERE area_code = 'E99900001' AND figure_id = 'children_missing' AND {YEAR}"
    path = spoiled(*HIDE, *FORCE_AS_BUILT, tight, numerators, ratio, country, far)
    assert found(path) == {Way.REGION}
    with duckdb.connect(closed(path), read_only=True) as connection:
        rows = connection.execute(
            "SELECT value, numerator, status FROM indicator JOIN measure USING (measure_id, numerator) "
            "WHERE false UNION ALL SELECT i.value, i.numerator, i.status FROM indicator i JOIN measure m USING (measure_id) "
            f"WHERE i.area_code = '{REGION}' AND i.period_end = DATE '2024-03-31' AND m.numerator = 'children_missing'"
        ).fetchall()
    assert rows
    assert set(rows) == {(None, None, "withheld")}


def test_a_planted_number_is_nowhere_in_the_published_files(
    spoiled: Callable[..., Path], publish: Callable[..., Made], tmp_path: Path
) -> None:
    odd = 7654321  # a number that nothing else can be
    plant = f"UPDATE indicator SET numerator = {odd}, value = 4.0, denominator = 100 WHERE area_code = '{HIDDEN}' AND measure_id = 'children_missing_percent' AND {YEAR}"
    made = publish(spoiled(*HIDE, *FORCE_AS_BUILT, WIDE, WIDE_MEASURES, plant), tmp_path / "public")
    holding = [path.name for path in made.folder.rglob("*") if path.is_file() and str(odd).encode() in path.read_bytes()]
    assert holding == []
    assert json.loads((made.folder / "manifest.json").read_text())["withheld"]["figures"] > 0
    assert HIDDEN not in (made.folder / "data.html").read_text()


def test_nothing_is_written_when_a_leak_cannot_be_closed(
    spoiled: Callable[..., Path], publish: Callable[..., Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_withhold", lambda *_: None)
    path = spoiled(*HIDE)  # the force's figure still holds the hidden part
    with pytest.raises(StillLeaks, match="hidden"):
        publish(path, tmp_path / "public")
    assert not (tmp_path / "public").exists()
