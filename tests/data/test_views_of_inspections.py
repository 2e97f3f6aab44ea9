"""Views of inspections and follow-up on the real build: whose rows come first, what has no date, who told the dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from insight.charts.model.stacks import StackChart
from insight.charts.model.timeline import Timeline
from insight.inspections.monitoring import ENGAGE
from insight.queries import figures, inspections
from insight.queries.ask import Ask
from insight.tables.model import text_of
from insight.views import (
    child_protection,
    follow_up,
    grades,
    protecting,
)
from insight.views.context import Context
from insight.views.view import View
from tests.data.contexts import context

DAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    "view",
    [
        lambda c: grades.matrix(c, "2023-25", grades.EVERY, grades.EVERY, "name"),
        lambda c: protecting.side_by_side_of_all(c, "name", "2023-25"),
        child_protection.visits,
        lambda c: child_protection.case_files(c, own_region_only=False),
        child_protection.graded_areas,
        lambda c: follow_up.timeline(c, DAY),
        lambda c: follow_up.returns(c, DAY, "newest", follow_up.EVERY, follow_up.EVERY),
        lambda c: follow_up.concerns(c, DAY),
        lambda c: follow_up.engage(c, DAY),
        lambda c: follow_up.engage_list(c, DAY),
    ],
    ids=[
        "grades",
        "vulnerable people",
        "visits",
        "case files",
        "graded",
        "timeline",
        "returns",
        "concerns",
        "monitoring",
        "monitoring list",
    ],
)
def test_the_own_force_and_then_the_chosen_ones_come_first_in_every_list_of_inspections(
    ask: Ask, view: Callable[[Context], View]
) -> None:
    codes = ask(figures.forces).set_index("force_name")["force_code"]
    wanted = ["Staffordshire", "West Midlands", "Cleveland", "Lincolnshire"]
    found = view(context(ask, "staffordshire", tuple(codes[name] for name in wanted[1:])))
    if isinstance(found.chart, Timeline):
        listed = [lane.label.split(":")[0] for lane in found.chart.lanes]
    elif isinstance(found.chart, StackChart):
        listed = [stack.label.split(",")[0] for stack in found.chart.stacks]
    else:
        assert found.grid is not None
        listed = [text_of(row[0]).split(",")[0] for row in found.grid.rows]
    first = list(dict.fromkeys(listed))
    held = [name for name in wanted if name in listed]
    assert held
    assert first[: len(held)] == held


def test_the_timeline_names_its_force_only_beside_others(ask: Ask) -> None:
    """Follow-up's first part ignored the chosen forces, whose box stood above it."""
    alone, beside = (follow_up.timeline(context(ask, "kent", codes), DAY) for codes in ((), ("E23000027",)))
    assert isinstance(alone.chart, Timeline)
    assert isinstance(beside.chart, Timeline)
    assert alone.chart.lanes[0].label == "PEEL reports"
    assert alone.narrow is None
    assert [lane.label for lane in beside.chart.lanes if lane.mine] == [f"Kent: {lane.label}" for lane in alone.chart.lanes]
    assert beside.question == "Timeline for Kent Police and 1 other force"
    assert isinstance(beside.narrow, Timeline)
    assert beside.narrow.labels == "above", "names beside the lines would leave a phone no room"


def test_what_has_no_place_on_the_timeline_is_said_of_every_force_shown(ask: Ask) -> None:
    codes = ask(figures.forces).set_index("force_name")["force_code"]
    own = follow_up.status(context(ask, "south-wales"), DAY)
    assert "one graded child protection inspection" in own.split("because no date is known: ")[1]
    beside = follow_up.status(context(ask, "south-wales", (codes["Lincolnshire"],)), DAY)
    assert "two child protection reviews" in beside.split("Lincolnshire: ")[1]


def test_dates_of_monitoring_that_the_press_told_are_counted_in_the_source_line(ask: Ask) -> None:
    """Every date was put down to HMICFRS, though many ends of monitoring were read in the press."""
    wiltshire, events = context(ask, "wiltshire"), ask(inspections.events)
    engaged = events[events["event"].isin(ENGAGE)]
    others = int((engaged["source_kind"] != "hmicfrs").sum())
    line = f"{others} of {len(engaged)} dates read in the press"
    for view in (follow_up.engage(wiltshire, DAY), follow_up.engage_list(wiltshire, DAY)):
        assert view.short_source == f"{follow_up.SHORT}; {line}"
        assert view.source.endswith(f"{line}.")
    for view in (follow_up.timeline(wiltshire, DAY), follow_up.concerns(wiltshire, DAY), child_protection.visits(wiltshire)):
        assert re.search(r"; \d+ of \d+ dates read in the press", view.short_source)


def test_letters_of_a_forces_grades_are_explained_beside_them(ask: Ask) -> None:
    """On Follow-up they stood as 'R', raised 'p' and '?', and what they mean on another page."""
    grid = follow_up.own_grades(context(ask, "warwickshire")).grid
    assert grid is not None
    for said in ("R Requires improvement", "? not found", "raised p from the press", "Each letter opens its source."):
        assert said in grid.caption
