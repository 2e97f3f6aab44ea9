"""Figures and measures, their breaks and doubtful zeros, and the totals that a build is held to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from etl.definitions.entry import Definition
from vocabulary import BreakKind

# Words with one place for a figure.
Clause = Annotated[str, Field(pattern=r"^[^{}]*\{figure\}[^{}]*$")]


class FigureStatus(Definition):
    """Why a figure has a value or none; ``hidden`` makes a sum without it a lower bound."""

    status: str
    label: str
    symbol: str
    hidden: bool
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
    at_most: list[str] = Field(default_factory=list)
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

    ``figure_id``: the figure of another publication that counts the same, where there is one. ``part_of``: the figure of another
    publication that it is a share of, by which a 0% is found doubtful.
    """

    percentage_id: str
    publication: str
    figure_id: str | None = None
    part_of: str | None = None
    title: str
    short_title: str
    decimals: int
    definition: str
    no_force: str


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
