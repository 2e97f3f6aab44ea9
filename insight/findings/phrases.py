"""How measures and differences are said in a sentence: measures in the words of `data/reference/measures.yaml`, else by title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.format import is_missing, number
from insight.statistics import Comparison, Verdict
from insight.verdicts import Side, side_of

# What follows "which is" and precedes "the average of forces".
STANDING = {
    Verdict.UNUSUALLY_HIGH: "unusually high beside",
    Verdict.UNUSUALLY_LOW: "unusually low beside",
    Verdict.UNUSUALLY_BETTER: "unusually good beside",
    Verdict.UNUSUALLY_WORSE: "unusually poor beside",
    Verdict.ABOVE_AVERAGE: "above",
    Verdict.BELOW_AVERAGE: "below",
    Verdict.BETTER_THAN_AVERAGE: "better than",
    Verdict.WORSE_THAN_AVERAGE: "worse than",
    Verdict.ABOUT_AVERAGE: "about",
    Verdict.WITHIN_USUAL_RANGE: "within the usual range around",
}
NO_STANDING = {Verdict.NOT_COMPARED: "not compared", Verdict.TOO_FEW: "too few children to compare"}
NO_VERDICT = {Verdict.NOT_COMPARED: "it is not compared", Verdict.TOO_FEW: "there are too few children to compare"}
LOCKDOWN_YEAR = 2021
LOCKDOWN = " The year ending March 2021 includes national lockdowns."


def said(row: Mapping[str, Any], figure: str) -> str:
    """The clause that states a measure's figure; it follows "In Wiltshire,".

    Args:
        row: a row with what table measure says of it.
        figure: the value with its sign and 'at least'.
    """
    if not is_missing(row["clause"]):
        return str(row["clause"]).format(figure=figure)
    unit = str(row["unit"])
    return f"the figure “{row['title']}” was {figure}{unit[1:] if unit.startswith('%') else f' {unit}'}"


def short_said(row: Mapping[str, Any], figure: str) -> str:
    """The clause of a headline."""
    return said(row, figure) if is_missing(row["short_clause"]) else str(row["short_clause"]).format(figure=figure)


def noun(row: Mapping[str, Any]) -> str:
    """The measure as a singular noun."""
    return f"the figure “{row['title']}”" if is_missing(row["noun"]) else str(row["noun"])


def short_noun(row: Mapping[str, Any]) -> str:
    """The measure as a noun for a headline."""
    return noun(row) if is_missing(row["short_noun"]) else str(row["short_noun"])


def compared_words(row: Mapping[str, Any], average: str) -> str:
    """'above the average of forces (3.3%)', or that there is no verdict.

    Args:
        row: an indicator row.
        average: what the figure is compared with, in words.
    """
    verdict = Verdict(row["verdict"])
    return NO_STANDING[verdict] if verdict in NO_STANDING else f"{STANDING[verdict]} {average}"


def limits_words(row: Mapping[str, Any]) -> str:
    """Where a figure lies to the adjusted limits, where that says more than its verdict."""
    if not is_missing(row["verdict_level"]):
        return f", beyond the {row['verdict_level']} limits adjusted for overdispersion"
    off_average = side_of(row) in (Side.HIGHER, Side.LOWER, Side.BETTER, Side.WORSE)
    return ", but within the limits adjusted for overdispersion" if off_average else ""


def level_of(word: Comparison) -> str:
    """', at the 99.8% level' for a comparison that carries its level, else nothing."""
    return f", at the {word.level} level" if word.level else ""


def difference(change: float, decimals: int, unit: str) -> str:
    """A difference in its unit: of shares in percentage points, of rates in what they are a rate of."""
    amount = number(abs(change), decimals)
    if unit.startswith("%"):
        return f"{amount} percentage {'point' if amount in ('1', '1.0') else 'points'}"
    return f"{amount} {unit}"


def lockdown(*rows: Mapping[str, Any]) -> str:
    """What is to be known beside a figure of the year ending March 2021; nothing for other years."""
    return LOCKDOWN if any(row["period_end"].year == LOCKDOWN_YEAR for row in rows) else ""


def upper_first(text: str) -> str:
    """A sentence begins with a capital."""
    return text[:1].upper() + text[1:]


def with_interval(row: Mapping[str, Any], decimals: int, unit: str) -> str:
    """'95% interval 10.8% to 14.8%'."""
    sign = "%" if unit.startswith("%") else ""
    return f"95% interval {number(row['lower_95'], decimals)}{sign} to {number(row['upper_95'], decimals)}{sign}"
