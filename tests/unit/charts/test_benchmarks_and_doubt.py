"""The average that verdicts rest on, lines over changing sets of forces, and the mark of a doubtful figure, on charts."""

from __future__ import annotations

import pandas as pd

from insight.charts.bars import ranked_bars
from insight.charts.funnel import funnel
from insight.charts.render_plotly import render
from insight.charts.series import segments, series_of
from insight.format import Words
from vocabulary import Basis

FORCES = pd.DataFrame(
    {
        "area_code": ["A", "B", "C"],
        "area_name": ["Upshire", "Midshire", "Downshire"],
        "short_code": ["UPS", "MID", "DOW"],
        "value": [4.0, 2.0, 1.0],
        "status": "reported",
        "hidden_parts": 0,
        "doubtful": ["Twice the year before.", None, None],
    }
)


def test_bars_show_the_average_of_forces_between_region_and_nation(words: Words) -> None:
    lines = pd.DataFrame(
        [("England", "country", 2.3), ("Average of 3 forces", "average", 1.8), ("South", "region", 1.1)],
        columns=["area_name", "area_level", "value"],
    )
    chart = ranked_bars(
        FORCES, title="", empty="", my_force="B", unit="per 10,000", decimals=1, words=words, lines=lines, order="highest"
    )
    lines_drawn = render(chart).figure.layout.shapes
    assert [(line.x0, line.line.dash) for line in lines_drawn] == [(1.1, "dot"), (1.8, "dash"), (2.3, "solid")]
    assert "England 2.3; Average of 3 forces 1.8; South 1.1" in chart.alt


def test_a_doubtful_figure_has_its_mark_in_bar_and_alternative_and_is_not_ranked(words: Words) -> None:
    chart = ranked_bars(FORCES, title="", empty="", my_force="B", unit="per 10,000", decimals=1, words=words)
    labels = " ".join(render(chart).figure.layout.yaxis.ticktext)
    assert labels.count("†") == 1
    assert "4.0†" in labels
    assert [bar.name for bar in chart.bars if bar.ranked] == ["Midshire", "Downshire"]
    assert "highest Midshire 2.0" in chart.alt
    assert "Upshire 4.0† shown, not ranked" in chart.alt


def test_the_axis_of_a_funnel_reaches_the_limits_at_the_middle_size(words: Words) -> None:
    limits = pd.DataFrame(
        [(name, size, value) for name, value in (("lower_95", 0.5), ("upper_95", 7.0), ("upper_998", 9.0)) for size in (50, 150)],
        columns=["limit", "size", "value"],
    )
    chart = funnel(
        FORCES.assign(size=[60.0, 100.0, 140.0], flag="Not significant"),
        title="", empty="", my_force="B", limits=limits, average=2.0, average_name="Average", size_title="children",
        unit="per 10,000", decimals=1, words=words,
    )  # fmt: skip
    assert chart.figure.layout.yaxis.range[1] >= 9.0


def points(hidden: list[int], basis: str = Basis.POOLED) -> list[dict[str, object]]:
    rows = [
        {"area_code": "N", "period_end": f"{2018 + at}-03-31", "value": 1.0, "status": "reported", "hidden_parts": parts,
         "basis": basis}
        for at, parts in enumerate(hidden)
    ]  # fmt: skip
    return series_of(rows)["N"]


def test_no_line_joins_averages_over_forces_that_may_not_be_the_same() -> None:
    assert [len(run) for run in segments(points([0, 0, 2, 2, 0, 0]), [])] == [2, 1, 1, 2]


def test_a_force_that_is_never_ranked_does_not_stretch_the_scale(words: Words) -> None:
    wide = FORCES.assign(lower_95=[3.0, 1.0, 0.0], upper_95=[5.0, 3.0, 90.0])
    chart = ranked_bars(
        wide, title="", empty="", my_force="B", unit="per 10,000", decimals=1, words=words, not_ranked=["C"]
    )  # fmt: skip
    assert chart.reach < 6
