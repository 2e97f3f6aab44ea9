"""What official dashboards owe on every page: of when the figures are, when more are due, who answers for them, what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from environment import CONTACT, PRODUCER
from insight.format import is_missing, long_day, plural, upper_first
from insight.queries import about
from insight.queries.ask import Ask
from insight.views.selection import Selection

LEADING = "looked_after_missing"  # its newest release dates the product
OF_ENGLAND = "looked_after_missing_england"  # the same publication's national tables, which may be of a later release
OLD_AFTER = 36  # months: a yearly release comes within eight months of its year, so that at least two are missing
NOT_OFFICIAL = "Not an official statistic"
REVISIONS = (
    "A year is read from the newest release that has it. What a later release changed is listed on the page Data; earlier "
    "releases can be chosen on the page Trends."
)


@dataclass(frozen=True)
class Status:
    """``period``, ``released``, ``next_release`` and ``held`` stand at the head of a page: 'Missing children by force to March
    2024', then when more are due, and what there is here of a release that is out.

    ``summary`` stands at its foot over ``details``: what, and how it is.
    """

    period: str
    released: str
    next_release: str
    held: str
    summary: str
    details: tuple[tuple[str, str], ...]


def status(ask: Ask, today: date) -> Status:
    """The status of the figures of a build.

    Args:
        ask: asks the build.
        today: the day on which the page is read or the edition is dated.
    """
    sources, build = ask(about.sources), ask(about.build).iloc[0]
    releases = sources[sources["publication"] == LEADING].sort_values("release")
    updated = long_day(build["built_at"])
    producer, contact = PRODUCER.value or "not named in this copy", CONTACT.value or "not given in this copy"
    published = ", ".join(sorted({str(one) for one in sources["publisher"]}))
    period, released = ("", "") if releases.empty else _dates(releases.iloc[-1].to_dict())
    due, held = next_release(_due(ask), today, _last_period(sources, LEADING), _last_period(sources, OF_ENGLAND))
    updates = (f"Last updated {updated} (build {build['build_id']}).", f"{period}{released}", due, held)
    said = (
        ("Status", f"{NOT_OFFICIAL}. Compiled from figures and judgements published by {published}."),
        ("Producer", f"{upper_first(producer)}. The publishers named above do not answer for this product."),
        ("Contact", f"{upper_first(contact)}."),
        ("Revisions", REVISIONS),
        ("Updates", " ".join(part for part in updates if part)),
    )
    summary = f"{NOT_OFFICIAL} · Producer: {producer} · Contact: {contact} · Last updated {updated}"
    return Status(period, released, due, held, summary, said)


def _dates(newest: dict[str, object]) -> tuple[str, str]:
    month = _month(newest["published"])
    return f"Missing children by force to {newest['last_period']:%B %Y}", "." if month is None else f", published {month:%B %Y}."


def _due(ask: Ask) -> date | None:
    """From which day the next release of the leading publication is due, as its feed says."""
    feeds = ask(about.next_releases)
    due = feeds.loc[(feeds["publication"] == LEADING) & feeds["due"].notna(), "due"]
    return None if due.empty else pd.Timestamp(due.iloc[0]).date()


def _last_period(sources: pd.DataFrame, publication: str) -> date | None:
    last = sources.loc[sources["publication"] == publication, "last_period"].max()
    return None if is_missing(last) else pd.Timestamp(last).date()


def next_release(due: date | None, today: date, of_forces: date | None, of_england: date | None) -> tuple[str, str]:
    """When more will be released, or should have been, and what there is here of it; nothing where no month is known.

    Args:
        due: first day of the month in which it is due.
        today: the day that is asked from.
        of_forces, of_england: the end of the newest year that is loaded of forces, and of England's own tables, if any.
    """
    if due is None or of_forces is None:
        return "", ""
    if due > today:
        return f"The next release is due in {due:%B %Y}.", ""
    england = "" if of_england is None or of_england <= of_forces else f"; England’s go to {of_england:%B %Y}"
    return f"Newer figures were due in {due:%B %Y}.", f"They are not loaded here{england}."


def _month(published: object) -> date | None:
    text = "" if is_missing(published) else str(published)
    return date.fromisoformat(f"{text[:7]}-01") if len(text) >= len("2024-11") else None


def age_warning(selection: Selection, today: date) -> str:
    """That the newest figure of the selected measure is old; nothing where it is not."""
    newest = max(selection.years)
    months = (today.year - newest.year) * 12 + today.month - newest.month
    if months <= OLD_AFTER:
        return ""
    return f"The newest figures here are for the year to {newest:%B %Y}: more than {plural(months // 12, 'year')} old."
