"""How areas, measures and differences are said in a sentence. A measure that has no phrase here gets one from its title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.format import is_missing, number
from insight.statistics import Comparison, Verdict
from insight.verdicts import Side, side_of

# {figure} is the value with its sign and 'at least'; the phrase is what follows "In Wiltshire, … in the year ending March 2024".
SAID = {
    "children_missing_percent": "{figure} of looked-after children went missing",
    "missing_more_than_once_percent": "{figure} of the looked-after children who went missing did so more than once",
    "incidents_per_missing_child": "there were {figure} missing incidents for each child who went missing",
    "missing_incidents_per_1000": "there were {figure} missing incidents per 1,000 looked-after children",
    "children_missing_per_10000": "{figure} looked-after children per 10,000 resident children went missing",
    "children_away_percent": "{figure} of looked-after children were away without authorisation",
    "police_missing_per_10000": "{figure} children per 10,000 resident children were reported missing to the police",
    "going_missing_per_10000": "{figure} assessments per 10,000 resident children named going missing as a factor",
    "child_sexual_exploitation_per_10000": (
        "{figure} assessments per 10,000 resident children named child sexual exploitation as a factor"
    ),
    "child_criminal_exploitation_per_10000": (
        "{figure} assessments per 10,000 resident children named child criminal exploitation as a factor"
    ),
    "going_missing_percent": "{figure} of assessments with factors named going missing",
    "child_sexual_exploitation_percent": "{figure} of assessments with factors named child sexual exploitation",
    "child_criminal_exploitation_percent": "{figure} of assessments with factors named child criminal exploitation",
}

# The same, shorter, for headlines; a measure that is not here is said as above.
SHORT_SAID = {
    "missing_more_than_once_percent": "{figure} of missing looked-after children went missing more than once",
    "incidents_per_missing_child": "there were {figure} missing incidents per missing child",
    "going_missing_per_10000": "{figure} assessments per 10,000 children named going missing",
    "child_sexual_exploitation_per_10000": "{figure} assessments per 10,000 children named child sexual exploitation",
    "child_criminal_exploitation_per_10000": "{figure} assessments per 10,000 children named child criminal exploitation",
    "going_missing_percent": "{figure} of assessments named going missing",
    "child_sexual_exploitation_percent": "{figure} of assessments named child sexual exploitation",
    "child_criminal_exploitation_percent": "{figure} of assessments named child criminal exploitation",
    "children_missing_per_10000": "{figure} looked-after children per 10,000 residents went missing",
    "police_missing_per_10000": "{figure} children per 10,000 were reported missing to the police",
}

# A singular noun: "In Wiltshire, the share of … rose".
NOUNS = {
    "children_missing_percent": "the share of looked-after children who went missing",
    "missing_more_than_once_percent": "the share of missing children who went missing more than once",
    "incidents_per_missing_child": "the number of missing incidents for each child who went missing",
    "missing_incidents_per_1000": "the rate of missing incidents per 1,000 looked-after children",
    "children_missing_per_10000": "the rate of looked-after children who went missing per 10,000 resident children",
    "children_away_percent": "the share of looked-after children away without authorisation",
    "police_missing_per_10000": "the rate of children reported missing to the police per 10,000 resident children",
    "going_missing_per_10000": "the rate of assessments that name going missing per 10,000 resident children",
    "child_sexual_exploitation_per_10000": (
        "the rate of assessments that name child sexual exploitation per 10,000 resident children"
    ),
    "child_criminal_exploitation_per_10000": (
        "the rate of assessments that name child criminal exploitation per 10,000 resident children"
    ),
    "going_missing_percent": "the share of assessments that name going missing",
    "child_sexual_exploitation_percent": "the share of assessments that name child sexual exploitation",
    "child_criminal_exploitation_percent": "the share of assessments that name child criminal exploitation",
    "missing_incidents_number": "the number of missing incidents of looked-after children",
    "children_missing_number": "the number of looked-after children who went missing",
}

# The same, shorter, for headlines.
SHORT_NOUNS = {
    "children_missing_percent": "the share of looked-after children missing",
    "missing_more_than_once_percent": "the share of missing children missing again",
    "incidents_per_missing_child": "missing incidents per missing child",
    "missing_incidents_per_1000": "missing incidents per 1,000 looked-after children",
    "children_missing_per_10000": "the rate of looked-after children missing",
    "children_away_percent": "the share away without authorisation",
    "police_missing_per_10000": "the rate of children reported missing to the police",
    "going_missing_per_10000": "the rate of assessments naming going missing",
    "child_sexual_exploitation_per_10000": "the rate of assessments naming child sexual exploitation",
    "child_criminal_exploitation_per_10000": "the rate of assessments naming child criminal exploitation",
    "going_missing_percent": "the share of assessments naming going missing",
    "child_sexual_exploitation_percent": "the share of assessments naming child sexual exploitation",
    "child_criminal_exploitation_percent": "the share of assessments naming child criminal exploitation",
    "missing_incidents_number": "the number of missing incidents",
    "children_missing_number": "the number of looked-after children missing",
}

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
    """The clause that states a measure's figure."""
    phrase = SAID.get(str(row["measure_id"]))
    if phrase:
        return phrase.format(figure=figure)
    unit = str(row["unit"])
    return f"the figure “{row['title']}” was {figure}{unit[1:] if unit.startswith('%') else f' {unit}'}"


def short_said(row: Mapping[str, Any], figure: str) -> str:
    """The clause of a headline."""
    phrase = SHORT_SAID.get(str(row["measure_id"]))
    return phrase.format(figure=figure) if phrase else said(row, figure)


def noun(row: Mapping[str, Any]) -> str:
    """The measure as a singular noun."""
    return NOUNS.get(str(row["measure_id"]), f"the figure “{row['title']}”")


def short_noun(row: Mapping[str, Any]) -> str:
    """The measure as a noun for a headline."""
    return SHORT_NOUNS.get(str(row["measure_id"]), noun(row))


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
