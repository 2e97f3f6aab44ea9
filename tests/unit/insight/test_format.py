"""How figures, years and dates are written."""

from __future__ import annotations

import math

import pytest

from insight.format import (
    FigureFormat,
    Word,
    figure_text,
    is_lower_bound,
    listed,
    number,
    partial_date,
    plural,
    short_value,
    slug,
    why_partial,
    year_ending,
)

PERCENT = {"unit": "%", "decimals": 1}
WORDS = {"suppressed": Word("Suppressed", "[c]"), "reported": Word("Published", "")}


def row(value: float | None = 12.34, hidden: int = 0, basis: str = "sum of authorities", status: str = "reported") -> dict:
    return {"value": math.nan if value is None else value, "hidden_parts": hidden, "basis": basis, "status": status}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Avon and Somerset", "avon-and-somerset"), ("Devon & Cornwall", "devon-and-cornwall"), ("2018/19", "2018-19")],
)
def test_a_slug_holds_what_an_address_may(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_whole_figure_is_written_with_its_unit() -> None:
    assert figure_text(row(), {"decimals": 1, "unit": "% of children"}, WORDS) == "12.3%"
    assert short_value(1234.5, 0, "children") == "1,234"


def test_a_lower_bound_says_at_least() -> None:
    assert figure_text(row(hidden=1), PERCENT, WORDS) == "at least 12.3%"
    assert figure_text({**row(hidden=1), "value": 0.0}, PERCENT, WORDS) == "hidden in part", "at least 0 says nothing"


def test_a_zero_that_is_no_count_is_shown_as_published_with_its_mark() -> None:
    zero = {**row(0.0, hidden=1), "doubtful": "Upshire reported 0."}
    assert figure_text(zero, PERCENT, WORDS) == "0.0%†"


def test_why_a_figure_is_partial_names_the_zero_that_counts_as_missing() -> None:
    assert why_partial(row(hidden=1)) == "a part is suppressed or missing", "it is kept how many parts lack, not why"
    said = why_partial({**row(hidden=1), "doubtful_parts": "Upshire reported 0."})
    assert said == "a part is suppressed or missing. Upshire reported 0"


def test_a_figure_pooled_over_forces_is_no_lower_bound_though_some_are_left_out() -> None:
    assert not is_lower_bound(row(hidden=3, basis="pooled over forces"))


def test_no_value_is_the_word_for_why_and_zero_is_a_value() -> None:
    assert figure_text(row(None, status="suppressed"), PERCENT, WORDS) == "Suppressed"
    assert figure_text(row(0.0), PERCENT, WORDS) == "0.0%"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2022", "2022"), ("2022-03", "March 2022"), ("2022-08-05", "5 August 2022"), (None, "not known"), (math.nan, "not known")],
)
def test_a_date_is_no_more_precise_than_known(text: object, expected: str) -> None:
    assert partial_date(text) == expected


def test_small_words() -> None:
    assert year_ending("2024-03-31") == "year ending March 2024"
    assert [plural(1, "force"), plural(2, "force"), plural(2, "authority", "authorities")] == [
        "1 force",
        "2 forces",
        "2 authorities",
    ]
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert number(83920) == "83,920"


@pytest.mark.parametrize(
    ("one", "text", "short"),
    [
        (row(), "12.3%", "12.3"),
        (row(hidden=2), "at least 12.3%", "≥12.3"),
        (row() | {"doubtful": "counted anew"}, "12.3%†", "12.3†"),
        (row(hidden=2) | {"doubtful": "counted anew"}, "at least 12.3%†", "≥12.3†"),
        (row(0.04, hidden=2), "hidden in part", "≥"),
        (row(0.04), "0.0%", "0.0"),
        (row(None, status="suppressed"), "Suppressed", "[c]"),
        (row(None, status="not_yet_known"), "Not yet known", ""),
    ],
)
def test_a_figure_has_one_text_and_one_short_form(one: dict, text: str, short: str) -> None:
    written = FigureFormat("% of children", 1, {"suppressed": Word("Suppressed", "[c]")})
    assert (written.text(one), written.short(one)) == (text, short)


def test_an_interval_needs_both_its_limits() -> None:
    written = FigureFormat("%", 1)
    assert written.interval({"lower_95": 10.14, "upper_95": 1014.9}) == "95% interval 10.1 to 1,014.9"
    assert written.interval({"lower_95": 10.14, "upper_95": math.nan}) == written.interval({}) == ""
