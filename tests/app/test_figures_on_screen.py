"""What stands on a page is what the build holds, and every page says the same of the same figure."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from insight.charts.chart import PARTLY_HIDDEN
from insight.charts.trends import DOUBTFUL
from insight.tables.figures import verdict_heading
from insight.warehouse import Warehouse
from tests.app.driving import open_page, opening, tables
from tests.app.surface import Choice, Page, Stock, pages

SEED = 20260101
STORED = """
SELECT f.force_name, i.value, i.numerator, i.denominator, i.hidden_parts, i.status, i.verdict, i.verdict_level
FROM indicator i JOIN force f ON f.force_code = i.area_code
WHERE i.measure_id = $measure AND i.period_end = $period_end::DATE
"""
MEASURE = "SELECT * FROM measure WHERE measure_id = $measure"
SERIES = """
SELECT i.period_end, i.value, i.hidden_parts, i.status FROM indicator i JOIN force f ON f.force_code = i.area_code
WHERE f.force_name = $force AND i.measure_id = $measure
"""
GRADES = """
SELECT f.force_name, q.short_title, s.letter FROM grade g JOIN force f USING (force_code) JOIN question q USING (question)
JOIN grade_scale s USING (grade) WHERE g.cycle = (SELECT cycle FROM cycle ORDER BY position DESC LIMIT 1)
"""


def _page(url: str) -> Page:
    return next(page for page in pages() if page.url == url)


def _drawn_at_random(stock: Stock, count: int) -> list[Choice]:
    return random.Random(SEED).sample(stock.with_rotating_forces(), count)


def _stored(real: Warehouse, choice: Choice) -> tuple[pd.DataFrame, pd.Series]:
    measure = choice.measure.replace("-", "_")
    rows = real.rows("stored", STORED, {"measure": measure, "period_end": f"{choice.year}-03-31"}).set_index("force_name")
    return rows, real.rows("measure", MEASURE, {"measure": measure}).iloc[0]


def _written(row: pd.Series, measure: pd.Series) -> str:
    """A figure as a page must write it, by a rule of the test's own; empty for one that has no value."""
    if pd.isna(row["value"]):
        return ""
    figure = f"{float(row['value']):,.{int(measure['decimals'])}f}{'%' if measure['unit'].startswith('%') else ''}"
    return f"at least {figure}" if row["hidden_parts"] else figure


def _table_of(session: object, column: str) -> pd.DataFrame:
    return next(table.set_index("Force") for table in tables(session) if {"Force", column} <= set(table.columns))  # type: ignore[arg-type]


@pytest.mark.parametrize("view", ["bars", "map"])
def test_table_of_forces_shows_the_stored_figures(view: str, stock: Stock, real: Warehouse) -> None:
    for choice in _drawn_at_random(stock, 8):
        rows, measure = _stored(real, choice)
        unit = str(measure["unit"])
        shown = _table_of(open_page(_page("compare"), {**choice.query, "view": view}), unit[:1].upper() + unit[1:])
        for name, row in rows.iterrows():
            figure = shown.loc[str(name), unit[:1].upper() + unit[1:]]
            if pd.isna(row["value"]):
                assert not any(letter.isdigit() for letter in figure), (choice, name)
            else:
                assert figure == _written(row, measure), (choice, name)


def test_opening_sentence_shows_the_stored_figure(stock: Stock, real: Warehouse) -> None:
    for choice in _drawn_at_random(stock, 12):
        rows, measure = _stored(real, choice)
        said = opening(open_page(_page("compare"), choice.query))
        name = stock.names[choice.force]
        if name in rows.index and pd.notna(rows.loc[name, "value"]):
            assert _written(rows.loc[name], measure) in said, choice
        else:
            assert "has no figure" in said, choice


def test_trends_shows_the_stored_series(stock: Stock, real: Warehouse) -> None:
    for choice in _drawn_at_random(stock, 8):
        name = stock.names[choice.force]
        _, measure = _stored(real, choice)
        series = real.rows("series", SERIES, {"force": name, "measure": measure["measure_id"]})
        found = [table for table in tables(open_page(_page("trends"), choice.query)) if name in table.columns]
        assert bool(found) == (not series.empty), choice
        for row in series[series["value"].notna()].itertuples():
            shown = found[0].set_index("Year ending").loc[f"March {row.period_end.year}", name]
            assert shown == _written(pd.Series(row._asdict()), measure), (choice, row.period_end)


def test_the_marks_of_a_series_are_explained_under_it() -> None:
    """Cheshire's newest police figure is doubtful; Leicestershire's figures are lower bounds."""
    for url, force, label in (("police", "cheshire", DOUBTFUL), ("force", "leicestershire", PARTLY_HIDDEN)):
        session = open_page(_page(url), {"force": force, **({"tab": "missing"} if url == "force" else {})})
        keys = [block.proto.body for block in session.get("html") if 'class="key"' in block.proto.body]
        assert any(label in key and "<img" in key for key in keys), url


def test_the_verdict_on_a_force_is_one_word_in_every_view(stock: Stock, real: Warehouse) -> None:
    for choice in _drawn_at_random(stock, 6):
        rows, measure = _stored(real, choice)
        if measure["kind"] == "count":
            continue
        column = verdict_heading()
        words = {
            view: _table_of(open_page(_page("compare"), {**choice.query, "view": view}), column)[column].to_dict()
            for view in ("bars", "map")
        }
        assert words["bars"] == words["map"], choice
        for name, row in rows.iterrows():
            level = "" if pd.isna(row["verdict_level"]) else f" ({row['verdict_level']})"
            assert words["map"][str(name)] == f"{row['verdict']}{level}", (choice, name)


def test_the_matrix_shows_the_stored_grades(real: Warehouse) -> None:
    """Every letter of the newest cycle, read from the table's own cells."""
    stored = real.rows("grades", GRADES)
    session = open_page(_page("grades"))
    html = next(
        one.proto.body for one in session.get("html") if "<tbody>" in one.proto.body and 'class="matrix' in one.proto.body
    )
    for name, of_force in stored.groupby("force_name"):
        [row] = [one for one in html.split("</tr>") if f">{str(name).replace('&', '&amp;')}</a></th>" in one]
        for letter, count in of_force["letter"].value_counts().items():
            assert row.count(f'aria-hidden="true">{letter}') == count, name
