"""What is kept of views between runs: bounded whatever readers ask for, shared by those who share what it rests on."""

from __future__ import annotations

import gc
import json
import weakref
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import plotly.io
import pytest
from plotly.tools import return_figure_from_figure_or_data

from insight.charts import template
from insight.views.context import Context
from insight.views.selection import COMPARED, FORCE, MEASURE, NO_FORCE, NO_MEASURE, Selection, parts_of, rests_on
from insight.views.view import View
from ui import data_access, view
from ui.data_access import Call
from ui.sent import sent

YEAR = date(2025, 3, 31)
FORCE_ONE = replace(NO_FORCE, code="X1", name="Ambershire", slug="ambershire")
MEASURE_ONE = replace(NO_MEASURE, measure_id="made_up", title="Made up")
SELECTED = Selection(FORCE_ONE, MEASURE_ONE, YEAR, (YEAR,), ("X2",), "own")


@pytest.fixture(autouse=True)
def nothing_kept():
    view._kept.clear()
    view._composed.clear()
    data_access._made.clear()
    yield
    view._kept.clear()
    view._composed.clear()
    data_access._made.clear()


def test_two_thousand_different_views_leave_no_more_than_the_bound() -> None:
    made: list[weakref.ref[View]] = []
    shown: list[weakref.ref[view.Shown]] = []

    def compose(context: Context, number: int) -> View:
        one = View(name=("made-up", str(number)), question="Made up?")
        made.append(weakref.ref(one))
        return one

    for number in range(2000):
        one = view._kept(key=f"{number}", _call=Call(f"{number}", compose, SELECTED, (number,)))
        shown.append(weakref.ref(one))
    del one
    gc.collect()
    assert len(made) == 2000
    assert 0 < sum(one() is not None for one in made) <= view.MOST_WHOLE
    assert 0 < sum(one() is not None for one in shown) <= view.MOST_KEPT < 2000


def test_a_chart_is_kept_as_what_is_sent_and_sent_as_what_was_made() -> None:
    bars = {"type": "bar", "x": [1.5, None, 3.0], "y": ["Ambershire", "Greyshire", "Whiteshire"], "orientation": "h"}
    made = template.chart([bars], title="Made up", alt="Three forces.", height=300, layout={"shapes": []})
    finished = sent(made)
    told = return_figure_from_figure_or_data(finished.figure, True)
    expected = json.loads(plotly.io.to_json(made.figure, validate=False))
    assert json.loads(plotly.io.to_json(told, validate=False)) == expected
    assert json.loads(plotly.io.to_json(finished.figure, validate=False)) == expected
    assert (finished.height, finished.empty) == (300, False)


def test_sentences_and_lists_of_choices_are_bounded_too() -> None:
    class Made:
        pass

    made: list[weakref.ref[Made]] = []

    def function(context: Context, number: int) -> Made:
        one = Made()
        made.append(weakref.ref(one))
        return one

    for number in range(data_access.MOST_MADE + 500):
        data_access._made(key=f"{number}", _call=Call(f"{number}", function, SELECTED, (number,)))
    gc.collect()
    assert 0 < sum(one() is not None for one in made) <= data_access.MOST_MADE


def test_what_a_page_does_to_an_answer_the_next_does_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_access, "build_path", lambda: "build")
    monkeypatch.setattr(data_access, "warehouse", lambda path: None)
    asked: list[int] = []

    def question(warehouse: None, most: int) -> pd.DataFrame:
        asked.append(most)
        return pd.DataFrame({"name": ["Ambershire", "Greyshire"], "value": [1.0, 2.0], "cycles": [np.array(["one"])] * 2})

    data_access._answer.clear()
    before = data_access.ask(question, 2)
    expected = before.copy()
    before["added"] = 1
    before.loc[0, "name"] = "Whiteshire"
    before["value"] *= 2
    before.iloc[1] = before.iloc[0]
    before.columns = pd.Index(["name", "other", "cycles", "added"])
    before.index.name = before.columns.name = "changed"
    with pytest.raises(ValueError, match="read-only"):
        before["cycles"].iloc[0][0] = "two"
    after = data_access.ask(question, 2)
    pd.testing.assert_frame_equal(after, expected)
    assert asked == [2]
    data_access._answer.clear()


def test_a_view_is_made_once_for_what_it_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_access, "build_path", lambda: "build")
    calls: list[str] = []

    @rests_on(MEASURE)
    def of_a_measure(context: Context) -> str:
        calls.append(context.selection.measure.measure_id)
        return context.selection.measure.title

    others = replace(SELECTED, force=replace(FORCE_ONE, slug="greyshire"), compared=())
    assert [data_access.made(of_a_measure, one) for one in (SELECTED, others)] == ["Made up", "Made up"]
    assert calls == ["made_up"]


@pytest.mark.parametrize(
    ("parts", "force", "compared", "measure"),
    [
        ((), NO_FORCE, (), NO_MEASURE),
        ((FORCE,), FORCE_ONE, (), NO_MEASURE),
        ((FORCE, COMPARED), FORCE_ONE, ("X2",), NO_MEASURE),
        ((MEASURE,), NO_FORCE, (), MEASURE_ONE),
        ((FORCE, COMPARED, MEASURE), FORCE_ONE, ("X2",), MEASURE_ONE),
    ],
)
def test_a_function_is_given_nothing_but_what_it_rests_on(parts, force, compared, measure) -> None:
    only = SELECTED.only(parts)
    assert (only.force, only.compared, only.measure) == (force, compared, measure)
    assert only.newest


def test_without_a_mark_a_function_rests_on_everything() -> None:
    assert set(parts_of(lambda context: None)) == {FORCE, COMPARED, MEASURE}
    assert SELECTED.only(parts_of(lambda context: None)) == SELECTED
