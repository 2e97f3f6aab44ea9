"""Grades, counts of grades, inspections in time and audited case files."""

import re

import pandas as pd
import pytest

from insight.charts import palette
from insight.charts.case_audits import case_audits
from insight.charts.chart import Chart
from insight.charts.grade_counts import grade_counts_strip, grade_distribution
from insight.charts.grades import NOT_COMPARABLE, grade_timeline
from insight.charts.labels import PHONE, text_width
from insight.charts.model.stacks import StackChart
from insight.charts.render_plotly import render
from insight.charts.render_svg.stacks import spec
from insight.views.block import Block
from insight.views.render_html import render_blocks
from tests.unit.charts.made_up import AUDITS, COUNTS, CYCLES, EVERY, QUESTIONS


def timeline(frame: pd.DataFrame, words: dict, cycles: pd.DataFrame = CYCLES) -> Chart:
    return grade_timeline(
        frame,
        title="How graded?",
        empty="No data.",
        force_name="Exampleshire",
        cycles=cycles,
        questions=QUESTIONS,
        words=words,
    )


def steps(chart: Chart) -> list[tuple[float, float]]:
    xs = next(trace for trace in chart.figure.data if trace.name == "Comparable cycles").x
    points = [x for x in xs if x is not None]
    return list(zip(points[::2], points[1::2], strict=True))


def seams(chart: Chart) -> list[float]:
    return [shape.x0 for shape in chart.figure.layout.shapes if shape.line.dash == "dash"]


def test_a_seam_stands_before_a_cycle_that_cannot_be_compared(words) -> None:
    chart = timeline(EVERY, words)
    assert seams(chart) == [0.5], "the newest cycle stands first"
    assert any(note.text.replace("<br>", " ") == NOT_COMPARABLE for note in chart.figure.layout.annotations)


def test_no_line_crosses_a_seam(words) -> None:
    chart = timeline(EVERY, words)
    assert steps(chart)
    assert not any(start < seam < end for start, end in steps(chart) for seam in seams(chart))


@pytest.mark.parametrize("answer", [None, False])
def test_no_line_where_comparison_is_denied_or_unknown(words, answer) -> None:
    cycles = CYCLES.assign(comparable_with_previous=pd.array([None, True, answer, False], dtype="boolean"))
    assert [round(end) for _, end in steps(timeline(EVERY, words, cycles))] == [3]


def test_the_key_says_what_the_arrows_and_lines_that_are_drawn_stand_for(words) -> None:
    """The arrow of a grade stands beside its letter; what is not drawn has no entry."""
    chart = timeline(EVERY, words)
    drawn = {sign for trace in chart.figure.data for text in (trace.text or ()) for sign in "↑↓" if sign in text}
    assert drawn
    assert drawn == {item.mark for item in chart.key if item.mark in "↑↓"}
    assert ("line", "These two cycles can be compared") in [(item.mark, item.label) for item in chart.key]
    apart = CYCLES.assign(comparable_with_previous=pd.array([None, False, False, False], dtype="boolean"))
    assert not {item.mark for item in timeline(EVERY, words, apart).key} & {"↑", "↓", "line"}


def test_lines_join_neighbouring_grades_only(words) -> None:
    """Care has no grade in 2015: nothing leads from 2014 to 2016."""
    assert sorted(steps(timeline(EVERY, words))) == [pytest.approx((1.39, 1.61)), pytest.approx((2.39, 2.61))]


def test_a_hover_names_the_earlier_grade_only_where_comparable(words) -> None:
    chart = timeline(EVERY, words)
    hovers = [text for trace in chart.figure.data for text in (trace.hovertext or ())]
    assert any("2016: Good" in text and "Inadequate in 2015" in text for text in hovers)
    assert all("in 2016" not in text for text in hovers if "2021/22" in text)


def test_cells_carry_letters_and_reasons(words) -> None:
    chart = timeline(EVERY, words)
    letters = {
        (x, round(base + 0.4)): text
        for trace in chart.figure.data
        if trace.text is not None
        for x, base, text in zip(trace.x, trace.base, trace.text, strict=True)
    }
    assert letters[(0, 0)] == "<b>A</b>"
    assert letters[(3, 0)] == "<b>G</b>"
    assert letters[(2, 1)] == "<b>?</b>"
    assert (0, 1) not in letters
    assert list(chart.figure.layout.yaxis.ticktext) == ["Effect", "Care"]


