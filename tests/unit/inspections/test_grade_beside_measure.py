"""Grade beside measure: who counts, what the correlation says, when nothing can be said, and where points stand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from insight.charts import palette
from insight.charts.grade_scatter import grade_scatter, spread
from insight.format import Word
from insight.inspections.grade_and_measure import (
    association,
    association_sentence,
    beside,
    drawn_apart_sentence,
    left_out_sentence,
    not_drawn_sentence,
)
from insight.statistics.rank_correlation import FEWEST, rank_correlation

SCALE = ["Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"]
WORDS = {"reported": Word("Published", ""), "suppressed": Word("Suppressed", "[c]")}


def both(grade, values: list[float | None], places: list[int | None], **columns) -> pd.DataFrame:
    codes = [f"X{index:08d}" for index in range(len(values))]
    measured = pd.DataFrame(
        {
            "area_code": codes, "area_name": [f"Force {index}" for index in range(len(values))], "value": values,
            "status": ["suppressed" if value is None else "reported" for value in values], "hidden_parts": 0, "verdict_basis": "adjusted limits",
            "unranked_because": None, "basis": "sum of authorities",
        }
    ).assign(**columns)  # fmt: skip
    graded = [
        grade("c3", None if place is None else SCALE[place - 1], force_code=code)
        for code, place in zip(codes, places, strict=True)
    ]
    return beside(pd.DataFrame(graded), measured)


def told(frame: pd.DataFrame) -> str:
    """What the page says of the forces that count, from the row that a build would hold."""
    used = frame[frame["used"]]
    found = rank_correlation(used["grade_order"].astype(float), used["value"].astype(float))
    columns = {"tau_b": found.value, "lower_95": found.lower, "upper_95": found.upper, "forces": found.pairs}
    return association_sentence(association(pd.DataFrame([columns])))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 20)), min_size=FEWEST, max_size=30))
@settings(max_examples=30, deadline=None)
def test_tau_b_is_scipys(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array(pairs, dtype=float).T
    found = rank_correlation(x, y)
    expected = kendalltau(x, y).statistic
    if np.isnan(expected):
        assert not found.known
    elif found.known:
        assert found.value == pytest.approx(expected)
        assert found.lower <= found.upper


def test_the_same_figures_give_the_same_interval_in_any_order() -> None:
    x, y = [1, 2, 3, 4, 5] * 4, list(range(20))
    assert rank_correlation(x, y) == rank_correlation(x, y)
    assert rank_correlation(x, y).value == pytest.approx(rank_correlation(x[::-1], y[::-1]).value)


def test_turning_the_scale_round_turns_the_sign() -> None:
    x, y = [1, 2, 3, 4, 5] * 4, list(range(20))
    found, turned = rank_correlation(x, y), rank_correlation([-value for value in x], y)
    assert found.value == pytest.approx(-turned.value)
    assert (found.lower, found.upper) == pytest.approx((-turned.upper, -turned.lower))


def test_too_few_pairs_or_one_grade_only_cannot_be_said(grade) -> None:
    few = both(grade, [1.0] * 5 + [2.0] * 4, [1, 2, 3, 4, 5, 1, 2, 3, 4])
    assert "We cannot say whether there is a link: 9 forces have" in told(few)
    same = both(grade, [float(value) for value in range(12)], [4] * 12)
    assert "We cannot say whether there is a link: nearly all these forces" in told(same)


def test_a_question_that_no_build_sets_beside_measures_cannot_be_said() -> None:
    assert "We cannot say" in association_sentence(association(pd.DataFrame()))


def test_one_force_of_another_grade_is_no_ground_for_a_correlation() -> None:
    assert not rank_correlation([4] * 11 + [5], range(12)).known


def test_a_strong_association_is_said_and_is_no_cause(grade) -> None:
    said = told(both(grade, [float(value) for value in range(15)], [1 + value // 3 for value in range(15)]))
    assert said.startswith("Of 15 forces, those with lower grades tend to have higher figures")
    assert "not a cause" in said
    turned = both(grade, [15.0 - value for value in range(15)], [1 + value // 3 for value in range(15)])
    assert told(turned).startswith("Of 15 forces, those with lower grades tend to have lower figures")


def test_an_interval_that_holds_zero_is_no_clear_association(grade) -> None:
    assert "no clear link" in told(both(grade, [1.0, 2.0, 1.0, 2.0] * 3, [2, 2, 4, 4] * 3))


def test_hidden_unranked_and_ungraded_forces_do_not_count(grade) -> None:
    frame = both(
        grade,
        [1.0, 2.0, None, 3.0, 4.0, 5.0],
        [1, 2, 3, None, 5, 4],
        hidden_parts=[0, 2, 0, 0, 0, 0],
        unranked_because=[None] * 4 + ["few children", None],
        doubtful=[None] * 5 + ["Recorded in another way."],
        verdict_basis=["adjusted limits"] * 5 + ["doubtful figure"],
    )
    assert frame["used"].tolist() == [True, False, False, False, False, False]
    said = left_out_sentence(frame)
    assert said == (
        "Not counted: 5 forces (1 whose figure is a minimum, 1 without a figure, 1 whose grade we have not found, "
        "1 shown but never ranked, 1 whose figure is doubtful (†))."
    )


@given(st.lists(st.floats(0, 100), min_size=1, max_size=43))
def test_points_are_spread_by_rule_so_that_none_lies_on_another(values: list[float]) -> None:
    top = max(values) * 1.12 or 1.0
    asides = spread(values, top)
    assert asides == spread(values, top)
    places = [(aside, value / top) for aside, value in zip(asides, values, strict=True)]
    for index, (aside, height) in enumerate(places):
        assert not any(aside == other and abs(height - high) < 0.024 for other, high in places[:index])


def test_the_scatter_names_my_force_and_opens_what_does_not_count(grade) -> None:
    frame = both(grade, [1.0, 2.0, 3.0], [1, 2, 2], hidden_parts=[0, 0, 1])
    drawn = grade_scatter(
        frame, title="Do they go together?", empty="", my_force="X00000001", unit="% of children", decimals=1, words=WORDS
    )
    assert drawn.alt.startswith("Force 1: Good, 2.0%")
    marks = {trace.name: trace.marker.symbol for trace in drawn.figure.data}
    assert marks["Not counted"] == ("asterisk-open",)
    assert [trace.text for trace in drawn.figure.data if trace.name == "My force"] == [("<b>Force 1</b>",)]
    assert ("bound", "A minimum, drawn but not counted (1)") in [(item.mark, item.label) for item in drawn.key]


def test_the_scatter_marks_the_chosen_forces_and_says_which_it_draws_without_counting(grade) -> None:
    frame = both(grade, [1.0, 2.0, 3.0], [1, 2, 2], hidden_parts=[0, 0, 1])
    codes = frame["area_code"].tolist()
    drawn = grade_scatter(
        frame, title="?", empty="", my_force=codes[0], unit="%", decimals=1, words=WORDS, compared=[codes[1], codes[2]]
    )
    names = frame["area_name"].tolist()
    shown = {trace.name: trace.marker.symbol[0] for trace in drawn.figure.data}
    assert shown == {"My force": "circle", names[1]: palette.HUES[0].shape, names[2]: "asterisk-open"}
    assert all(name in drawn.alt for name in names)
    assert drawn_apart_sentence(frame) == f"The picture also shows 1 force not counted: {names[2]}, whose figure is a minimum."


def test_a_scatter_of_nothing_says_why(grade) -> None:
    frame = both(grade, [None, 1.0], [1, None])
    drawn = grade_scatter(frame, title="?", empty="No force has both.", my_force=None, unit="%", decimals=1, words=WORDS)
    assert drawn.alt == "No force has both."


def test_a_force_of_the_readers_that_has_no_point_is_named_with_why(grade) -> None:
    frame = both(grade, [1.0, 2.0, None], [1, None, 2])
    codes = frame["area_code"].tolist()
    assert not_drawn_sentence(frame, codes[:1]) == ""
    told_of = not_drawn_sentence(frame, codes)
    assert told_of == "Not drawn: Force 1, whose grade we have not found; Force 2, without a figure."
