"""What every chart owes its page, whatever it shows."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from insight.charts import palette, template
from insight.charts.bars import ranked_bars
from insight.charts.case_audits import case_audits
from insight.charts.caterpillar import caterpillar
from insight.charts.chart import Chart
from insight.charts.distribution import distribution
from insight.charts.funnel import funnel
from insight.charts.grade_counts import grade_counts_strip, grade_distribution
from insight.charts.grades import grade_timeline
from insight.charts.inspections import inspection_timeline
from insight.charts.model.common import ChartModel
from insight.charts.multiples import small_multiples
from insight.charts.render_plotly import render
from insight.charts.rug import rug
from insight.charts.tile_map import tile_map
from insight.charts.trends import trend_lines
from tests.unit.charts import made_up
from tests.unit.charts.colours import red_or_green

REASON = "No data for Exampleshire because its figures are hidden."
Build = tuple[Callable[..., Chart | ChartModel], pd.DataFrame, dict[str, Any]]
NAMES = [
    "ranked_bars",
    "tile_map by shade",
    "tile_map by verdict",
    "tile_map by grade",
    "trend_lines",
    "small_multiples",
    "funnel",
    "caterpillar",
    "distribution",
    "rug",
    "grade_timeline",
    "grade_distribution",
    "grade_counts_strip",
    "inspection_timeline",
    "case_audits",
]
WITHOUT_POLARITY = NAMES[:3] + NAMES[4:10]


@pytest.fixture
def builds(forces, series, words) -> dict[str, Build]:
    common = {"title": "What is asked?", "empty": REASON}
    mine = common | {"my_force": "X0000002"}
    figures = mine | {"unit": "% of children", "decimals": 1, "words": words}
    values = [10.0, 11.0, 12.0, None, 14.0]
    one = forces(
        values,
        hidden_parts=[0, 0, 1, 0, 0],
        shade=[1, 2, 3, None, 5],
        verdict=["Unusually high (99.8%)", "About average", "Not compared", "Not compared", "Below average"],
        flag=["High (99.8%)", "Not significant", None, None, "Low (95%)"],
        size=[100.0, 200.0, 300.0, 400.0, 500.0],
        lower_95=[9.0, 10.0, None, None, 13.0],
        upper_95=[11.0, 12.0, None, None, 15.0],
    )
    graded = one.assign(
        grade=["Good", "Adequate", None, "Inadequate", None],
        status=["graded", "graded", "not_found", "graded", "not_graded"],
    )
    years = series([[5, 6, None, 7], [1, 2, 3, 4], [3, 3, 3, 3]])
    counts = pd.DataFrame(
        {"force_code": ["X0000002"], "force_name": ["Samplebury"]}
        | {name: [1] for name in ("outstanding", "good", "adequate", "requires_improvement", "inadequate")}
    )
    limits = {"limits": made_up.LIMITS, "average": 10.0, "average_name": "Nowhereland", "size_title": "Children"}
    timeline = {"force_name": "Exampleshire", "cycles": made_up.CYCLES, "questions": made_up.QUESTIONS, "words": words}
    rows = [
        (ranked_bars, one, figures | {"compared": ["X0000001"]}),
        (tile_map, one, figures | {"colour_by": "shade", "shade_labels": list("abcde")}),
        (tile_map, one, figures | {"colour_by": "verdict"}),
        (tile_map, graded, mine | {"colour_by": "grade", "words": words}),
        (trend_lines, years, figures | {"breaks": made_up.BREAK}),
        (small_multiples, years, figures),
        (funnel, one, figures | limits),
        (caterpillar, made_up.ranks(), mine),
        (distribution, one, figures | {"box": made_up.BOX}),
        (rug, made_up.rug_frame(forces), mine | {"measures": made_up.MEASURES, "words": words}),
        (grade_timeline, made_up.EVERY, common | timeline),
        (grade_distribution, made_up.COUNTS, common | {"group": "question", "words": words}),
        (grade_counts_strip, counts, mine),
        (inspection_timeline, made_up.EVENTS, common | {"as_of": "2025-06-01"}),
        (case_audits, made_up.AUDITS, mine),
    ]
    return dict(zip(NAMES, rows, strict=True))


def drawn(build: Build) -> Chart:
    function, frame, arguments = build
    return render(function(frame, **arguments))


def sizes(node: Any, inside_font: bool = False) -> Iterator[float]:
    """Every font size in a figure, wherever it is given."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "size" and inside_font and isinstance(value, int | float):
                yield value
            yield from sizes(value, "font" in key)
    elif isinstance(node, list):
        for value in node:
            yield from sizes(value, inside_font)


