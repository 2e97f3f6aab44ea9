"""Wiltshire reads as published, ten rows drawn by lot are in the warehouse as they stand, no change crosses a seam."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from etl.paths import PROJECT
from insight.charts.grades import grade_timeline
from insight.charts.inspections import MARKS
from insight.format import words_from
from insight.inspections.case_audits import audits, changes
from insight.inspections.clock import State, follow_up, planned
from insight.inspections.grade_changes import changes as grade_changes
from insight.inspections.grade_tables import force_grades
from insight.inspections.monitoring import CONCERN, ENGAGE, Standing, spells
from insight.inspections.partial_dates import Span
from insight.inspections.rows import BY_REPORT, every_visit, strip
from insight.queries import inspections
from insight.tables.render_html import render_html
from insight.warehouse import Warehouse

WILTSHIRE = "E23000038"
TODAY = date(2026, 1, 1)
SEED = 43
FACTS = PROJECT.parent / "shared" / "facts"
GRADES, VISITS, EVENTS = "peel_grades", "child_protection_inspections", "monitoring_events"


def on(year: int, month: int, day: int) -> Span:
    """A planned date that is known to the day."""
    return Span(date(year, month, day), date(year, month, day))


def test_wiltshires_inspection_and_what_followed(real: Warehouse) -> None:
    found = follow_up(inspections.inspections(real, WILTSHIRE), TODAY, TODAY)
    assert found["inspection_id"].tolist() == ["wiltshire-ncpi-2022"]
    row = found.iloc[0].to_dict()
    assert (row["inspected_from"], row["published"], row["recommendations"]) == ("2022-03", "2022-08-05", 13)
    assert (planned(row, "response"), planned(row, "revisit")) == (on(2022, 9, 16), on(2023, 2, 5))
    assert (row["revisit_visit"], row["revisit_state"]) == ("2023-04", State.RETURNED)
    assert (row["days_after_due_visit_least"], row["days_after_due_visit_most"]) == (55, 84)


def test_wiltshires_review_and_why_its_change_cannot_be_said(real: Warehouse) -> None:
    held = inspections.inspections(real, WILTSHIRE)
    row = audits(held).iloc[0]
    assert (row["label"], row["audited"]) == ("Wiltshire, review of April 2023", 30)
    assert (row["good"], row["requires_improvement"], row["inadequate"]) == (12, 4, 14)
    assert set(changes(held, inspections.case_audit_changes(real))["verdict"]) == {"Cannot be calculated"}


def test_wiltshires_monitoring(real: Warehouse) -> None:
    events = inspections.events(real, WILTSHIRE)
    engage, concerns = spells(events, ENGAGE, TODAY), spells(events, CONCERN, TODAY)
    assert engage[["started", "ended"]].values.tolist() == [["2022-06-24", "2024-05-21"]]
    assert concerns["started"].tolist() == ["2022-07-07"] * 3
    assert concerns["ended"].tolist() == ["2024-05-21"] * 3
    assert concerns["at_latest"].all()
    assert set(concerns["standing"]) == {Standing.ENDED}


def test_wiltshires_peel_cycles_stand_beside_each_other_with_the_seam(real: Warehouse) -> None:
    table = force_grades(
        inspections.grades(real, None, WILTSHIRE), inspections.cycles(real), inspections.questions(real),
        words_from(inspections.grade_statuses(real)), "Grades",
    )  # fmt: skip
    html = render_html(table)
    apart = 'class="seam" title="Not comparable with the cycle to its left">'
    assert html.index(">2023-25<") < html.index(f"{apart}2021/22<") < html.index(f"{apart}2018/19<")
    counts = inspections.grade_counts(real, "2021/22", WILTSHIRE).iloc[0]
    assert (counts["areas_graded"], counts["requires_improvement"], counts["inadequate"]) == (8, 5, 3)


def drawn_rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Ten rows by lot, the same each time: four grades, four inspections, two events."""
    flat = folder / f"{name}.csv"
    path = flat if flat.exists() else folder / name / "2025.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return random.Random(f"{SEED} {name}").sample(rows, {GRADES: 4, VISITS: 4, EVENTS: 2}[name])


@pytest.fixture(params=["facts", "published"])
def folder(request: pytest.FixtureRequest) -> Path:
    """Where the rows are drawn from."""
    found = FACTS if request.param == "facts" else PROJECT / "data" / "published"
    if not found.exists():
        pytest.skip("the facts are not beside the project")
    return found


