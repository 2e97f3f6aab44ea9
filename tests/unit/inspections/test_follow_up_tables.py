"""What followed inspections as lists, tables and rows of a timeline, and what is told of how complete they are."""

import re
from datetime import date

import pandas as pd
import pytest

from insight.inspections.clock import counted
from insight.inspections.follow_up_tables import ORDERS, follow_up_list, list_to_take_away, ordered, spells_list
from insight.inspections.follow_up_words import counts_sentence
from insight.inspections.graded_inspections import areas_sentence, graded_areas, teller_of
from insight.inspections.knowledge import knowledge, recommendations_sentence, recommendations_to_read
from insight.inspections.monitoring import CONCERN, ENGAGE, spells
from insight.inspections.own_data import templates
from insight.inspections.rows import engage_sentence, every_visit, strip, strip_sentence, undated, undated_cycles, undated_words
from insight.tables.render_html import render_html
from tests.unit.inspections.stored import DAY, NO_COUNTS, NO_PEEL, WHOLE, followed


def test_the_strip_shows_revisits_and_closings_of_all_that_remained(inspection, event) -> None:
    rows = [inspection("first", **WHOLE)]
    events = pd.DataFrame(
        [
            event("Cause of concern issued", "2022-07-07", "care"),
            event("Causes of concern revisited", "2022-12-20", "care"),
            event("Remaining causes of concern closed", "2024-05-21", "all that were still open"),
        ]
    )
    frame = strip(
        followed(rows), pd.DataFrame(rows), NO_PEEL, NO_COUNTS, spells(events, ENGAGE, DAY), spells(events, CONCERN, DAY), events,
    )  # fmt: skip
    concerns = frame[frame["row"] == "Causes of concern"]
    assert concerns[["kind", "detail"]].values.tolist() == [
        ["Issued", "care"], ["Closed", "care, if not before"], ["Revisited", "care"],
    ]  # fmt: skip


def test_a_closing_of_all_that_remained_is_dated_by_that_day_in_the_table(event) -> None:
    rows = [event("Cause of concern issued", "2022-07-07", "care")]
    rows += [event("Remaining causes of concern closed", "2024-05-21")]
    (row,) = spells_list(spells(pd.DataFrame(rows), CONCERN, DAY), "", "Causes", "Issued", "Closed", topic=True).records()
    assert row["Closed"].startswith("by 21 May 2024")
    assert row["Status"] == "✓ Closed"
    assert row["Length"] == "at most 684 days"


def test_what_certainly_came_after_the_plan_comes_before_what_is_only_bounded(inspection) -> None:
    """A review whose report alone is dated bounds the visit from above: it may have been in time."""
    rows = [inspection(name, published="2021-01-01") for name in ("bounded", "later", "sooner")]
    rows += [
        inspection("a", follows="bounded", published="2024-01-01"),
        inspection("b", follows="later", inspected_from="2022-05-01"),
        inspection("c", follows="sooner", inspected_from="2022-01-01"),
    ]
    assert ordered(followed(rows), "days")["inspection_id"].tolist() == ["later", "sooner", "bounded"]


def test_a_link_in_the_list_is_known_by_its_name_alone(inspection) -> None:
    rows = [inspection(name, force_name=name, published="2022-05-01") for name in ("Northmock", "Southmock")]
    names = re.findall(
        r'<span class="said">([^<]+)</span></a>', render_html(follow_up_list(followed(rows), "", "newest", "List"))
    )
    assert names == ["HMICFRS: Northmock, inspection", "HMICFRS: Southmock, inspection"]


@pytest.mark.parametrize("order", ORDERS)
def test_the_list_has_every_inspection_in_every_order(inspection, order) -> None:
    rows = [inspection(name, force_name=name, published=f"202{index}-05-01") for index, name in enumerate("badc")]
    rows += [inspection("late", follows="a", inspected_from="2023-01"), inspection("none")]
    found = ordered(followed(rows), order)
    assert sorted(found["inspection_id"]) == ["a", "b", "c", "d", "none"]
    assert len(follow_up_list(found, "X00000001", order, "List").rows) == 5
    if order == "force":
        assert found["force_name"].tolist() == ["Exampleshire", "a", "b", "c", "d"]
    if order == "days":
        assert found["inspection_id"].iloc[0] == "a"


