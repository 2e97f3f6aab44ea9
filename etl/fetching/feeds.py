"""Where releases can be had: ``data/reference/release_feeds.yaml``, read and checked."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError, model_validator

from etl.definitions import Definition, Feed
from etl.paths import DataFolder
from etl.problems import refuse
from etl.reference_keys import FEEDS as FILE

LOOPBACK = ("127.0.0.1", "localhost")


class Feeds(Definition):
    """All of them, with the addresses of explore education statistics: its interface, its catalogue's files and their list."""

    api: str
    catalogue: str
    catalogue_list: str
    feeds: list[Feed]

    @model_validator(mode="after")
    def _encrypted(self) -> Feeds:
        for address in self._addresses:
            parts = urlsplit(address)
            if parts.scheme != "https" and parts.hostname not in LOOPBACK:
                raise ValueError(f"{address} is not HTTPS")
        return self

    @property
    def _addresses(self) -> tuple[str, str, str]:
        return self.api, self.catalogue, self.catalogue_list

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Hosts, with their ports where one is named, that may be asked."""
        return frozenset(urlsplit(address).netloc for address in self._addresses)


def load_feeds(folder: DataFolder) -> Feeds:
    """The feeds of a data folder.

    Raises:
        Refused: the file is missing or cannot be read. What it names is held by ``load_reference``.
    """
    path = folder.reference / FILE
    mend = "Compare it with data/reference/release_feeds.yaml of the project."
    try:
        return Feeds.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise refuse(path, f"It cannot be read: {error}", mend) from error