def test_the_newest_cycle_and_what_it_asked_stand_first(words) -> None:
    """The chart began with 2014 and its pillars, a wall of one letter; the grid of Follow-up is newest first."""
    turned = EVERY.assign(question=EVERY["question"].map({"Effect": "Care", "Care": "Effect"}))
    axes = timeline(turned, words).figure.layout
    assert list(axes.xaxis.ticktext) == ["2021<br>/22", "2016", "2015", "2014"]
    assert list(axes.yaxis.ticktext) == ["Care", "Effect"], "Effect was last asked in 2016"


def test_the_timeline_alt_says_what_cannot_be_compared(words) -> None:
    assert timeline(EVERY, words).alt == (
        "Exampleshire, questions at each grade in 2021/22 (not comparable with the cycle before): Adequate 1; "
        "2016: Good 2; grades since 2014."
    )


def distribution(words, **more) -> StackChart:
    return grade_distribution(COUNTS, title="How many?", empty="No data.", group="question", words=words, **more)


def texts(chart: StackChart) -> dict[str, list[str]]:
    """What the screen writes in the parts, by category."""
    return {trace.name: list(trace.text) for trace in render(chart).figure.data}


def test_stacks_run_best_first_and_end_with_the_unknown(words) -> None:
    chart = distribution(words)
    assert [item.label for item in chart.key] == ["G Good", "I Inadequate", "? Not found"]
    care = chart.stacks[0].parts
    assert [(part.category, part.start, part.length) for part in care] == [
        ("Good", 0, 5), ("Inadequate", 5, 2), ("Not found", 7, 3),
    ]  # fmt: skip
    assert care[-1].style.pattern == "/"
    assert chart.total == 10


def test_the_screen_draws_each_part_where_it_starts(words) -> None:
    drawn = {
        trace.name: list(zip(trace.y, trace.base, trace.x, strict=True)) for trace in render(distribution(words)).figure.data
    }
    assert drawn == {"Good": [(0, 0, 5), (1, 0, 10)], "Inadequate": [(0, 5, 2)], "Not found": [(0, 7, 3)]}


def test_numbers_stand_in_the_bars(words) -> None:
    assert texts(distribution(words)) == {"Good": ["G 5", "G 10"], "Inadequate": ["I 2"], "Not found": ["? 3"]}


def crowded(words: dict, narrow: bool) -> StackChart:
    """Two bars of 43 forces, as many as there are, with parts of one and of two."""
    parts = [("Outstanding", 1), ("Good", 12), ("Adequate", 27), ("Requires improvement", 2), ("Inadequate", 1)]
    rows = [{"question": name, "grade": grade, "status": "graded", "forces": many} for name in "ab" for grade, many in parts]
    mine = {"a": "Requires improvement", "b": "not_found"}
    return grade_distribution(
        pd.DataFrame(rows), title="?", empty="", group="question", words=words, mine=mine, force_name="Mock", narrow=narrow
    )


def test_a_part_that_the_press_reported_has_its_own_number_and_names(words) -> None:
    """One part bore the number of both: '2' in a piece of one force, beside a hollow one without any."""
    row = {"question": "Care", "status": "graded", "read_in_press": 1, "forces": 3, "names": "Exampleshire, Mockford, Samplebury"}
    frame = pd.DataFrame(
        [
            {**row, "grade": "Outstanding", "names_in_press": "Mockford"},
            {**row, "grade": "Adequate", "read_in_press": 3, "names_in_press": row["names"]},
        ]
    )
    chart = grade_distribution(frame, title="?", empty="", group="question", words=words)
    parts = {(part.style.hollow, part.category.split(",")[0]): part for part in chart.stacks[0].parts if part.length}
    own, press = parts[False, "Outstanding"], parts[True, "Outstanding"]
    assert (own.length, own.texts) == (2, ("O 2: Exampleshire, Samplebury", "O 2", "O2", "O"))
    assert (press.length, press.texts) == (1, ("O 1: Mockford", "O 1", "O1", "O"))
    assert press.said == ("Outstanding, as reported by the press: 1 of 3 forces (Exampleshire, Mockford, Samplebury)",)
    whole = "Outstanding: 3 forces (Exampleshire, Mockford, Samplebury), 1 of them as reported by the press"
    assert own.said == (whole,)
    assert (own.total, press.total) == ("3 forces", "3 forces"), "of the grade, beside each part's own number"
    assert parts[True, "Adequate"].texts[1:] == ("A 3", "A3", "A")
    shown = str(render_blocks([Block("a", "How judged", picture=chart)], lambda link: link.page, lambda name: name))
    listed = [re.sub("<[^>]+>", "", item) for item in re.findall("<li>(.*?)</li>", shown)]
    assert listed == ["Outstanding 3 forces", "Adequate 3 forces", "4 of these grades were reported by the press (hollow)"]
    for stack in distribution(words).stacks:
        assert all(part.texts[-3] == f"{part.style.mark} {part.length:.0f}" for part in stack.parts if part.length)


