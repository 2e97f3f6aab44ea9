"""Data sets of explore education statistics: found by titles, never only by a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from etl.definitions import Feed
from etl.fetching.feeds import Feeds
from etl.fetching.http import BadAnswer, Client

PAGE_SIZE = 20
MOST_PAGES = 100


@dataclass(frozen=True)
class DataSet:
    """What can be downloaded: ``version`` and ``published`` are empty and ``year`` is None where only the file can say it.

    ``year`` is the one in which the newest period ends.
    """

    address: str
    title: str
    version: str = ""
    published: str = ""
    year: int | None = None


def find_data_set(client: Client, feeds: Feeds, feed: Feed) -> DataSet:
    """The data set of a feed: from the interface, else from the data catalogue where the feed has a number of it.

    Raises:
        NoNetwork, BadAnswer: nothing, or more than one, answers to the feed's words; the message lists what there is.
    """
    found = [row for row in _data_sets(client, feeds, feed) if _fits(str(row.get("title", "")), feed)]
    if len(found) == 1:
        return _described(found[0], feeds)
    if len(found) > 1:
        titles = "; ".join(str(row.get("title")) for row in found)
        raise BadAnswer(f"{feed.publication}: {len(found)} data sets have the words of release_feeds.yaml: {titles}.")
    if feed.catalogue_id:
        return DataSet(f"{feeds.catalogue}/{quote(feed.catalogue_id)}/csv", f"{feed.publication_title} (data catalogue)")
    words = ", ".join(feed.title_has)
    raise BadAnswer(f"{feed.publication}: “{feed.publication_title}” offers no data set whose title has: {words}.")


def _data_sets(client: Client, feeds: Feeds, feed: Feed) -> Iterator[dict[str, Any]]:
    for publication in _pages(client, f"{feeds.api}/publications", {"search": feed.publication_title}):
        if _plain(str(publication.get("title", ""))) == _plain(feed.publication_title):
            yield from _pages(client, f"{feeds.api}/publications/{quote(str(publication.get('id')))}/data-sets", {})


def _pages(client: Client, address: str, fields: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Every result, page after page."""
    for page in range(1, MOST_PAGES + 1):
        answer = client.json(address, {**fields, "page": page, "pageSize": PAGE_SIZE})
        results, paging = answer.get("results"), answer.get("paging")
        if not isinstance(results, list) or not isinstance(paging, dict):
            raise BadAnswer(f"{address} answered without results and paging.")
        yield from (row for row in results if isinstance(row, dict))
        if page >= int(paging.get("totalPages") or 0):
            return
    raise BadAnswer(f"{address} has more than {MOST_PAGES} pages.")


def _fits(title: str, feed: Feed) -> bool:
    return all(_plain(word) in _plain(title) for word in feed.title_has)


def _described(row: dict[str, Any], feeds: Feeds) -> DataSet:
    latest = row.get("latestVersion")
    if not isinstance(latest, dict) or not row.get("id"):
        raise BadAnswer(f"The data set “{row.get('title')}” has no latest version.")
    version = str(latest.get("version", ""))
    periods = latest.get("timePeriods")
    return DataSet(
        address=f"{feeds.api}/data-sets/{quote(str(row['id']))}/csv?dataSetVersion={quote(version)}",
        title=str(row.get("title")),
        version=version,
        published=str(latest.get("published", ""))[:10],
        year=end_year(str(periods.get("end", ""))) if isinstance(periods, dict) else None,
    )


def end_year(period: str) -> int | None:
    """The year in which a period ends: '2025', '2024/25' and '2024-25' are 2025; None where there is no year."""
    found = re.match(r"(\d{4})(?:[/-](\d{2,4}))?", period)
    if found is None:
        return None
    first, second = found.groups()
    return int(first) if second is None else int(first[: 4 - len(second)] + second)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
