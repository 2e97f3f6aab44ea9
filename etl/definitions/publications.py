"""Who publishes what, under which licence, in which releases, and where the next is looked for."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from etl.definitions.entry import Definition, filled


class Publisher(Definition):
    """Who publishes figures or judgments; ``short_name`` stands in the line under a chart."""

    publisher: str
    short_name: str

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return filled(given, short_name="publisher")


class KnownRelease(Definition):
    """What is known of a release beyond its publication, and is true of no other.

    ``published`` is YYYY, YYYY-MM or ISO. ``original_sha256`` is that of the publisher's file, ``other_sha256`` those of the same
    file with other line ends or as it was offered elsewhere; ``figures_sha256`` is that of our own file of its figures.
    """

    published: str | None = None
    title: str | None = None
    url: str | None = None
    original_sha256: str | None = None
    other_sha256: list[str] = Field(default_factory=list)
    figures_sha256: str | None = None
    coverage: str | None = None
    note: str | None = None

    def is_original(self, sha256: str) -> bool:
        """Whether a file with this hash is known to be the publisher's."""
        return sha256 in (self.original_sha256, *self.other_sha256)


class Publication(Definition):
    """A publication, its licence and the releases this project knows.

    ``figures_of``: another publication whose figures this one gives for its ``country``, whose publisher counts in its own way.
    """

    publication: str
    source_prefix: str
    publisher: str
    title: str
    subject: str
    grain: Literal[
        "figures",
        "breakdowns",
        "percentages",
        "grades",
        "grade_counts",
        "inspections",
        "inspection_grades",
        "recommendations",
        "monitoring_events",
    ]
    licence: str
    url: str
    coverage: str
    done: str
    releases: dict[str, KnownRelease]
    figures_of: str | None = None
    country: Literal["England", "Wales"] | None = None

    def source_id(self, release: str) -> str:
        """Key of a release in table ``source``."""
        return f"{self.source_prefix}-{release}"


class Feed(Definition):
    """Where a publication's releases can be had: a data set of the interface, found by words of titles, or a page to look at.

    A release of figures up to a year comes out in the month ``published_in`` of that year, or ``years_after`` it. Where no month
    is announced, ``no_date`` says why (a clause), and ``newest_published`` (YYYY-MM) when the newest known to us came out.
    """

    publication: str
    publication_title: str = ""
    title_has: list[str] = Field(default_factory=list)
    catalogue_id: str = ""
    look_at: str = ""
    published_in: int | None = Field(default=None, ge=1, le=12)
    years_after: int = Field(default=0, ge=0)
    no_date: str = ""
    newest_published: str = Field(default="", pattern=r"^(\d{4}-\d{2})?$")

    @model_validator(mode="after")
    def _one_way(self) -> Feed:
        if bool(self.look_at) == bool(self.publication_title and self.title_has):
            raise ValueError("give either look_at, or publication_title and title_has")
        if self.look_at and (self.published_in is None) != bool(self.no_date):
            raise ValueError("with look_at give either published_in, or no_date: why no month is known")
        return self
