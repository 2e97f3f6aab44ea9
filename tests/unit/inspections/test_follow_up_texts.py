"""What a reader of the follow-up page is told."""

from datetime import date

import pandas as pd
import pytest

from insight.inspections.clock_words import visited_on, visited_text
from insight.inspections.follow_up_tables import follow_up_list
from insight.inspections.follow_up_words import monitoring, opening
from insight.inspections.monitoring import CONCERN, ENGAGE, spells
from insight.inspections.rows import strip
from tests.unit.inspections.stored import DAY, KNOWN_ON, NOTHING, WHOLE, followed

NO_GRADES = pd.DataFrame(columns=["inspection_id", "grade", "grade_order"])


def opening_of(rows: pd.DataFrame, day: date, graded: pd.DataFrame = NO_GRADES) -> str:
    return opening(rows, graded, "Exampleshire Police", day)


def test_an_undated_graded_inspection_is_the_newest_and_its_grade_is_told(inspection) -> None:
    rows = [inspection("old", **WHOLE), inspection("new", kind="Child protection inspection (graded)")]
    graded = pd.DataFrame({"inspection_id": ["new"], "grade": ["Good"], "grade_order": [2]})
    assert opening_of(followed(rows), DAY, graded) == (
        "HMICFRS inspected child protection at Exampleshire Police on a date that is not known to us, grading it “good” in the "
        "only area whose grade we know. HMICFRS published no date by which it would return."
    )


def test_the_opening_states_day_dates_and_range(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    assert opening_of(followed(rows), DAY) == (
        "HMICFRS inspected child protection at Exampleshire Police in March 2022 and published its report on 5 August 2022 with "
        "13 recommendations. An action plan was expected by 16 September 2022 and HMICFRS planned to return by 5 February 2023. "
        "HMICFRS returned in April 2023, 55 to 84 days after the planned return date."
    )
    assert opening_of(followed(rows, date(2023, 2, 15)), date(2023, 2, 15)).endswith(
        "The planned date had passed by 10 days; HMICFRS returned later, in April 2023."
    )


def test_a_visit_of_several_days_is_told_from_its_first_to_its_last(inspection) -> None:
    """'on 4 August 2023' was said of an inspection that had begun on 24 July."""
    days = {"inspected_from": "2023-07-24", "inspected_to": "2023-08-04", "published": "2023-11-24"}
    assert opening_of(followed([inspection("first", **days)]), DAY).startswith(
        "HMICFRS inspected child protection at Exampleshire Police from 24 July to 4 August 2023 and published its report"
    )
    assert visited_text("2018-10-08", "2018-10-19") == "8 to 19 October 2018"
    assert visited_text("2023-02", "2023-03") == "February to March 2023"
    assert visited_on("2023-02", "2023-03") == "from February to March 2023"
    assert visited_on("2022", "2023-01") == "in January 2023"
    assert visited_text("2022-12-30", "2023-01-04") == "30 December 2022 to 4 January 2023"
    assert visited_text("2022", "2023-01") == "2022 to January 2023"


def test_the_opening_never_claims_what_was_not_found(inspection) -> None:
    said = opening_of(followed([inspection("first", **WHOLE)]), DAY)
    assert said.endswith("We have not found whether HMICFRS has returned.")
    assert "passed" not in said


def test_a_planned_date_known_to_the_month_is_told_as_a_span(inspection) -> None:
    rows = [inspection("first", published="2020-07"), inspection("second", follows="first", published="2022-05-11")]
    said = opening_of(followed(rows), DAY)
    assert "An action plan was expected between 12 August and 11 September 2020 and HMICFRS planned to return between" in said
    assert said.endswith("HMICFRS published its review on 11 May 2022, at most 495 days after the planned return date.")


def test_a_graded_inspection_has_no_planned_date_in_any_text(inspection) -> None:
    found = followed([inspection("first", **WHOLE, kind="Child protection inspection (graded)")])
    said = opening_of(found, DAY)
    assert said.endswith("13 recommendations. HMICFRS published no date by which it would return.")
    assert list(follow_up_list(found, "", "newest", "List").records()[0].values()).count("does not apply") == 2
    assert "Planned dates" not in set(strip(found, found, *NOTHING)["row"])


def test_a_review_without_a_date_that_may_have_come_first_is_told(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    rows.append(inspection("third", follows="first"))
    said = opening_of(followed(rows, KNOWN_ON), KNOWN_ON)
    assert "at most 84 days after the planned return date (1 further review without a date may have come before)." in said


def test_the_opening_copes_with_nothing(inspection) -> None:
    empty = followed([inspection("first")]).iloc[:0]
    assert "We have found no inspection of child protection" in opening_of(empty, DAY)
    assert "neither are the planned dates" in opening_of(followed([inspection("first", inspected_from="2016-09")]), DAY)


def test_monitoring_is_told_with_its_precision(event) -> None:
    rows = pd.DataFrame(
        [event("Engage started", "2019"), event("Engage ended", "2023-09"), event("Cause of concern issued", "2025-01", "care")]
    )
    said = monitoring(spells(rows, ENGAGE, DAY), spells(rows, CONCERN, DAY), "Exampleshire", DAY)
    assert "from 2019 to September 2023 (1,340 to 1,733 days)" in said
    assert "One cause of concern was issued in January 2025 (care); we have found no record of its closure." in said


def as_of(rows: list[dict], day: str) -> str:
    """What is told of enhanced monitoring and causes of concern on a day."""
    when, frame = date.fromisoformat(day), pd.DataFrame(rows)
    return monitoring(spells(frame, ENGAGE, when), spells(frame, CONCERN, when), "Exampleshire", when)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "2022-03-10",
            "in March 2022; its report came out later, on 5 August 2022 with 13 recommendations.",
        ),
        (
            "2022-09-16",
            "An action plan is expected by 16 September 2022 and HMICFRS plans to return by 5 February 2023. The planned date had",
        ),
        ("2022-09-17", "An action plan was expected by 16 September 2022 and HMICFRS plans to return by 5 February 2023."),
        ("2023-02-05", "HMICFRS plans to return by 5 February 2023. The planned date had not passed."),
        ("2023-02-06", "The planned date had passed by 1 day; HMICFRS returned later, in April 2023."),
        ("2023-04-15", "Whether HMICFRS had returned by then is not known – we have found the visit in April 2023."),
        ("2023-05-01", "HMICFRS returned in April 2023, 55 to 84 days after the planned return date."),
    ],
)
def test_the_opening_says_only_what_had_happened_by_the_day(inspection, day, said) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    when = date.fromisoformat(day)
    assert said in opening_of(followed(rows, when), when)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2022-05-11", "published its review on 11 May 2022"),
        ("2022-05", "published its review in May 2022"),
        ("2022", "published its review in 2022"),
    ],
)
def test_a_day_is_on_a_month_or_year_is_in(inspection, published, said) -> None:
    rows = [inspection("first", published="2021-07-01"), inspection("second", follows="first", published=published)]
    assert said in opening_of(followed(rows), DAY)