@pytest.mark.parametrize("name", NAMES)
class TestEveryChart:
    def test_carries_its_question_and_finding_but_draws_no_title(self, builds, name) -> None:
        chart = drawn(builds[name])
        assert chart.title == chart.figure.layout.meta["title"] == "What is asked?"
        assert chart.alt == chart.figure.layout.meta["alt"]
        assert chart.alt.endswith(".")
        assert chart.figure.layout.title.text is None

    def test_is_sent_as_plotly_would_make_it(self, builds, name) -> None:
        chart = drawn(builds[name])
        assert json.loads(template.json_of(chart.spec)) == json.loads(chart.figure.to_json())

    def test_leaves_the_width_to_the_page_and_sets_the_height(self, builds, name) -> None:
        layout = drawn(builds[name]).figure.layout
        assert layout.width is None
        assert layout.height >= 40

    def test_says_why_it_is_empty(self, builds, name) -> None:
        function, frame, arguments = builds[name]
        chart = render(function(frame.iloc[:0], **arguments))
        assert chart.alt == REASON
        assert [note.text.replace("<br>", " ") for note in chart.figure.layout.annotations] == [REASON]
        assert not chart.figure.data

    def test_names_the_columns_it_misses(self, builds, name) -> None:
        function, frame, arguments = builds[name]
        with pytest.raises(ValueError, match=f"{function.__name__}: the frame has no column .*{frame.columns[0]}"):
            function(frame.drop(columns=frame.columns[0]), **arguments)

    def test_leaves_the_frame_as_it_was(self, builds, name) -> None:
        _, frame, _ = builds[name]
        before = frame.copy(deep=True)
        drawn(builds[name])
        pd.testing.assert_frame_equal(frame, before)

    def test_has_no_text_below_twelve_pixels(self, builds, name) -> None:
        figure = json.loads(drawn(builds[name]).figure.to_json())
        assert min(sizes(figure)) >= template.SMALL

    def test_has_one_axis_a_direction_and_lets_the_finger_scroll(self, builds, name) -> None:
        figure = json.loads(drawn(builds[name]).figure.to_json())
        assert not {"xaxis2", "yaxis2"} & set(figure["layout"])
        assert {trace["type"] for trace in figure["data"]} <= {"bar", "scatter"}
        assert figure["layout"]["template"]["layout"]["dragmode"] is False

    def test_speaks_only_on_purpose_when_hovered(self, builds, name) -> None:
        for trace in drawn(builds[name]).figure.data:
            assert trace.hoverinfo == "skip" or trace.hovertemplate == "%{hovertext}<extra></extra>"


@pytest.mark.parametrize("name", WITHOUT_POLARITY)
def test_measures_without_polarity_have_no_red_and_no_green(builds, name) -> None:
    text = json.dumps(json.loads(drawn(builds[name]).figure.to_json()))
    colours = {text[at : at + 7] for at in range(len(text)) if text[at] == "#"}
    assert colours
    assert not [colour for colour in colours if red_or_green(colour)]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("rug", "trend_lines")])
def test_only_my_force_wears_the_accent(builds, name) -> None:
    """Without a force of the reader's own nothing is in the accent's colour.

    Lines take their roles from the frame; tiles are full of colour and outline my force in ink.
    """
    function, frame, arguments = builds[name]
    if "my_force" in arguments:
        if function is tile_map:
            assert palette.ACCENT not in drawn(builds[name]).figure.to_json()
            return
        assert palette.ACCENT in drawn(builds[name]).figure.to_json()
        arguments = arguments | {"my_force": None}
    assert palette.ACCENT not in render(function(frame, **arguments)).figure.to_json()


def test_the_mode_bar_is_off_and_logos_too() -> None:
    assert template.CONFIG["displayModeBar"] is False
    assert template.CONFIG["scrollZoom"] is False
