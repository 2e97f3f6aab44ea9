"""Figures of Wales from the template: shown beside those of Wales, and compared with nothing of England."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.build import build
from etl.ingest import About, ingest
from etl.paths import PROJECT, DataFolder
from etl.problems import Refused
from etl.warehouse import current_build
from insight.findings import findings_of
from insight.format import slug
from insight.queries.ask import Ask, remembering
from insight.views import forces_compared, over_time, protecting
from insight.views.context import Context
from insight.views.opening import level_sentence
from insight.views.selection import register
from insight.warehouse import Warehouse, open_warehouse
from tests.exampland import WALES, MadeUp

TEMPLATE = PROJECT / "data" / "templates" / "looked_after_missing_wales.csv"
CHILDREN, INCIDENTS = "children_missing", "missing_incidents"


def filled(path: Path, rows: list[str]) -> Path:
    path.write_text(TEMPLATE.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def made_up_rows(year: int = 2024) -> list[str]:
    """Four forces that do not exist, with 10, 20, 30 and 40 children missing, four incidents each."""
    counts = {f"W9900000{number}": 10 * number for number in range(1, 5)}
    rows = [
        f"{year}-03-31,force,{code},{figure},{count * times},reported"
        for code, count in counts.items()
        for figure, times in ((CHILDREN, 1), (INCIDENTS, 4))
    ]
    total = sum(counts.values())
    nation = [
        f"{year}-03-31,country,{WALES},{CHILDREN},{total},reported",
        f"{year}-03-31,country,{WALES},{INCIDENTS},390,reported",
    ]
    return rows + nation


@pytest.fixture(scope="module")
def with_wales(made_up: MadeUp, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    root = tmp_path_factory.mktemp("wales")
    for name in ("reference", "published"):
        shutil.copytree(made_up.folder.root / name, root / name)
    data = DataFolder(root, root / "warehouse")
    ingest(data, [filled(root / "mine.csv", made_up_rows())], About(published="2024-11"), dry_run=False, replace=False)
    return open_warehouse(build(data).path)


@pytest.fixture
def ask(with_wales: Warehouse) -> Ask:
    return remembering(with_wales)


@pytest.fixture
def welsh(ask: Ask, with_wales: Warehouse) -> Context:
    name = with_wales.rows("name", "SELECT force_name FROM force WHERE force_code = 'W99000002'")["force_name"].iloc[0]
    return Context(ask, register(ask).newest(slug(str(name))))


def test_a_welsh_figure_stands_beside_that_of_wales(welsh: Context) -> None:
    table = protecting.own_measures(welsh).table
    assert table is not None
    assert "Wales" in table.headings
    assert "England" not in table.headings
    [row] = [row for row in table.records() if row["Measure"] == "Incidents per missing child"]
    assert (row["Figure"], row["Wales"]) == ("4.0", "3.9")
    assert level_sentence(welsh).endswith("(Wales 3.9).")


def test_nothing_of_wales_is_compared_with_england(with_wales: Warehouse, made_up: MadeUp) -> None:
    rows = with_wales.rows("wales", "SELECT * FROM indicator WHERE apart")
    assert len(rows) > 0
    assert set(rows["verdict"]) == {"Not compared"}
    assert rows[["rank", "probability_highest_quarter"]].isna().all(axis=None)
    words = rows[["outlier", "compared_with_nation", "compared_with_region"]].stack().dropna()
    assert set(words) == {"Not compared"}
    assert set(rows["area_code"]) == {WALES, *(f"W9900000{number}" for number in range(1, 5))}
    before = open_warehouse(current_build(made_up.folder.warehouse) or Path())
    query = "SELECT * FROM comparison ORDER BY measure_id, period_end"
    assert with_wales.rows("now", query).equals(before.rows("before", query)), "no average of England moves"


def test_charts_of_english_forces_have_no_welsh_bar_and_a_welsh_line_has_no_english_one(welsh: Context) -> None:
    bars = forces_compared.ranked(welsh).chart
    assert bars is not None
    assert not any(bar.code.startswith("W") for bar in bars.bars if bar.value is not None)  # type: ignore[union-attr]
    line = over_time.of_one_force(welsh).chart
    assert line is not None
    assert "Wales" in line.alt
    assert "England" not in line.alt


def test_findings_say_what_is_held_and_compare_nothing(welsh: Context) -> None:
    said = " ".join(one.sentence for one in findings_of(welsh.profile()))
    assert "went missing did so 4.0 times on average" in said
    assert "average of forces" not in said


def test_a_figure_of_another_country_or_of_another_kind_or_day_is_refused(made_up_data: DataFolder, tmp_path: Path) -> None:
    faulty = [
        f"2024-03-31,force,E99000001,{CHILDREN},1,reported",
        "2024-03-31,force,W99000001,children_reported_missing,1,reported",
        f"2024-06-30,force,W99000001,{CHILDREN},1,reported",
    ]
    with pytest.raises(Refused) as refused:
        ingest(made_up_data, [filled(tmp_path / "mine.csv", faulty)], About(), dry_run=True, replace=False)
    report = refused.value.report()
    assert "row 2, column area_code, value 'E99000001': This table is for other areas. Give figures of Wales" in report
    assert "row 3, column figure_id, value 'children_reported_missing': This table does not hold such a figure." in report
    assert "row 4, column period_end, value '2024-06-30': This is not the end of a year to March." in report


def test_a_later_table_of_the_same_year_needs_replace(made_up_data: DataFolder, tmp_path: Path) -> None:
    ingest(made_up_data, [filled(tmp_path / "one.csv", made_up_rows())], About(), dry_run=False, replace=False)
    later = filled(tmp_path / "two.csv", made_up_rows()[2:])
    with pytest.raises(Refused, match="already held and differs"):
        ingest(made_up_data, [later], About(), dry_run=True, replace=False)
