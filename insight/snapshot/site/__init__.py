"""What each page of the public site says: frames of the book in, pages out; no HTML is made here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from insight.snapshot.render import Chart


@dataclass(frozen=True)
class Page:
    """A page before it is rendered.

    ``path`` is relative to the snapshot; ``description`` is for search engines.
    """

    path: str
    template: str
    title: str
    description: str
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def charts(self) -> list[Chart]:
        """Its charts, which are drawn before any page is rendered."""
        return list(charts_in(self.context))

    @property
    def root(self) -> str:
        """The way from the page to the snapshot's top."""
        return "../" * self.path.count("/")


def charts_in(value: Any) -> Iterator[Chart]:
    """Every chart in a context, however deep."""
    if isinstance(value, Chart):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from charts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from charts_in(inner)
