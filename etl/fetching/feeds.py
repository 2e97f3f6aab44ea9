"""Where releases can be had: ``data/reference/release_feeds.yaml``, read and checked."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urlsplit

import yaml
from pydantic import Field, ValidationError, model_validator

from etl.definitions import Definition
from etl.paths import DataFolder
from etl.problems import refuse
from etl.reference import Reference

FILE = "release_feeds.yaml"
LOOPBACK = ("127.0.0.1", "localhost")


class Feed(Definition):
    """One publication: a data set of the interface, found by words of titles, or a page for a person to look at."""

    publication: str
    publication_title: str = ""
    title_has: list[str] = Field(default_factory=list)
    catalogue_id: str = ""
    look_at: str = ""
    published_in: int | None = Field(default=None, ge=1, le=12)

    @model_validator(mode="after")
    def _one_way(self) -> Feed:
        if bool(self.look_at) == bool(self.publication_title and self.title_has):
            raise ValueError("give either look_at, or publication_title and title_has")
        return self


class Feeds(Definition):
    """All of them, with the two addresses of explore education statistics."""

    api: str
    catalogue: str
    feeds: list[Feed]

    @model_validator(mode="after")
    def _encrypted(self) -> Feeds:
        for address in (self.api, self.catalogue):
            parts = urlsplit(address)
            if parts.scheme != "https" and parts.hostname not in LOOPBACK:
                raise ValueError(f"{address} is not HTTPS")
        return self

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Hosts, with their ports where one is named, that may be asked."""
        return frozenset(urlsplit(address).netloc for address in (self.api, self.catalogue))


def load_feeds(folder: DataFolder, reference: Reference) -> Feeds:
    """The feeds of a data folder.

    Raises:
        Refused: the file is missing, cannot be read, or names a publication that there is not.
    """
    path = folder.reference / FILE
    mend = "Compare it with data/reference/release_feeds.yaml of the project."
    try:
        feeds = Feeds.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise refuse(path, f"It cannot be read: {error}", mend) from error
    for feed in feeds.feeds:
        if feed.publication not in reference.publications:
            raise refuse(path, f"There is no publication {feed.publication!r}.", mend)
    return feeds