def test_a_spell_that_ended_later_still_went_on(event) -> None:
    rows = [event("Engage started", "2022-06-24"), event("Engage ended", "2024-05-21")]
    assert "from 24 June 2022, and was still in it on this day; it ended later, on 21 May 2024" in as_of(rows, "2022-09-16")
    assert "from 24 June 2022 to 21 May 2024 (697 days)" in as_of(rows, "2024-05-21")
    assert "no record of enhanced monitoring" in as_of(rows, "2022-06-23")


def test_a_spell_whose_month_is_running_is_told_as_uncertain(event) -> None:
    rows = [event("Engage started", "2022-06"), event("Engage ended", "2024-05")]
    assert "from June 2022, before or after this day; it ended later, in May 2024" in as_of(rows, "2022-06-10")
    assert "from June 2022; it ended before or after this day, in May 2024" in as_of(rows, "2024-05-10")


def test_only_what_was_closed_by_the_day_counts_as_closed(event) -> None:
    rows = [event("Cause of concern issued", "2023-11", topic) for topic in ("calls", "care", "custody")]
    rows += [event("Cause of concern closed", "2024-07", topic) for topic in ("calls", "care")]
    assert as_of(rows, "2024-01-15").endswith("none of them had been closed by this day, 2 closed later, in July 2024.")
    assert as_of(rows, "2024-07-10").endswith(
        "none of them had been closed by this day, 2 closed in July 2024, before or after this day."
    )
    assert as_of(rows, "2024-08-01").endswith("two of them have since been closed.")


def test_a_closing_without_its_issue_is_counted_apart(event) -> None:
    rows = [event("Cause of concern issued", "2024-03-11", topic) for topic in ("calls", "care")]
    rows += [event("Cause of concern closed", "2025-04", topic) for topic in ("calls", "care", "custody")]
    said = as_of(rows, "2025-06-01")
    assert (
        "Two causes of concern were issued on 11 March 2024 (calls and care); all have since been closed, and one cause of concern was"
        in said
    )
    assert "no issue" not in as_of(rows, "2024-12-01")
    assert "was closed in April 2025, before or after this day, of which we have found no issue" in as_of(rows, "2025-04-10")


def test_causes_closed_all_at_once_are_closed_by_that_day_and_not_known_before(event) -> None:
    rows = [event("Cause of concern issued", "2022-07-07", topic) for topic in ("calls", "care")]
    rows += [event("Remaining causes of concern closed", "2024-05-21", "all that were still open")]
    assert as_of(rows, "2024-06-01").endswith("all have since been closed, the last of them on 21 May 2024.")
    said = as_of(rows, "2023-06-01")
    assert "how many were still open on this day is not known (those that remained were closed on 21 May 2024)" in said
    assert "none of them" not in said