@pytest.mark.parametrize("narrow", [True, False])
def test_no_number_is_wider_than_its_part(words, narrow) -> None:
    unit = (PHONE if narrow else 600) / 43
    drawn = render(crowded(words, narrow)).figure.data
    for trace in drawn:
        for text, count in zip(trace.text, trace.x, strict=True):
            assert not text or text_width(text) < count * unit, trace.name
    ones = next(trace for trace in drawn if trace.name == "Inadequate")
    assert list(ones.text) == (["", ""] if narrow else ["I", "I"])


@pytest.mark.parametrize("narrow", [True, False])
def test_a_part_too_narrow_for_its_letter_is_named_under_its_bar(words, narrow) -> None:
    """Colour alone told an “inadequate” of one force from an “outstanding” of one. At a desk each has room for its letter."""
    chart = crowded(words, narrow)
    drawn = render(chart).figure
    below = [note.text.replace("<br>", " ") for note in drawn.layout.annotations if "Narrow" in note.text]
    assert len(below) == (len(chart.stacks) if narrow else 0)
    for index in range(len(chart.stacks)):
        written = {trace.name: trace.text[index] for trace in drawn.data}
        for part in chart.stacks[index].parts:
            assert part.style.mark in written[part.category] or f"{part.style.mark} {part.length:.0f}" in below[index]
    if narrow:
        assert below[0].startswith("Narrow, left to right: O 1")
        assert below[0].endswith("I 1")


@pytest.mark.parametrize("press", [0, 1])
def test_what_is_said_of_narrow_parts_uses_the_width_and_keeps_clear_of_the_next_name(words, press: int) -> None:
    """It wrapped with room to its right, on the name of the bar below it."""
    found = [("Outstanding", 1, 1), ("Good", 1, 0), ("Adequate", 39, 0), ("Requires improvement", 1, 1), ("Inadequate", 1, press)]
    rows = [
        {"question": name, "grade": grade, "status": "graded", "forces": many, "read_in_press": told}
        for name in "ab"
        for grade, many, told in found
    ]
    drawn = spec(grade_distribution(pd.DataFrame(rows), title="?", empty="", group="question", words=words, narrow=True))
    marks = [layer["mark"] for layer in drawn["layer"] if layer["mark"]["type"] == "text" and "y" in layer["mark"]]
    said = [mark for mark in marks if mark["color"] == palette.MUTED]
    names = [mark for mark in marks if mark not in said]
    assert max(len(mark["text"]) for mark in said) > 50
    assert len(said) == 2 * (1 + press), "a bar's on one line as far as it has room"
    assert min(other["y"] - mark["y"] for mark in said for other in names if other["y"] > mark["y"]) >= 20


def test_totals_of_areas_have_their_letter_in_every_part_on_a_phone() -> None:
    counts = {"outstanding": 1, "good": 2, "adequate": 4, "requires_improvement": 1, "inadequate": 1}
    frame = pd.DataFrame([{"force_code": "X1", "force_name": "Greater Samplebury", **counts}])
    drawn = render(grade_counts_strip(frame, title="?", empty="", my_force=None)).figure.data
    assert [text[0] for trace in drawn for text in trace.text] == ["O", "G", "A", "R", "I"]


@pytest.mark.parametrize(
    ("narrow", "said"), [(True, ["Mock: R", "Mock: ?"]), (False, ["Mock: Requires improvement", "Mock: Not found"])]
)
def test_on_a_phone_my_grade_is_a_letter_beside_the_name_of_the_bar(words, narrow, said) -> None:
    notes = " ".join(note.text for note in render(crowded(words, narrow)).figure.layout.annotations)
    assert all(f"<b>{text}</b>" in notes for text in said)
    assert notes.count("Mock") == len(said)


def test_the_grade_of_my_force_is_written_beside(words) -> None:
    chart = distribution(words, mine={"Care": "not_found", "Effect": "Good"}, force_name="Exampleshire")
    assert chart.stacks[0].asides == ("Exampleshire: Not found", "Exampleshire: ?")
    assert any("Exampleshire: Not found" in note.text and palette.ACCENT in note.text
               for note in render(chart).figure.layout.annotations)  # fmt: skip
    assert chart.alt == (
        "Care: Good 5, Inadequate 2, Not found 3; Effect: Good 10; Exampleshire Care: Not found; Exampleshire Effect: Good."
    )


def test_nobody_graded_is_an_empty_chart(words) -> None:
    chart = grade_distribution(COUNTS.assign(forces=0), title="?", empty="No data.", group="question", words=words)
    assert (chart.stacks, chart.alt) == ((), "No data.")


