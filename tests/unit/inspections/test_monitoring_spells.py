"""Enhanced monitoring and causes of concern: what began and ended, and what that proves."""

from datetime import date

import pandas as pd

from insight.inspections.monitoring import CONCERN, ENGAGE, Standing, spells
from insight.inspections.rows import engage_rows

LATER = date(2030, 1, 1)


def test_a_spell_known_to_the_day_has_one_length(event) -> None:
    rows = pd.DataFrame([event("Engage started", "2022-06-24"), event("Engage ended", "2024-05-21")])
    row = spells(rows, ENGAGE, LATER).iloc[0]
    assert (row["least"], row["most"], row["standing"]) == (697, 697, Standing.ENDED)


def test_a_year_gives_a_range_and_is_drawn_as_a_year(event) -> None:
    rows = pd.DataFrame([event("Engage started", "2019"), event("Engage ended", "2023-09")])
    found = spells(rows, ENGAGE, LATER)
    assert (found.iloc[0]["least"], found.iloc[0]["most"]) == (1340, 1733)
    bar = engage_rows(found).iloc[0]
    assert (bar["start"], bar["certain_from"]) == (date(2019, 1, 1), date(2019, 12, 31))
    assert (bar["certain_to"], bar["end"]) == (date(2023, 9, 1), date(2023, 9, 30))


def test_without_an_end_nothing_is_said_to_go_on(event) -> None:
    found = spells(pd.DataFrame([event("Engage started", "2023-11-24")]), ENGAGE, LATER)
    assert found.iloc[0]["standing"] == Standing.NOT_KNOWN
    assert pd.isna(found.iloc[0]["least"])
    drawn = engage_rows(found).iloc[0]
    assert drawn["shape"] == "event"
    assert drawn["end"] == date(2023, 11, 24)


def test_open_is_said_only_before_an_end_that_a_source_shows(event) -> None:
    rows = pd.DataFrame(
        [event("Cause of concern issued", "2022-07-07", "care"), event("Cause of concern closed", "2024-05", "care")]
    )
    standing = {
        day: spells(rows, CONCERN, date.fromisoformat(day)).iloc[0]["standing"]
        for day in ("2023-01-01", "2024-05-10", "2024-06-01")
    }
    assert list(standing.values()) == [Standing.OPEN, Standing.NOT_KNOWN, Standing.ENDED]


def test_a_closing_goes_to_the_cause_of_the_same_topic_before_it(event) -> None:
    rows = pd.DataFrame(
        [
            event("Cause of concern issued", "2020-01-01", "care"),
            event("Cause of concern issued", "2020-01-01", "calls"),
            event("Cause of concern closed", "2020-06-01", "care"),
            event("Cause of concern issued", "2021-01-01", "care"),
        ]
    )
    found = spells(rows, CONCERN, LATER)
    assert found[["topic", "started", "ended"]].fillna("").values.tolist() == [
        ["calls", "2020-01-01", ""],
        ["care", "2020-01-01", "2020-06-01"],
        ["care", "2021-01-01", ""],
    ]


def test_a_closing_without_a_beginning_stands_alone(event) -> None:
    row = spells(pd.DataFrame([event("Cause of concern closed", "2025-04", "care")]), CONCERN, LATER).iloc[0]
    assert row["started"] is None
    assert row["standing"] == Standing.ENDED
    assert pd.isna(row["most"])


def test_a_closing_alone_says_nothing_of_the_days_before_it(event) -> None:
    rows = pd.DataFrame([event("Cause of concern closed", "2025-04", "care")])
    assert spells(rows, CONCERN, date(2025, 3, 31)).empty
    assert spells(rows, CONCERN, date(2025, 4, 10)).iloc[0]["standing"] == Standing.NOT_KNOWN


def test_what_began_later_is_left_out(event) -> None:
    assert spells(pd.DataFrame([event("Engage started", "2024-05")]), ENGAGE, date(2024, 4, 30)).empty
    assert len(spells(pd.DataFrame([event("Engage started", "2024-05")]), ENGAGE, date(2024, 5, 1))) == 1


def test_a_closing_of_all_that_remained_closes_what_was_open_and_nothing_else(event) -> None:
    rows = pd.DataFrame(
        [
            event("Cause of concern issued", "2020-01-01", "care"),
            event("Cause of concern issued", "2020-01-01", "calls"),
            event("Cause of concern closed", "2020-06-01", "calls"),
            event("Remaining causes of concern closed", "2021-03-01", "all that were still open"),
            event("Cause of concern issued", "2022-01-01", "custody"),
            event("Cause of concern issued", "2020-01-01", "care", force_code="X00000002", force_name="Sampleshire"),
        ]
    )
    found = spells(rows, CONCERN, LATER)
    assert found[["force_name", "topic", "ended", "at_latest"]].fillna("").values.tolist() == [
        ["Exampleshire", "calls", "2020-06-01", False],
        ["Exampleshire", "care", "2021-03-01", True],
        ["Exampleshire", "custody", "", False],
        ["Sampleshire", "care", "", False],
    ]
    assert found["standing"].tolist() == [Standing.ENDED, Standing.ENDED, Standing.NOT_KNOWN, Standing.NOT_KNOWN]


def test_what_was_closed_with_the_rest_may_have_been_closed_before(event) -> None:
    rows = [event("Cause of concern issued", "2022-07-07", "care"), event("Remaining causes of concern closed", "2024-05-21")]
    [before] = spells(pd.DataFrame(rows), CONCERN, date(2023, 1, 1)).to_dict("records")
    assert before["standing"] == Standing.NOT_KNOWN
    assert pd.isna(before["least"])
    assert before["most"] == 684


def test_a_closing_of_all_that_remained_without_any_issue_known_is_kept(event) -> None:
    [row] = spells(pd.DataFrame([event("Remaining causes of concern closed", "2024-05-21")]), CONCERN, LATER).to_dict("records")
    assert (row["topic"], row["started"], row["ended"]) == ("", None, "2024-05-21")