def test_the_list_links_inspection_and_review(inspection) -> None:
    rows = [
        inspection("first", **WHOLE, source_kind="press"),
        inspection("second", follows="first", inspected_from="2023-04", source_url="https://example.org/review"),
    ]
    html = render_html(follow_up_list(followed(rows), "X00000001", "newest", "List"))
    assert '>the press</span><span class="said">the press: Exampleshire, inspection, March 2022</span></a>' in html
    assert 'href="https://example.org/review"' in html


def test_the_file_carries_the_day_asked_about(inspection) -> None:
    frame = list_to_take_away(followed([inspection("first", **WHOLE)]), DAY)
    assert frame["as_of"].tolist() == ["2025-06-01"]


def test_states_are_counted_in_words(inspection) -> None:
    found = followed([inspection("first", **WHOLE), inspection("other", published="2025-05-01")])
    assert counts_sentence(counted(found)) == (
        "Of 2 inspections, we do not know about 1 and the planned date was still ahead after 1."
    )


def test_spells_say_what_was_not_found(event) -> None:
    found = spells(pd.DataFrame([event("Engage started", "2023-11-24")]), ENGAGE, DAY)
    (row,) = spells_list(found, "", "Spells", "Began", "Ended", topic=False).records()
    assert (row["Ended"], row["Status"]) == ("not found", "? Not known")


def test_every_dated_visit_is_drawn_and_the_undated_are_named(inspection) -> None:
    rows = pd.DataFrame(
        [
            inspection("a", inspected_from="2022-03"),
            inspection("b", published="2022-08-05"),
            inspection("c", follows="a", inspected_from="2023-01-09", inspected_to="2023-01-13"),
            inspection("d", follows="b"),
        ]
    )
    drawn = every_visit(rows)
    assert drawn[["kind", "start", "end"]].values.tolist() == [
        ["Inspection", date(2022, 3, 1), date(2022, 3, 31)],
        ["Report only; date of the visit not known", date(2022, 8, 5), date(2022, 8, 5)],
        ["Review", date(2023, 1, 13), date(2023, 1, 13)],
    ]
    assert undated(rows)["inspection_id"].tolist() == ["d"]


def test_the_strip_joins_what_fell_on_one_day(inspection, event, grade) -> None:
    rows = [inspection("first", **WHOLE)]
    events = pd.DataFrame([event("Cause of concern issued", "2022-07-07", topic) for topic in ("care", "calls")])
    grades = pd.DataFrame([grade("c1", "Good", published="2020-01"), grade("c2", "Good")])
    counts = pd.DataFrame({"cycle": ["c3"], "published": ["2022-07-08"], "areas_graded": [8]})
    engage, concerns = spells(events, ENGAGE, DAY), spells(events, CONCERN, DAY)
    frame = strip(followed(rows), pd.DataFrame(rows), grades, counts, engage, concerns, events)
    concerns = frame[frame["row"] == "Causes of concern"]
    assert concerns["detail"].tolist() == ["calls; care"]
    peel = frame[frame["row"] == "PEEL reports"]
    assert peel[["start", "end"]].values.tolist() == [[date(2020, 1, 1), date(2020, 1, 31)], [date(2022, 7, 8), date(2022, 7, 8)]]
    assert undated_cycles(grades, counts) == ["c2"]
    undated_too = pd.DataFrame([*rows, inspection("a", follows="first"), inspection("b", follows="first")])
    assert undated_words(grades, counts, pd.DataFrame(rows)) == "PEEL c2"
    assert undated_words(grades, counts, undated_too) == "PEEL c2 and two child protection reviews"


