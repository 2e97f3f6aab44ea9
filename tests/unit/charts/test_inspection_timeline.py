"""Inspections, monitoring and grades in time: marks, periods, what is certain, and the drawing for the public site."""

from xml.etree import ElementTree

import pandas as pd

from insight.charts import palette
from insight.charts.inspections import MARKS, UNSURE, WIDE_BADGE, inspection_timeline
from insight.charts.marks import PATHS, SIGNS
from insight.charts.model.timeline import Timeline
from insight.charts.render_plotly import render
from insight.charts.render_svg.timeline import timeline as draw_svg
from insight.inspections.rows import BY_REPORT, engage_rows
from tests.unit.charts.made_up import EVENTS, event


def events(**more) -> Timeline:
    return inspection_timeline(EVENTS, title="When?", empty="No data.", **more)


def traces(chart: Timeline, kind: str, name: str) -> list:
    return [trace for trace in render(chart).figure.data if (trace.type, trace.name) == (kind, name)]


def test_a_month_is_drawn_as_a_month_and_its_mark_is_open() -> None:
    (bar,) = traces(events(), "bar", "Inspection")
    assert list(bar.base) == ["2022-03-01"]
    assert bar.x[0] / 86_400_000 == 31
    (marks,) = traces(events(), "scatter", "Inspection")
    assert list(marks.marker.color) == [palette.WHITE, palette.INK]
    assert "some day between 1 March 2022 and 31 March 2022" in marks.hovertext[0].replace("<br>", " ")
    assert "2 May 2021" in marks.hovertext[1]
    assert UNSURE in [item.label for item in events().key]


def test_a_known_day_has_no_bar() -> None:
    assert not traces(events(), "bar", "Review")


def test_only_the_certain_part_of_a_spell_is_solid() -> None:
    whole, solid = traces(events(), "bar", "Watched")
    assert whole.marker.pattern.shape == "/"
    assert (list(whole.base), list(solid.base)) == (["2021-01-01"], ["2021-12-31"])
    assert whole.x[0] > solid.x[0]
    assert not solid.marker.pattern.shape


def test_kinds_differ_by_shape_and_stand_in_the_key_once() -> None:
    named = [item.label for item in events().key if item.mark not in ("open", "hatch")]
    assert sorted(named) == ["Inspection", "Review", "Watched"]
    shapes = {event.kind: event.shape for lane in events().lanes for event in lane.events}
    assert len(set(shapes.values())) == len(shapes)


def test_a_kind_has_the_same_mark_whatever_else_is_drawn() -> None:
    def shape(frame: pd.DataFrame) -> str:
        chart = inspection_timeline(frame, title="When?", empty="No data.")
        return next(event.shape for lane in chart.lanes for event in lane.events if event.kind == "Review")

    assert shape(EVENTS) == shape(EVENTS[EVENTS["kind"] == "Review"]) == MARKS["Review"][0]


def test_a_date_that_is_only_a_reports_has_another_mark_than_any_visit() -> None:
    others = {MARKS[kind][0] for kind in ("Inspection", "Re-inspection", "Graded inspection", "Review")}
    assert len(others) == 4
    assert MARKS[BY_REPORT][0] not in others


def test_periods_with_one_end_known_have_marks_of_their_own() -> None:
    one = {"force_name": "Exampleshire", "started": "2022-01-01", "ended": None, "least": None, "most": None}
    rows = engage_rows(pd.DataFrame([one, {**one, "started": None, "ended": "2023-01-01"}]))
    assert len(rows) == 2
    assert set(rows["kind"]) <= set(MARKS)


def test_every_mark_can_be_drawn_and_written() -> None:
    shapes = {shape for shape, _ in MARKS.values()}
    assert shapes <= set(PATHS)
    assert set(PATHS) == set(SIGNS)


def test_the_finding_opens_the_text_alternative() -> None:
    assert events(finding="Two forces were inspected.").alt.startswith("Two forces were inspected. ")


