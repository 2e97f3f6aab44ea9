"""The project's own feeds: of every publication they say when more is due, or that no date is announced and where to look."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from etl.definitions import Feed
from etl.fetching.feeds import load_feeds
from etl.fetching.fetch import Standing, check
from etl.fetching.http import Client
from etl.paths import data_folder
from etl.reference import Reference, load_reference

FOLDER = data_folder()
BY_HAND = {feed.publication: feed for feed in load_feeds(FOLDER).feeds if feed.look_at}
DATED_BY = {
    "peel_grades": ("peel_grades", "published"),
    "peel_grade_counts": ("peel_grade_counts", "published"),
    "child_protection_inspections": ("child_protection_inspections", "published"),
    "child_protection_grades": ("child_protection_grades", "inspection_id"),
    "child_protection_recommendations": ("child_protection_recommendations", "inspection_id"),
    "monitoring_events": ("monitoring_events", "date"),
}


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The project's own."""
    return load_reference(FOLDER.reference)


def held(publication: str) -> pd.DataFrame:
    return pd.concat([pd.read_csv(path, dtype="str") for path in sorted((FOLDER.published / publication).glob("*.csv"))])


def said_of(publication: str, reference: Reference) -> str:
    """The line of ``fetch --check``; a publication without an interface is asked of nobody."""
    found = check(FOLDER, reference, load_feeds(FOLDER), Client(frozenset()), date(2025, 12, 1), publication)
    assert [one.standing for one in found] == [Standing.BY_HAND]
    return found[0].line


def test_every_publication_with_a_release_has_a_feed(reference: Reference) -> None:
    released = {name for name, publication in reference.publications.items() if publication.releases}
    assert released - {feed.publication for feed in reference.feeds} == set()
    assert released >= {"authority_percentages", "monitoring_events", "peel_grade_counts", "child_protection_recommendations"}


@pytest.mark.parametrize("publication", sorted(BY_HAND))
def test_check_says_when_a_release_is_due_or_that_no_date_is_announced_and_where_to_look(
    publication: str, reference: Reference
) -> None:
    line = said_of(publication, reference)
    assert line.endswith(f"Look at {BY_HAND[publication].look_at}")
    assert "due in " in line or "No date is announced: " in line
    if "No date" in line and reference.publications[publication].releases:
        assert "Last published " in line


@pytest.mark.parametrize(
    ("publication", "said"),
    [
        ("police_missing_children", "No date is announced: we know the date of one report only. Last published August 2022."),
        ("peel_grades", "No date is announced: reports come out force by force. Last published July 2025."),
        ("child_population", "The next release is due in July 2026."),
        ("looked_after_missing_england", "The next release is due in November 2026."),
    ],
)
def test_what_check_says_of_publishers_without_an_interface(publication: str, said: str, reference: Reference) -> None:
    assert said in said_of(publication, reference)


@pytest.mark.parametrize("publication", sorted(DATED_BY))
def test_the_newest_publication_that_a_feed_names_is_the_newest_that_is_held(publication: str) -> None:
    source, column = DATED_BY[publication]
    days = held(source)[column].dropna()
    if column == "inspection_id":
        inspections = held("child_protection_inspections")
        days = inspections.loc[inspections["inspection_id"].isin(days), "published"].dropna()
    assert BY_HAND[publication].newest_published == max(days)[: len("2025-07")]


def test_a_feed_to_look_at_without_a_month_must_say_why() -> None:
    with pytest.raises(ValueError, match="no_date: why no month is known"):
        Feed(publication="made_up", look_at="https://example.org")
    with pytest.raises(ValueError, match="no_date: why no month is known"):
        Feed(publication="made_up", look_at="https://example.org", published_in=7, no_date="none is known")
