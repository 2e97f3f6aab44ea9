"""How measures and differences are said in a sentence: measures in the words of `data/reference/measures.yaml`, else by title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.format import amount_of, is_missing, noun_of, number
from insight.statistics import Comparison, Verdict, VerdictBasis
from insight.verdicts import has_verdicts

ABOUT = "about the average"
# How a figure is to the average of forces: {average} is the figure, {of} who is in it ("forces", "36 forces").
STANDING = {
    Verdict.UNUSUALLY_HIGH: "unusually high among {of} (average {average})",
    Verdict.UNUSUALLY_LOW: "unusually low among {of} (average {average})",
    Verdict.UNUSUALLY_BETTER: "unusually good among {of} (average {average})",
    Verdict.UNUSUALLY_WORSE: "unusually poor among {of} (average {average})",
    Verdict.ABOVE_AVERAGE: "above the average of {of} ({average})",
    Verdict.BELOW_AVERAGE: "below the average of {of} ({average})",
    Verdict.BETTER_THAN_AVERAGE: "better than the average of {of} ({average})",
    Verdict.WORSE_THAN_AVERAGE: "worse than the average of {of} ({average})",
    Verdict.ABOUT_AVERAGE: f"{ABOUT} of {{of}} ({{average}})",
    Verdict.WITHIN_USUAL_RANGE: "within the usual range of {of} (average {average})",
}
OFF_AVERAGE = (Verdict.ABOVE_AVERAGE, Verdict.BELOW_AVERAGE, Verdict.BETTER_THAN_AVERAGE, Verdict.WORSE_THAN_AVERAGE)
NO_STANDING = {Verdict.NOT_COMPARED: "not compared", Verdict.TOO_FEW: "too few children to compare"}
NO_VERDICT = {Verdict.NOT_COMPARED: "it is not compared", Verdict.TOO_FEW: "there are too few children to compare"}
TO_REGION: dict[str, str] = {
    Comparison.HIGHER: "above", Comparison.LOWER: "below", Comparison.BETTER: "better than", Comparison.WORSE: "worse than",
    Comparison.SIMILAR: f"{ABOUT} of",
}  # fmt: skip
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
    return f"{noun_of(row)} was {figure}" + ("" if not has_verdicts(row) else unit[1:] if unit.startswith("%") else f" {unit}")


def short_said(row: Mapping[str, Any], figure: str) -> str:
    """The clause of a headline."""
    return said(row, figure) if is_missing(row["short_clause"]) else str(row["short_clause"]).format(figure=figure)


def short_noun(row: Mapping[str, Any]) -> str:
    """The measure as a noun for a headline."""
    return noun_of(row) if is_missing(row["short_noun"]) else str(row["short_noun"])


def rate_of(row: Mapping[str, Any]) -> str:
    """' per 10,000 children', after the figure of a rate whose noun in a headline does not say of how many; else nothing."""
    unit = str(row["unit"])
    return f" {unit.replace('resident ', '')}" if unit.startswith("per ") and " per " not in short_noun(row) else ""


def against_average(row: Mapping[str, Any], of: str = "forces") -> str:
    """'above the average of forces (3.3%)', 'unusually low among forces (average 6.5)', or that there is no verdict.

    Args:
        row: an indicator row.
        of: who is in the average.
    """
    verdict = Verdict(row["verdict"])
    if verdict in NO_STANDING:
        return NO_STANDING[verdict]
    average = amount_of(row["average"], row)
    return STANDING[verdict].format(of=of, average=average)


def within_limits(row: Mapping[str, Any]) -> str:
    """' but within the usual range', of a figure off the average that is not unusual."""
    return " but within the usual range" if Verdict(row["verdict"]) in OFF_AVERAGE else ""


def against_region(row: Mapping[str, Any]) -> str:
    """'above the South West (10.8%)', 'about the average of …'; nothing for a force that is not compared with its region."""
    word = TO_REGION.get(Comparison(row["compared_with_region"]).plain)
    if word is None:
        return ""
    value = amount_of(row["region_value"], row)
    return f"{word} {row['region_in_text']} ({value})"


def without_region(row: Mapping[str, Any]) -> str:
    """Why a force is not compared with its region, where that is for a doubtful figure in the region's; else nothing."""
    counts = {
        VerdictBasis.DOUBTFUL_ZERO: "a council’s 0 that is doubtful",
        VerdictBasis.DOUBTFUL_FIGURE: "a force’s figure that is doubtful",
    }.get(row["region_verdict_basis"])
    return f" It is not compared with {row['region_in_text']}, whose figure counts {counts}." if counts else ""


def difference(change: float, decimals: int, unit: str) -> str:
    """A difference in its unit: of shares in percentage points, of rates without it, for the noun of a rate names it."""
    amount = number(abs(change), decimals)
    if unit.startswith("%"):
        return f"{amount} percentage {'point' if amount in ('1', '1.0') else 'points'}"
    return amount if unit.startswith("per ") else f"{amount} {unit}"


def lockdown(*rows: Mapping[str, Any]) -> str:
    """What is to be known beside a figure of the year ending March 2021; nothing for other years."""
    return LOCKDOWN if any(row["period_end"].year == LOCKDOWN_YEAR for row in rows) else ""