def test_the_as_of_date_is_drawn_and_said() -> None:
    chart = render(events(as_of="2025-06-01"))
    assert [shape.x0 for shape in chart.figure.layout.shapes] == ["2025-06-01"]
    assert any(note.text == "As of 1 June 2025" for note in chart.figure.layout.annotations)
    assert pd.Timestamp(chart.figure.layout.xaxis.range[1]) > pd.Timestamp("2025-06-01")


def test_my_row_is_bold_and_told() -> None:
    chart = events(my_row="Exampleshire")
    assert "<b>Exampleshire</b>" in render(chart).figure.layout.yaxis.ticktext[0]
    assert chart.alt.startswith(
        "Exampleshire, Inspection: some day between 1 March 2022 and 31 March 2022; Review: 11 April 2023; 4 entries on 2 lines"
    )


GRADED = pd.DataFrame(
    [
        event("Care", "Good", "2021-10-28", "2023-04-13", "grade", told_by="press"),
        event("Care", "Inadequate", "2024-03-12", None, "grade", told_by="hmicfrs"),
    ]
)


def test_a_grade_told_by_the_press_is_hollow_and_one_without_a_day_is_a_wide_box() -> None:
    chart = inspection_timeline(GRADED, title="When?", empty="No data.", labels="above")
    press, own = chart.lanes[0].events
    assert (press.style.fill, press.style.outline, press.style.hollow) == (palette.WHITE, palette.GRADES["Good"].fill, True)
    assert (own.style.fill, own.style.hollow) == (palette.GRADES["Inadequate"].fill, False)
    assert {"G Good", "I Inadequate", palette.PRESS, WIDE_BADGE} <= {item.label for item in chart.key}
    (box,) = traces(chart, "bar", "Good")
    assert (list(box.base), box.x[0] / 86_400_000) == (["2021-10-28"], 533)
    assert not traces(chart, "bar", "Inadequate")
    letters = [text for trace in render(chart).figure.data for text in trace.text or ()]
    assert letters == ["<b>G</b>", "<b>I</b>"]


def test_a_timeline_is_drawn_without_style_attributes_and_tells_each_mark() -> None:
    svg = str(draw_svg(inspection_timeline(pd.concat([EVENTS, GRADED]), title="When?", empty="No data.", as_of="2025-06-01")))
    assert "style=" not in svg
    root = ElementTree.fromstring(svg)
    assert root.attrib["aria-label"].startswith("6 entries on 3 lines")
    told = [title.text for title in root.iter("title")]
    assert "Exampleshire. Review. 11 April 2023. made up" in told
    assert len(told) == 7  # the certain part of a period tells the same as the whole


def test_the_public_sites_picture_hatches_the_ends_that_its_key_shows_hatched() -> None:
    """As Plotly does; a bar whose ends are known keeps its certain part over the hatch."""
    chart = inspection_timeline(EVENTS, title="When?", empty="No data.")
    assert "hatch" in {item.mark for item in chart.key}
    strokes = [
        one.attrib["d"] for one in ElementTree.fromstring(str(draw_svg(chart))).iter("path") if one.attrib["d"].count("M") > 1
    ]
    assert len(strokes) == sum(len(lane.periods) for lane in chart.lanes)
    assert "pattern" in str(render(chart).figure)


def test_over_many_lanes_the_years_stand_above_as_well() -> None:
    every = pd.concat([EVENTS.assign(row=f"Force {number}") for number in range(21)])
    few, many = (inspection_timeline(frame, title="When?", empty="No data.") for frame in (EVENTS, every))
    year = f"{many.years[0]:%Y}"
    assert str(draw_svg(many)).count(f">{year}</text>") == 2 * str(draw_svg(few)).count(f">{year}</text>")
    above = [one["text"] for one in render(many).figure["layout"]["annotations"]]
    assert year in above
