"""What the inspectorate grades, on which scale and in which cycles, and the totals that a build is held to."""

from __future__ import annotations

from typing import Literal

from etl.definitions.entry import Definition


class GradeStatus(Definition):
    """Why a grade is there or not."""

    status: str
    label: str
    symbol: str
    meaning: str


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


class KnownGrades(Definition):
    """How many forces got a grade, as announced."""

    cycle: str
    question: str
    grade: str
    forces: int
