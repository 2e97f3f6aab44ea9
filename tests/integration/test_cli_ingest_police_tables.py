"""Police tables with Welsh forces and with a marked year, from the file to the sentences; and a fault of the program."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.build import build
from etl.ingest import About, ingest
from etl.paths import PROJECT, DataFolder
from etl.reference import Reference
from insight.briefing import briefing_of
from insight.findings import Profile, findings_of, opening
from insight.format import Word, slug
from insight.notes import doubt_notes
from insight.profile.reading import gather
from insight.queries import about, figures
from insight.queries.ask import remembering
from insight.tables.about import coverage_to_read
from insight.tables.figures import areas_to_read
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import Warehouse, open_warehouse
from tests.exampland import save_csv
from tests.integration.ingesting import Etl, Rows, Save

WALES = {"W15000001": 539, "W15000002": 540, "W15000003": 541, "W15000004": 542}


@pytest.fixture(scope="module")
def with_wales(real_reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The project's data and, made up, tables A3 (newest year provisional) and B1 of all 43 forces; gone after the run."""
    root = tmp_path_factory.mktemp("wales")
    for name in ("reference", "published"):
        shutil.copytree(PROJECT / "data" / name, root / name)
    forces = [(500 + place, force.force_name) for place, force in enumerate(real_reference.forces)]
    a3 = [{"police_force": name, "2020_21": str(number), "2021/22 [p]": str(number + 20)} for number, name in forces]
    b1 = [
        {"police_force": name, "population": "1,000,000", "calls_recorded": str(number + 1500), "rate_per_1000": "2.0"}
        for number, name in forces
    ]
    data = DataFolder(root, root / "warehouse")
    files = [save_csv(a3, root / "a3.csv")], [save_csv(b1, root / "b1.csv")]
    with pytest.MonkeyPatch.context() as patch:
        # The build below checks the very same; what is tried out before anything is written, ``test_cli_ingest*`` hold.
        patch.setattr("etl.ingest._try_out", lambda *_: None)
        ingest(data, files[0], About(), dry_run=False, replace=False)
        ingest(data, files[1], About(year=2022), dry_run=False, replace=False)
    return open_warehouse(build(data).path)


@pytest.fixture(scope="module")
def welsh_facts(with_wales: Warehouse) -> list[Profile]:
    return [gather(remembering(with_wales), code) for code in WALES]


def values(warehouse: Warehouse, measure_id: str, year: int) -> dict[str, Any]:
    query = f"SELECT area_code, value, status, revision FROM indicator WHERE measure_id = '{measure_id}' AND year(period_end) = {year}"
    return {row["area_code"]: row for row in warehouse.rows(f"{measure_id}_{year}", query).to_dict("records")}


def test_welsh_forces_have_their_counts_and_wales_their_sum_once(with_wales: Warehouse) -> None:
    children, calls = values(with_wales, "police_missing_number", 2021), values(with_wales, "missing_related_calls_number", 2022)
    assert {code: children[code]["value"] for code in WALES} == WALES
    assert {code: calls[code]["value"] for code in WALES} == {code: number + 1500 for code, number in WALES.items()}
    assert children["W92000004"]["value"] == sum(WALES.values())
    assert children["E92000001"]["value"] == sum(range(500, 539))


def test_a_welsh_rate_without_a_population_is_not_covered_and_leaves_the_english_ones_alone(with_wales: Warehouse) -> None:
    rates = values(with_wales, "police_missing_per_10000", 2022)
    assert {rates[code]["status"] for code in WALES} == {"not_covered"}
    assert "W92000004" not in rates
    assert len(rates) == 43 + 1 + 9


