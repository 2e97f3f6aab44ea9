"""The bars that a slide has room for: the ends, the reader's force with its neighbours, and what it is compared with."""

from __future__ import annotations

import pandas as pd
import pytest

from insight.charts.bars import ranked_bars
from insight.charts.excerpt import excerpt
from insight.charts.model.bars import BarChart
from insight.format import Word

WORDS = {"suppressed": Word("Suppressed", "[c]")}


def chart(count: int, mine: int, **changes: list) -> BarChart:
    codes = [f"X{place:07}" for place in range(count)]
    frame = pd.DataFrame(
        {
            "area_code": codes, "area_name": [f"Force {place}" for place in range(count)],
            "value": [float(count - place) for place in range(count)], "status": "reported", "hidden_parts": 0,
        }
    )  # fmt: skip
    lines = pd.DataFrame([("Exampland", "country", count / 2 + 0.2)], columns=["area_name", "area_level", "value"])
    return ranked_bars(
        frame.assign(**changes), title="?", empty="", my_force=codes[mine], unit="%", decimals=1, words=WORDS, lines=lines,
        compared=[codes[-5]],
    )  # fmt: skip


def test_the_ends_the_own_force_its_neighbours_and_those_compared_are_named_with_their_places() -> None:
    names = [bar.name for bar in excerpt(chart(30, 11)).bars]
    assert names == [
        "1st Force 0", "2nd Force 1", "3rd Force 2", "11th Force 10", "12th Force 11", "13th Force 12", "Exampland",
        "26th Force 25", "28th Force 27", "29th Force 28", "30th Force 29",
    ]  # fmt: skip


def test_a_reference_line_becomes_a_bar_with_its_figure() -> None:
    shown = excerpt(chart(30, 11))
    assert shown.references == ()
    assert [bar.text for bar in shown.bars if bar.name == "Exampland"] == ["15.2%"]


@pytest.mark.parametrize("hidden", [0, 1])
def test_an_own_figure_that_is_not_ranked_stands_below_without_a_place(hidden: int) -> None:
    parts = [0] * 30
    parts[11] = hidden
    last = excerpt(chart(30, 11, hidden_parts=parts)).bars[-1]
    assert (last.name == "Force 11") == bool(hidden)
    assert (last.text == "at least 19.0%") == bool(hidden)


def test_few_forces_are_shown_whole_and_one_without_a_figure_is_left_out() -> None:
    assert len(excerpt(chart(9, 2)).bars) == 10
    values = [float(9 - place) for place in range(9)]
    values[2] = float("nan")
    status = ["reported"] * 9
    status[2] = "suppressed"
    assert "Force 2" not in " ".join(bar.name for bar in excerpt(chart(9, 2, value=values, status=status)).bars)
