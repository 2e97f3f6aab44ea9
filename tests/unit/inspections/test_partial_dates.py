"""A date known to the month or year is never taken for a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.inspections.partial_dates import Span, after_plan_text, days_between, duration_text, span_of, span_text

DATES = st.dates(date(2012, 1, 1), date(2030, 12, 31))
PARTIAL = DATES.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"]))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-08-05", "2022-08-05", "2022-08-05"),
    ],
)
def test_a_partial_date_spans_every_day_it_can_mean(text: str, first: str, last: str) -> None:
    assert span_of(text) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("nothing", [None, float("nan"), ""])
def test_no_date_has_no_span(nothing: object) -> None:
    assert span_of(nothing) is None


@pytest.mark.parametrize("wrong", ["2022-13", "2022-02-30", "spring"])
def test_a_date_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (any of datetime's own messages will do)
        span_of(wrong)


@given(DATES, st.sampled_from([4, 7, 10]))
def test_a_span_holds_its_day_and_a_less_precise_one_holds_the_more_precise(day: date, length: int) -> None:
    found, wider = span_of(day.isoformat()[:length]), span_of(day.isoformat()[: max(4, length - 3)])
    assert found is not None
    assert wider is not None
    assert wider.first <= found.first <= day <= found.last <= wider.last


@given(PARTIAL, st.integers(0, 36))
def test_later_months_keep_the_order_of_days(text: str, months: int) -> None:
    found = span_of(text)
    assert found is not None
    moved = found.later(months=months)
    assert found.first <= moved.first <= moved.last


@given(PARTIAL, PARTIAL, DATES, DATES)
def test_a_duration_holds_every_duration_that_the_dates_allow(early: str, late: str, one: date, other: date) -> None:
    first, second = span_of(early), span_of(late)
    assert first is not None
    assert second is not None
    least, most = days_between(first, second)
    start = min(max(one, first.first), first.last)
    end = min(max(other, second.first), second.last)
    assert least is not None
    assert most is not None
    assert least <= (end - start).days <= most
    assert (least == most) == (first.exact and second.exact)


def test_six_months_after_the_end_of_august_is_the_end_of_february() -> None:
    assert Span(date(2018, 8, 30), date(2018, 8, 31)).later(months=6) == Span(date(2019, 2, 28), date(2019, 2, 28))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((None, None), "not known"),
        ((55, 84), "55 to 84 days after the plan"),
        ((1, 1), "1 day after the plan"),
        ((0, 0), "on the plan"),
        ((-55, -26), "26 to 55 days before the plan"),
        ((-15, 15), "between 15 days before and 15 days after the plan"),
        ((0, 3), "0 to 3 days after the plan"),
        ((None, 495), "at most 495 days after the plan"),
        ((None, -2), "by the plan"),
    ],
)
def test_days_after_a_planned_date_keep_their_range(days: tuple[int | None, int | None], words: str) -> None:
    assert after_plan_text(days, "the plan") == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((697, 697), "697 days"),
        ((1340, 1733), "1,340 to 1,733 days"),
        ((None, 3), "at most 3 days"),
        ((2, None), "at least 2 days"),
        ((None, None), "not known"),
    ],
)
def test_durations_keep_their_range(days: tuple[int | None, int | None], words: str) -> None:
    assert duration_text(days) == words


def test_spans_are_written_as_spans() -> None:
    assert span_text(span_of("2021-01")) == "1 to 31 January 2021"
    assert span_text(Span(date(2025, 2, 12), date(2025, 3, 14))) == "12 February to 14 March 2025"
    assert span_text(Span(date(2025, 12, 12), date(2026, 1, 14))) == "12 December 2025 to 14 January 2026"
    assert span_text(span_of("2021-01"), "and") == "1 and 31 January 2021"
    assert span_text(None) == "not known"