def test_the_alternatives_of_the_timelines_say_what_they_show(inspection, event) -> None:
    rows = [inspection("first", **WHOLE)]
    events = pd.DataFrame([event("Engage started", "2022-06-24"), event("Engage ended", "2024-05-21")])
    engage = spells(events, ENGAGE, DAY)
    frame = strip(followed(rows), pd.DataFrame(rows), NO_PEEL, NO_COUNTS, engage, spells(events, CONCERN, DAY), events)
    said = strip_sentence(frame)
    assert "Child protection: Inspection: visit between 1 and 31 March 2022, Report published 5 August 2022." in said
    assert "Engage: In enhanced monitoring 24 June 2022 to 21 May 2024." in said
    assert engage_sentence(engage) == "We know of 1 force in enhanced monitoring, and of the end of it for 1."


def test_a_report_is_not_shown_as_a_visit(words) -> None:
    row = {"inspection_id": "a", "force_code": "X1", "force_name": "Mock", "area": "Care", "grade": "Good", "inspected_from": None,
           "inspected_to": None, "published": "2025-05-21", "source_url": "https://example.org", "origin": "publisher"}  # fmt: skip
    (read,) = graded_areas(pd.DataFrame([row]), "X1", words, "Graded").records()
    assert read["Force"] == "Mock, report of May 2025"


def test_who_told_a_grade_is_judged_by_its_site() -> None:
    assert teller_of("https://hmicfrs.justiceinspectorates.gov.uk/a") == "hmicfrs"
    assert teller_of("https://www.exampleshire.police.uk/a") == "force_or_pcc"
    assert teller_of("https://example.org/justiceinspectorates.gov.uk") == "press"


def test_areas_without_a_grade_are_not_found(words) -> None:
    rows = pd.DataFrame(
        [
            {
                "inspection_id": key, "force_code": "X1", "force_name": "Exampleshire", "area": area, "grade": "Good",
                "source_url": "https://example.org", "origin": "publisher", "inspected_from": "2025-05", "inspected_to": None,
                "published": None,
            }
            for key, area in (("a", "Care"), ("b", "Care"), ("b", "Calls"))
        ]
    )  # fmt: skip
    html = render_html(graded_areas(rows, "X1", words, "Graded"))
    assert html.count("Not found") == 1
    assert html.count("as reported by the press") == 3
    said = areas_sentence(rows.assign(grade_order=[2, 2, 5], grade=["Good", "Good", "Inadequate"]))
    known = "HMICFRS graded 2 areas “good” and 1 area “inadequate”; 3 of 4 grades are known."
    assert said == f"In 2 graded child protection inspections, {known}"
    assert areas_sentence(rows.head(0)) == ""


def test_knowledge_adds_up(inspection) -> None:
    rows = pd.DataFrame(
        [
            inspection("a", **WHOLE, cases_audited=9, cases_good=1),
            inspection("b", follows="a", inspected_from="2023-01-02"),
        ]
    )
    told = pd.DataFrame({"inspection_id": ["a"], "theme": ["Missing children"], "due": [None], "force_name": ["Exampleshire"]})
    told["source_url"] = "https://example.org/report"
    found = knowledge(rows, told).plain().set_index("What")
    assert (found[["Known", "In part", "Not known"]].sum(axis=1) == found["In all"]).all()
    assert found.loc["Day of the visit, inspections", "In part"] == 1
    assert found.loc["Case files by grade, inspections", "In part"] == 1
    assert found.loc["Themes of recommendations, inspections", "In part"] == 1
    assert "13 in all" in recommendations_sentence(told, rows)
    read = recommendations_to_read(told).plain().iloc[0]
    assert (read["Deadline"], read["Forces"]) == ("1 not stated", "Exampleshire")
    assert read["Forces: address"] == "https://example.org/report"


def test_templates_come_with_their_columns_and_a_made_up_example() -> None:
    for template in templates():
        header = template.header.decode().strip().split(",")
        assert header == template.columns["Column"].tolist()
        example = template.example.decode("utf-8-sig").splitlines()
        assert example[0] == ",".join(header)
        assert "X00000001" in example[1]
        assert template.grain.endswith(".")
