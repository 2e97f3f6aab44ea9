"""What an entry of ``data/reference`` must be: one class a kind of definition."""

from etl.definitions.areas import Area, Authority, Force, PublishedName, Subregion
from etl.definitions.entry import Definition
from etl.definitions.figures import (
    DoubtfulZero,
    Figure,
    FigureStatus,
    KnownDoubtfulZeros,
    KnownFigure,
    Measure,
    Method,
    Percentage,
    SeriesBreak,
)
from etl.definitions.judgements import Cycle, Grade, GradeStatus, KnownGrades, Question
from etl.definitions.publications import Feed, KnownRelease, Publication, Publisher

__all__ = [
    "Area",
    "Authority",
    "Cycle",
    "Definition",
    "DoubtfulZero",
    "Feed",
    "Figure",
    "FigureStatus",
    "Force",
    "Grade",
    "GradeStatus",
    "KnownDoubtfulZeros",
    "KnownFigure",
    "KnownGrades",
    "KnownRelease",
    "Measure",
    "Method",
    "Percentage",
    "Publication",
    "PublishedName",
    "Publisher",
    "Question",
    "SeriesBreak",
    "Subregion",
]