def same(row: pd.Series, told: dict[str, str], columns: list[str]) -> None:
    """Each column of the warehouse says what the file says, nothing where the file has nothing."""
    for column in columns:
        held, said = row[column], told[column]
        assert (pd.isna(held) and not said) or str(held) == said, f"{column}: {held!r} is not {said!r}"


def test_drawn_grades_are_in_the_warehouse(real: Warehouse, folder: Path) -> None:
    grades = inspections.grades(real).set_index(["force_code", "cycle", "question"])
    for told in drawn_rows(folder, GRADES):
        row = grades.loc[(told["force_code"], told["cycle"], told["question"])]
        same(row, told, ["grade", "status", "published", "source_url", "source_kind"])


def test_drawn_inspections_are_in_the_warehouse(real: Warehouse, folder: Path) -> None:
    held = inspections.inspections(real).set_index("inspection_id")
    for told in drawn_rows(folder, VISITS):
        columns = ["force_code", "kind", "inspected_from", "published", "cases_audited", "cases_good", "cases_inadequate"]
        same(held.loc[told["inspection_id"]], told, [*columns, "source_url"])


def test_drawn_events_are_in_the_warehouse(real: Warehouse, folder: Path) -> None:
    held = inspections.events(real)
    for told in drawn_rows(folder, EVENTS):
        alike = [held[name] == told[name] for name in ("force_code", "event", "date")]
        assert told["source_url"] in held.loc[alike[0] & alike[1] & alike[2], "source_url"].tolist()


def test_every_kind_of_the_timelines_has_a_mark_of_its_own(real: Warehouse) -> None:
    events, held = inspections.events(real), inspections.inspections(real)
    spells_of = [spells(events, kinds, TODAY) for kinds in (ENGAGE, CONCERN)]
    counts = inspections.grade_counts(real)
    drawn = pd.concat(
        [every_visit(held), strip(follow_up(held, TODAY, TODAY), held, inspections.grades(real), counts, *spells_of, events)]
    )
    events_drawn = drawn.loc[drawn["shape"] == "event", "kind"].str.removesuffix(": visit")
    assert set(events_drawn) <= set(MARKS)
    assert (drawn["kind"] == BY_REPORT).sum() == 8


def test_no_grade_is_compared_across_a_seam(real: Warehouse) -> None:
    cycles = inspections.cycles(real)
    found = grade_changes(inspections.grades(real), cycles)
    allowed = {("2014", "2015"), ("2015", "2016"), ("2016", "2017"), ("2017", "2018/19")}
    assert set(zip(found["from_cycle"], found["to_cycle"], strict=True)) == allowed


def test_no_line_or_arrow_of_any_forces_figure_crosses_a_seam(real: Warehouse) -> None:
    cycles, questions = inspections.cycles(real), inspections.questions(real)
    words = words_from(inspections.grade_statuses(real))
    place = {cycle: index for index, cycle in enumerate(cycles.sort_values("position", ascending=False)["cycle"])}
    seams = [place["2023-25"] + 0.5, place["2021/22"] + 0.5]
    every = inspections.grades(real)
    for name, mine in every.groupby("force_name"):
        drawn = grade_timeline(mine, title="?", empty="", force_name=str(name), cycles=cycles, questions=questions, words=words)
        assert sorted(shape.x0 for shape in drawn.figure.layout.shapes if shape.line.dash == "dash") == seams
        for trace in drawn.figure.data:
            if trace.type == "scatter":
                ends = [x for x in trace.x if x is not None]
                for start, end in zip(ends[::2], ends[1::2], strict=True):
                    assert not any(start < seam < end for seam in seams), name
            elif trace.text is not None and trace.x[0] is not None:
                for x, text in zip(trace.x, trace.text, strict=True):
                    assert x > seams[-1] or not any(arrow in text for arrow in "↑↓"), name
        assert "improved" not in drawn.alt


def test_grades_that_changed_before_the_seam_are_marked(real: Warehouse) -> None:
    """The test above would hold for a figure without any arrow: some force's grade did change."""
    cycles, questions = inspections.cycles(real), inspections.questions(real)
    words = words_from(inspections.grade_statuses(real))
    changed = grade_changes(inspections.grades(real), cycles)
    moved = changed[changed["change"].isin(["Higher grade", "Lower grade"])].iloc[0]
    mine = inspections.grades(real, None, moved["force_code"])
    drawn = grade_timeline(mine, title="?", empty="", force_name="", cycles=cycles, questions=questions, words=words)
    texts = [text for trace in drawn.figure.data for text in (trace.text or ())]
    assert any(("↑" if moved["change"] == "Higher grade" else "↓") in text for text in texts)
