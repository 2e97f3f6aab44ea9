"""Numbers, words, columns and the room that labels need."""

import itertools

import numpy as np
import pandas as pd
import pytest

from insight.charts.chart import extremes, need, ordinal, partial
from insight.charts.labels import place_labels, push_apart, text_width, wrap
from insight.format import FigureFormat, is_missing, words_from, year_ending


def test_absent_columns_are_named() -> None:
    frame = pd.DataFrame({"area_code": [], "value": []})
    with pytest.raises(ValueError, match="some_chart: the frame has no column area_name, status"):
        need(frame, ("area_code", "area_name", "value", "status"), "some_chart")


@pytest.mark.parametrize("value", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_no_value_is_missing(value: object) -> None:
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, 0.0, "", False, np.int64(0), pd.Timestamp("2024-03-31")])
def test_zero_and_empty_text_are_values(value: object) -> None:
    assert not is_missing(value)


def test_words_come_from_the_table() -> None:
    words = words_from(pd.DataFrame({"status": ["suppressed"], "label": ["Hidden by law"], "symbol": ["(h)"]}))
    assert FigureFormat("%", 1, words).text({"value": None, "status": "suppressed", "hidden_parts": 0}) == "Hidden by law"


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "text"),
    [("% of children", 1, 10.25, "10.2%"), ("children", 0, 83920, "83,920"), ("per 10,000", 1, 0, "0.0"), ("x", 0, 0, "0")],
)
def test_amounts(unit: str, decimals: int, value: float, text: str) -> None:
    assert FigureFormat(unit, decimals, {}).amount(value) == text


def test_a_sum_with_a_hidden_part_is_a_lower_bound() -> None:
    row = {"value": 57.0, "status": "reported", "hidden_parts": 2}
    assert partial(row)
    assert FigureFormat("children", 0, {}).text(row) == "at least 57"


@pytest.mark.parametrize(("position", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (23, "23rd")])
def test_ordinals(position: int, text: str) -> None:
    assert ordinal(position) == text


def test_years_are_named_by_their_end() -> None:
    assert year_ending("2024-03-31") == "year ending March 2024"


def test_extremes_leave_lower_bounds_out() -> None:
    rows = [
        {"area_name": "A", "value": 3.0, "status": "reported", "hidden_parts": 0},
        {"area_name": "B", "value": 5.0, "status": "reported", "hidden_parts": 0},
        {"area_name": "C", "value": 9.0, "status": "reported", "hidden_parts": 1},
    ]
    assert extremes(rows, FigureFormat("children", 0)) == "highest B 5, lowest A 3"


@pytest.mark.parametrize("centres", [[10, 12, 11, 200], [0, 0, 0, 0], [300, 299, 298, 150, 20], [-5, 310], [100], []], ids=str)
def test_pushed_labels_keep_apart_in_order_and_inside(centres: list[float]) -> None:
    heights = [16.0] * len(centres)
    placed = push_apart(centres, heights, 0, 300)
    order = sorted(range(len(centres)), key=lambda index: centres[index])
    for above, below in itertools.pairwise(order):
        assert placed[below] - placed[above] >= 16 - 1e-9
    assert all(8 <= centre <= 292 for centre in placed)


def test_labels_with_room_stay_where_they_are() -> None:
    assert push_apart([200, 40, 120], [16, 16, 16], 0, 300) == [200, 40, 120]


def test_two_labels_that_touch_move_by_the_same_amount() -> None:
    first, second = push_apart([100, 104], [16, 16], 0, 300)
    assert (100 - first, second - 104) == (6, 6)


def test_wrapping_breaks_at_spaces_only() -> None:
    assert wrap("Yorkshire and The Humber 10.6%", 17) == "Yorkshire and The<br>Humber 10.6%"
    assert wrap("Northamptonshire", 5) == "Northamptonshire"
    assert text_width("Yorkshire and The<br>Humber") == text_width("Yorkshire and The")


def test_point_labels_avoid_one_another() -> None:
    positions = place_labels([(100, 100), (104, 102)], ["ABC", "DEF"], [(100, 100), (104, 102)], 300)
    assert positions[0] != positions[1]


def test_a_label_with_room_elsewhere_gives_way_to_one_without() -> None:
    """As of two forces, one above the other, the lower hemmed in by a long name: the upper one's label stood between them."""
    points = [(20, 148), (50, 100), (52, 136)]
    crowd = [*points, (44, 80), (56, 84)]
    assert place_labels(points, ["Lincolnshire", "STA", "WME"], crowd, 230) == ["middle right", "middle right", "top center"]


def test_point_labels_stay_inside() -> None:
    assert place_labels([(298, 100)], ["Exampleshire"], [], 300) == ["middle left"]
    assert place_labels([(2, 100)], ["Exampleshire"], [], 300) == ["middle right"]
