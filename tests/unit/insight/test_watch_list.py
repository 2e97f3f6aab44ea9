"""The watch list names forces that stand out and move, and says how many would by chance."""

from __future__ import annotations

import pandas as pd
import pytest

from insight.comparing.watch_list import watch_list, watched_to_read


def year(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_name", "verdict", "recent_trend"])
    level = frame["verdict"].str.extract(r"\((.*)\)")[0]
    return frame.assign(
        verdict=frame["verdict"].str.split(" (", regex=False).str[0],
        verdict_level=level,
        area_code=frame["area_name"],
        unranked_because=None,
    )


NOW = year(
    ("Upshire", "Unusually high (99.8%)", "Increasing"),
    ("Highshire", "Above average", "Decreasing"),
    ("Downshire", "Below average", "Decreasing"),
    ("Newshire", "About average", "No significant change"),
    ("Dimshire", "Not compared", "Increasing"),
    ("Shortshire", "Above average", "Cannot be calculated"),
)
BEFORE = year(
    ("Upshire", "Above average", "Increasing"),
    ("Highshire", "About average", "Decreasing"),
    ("Downshire", "Below average", "Decreasing"),
    ("Newshire", "Not compared", "No significant change"),
    ("Dimshire", "Above average", "Increasing"),
    ("Shortshire", "Above average", "Cannot be calculated"),
)


def test_a_force_is_watched_that_is_higher_and_increasing_or_lower_and_decreasing() -> None:
    up, down, _ = watch_list(NOW, BEFORE)
    assert list(up.forces["area_name"]) == ["Upshire"]
    assert list(down.forces["area_name"]) == ["Downshire"]


def test_a_force_has_changed_sides_only_between_two_years_that_were_compared_and_not_by_how_far() -> None:
    changed = watch_list(NOW, BEFORE)[2]
    assert list(changed.forces["area_name"]) == ["Highshire"]


def test_without_a_year_before_nothing_is_said_of_changed_verdicts() -> None:
    """Also across a break of the series, where the page passes no year before."""
    assert [one.title for one in watch_list(NOW, NOW.head(0))] == [
        "Above average and increasing",
        "Below average and decreasing",
    ]


def test_a_force_that_is_never_ranked_is_on_no_list() -> None:
    now = NOW.assign(unranked_because=NOW["area_name"].map({"Upshire": "A handful of children.", "Highshire": "The same."}))
    up, _, changed = watch_list(now, BEFORE)
    assert up.forces.empty
    assert changed.forces.empty


def test_a_doubtful_figure_is_marked_on_the_list() -> None:
    now = NOW.assign(doubtful=NOW["area_name"].map({"Upshire": "Twice the year before."}))
    assert watched_to_read(watch_list(now, BEFORE)).records()[0]["Which"] == "Upshire†"


def test_chance_is_counted_over_the_forces_that_could_be_on_the_list() -> None:
    up, _, changed = watch_list(NOW, BEFORE)
    assert up.expected_by_chance == pytest.approx(4 * 0.025 * 0.001)
    assert changed.expected_by_chance == pytest.approx(4 * (2 * 0.05 * 0.95 + 0.05**2 / 2))


def test_the_list_reads_with_the_verdict_before_and_now() -> None:
    rows = watched_to_read(watch_list(NOW, BEFORE)).records()
    assert [row["Forces"] for row in rows] == ["1", "1", "1"]
    assert rows[2]["Which"] == "Highshire (about average, now above average)"
