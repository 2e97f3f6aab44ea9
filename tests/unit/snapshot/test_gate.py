"""The gate on a build into which a leak of each kind was planted: found, closed, and nowhere in what is published.

Exampland's build is true, and one authority of its first force hides its children away in 2024.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from insight.queries.withholding import begin
from insight.snapshot.builder import Made
from insight.snapshot.check_rows import mask_checks
from insight.snapshot.disclosure import withholding
from insight.snapshot.disclosure.published_gaps import Way
from insight.snapshot.disclosure.withholding import StillLeaks, audit, pass_gate, withhold
from insight.snapshot.tables import Cell
from insight.warehouse import open_copy

HIDDEN, FORCE, REGION, NATION = "E99100101", "E99000001", "E99800001", "E99900001"
MEASURE = "children_away_percent"
FIGURES = "figure_id = 'children_away' AND period_end = DATE '2024-03-31'"
MEASURES = "measure_id = 'children_away_percent' AND period_end = DATE '2024-03-31'"
SEEN = (
    "(SELECT sum(value) FROM observation o JOIN local_authority la ON la.la_code = o.area_code JOIN force f USING (force_code) "
    f"WHERE f.region = 'East Exampland' AND o.{FIGURES})"
)
PLANTED = {
    Way.FORCE: (
        f"UPDATE observation SET value = value + 4 WHERE area_code = '{FORCE}' AND {FIGURES}",
        f"UPDATE indicator SET numerator = numerator + 4, value = (numerator + 4) / denominator * 100 "
        f"WHERE area_code = '{FORCE}' AND {MEASURES}",
    ),
    Way.QUOTIENT: (f"UPDATE indicator SET value = 4.0 WHERE area_code = '{HIDDEN}' AND {MEASURES}",),
    Way.VERDICT: (f"UPDATE indicator SET compared_with_nation = 'Higher (95%)' WHERE area_code = '{FORCE}' AND {MEASURES}",),
    Way.AVERAGE: (f"UPDATE comparison SET numerator = numerator + 77 WHERE {MEASURES}",),
    Way.OTHER_RELEASE: (
        "INSERT INTO observation SELECT * REPLACE ('2023' AS release, 4 AS value, 'reported' AS status, 0 AS hidden_parts) "
        f"FROM observation WHERE area_code = '{HIDDEN}' AND {FIGURES}",
    ),
    Way.REGION: (
        f"UPDATE observation SET value = {SEEN} // 10 * 10 WHERE area_code = '{REGION}' AND {FIGURES}",
        "UPDATE indicator SET numerator = o.value, value = o.value / indicator.denominator * 100 FROM observation o "
        f"WHERE o.area_code = indicator.area_code AND indicator.area_code = '{REGION}' AND o.figure_id = 'children_away' "
        "AND o.period_end = DATE '2024-03-31' AND indicator.measure_id = 'children_away_percent' "
        "AND indicator.period_end = DATE '2024-03-31'",
    ),
    Way.FAMILY: (
        "UPDATE observation SET value = NULL, status = 'suppressed' WHERE figure_id = 'children_missing_more_than_once' "
        "AND area_code = 'E99100102' AND period_end = DATE '2024-03-31'",
        "UPDATE observation SET value = value - 38, hidden_parts = 1 WHERE figure_id = 'children_missing_more_than_once' "
        f"AND area_code = '{FORCE}' AND period_end = DATE '2024-03-31'",
        "DELETE FROM observation WHERE figure_id = 'children_missing_more_than_once' "
        f"AND area_code IN ('{REGION}', '{NATION}') AND period_end = DATE '2024-03-31'",
        "UPDATE observation SET value = 60 WHERE figure_id = 'missing_incidents' AND area_code = 'E99100102' "
        "AND period_end = DATE '2024-03-31'",
        "UPDATE observation SET value = (SELECT sum(o.value) FROM observation o JOIN local_authority la ON la.la_code = o.area_code "
        f"WHERE la.force_code = '{FORCE}' AND o.figure_id = 'missing_incidents' AND o.period_end = DATE '2024-03-31') "
        f"WHERE figure_id = 'missing_incidents' AND area_code = '{FORCE}' AND period_end = DATE '2024-03-31'",
        "DELETE FROM indicator WHERE measure_id IN ('incidents_per_missing_child', 'missing_incidents_number')",
        "DELETE FROM comparison WHERE measure_id = 'incidents_per_missing_child'",
    ),
}


def found(path: Path) -> set[Way]:
    with open_copy(path) as warehouse:
        mask_checks(warehouse)
        return {leak.way for leak in audit(warehouse)}


def gated(path: Path) -> Path:
    copy = path.with_name("gated.duckdb")
    pass_gate(path, copy)
    return copy


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_true_build_with_a_hidden_part_leaks_nothing(exampland: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    assert pass_gate(exampland, copy).total == 0
    query = "SELECT area_code, period_end, figure_id, value, status FROM observation ORDER BY ALL"
    assert rows(copy, query) == rows(exampland, query)


@pytest.mark.parametrize("way", PLANTED, ids=lambda way: way.name)
def test_a_planted_leak_is_found_and_closed(way: Way, spoiled: Callable[..., Path]) -> None:
    path = spoiled(*PLANTED[way])
    assert found(path) == {way}
    assert found(gated(path)) == set()


def test_a_region_that_pins_a_hidden_figure_is_withheld_with_its_measures(spoiled: Callable[..., Path]) -> None:
    copy = gated(spoiled(*PLANTED[Way.REGION]))
    assert rows(copy, f"SELECT value, status FROM observation WHERE area_code = '{REGION}' AND {FIGURES}") == [(None, "withheld")]
    columns = "numerator, value, lower_95, upper_998, status, compared_with_nation, recent_trend"
    assert rows(copy, f"SELECT {columns} FROM indicator WHERE area_code = '{REGION}' AND {MEASURES}") == [
        (None, None, None, None, "withheld", "Not compared", "Cannot be calculated")
    ]
    query = (
        "SELECT DISTINCT compared_with_region FROM indicator JOIN force ON force_code = area_code "
        f"WHERE region = 'East Exampland' AND {MEASURES}"
    )
    assert rows(copy, query) == [("Not compared",)]


def test_a_force_that_holds_a_hidden_figure_takes_average_and_verdicts_with_it(spoiled: Callable[..., Path]) -> None:
    copy = gated(spoiled(*PLANTED[Way.FORCE]))
    assert rows(copy, f"SELECT numerator, value FROM indicator WHERE area_code = '{FORCE}' AND {MEASURES}") == [(None, None)]
    assert rows(copy, f"SELECT count(*) FROM comparison WHERE {MEASURES}") == [(0,)]
    verdicts = rows(copy, f"SELECT DISTINCT compared_with_nation, rank FROM indicator WHERE area_level = 'force' AND {MEASURES}")
    assert verdicts == [("Not compared", None)]
    words = rows(
        copy, f"SELECT DISTINCT verdict, verdict_level FROM indicator WHERE area_level = 'force' AND {MEASURES} ORDER BY 1"
    )
    assert words == [("Not compared", None), ("Too few children to compare", None)]
    words = rows(copy, f"SELECT DISTINCT verdict FROM indicator_as_of WHERE area_level = 'force' AND {MEASURES} ORDER BY 1")
    assert words in ([], [("Not compared",), ("Too few children to compare",)])
    assert rows(copy, f"SELECT count(*) FROM grade_association WHERE {MEASURES}") == [(0,)]


@pytest.mark.parametrize(("figure", "kept"), [("children_looked_after", False), ("missing_incidents", True)])
def test_neighbours_go_when_a_figure_that_they_rest_on_is_withheld(figure: str, kept: bool, spoiled: Callable[..., Path]) -> None:
    path = spoiled("UPDATE force_feature SET looked_after_period = DATE '2024-03-31'")
    before = rows(path, "SELECT count(*) FROM nearest_neighbour")
    with open_copy(path) as copy:
        begin(copy)
        withhold(copy, {Cell(figure, "2024-03-31", "2024", FORCE): Way.FORCE})
    assert before != [(0,)]
    assert rows(path, "SELECT count(*) FROM nearest_neighbour") == (before if kept else [(0,)])


def test_nothing_of_the_gate_itself_stays_in_the_copy(exampland: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    pass_gate(exampland, copy)
    query = "SELECT table_name FROM information_schema.tables ORDER BY 1"
    assert rows(copy, query) == rows(exampland, query)


def test_incidents_that_bound_a_hidden_figure_are_withheld_so_that_the_force_does_not_tell_them(
    spoiled: Callable[..., Path],
) -> None:
    copy = gated(spoiled(*PLANTED[Way.FAMILY]))
    withheld = rows(copy, "SELECT area_code FROM observation WHERE status = 'withheld' AND figure_id = 'missing_incidents'")
    inside = {code for (code,) in withheld if str(code).startswith("E991001")}
    assert "E99100102" in inside
    assert len(inside) > 1 or (FORCE,) in withheld


def test_a_planted_number_is_nowhere_in_the_published_files(
    spoiled: Callable[..., Path], publish: Callable[..., Made], tmp_path: Path
) -> None:
    odd = 7654321  # a number that nothing else can be
    plant = f"UPDATE indicator SET numerator = {odd}, value = 4.0 WHERE area_code = '{HIDDEN}' AND {MEASURES}"
    made = publish(spoiled(plant), tmp_path / "public")
    holding = [path.name for path in made.folder.rglob("*") if path.is_file() and str(odd).encode() in path.read_bytes()]
    assert holding == []
    assert json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["withheld"]["figures"] > 0


def test_what_is_withheld_is_listed_by_count_only(
    spoiled: Callable[..., Path], publish: Callable[..., Made], tmp_path: Path
) -> None:
    made = publish(spoiled(*PLANTED[Way.REGION]), tmp_path / "public")
    page = (made.folder / "data.html").read_text(encoding="utf-8")
    listed = page[page.index('id="withheld"') : page.index('id="sources"')]
    assert "1: a region&#39;s total less the authorities that can be seen" in listed
    assert "East Exampland" not in listed


def test_nothing_is_written_when_a_leak_cannot_be_closed(
    spoiled: Callable[..., Path], publish: Callable[..., Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withholding, "withhold", lambda *_: {})
    with pytest.raises(StillLeaks, match="Nothing was written"):
        publish(spoiled(*PLANTED[Way.FORCE]), tmp_path / "public")
    assert not (tmp_path / "public").exists()


def test_checks_that_print_sums_from_before_the_gate_are_masked_or_refused(
    spoiled: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = "INSERT INTO check_result VALUES ('other/new', true, 'warning', 'A new check', 'England 77', 'England 7654321')"
    copy = gated(spoiled(plant))
    assert rows(copy, "SELECT count(*) FROM check_result WHERE found LIKE '%7654321%'") == [(0,)]
    assert rows(copy, "SELECT count(*) FROM check_result WHERE check_id LIKE 'total/%' AND regexp_matches(found, '[0-9]')") == [
        (0,)
    ]
    copy.unlink()
    monkeypatch.setattr(withholding, "mask_checks", lambda _: None)
    with pytest.raises(StillLeaks, match="a check of the build"):
        pass_gate(spoiled(plant), copy)
