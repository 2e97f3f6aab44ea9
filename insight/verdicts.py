"""How the stored verdict is shown: one word on every output, with the level that an unusual figure reaches."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import pandas as pd

from insight.format import is_missing
from insight.records import records
from insight.statistics import Level, Trend, Verdict, has_intervals


class Side(Enum):
    """On which side of the average a verdict lies."""

    HIGHER = "higher"
    LOWER = "lower"
    BETTER = "better"
    WORSE = "worse"
    AVERAGE = "about average"
    USUAL = "within the usual range"
    NONE = "not compared"


SIDES = {
    Verdict.UNUSUALLY_HIGH: Side.HIGHER,
    Verdict.ABOVE_AVERAGE: Side.HIGHER,
    Verdict.UNUSUALLY_LOW: Side.LOWER,
    Verdict.BELOW_AVERAGE: Side.LOWER,
    Verdict.UNUSUALLY_BETTER: Side.BETTER,
    Verdict.BETTER_THAN_AVERAGE: Side.BETTER,
    Verdict.UNUSUALLY_WORSE: Side.WORSE,
    Verdict.WORSE_THAN_AVERAGE: Side.WORSE,
    Verdict.ABOUT_AVERAGE: Side.AVERAGE,
    Verdict.WITHIN_USUAL_RANGE: Side.USUAL,
    Verdict.NOT_COMPARED: Side.NONE,
    Verdict.TOO_FEW: Side.NONE,
}
# The key of the one scale of words, for under a chart: each word and what it says. Methods explains it.
KEY = (
    ("Unusually high or low", "outside the range that allows for how widely forces differ; darker where it is further outside"),
    ("Above or below average", "inside that range, but the 95% interval does not include the average"),
    (
        str(Verdict.ABOUT_AVERAGE),
        "the 95% interval includes the average; “within the usual range” for incidents, which have no interval",
    ),
    (
        str(Verdict.NOT_COMPARED),
        "the figure is incomplete or is a count, or too few forces have one; the City of London has too few children",
    ),
)
KEY_LINES = tuple(f"{word}: {meaning}." for word, meaning in KEY)
ROSE: dict[str, str] = {Trend.INCREASING: "rose", Trend.DECREASING: "fell"}  # a trend or change in a sentence
NOT_TESTED = "Not tested"
_BARE = "count"  # the kind of measure whose figures are bare numbers, which are compared with nothing


def has_verdicts(measure: Mapping[str, Any]) -> bool:
    """Whether areas are compared on a measure at all: not on a bare number."""
    return str(measure["kind"]) != _BARE


def is_tested(measure: Mapping[str, Any]) -> bool:
    """Whether figures of a measure have intervals, and so ranks and trends: shares and rates of separate children or cases.

    Args:
        measure: ``kind`` and ``independent``.
    """
    return has_intervals(str(measure["kind"]), bool(measure["independent"]))


def moved_word(stored: Any, measure: Mapping[str, Any]) -> str:
    """A trend or a change as it is shown: the stored word, or that figures of the measure are not tested.

    Args:
        stored: a ``Trend`` or a change.
        measure: ``kind`` and ``independent``.
    """
    return str(stored) if is_tested(measure) else NOT_TESTED


def with_level(verdict: str, level: Any) -> str:
    """'Unusually high (99.8%)': a verdict as it is shown, with the level that it carries where it has one."""
    return verdict if is_missing(level) else f"{verdict} ({Level(level)})"


def shown_verdict(row: Mapping[str, Any]) -> str:
    """The verdict of an indicator row as it is shown; "Not compared" for an area that the measure does not cover."""
    return str(Verdict.NOT_COMPARED) if is_missing(row["verdict"]) else with_level(str(row["verdict"]), row.get("verdict_level"))


def shown_trend(row: Mapping[str, Any]) -> Any:
    """The trend of an indicator row as it is shown: none that rests on the few children of a force that is never compared."""
    return str(Verdict.TOO_FEW) if str(row["verdict"]) == Verdict.TOO_FEW else row["recent_trend"]


def shown_change(row: Mapping[str, Any]) -> Any:
    """The change of an indicator row since the year before as it is shown, by the same rule as its trend."""
    return str(Verdict.TOO_FEW) if str(row["verdict"]) == Verdict.TOO_FEW else row["change_from_previous"]


def with_shown_verdicts(frame: pd.DataFrame) -> pd.DataFrame:
    """Indicator rows with verdict (in place of word and level) and trend, where they have one, as charts show them."""
    rows = records(frame)
    shown = frame.assign(verdict=[shown_verdict(row) for row in rows])
    return shown.assign(recent_trend=[shown_trend(row) for row in rows]) if "recent_trend" in frame else shown


def side_of(row: Mapping[str, Any]) -> Side:
    """On which side of the average an indicator row lies, whatever its level."""
    return Side.NONE if is_missing(row["verdict"]) else SIDES[Verdict(row["verdict"])]


def is_compared(row: Mapping[str, Any]) -> bool:
    """Whether an indicator row has a verdict that says anything."""
    return side_of(row) is not Side.NONE
