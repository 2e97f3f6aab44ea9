"""Data sets of explore education statistics: found by titles, never only by a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from etl.definitions import Feed
from etl.fetching.feeds import Feeds
from etl.fetching.http import Client
from etl.problems import BadAnswer

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
    """The data set of a feed: of the interface, else of the data catalogue, by titles; by its number there where no title fits.

    A number stands for one release of a data set, so that what it leads to must have the words of the feed too.

    Raises:
        NoNetwork, BadAnswer: nothing, or more than one, answers to the feed's words; the message lists what there is.
    """
    offered = _only(_offered(client, feeds, feed), feed)
    if offered is not None:
        return _described(offered, feeds)
    listed = _only(_listed(client, feeds, feed), feed)
    if listed is not None:
        return _of_catalogue(listed, listed.get("meta"), listed.get("published"), feeds)
    if feed.catalogue_id:
        return _by_number(client, feeds, feed)
    raise BadAnswer(f"{feed.publication}: “{feed.publication_title}” offers no data set whose title has: {_words(feed)}.")


def _only(rows: Iterable[dict[str, Any]], feed: Feed) -> dict[str, Any] | None:
    found = [row for row in rows if _fits(row, feed)]
    if len(found) > 1:
        titles = "; ".join(str(row.get("title")) for row in found)
        raise BadAnswer(f"{feed.publication}: {len(found)} data sets have the words of release_feeds.yaml: {titles}.")
    return found[0] if found else None


def _offered(client: Client, feeds: Feeds, feed: Feed) -> Iterator[dict[str, Any]]:
    """Data sets that the interface has of the publication."""
    for publication in _pages(client, f"{feeds.api}/publications", {"search": feed.publication_title}):
        if _is_of(publication, feed):
            yield from _pages(client, f"{feeds.api}/publications/{quote(str(publication.get('id')))}/data-sets", {})


def _listed(client: Client, feeds: Feeds, feed: Feed) -> Iterator[dict[str, Any]]:
    """Data sets of the publication's newest release in the catalogue, which has those too that the interface has not."""
    asked = {"searchTerm": " ".join(feed.title_has), "latestOnly": "true"}
    return (row for row in _pages(client, feeds.catalogue_list, asked) if _is_of(row.get("publication"), feed))


def _by_number(client: Client, feeds: Feeds, feed: Feed) -> DataSet:
    found = client.json(f"{feeds.catalogue_list}/{quote(feed.catalogue_id)}")
    release, file = (part if isinstance(part, dict) else {} for part in (found.get("release"), found.get("file")))
    if not (_fits(found, feed) and _is_of(release.get("publication"), feed)):
        title = found.get("title")
        raise BadAnswer(
            f"{feed.publication}: the catalogue's number {feed.catalogue_id} is “{title}”, whose title has not: {_words(feed)}."
        )
    return _of_catalogue({**found, "id": feed.catalogue_id}, file.get("meta"), release.get("published"), feeds)


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


def _fits(row: dict[str, Any], feed: Feed) -> bool:
    return all(_plain(word) in _plain(str(row.get("title", ""))) for word in feed.title_has)


def _is_of(publication: object, feed: Feed) -> bool:
    return isinstance(publication, dict) and _plain(str(publication.get("title", ""))) == _plain(feed.publication_title)


def _words(feed: Feed) -> str:
    return ", ".join(feed.title_has)


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


def _of_catalogue(row: dict[str, Any], meta: object, published: object, feeds: Feeds) -> DataSet:
    """A data set of the catalogue, which counts no versions."""
    periods = meta.get("timePeriodRange") if isinstance(meta, dict) else None
    return DataSet(
        address=f"{feeds.catalogue}/{quote(str(row.get('id')))}/csv",
        title=str(row.get("title")),
        published=str(published or "")[:10],
        year=end_year(str(periods.get("to", ""))) if isinstance(periods, dict) else None,
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