def test_the_mark_of_a_provisional_year_is_kept_and_shown(with_wales: Warehouse) -> None:
    newest, before = (values(with_wales, "police_missing_per_10000", year) for year in (2022, 2021))
    english = [code for code in newest if newest[code]["status"] == "reported"]
    assert {newest[code]["revision"] for code in english} == {"provisional"}
    assert not {before[code]["revision"] for code in english} - {None}
    measures = with_wales.rows("measures", figures.MEASURES).set_index("measure_id")
    year = figures.forces_in_year(with_wales, "police_missing_per_10000", max(r["period_end"] for r in _years(with_wales)))
    read = areas_to_read(year, measures.loc["police_missing_per_10000"].to_dict(), {"not_covered": Word("Not covered", "")})
    wiltshire = next(row for row in read.records() if row["Force"] == "Wiltshire")
    assert any(cell.endswith(" [p]") for cell in wiltshire.values())
    assert wiltshire["Note"] == "provisional"
    assert any("[p] Provisional" in note for note in doubt_notes(year))


def _years(warehouse: Warehouse) -> list[dict[str, Any]]:
    frame = figures.years(warehouse)
    return frame[frame["measure_id"] == "police_missing_per_10000"].to_dict("records")


def test_nothing_says_that_the_police_tables_have_no_welsh_force(with_wales: Warehouse, welsh_facts: list[Profile]) -> None:
    ask = remembering(with_wales)
    for facts in welsh_facts:
        found = findings_of(facts)
        made = briefing_of(Context(ask, register(ask).newest(slug(facts.name)))).pages
        pages = [text for page in made for text in (page.title, *page.sentences)]
        cells = [cell for page in made for table in page.tables for row in table.records() for cell in row.values()]
        newest = WALES[str(facts.force["force_code"])] + 20  # of the year after, which the made-up release marks as provisional
        assert f"{newest} [p]" in cells, "its count is shown"
        assert "Wales" in [heading for page in made for table in page.tables for heading in table.headings]
        said = " ".join([opening(facts, found), *(one.headline + " " + one.sentence for one in found), *pages])
        assert not re.search(r"has no Welsh force|no figure of this force|judgements alone|nothing is said", said), said
        assert "Children reported missing to police (number)" in said
        assert "Calls to police about missing people (number)" in said


def test_coverage_counts_welsh_forces_where_they_have_a_figure_and_no_check_warns(with_wales: Warehouse) -> None:
    table = coverage_to_read(about.coverage(with_wales), len(figures.forces(with_wales)))
    coverage = table.plain().set_index(["Measure", "Year ending"])["Not covered"]
    assert coverage[("Children reported missing to police (number)", "March 2021")] == 0
    assert coverage[("Children reported missing to police (number)", "March 2020")] == 4
    assert coverage[("Children reported missing to police (per 10,000)", "March 2022")] == 4
    checks = with_wales.rows("failed", "SELECT check_id FROM check_result WHERE NOT passed")
    assert checks.empty


def test_the_sources_coverage_is_that_of_its_release(with_wales: Warehouse) -> None:
    frame = with_wales.rows("sources", "SELECT release, coverage FROM source WHERE publication = 'police_missing_children'")
    said = dict(zip(frame["release"], frame["coverage"], strict=True))
    assert "Wales is not in the table" in said["2021"]
    assert "Wales is not in the table" not in said["2022"]


def test_a_welsh_row_in_a_file_of_england_is_refused_and_never_a_traceback(
    made_up: Any, etl: Etl, dfe: Rows, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    answer = etl("ingest", save([*dfe, {**dfe[-1], "new_la_code": "W06000001", "la_name": "Made up"}], tmp_path / "dfe.csv"))
    assert answer.code == 2
    assert "This authority is not known (Made up)." in answer.err
    assert untouched() == before


def test_a_fault_of_the_program_names_the_file_and_is_no_refusal(
    made_up: Any, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a fault made for this test")

    monkeypatch.setattr("etl.sources.nca_tables._periods", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = untouched()
    file = save(made_up.nca_rows(), tmp_path / "a3.csv")
    answer = etl("ingest", file)
    assert answer.code == 4
    assert "This is a fault of this program" in answer.err
    assert f"It happened while {file} was read." in answer.err
    assert "Refused" not in answer.err
    assert "Traceback" not in answer.err
    [record] = tmp_path.glob("force-fault-*.txt")
    assert "a fault made for this test" in record.read_text(encoding="utf-8")
    assert untouched() == before