def test_counts_of_areas_by_force() -> None:
    frame = pd.DataFrame(
        {
            "force_code": ["X0000001", "X0000002"],
            "force_name": ["Exampleshire", "Samplebury"],
            "outstanding": [0, 0],
            "good": [3, 1],
            "adequate": [2, 4],
            "requires_improvement": [0, 1],
            "inadequate": [0, 0],
        }
    )
    chart = grade_counts_strip(frame, title="Counts?", empty="No data.", my_force="X0000002")
    assert [item.label for item in chart.key] == ["G Good", "A Adequate", "R Requires improvement"]
    assert texts(chart)["Requires improvement"] == ["R 1"]
    assert "<b>Samplebury</b>" in render(chart).figure.layout.yaxis.ticktext[1]
    told = grade_counts_strip(frame.assign(source_kind=["press", "hmicfrs"]), title="Counts?", empty="", my_force=None)
    assert [{part.style.hollow for part in stack.parts} for stack in told.stacks] == [{True}, {False}]
    assert told.key[-1].mark == "hollow"
    assert chart.alt == (
        "Samplebury: Good 1, Adequate 4, Requires improvement 1; all 2 forces: Good 4, Adequate 6, Requires improvement 1."
    )


def audited(frame: pd.DataFrame, my_force: str | None = None) -> StackChart:
    return case_audits(frame, title="Cases?", empty="No data.", my_force=my_force)


def test_case_files_are_shares_of_what_was_audited() -> None:
    chart = audited(AUDITS, "X0000001")
    shares = [{part.category: part.length for part in stack.parts} for stack in chart.stacks]
    assert shares == [
        {"Good": 25, "Requires improvement": 25, "Grade not published": 0, "Inadequate": 50},
        {"Good": 50, "Requires improvement": 25, "Grade not published": 5, "Inadequate": 20},
    ]
    assert chart.stacks[0].label.endswith(", 40\u00a0files")
    assert chart.stacks[0].mine
    assert chart.alt == (
        "Exampleshire, inspection, March 2022: good 10, requires improvement 10, inadequate 20 of 40; 2 audits of 2 forces."
    )


def test_intervals_of_case_files_start_from_their_own_side() -> None:
    chart = audited(AUDITS)
    intervals = [(one.letter, one.low, one.high, one.from_right) for one in chart.stacks[0].intervals]
    assert intervals == [("G", 14, 40, False), ("I", 34, 64, True)]
    assert chart.stacks[1].intervals == ()
    assert chart.key[-1].label.startswith("95% interval of good (G, from the left)")
    drawn = render(chart).figure.data
    whiskers = {trace.name: list(trace.x) for trace in drawn if trace.type == "scatter" and trace.mode != "text"}
    assert whiskers == {"95% interval of good": [14, 40], "95% interval of inadequate": [34, 64]}
    assert [list(trace.text) for trace in drawn if trace.type == "scatter" and trace.mode == "text"] == [["G"], ["I"]]


def test_inadequate_files_end_at_the_right_even_where_grades_are_not_published() -> None:
    """Their interval is measured from the right edge, so nothing may stand between it and their bar."""
    last = audited(AUDITS.head(1).assign(good=6)).stacks[0].parts[-1]
    assert (last.category, last.start + last.length) == ("Inadequate", 100)


def test_a_number_that_is_not_known_is_not_zero() -> None:
    frame = AUDITS.tail(1).assign(good=pd.array([None], dtype="Int64"), requires_improvement=0)
    chart = audited(frame)
    assert chart.alt == "Samplebury, review, May 2023: good not known, requires improvement 0, inadequate 4 of 20."
    assert chart.stacks[0].parts[0].said == ("Good: not known of 20",)


def test_no_files_no_chart() -> None:
    chart = audited(AUDITS.assign(audited=None))
    assert (chart.stacks, chart.alt) == ((), "No data.")


def test_a_bar_says_of_how_many_forces_the_grade_is_known(words) -> None:
    chart = grade_distribution(COUNTS, title="?", empty="", group="question", words=words)
    assert [stack.label for stack in chart.stacks] == ["Care: 7 of 10 known", "Effect: 10 of 10 known"]


def test_a_grade_read_in_the_press_is_hollow_in_the_timeline_of_grades(words) -> None:
    chart = timeline(EVERY.assign(source_kind=["press", *["hmicfrs"] * (len(EVERY) - 1)]), words)
    widths = [width for trace in chart.figure.data if trace.type == "bar" for width in trace.marker.line.width]
    assert sorted(set(widths)) == [1, 2.5]
    assert palette.PRESS in [item.label for item in chart.key]
    assert palette.PRESS not in [item.label for item in timeline(EVERY, words).key]
