"""What an entry of ``data/reference`` must be: one class a kind of definition."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from vocabulary import AreaLevel, BreakKind

# Words with one place for a figure.
Clause = Annotated[str, Field(pattern=r"^[^{}]*\{figure\}[^{}]*$")]


class Definition(BaseModel):
    """A frozen entry of a reference file; an unknown or missing key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _filled(given: Any, **names: str) -> Any:
    """An entry with each name that it leaves out taken from another of its keys."""
    if not isinstance(given, dict):
        return given
    return {**given, **{key: given.get(key) or given.get(name) for key, name in names.items()}}


class Force(Definition):
    """A territorial police force with its place on the tile map; ``unranked_because`` keeps it out of ranks and ranges.

    ``label`` names it in charts and tables beside regions, ``in_text`` its area and ``organisation_in_text`` itself within a
    sentence; each is the plain name where the file says nothing else.
    """

    force_code: str = Field(pattern=r"^[EW]\d{8}$")
    force_name: str
    organisation_name: str
    label: str
    in_text: str
    organisation_in_text: str
    short_code: str = Field(min_length=3, max_length=3)
    region: str
    country: Literal["England", "Wales"]
    tile_column: int = Field(ge=0)
    tile_row: int = Field(ge=0)
    unranked_because: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return _filled(given, label="force_name", in_text="force_name", organisation_in_text="organisation_name")


class Authority(Definition):
    """An upper-tier authority and the force it lies in."""

    la_code: str = Field(pattern=r"^E\d{8}$")
    la_name: str
    force_code: str


class Area(Definition):
    """A region or country; ``label`` and ``in_text`` as for a force."""

    area_code: str
    area_name: str
    area_level: AreaLevel
    label: str
    in_text: str

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return _filled(given, label="area_name", in_text="area_name")

    @field_validator("area_level")
    @classmethod
    def _wider_than_a_force(cls, level: AreaLevel) -> AreaLevel:
        if level not in (AreaLevel.REGION, AreaLevel.COUNTRY):
            raise ValueError("an area of this file is a region or a country")
        return level


class Subregion(Definition):
    """Part of a region that is published as an area of its own, and its authorities."""

    area_code: str
    source: str
    authorities: list[str]


class PublishedName(Definition):
    """A name as a publisher writes it, and the force it means, or the forces joined by ``JOINT``."""

    published_name: str
    force_code: str
    note: str | None = None


class Publisher(Definition):
    """Who publishes figures or judgments; ``short_name`` stands in the line under a chart."""

    publisher: str
    short_name: str

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return _filled(given, short_name="publisher")


class KnownRelease(Definition):
    """What is known of a release beyond its publication, and is true of no other.

    ``published`` is YYYY, YYYY-MM or ISO. ``original_sha256`` is that of the publisher's file, ``other_sha256`` those of the same
    file with other line ends or as it was offered elsewhere; ``figures_sha256`` is that of our own file of its figures.
    """

    published: str | None = None
    title: str | None = None
    url: str | None = None
    original_sha256: str | None = None
    other_sha256: list[str] = []
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


class FigureStatus(Definition):
    """Why a figure has a value or none; ``hidden`` makes a sum without it a lower bound."""

    status: str
    label: str
    symbol: str
    hidden: bool
    meaning: str


class GradeStatus(Definition):
    """Why a grade is there or not."""

    status: str
    label: str
    symbol: str
    meaning: str


class Figure(Definition):
    """A base figure: what is counted.

    ``independent`` says that the count may carry an interval; ``at_most`` names figures it cannot exceed; ``superseded`` that
    other headings took its place, so that its zeros are data, whatever it was before.
    """

    figure_id: str
    publication: str
    label: str
    independent: bool
    at_most: list[str] = []
    superseded: bool = False


class Measure(Definition):
    """A measure: numerator ÷ denominator × multiplier, or a bare count; what is said of it, and its place where few are shown.

    ``wider``: of the wider picture of child protection, told in full and never among the few findings that open a page.
    """

    measure_id: str
    title: str
    short_title: str
    topic: str
    kind: Literal["count", "rate", "proportion", "ratio"]
    numerator: str
    denominator: str | None = None
    multiplier: int | None = None
    unit: str
    decimals: int
    definition: str
    caveats: str
    coverage: str
    polarity: Literal["higher_is_better", "lower_is_better", "none"] = "none"
    clause: Clause | None = None
    short_clause: Clause | None = None
    noun: str | None = None
    short_noun: str | None = None
    headline: int | None = Field(default=None, ge=1)
    force_series: int | None = Field(default=None, ge=1)
    wider: bool = False

    @model_validator(mode="after")
    def _count_or_quotient(self) -> Measure:
        if (self.kind == "count") != (self.denominator is None and self.multiplier is None):
            raise ValueError("a count has no denominator and no multiplier; every other kind has both")
        return self


class Percentage(Definition):
    """A percentage that a publisher gives for authorities without the numbers behind it; ``no_force`` says what follows.

    ``figure_id``: the figure of another publication that counts the same, where there is one.
    """

    percentage_id: str
    publication: str
    figure_id: str | None = None
    title: str
    short_title: str
    decimals: int
    definition: str
    no_force: str


class Question(Definition):
    """What the inspectorate grades, and in which cycles it asks."""

    question: str
    level: Literal["pillar", "area"]
    short_title: str
    cycles: list[str]
    definition: str


class Grade(Definition):
    """A grade with its place on the scale, best first."""

    grade: str
    order: int
    letter: str


class Cycle(Definition):
    """An inspection cycle. Dates are as precise as known."""

    cycle: str
    position: int
    level: Literal["pillar", "area"]
    tiers: int
    scale: str
    first_published: str | None
    last_published: str | None
    comparable_with_previous: bool | None
    source_url: str


class SeriesBreak(Definition):
    """Where a series changes meaning (break, not_comparable) or a figure is doubtful."""

    series: str
    kind: BreakKind
    starts: date | None = Field(default=None, alias="from")
    cycle: str | None = None
    area: str | None = None
    reason: str
    source: str


class DoubtfulZero(Definition):
    """Zeros of an authority that are known not to be counts; ``reason`` is a sentence, ``years`` end in March."""

    area: str
    figures: list[str]
    years: list[int]
    reason: str
    source: str


class Method(Definition):
    """How figures are made comparable: for the reader, for the statistician, and where it comes from."""

    title: str
    plain: str
    detail: str
    literature: str


class KnownGrades(Definition):
    """How many forces got a grade, as announced."""

    cycle: str
    question: str
    grade: str
    forces: int


class KnownFigure(Definition):
    """A figure as a release gives it (or its sum for a force)."""

    figure_id: str
    release: str
    area_code: str
    year: int
    value: int


class KnownDoubtfulZeros(Definition):
    """How many zeros of a release's year are doubtful, as last reviewed."""

    publication: str
    release: str
    year: int
    zeros: int


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
