"""How numbers, years and dates are written: the same words on screen, in downloads, in sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from insight.records import records
from vocabulary import Basis, Revision

DOUBT_MARK, PROVISIONAL_MARK = "†", " [p]"
AT_LEAST, AT_LEAST_SIGN = "at least", "≥"
SMALL_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NO_BOUND = "hidden in part"  # "at least 0.0%" would say nothing
WHY_A_MINIMUM = "a part is suppressed or missing"  # a figure keeps how many parts it lacks, not why it lacks each


@dataclass(frozen=True)
class Word:
    """How a status is written: `label` in a legend, `symbol` in a cell."""

    label: str
    symbol: str


Words = Mapping[str, Word]


def words_from(frame: pd.DataFrame) -> dict[str, Word]:
    """Words by status, from a frame with columns status, label, symbol (tables figure_status and grade_status)."""
    return {row["status"]: Word(row["label"], row["symbol"]) for row in records(frame)}


def slug(name: str) -> str:
    """A name as it stands in an address: 'Avon and Somerset' is ``avon-and-somerset``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", "and")).strip("-")


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands separators."""
    return f"{value:,.{decimals}f}"


def short_value(value: float, decimals: int, unit: str) -> str:
    """A value with no more of its unit than the per cent sign."""
    return number(value, decimals) + ("%" if unit.startswith("%") else "")


def year_ending(period_end: Any) -> str:
    """'year ending March 2024' for the last day of a period."""
    return f"year ending {pd.Timestamp(period_end):%B %Y}"


def years_to(ends: pd.Series) -> str:
    """'years to March 2018 to 2024', 'year to March 2025' of a single one; nothing for no last day of a period."""
    if ends.empty:
        return ""
    first, last = ends.min(), ends.max()
    return f"year to {last:%B %Y}" if first == last else f"years to {first:%B %Y} to {last:%Y}"


def is_missing(value: Any) -> bool:
    """None, NaN, NaT and NA; zero is a value."""
    return value is None or value is pd.NA or bool(value != value)


def is_lower_bound(row: Mapping[str, Any]) -> bool:
    """Whether a figure is a sum with hidden parts, so that the true one is at least as high.

    A region or country pooled over forces is no bound: there the hidden ones are left out above and below the line.
    """
    hidden = row["hidden_parts"]
    return not is_missing(row["value"]) and not is_missing(hidden) and int(hidden) > 0 and row.get("basis") != Basis.POOLED


def reason_to_doubt(row: Mapping[str, Any]) -> str:
    """Why a figure is flagged as doubtful, or nothing."""
    reason = row.get("doubtful")
    return "" if is_missing(reason) else str(reason)


def is_doubtful_zero(row: Mapping[str, Any]) -> bool:
    """Whether a figure is a 0 that cannot be a count: a bound that says nothing, shown as published with its mark."""
    return not is_missing(row["value"]) and float(row["value"]) == 0 and bool(reason_to_doubt(row))


def why_partial(row: Mapping[str, Any]) -> str:
    """Why a force's figure is a lower bound, and which doubtful 0 counts as missing."""
    doubtful = row.get("doubtful_parts")
    return WHY_A_MINIMUM if is_missing(doubtful) else f"{WHY_A_MINIMUM}. {str(doubtful).rstrip('.')}"


@dataclass(frozen=True)
class FigureFormat:
    """How the figures of one measure are written: its unit, its decimals and the words of its statuses.

    Rows have value, status, hidden_parts and, where there are, basis, doubtful (why a figure is), lower_95 and upper_95.
    """

    unit: str
    decimals: int
    words: Words = field(default_factory=dict)

    @classmethod
    def of(cls, measure: Mapping[str, Any], words: Words | None = None) -> FigureFormat:
        """How the figures of a measure are written, from a row with its ``unit`` and ``decimals``."""
        return cls(str(measure["unit"]), int(measure["decimals"]), words or {})

    def number(self, value: Any) -> str:
        """A number with thousands separators."""
        return number(float(value), self.decimals)

    def amount(self, value: Any) -> str:
        """A number with no more of its unit than the per cent sign."""
        return short_value(float(value), self.decimals, self.unit)

    def bounds_nothing(self, row: Mapping[str, Any]) -> bool:
        """Whether a figure is a lower bound that rounds to zero; a doubtful zero is shown as published, with its mark."""
        return is_lower_bound(row) and round(float(row["value"]), self.decimals) == 0 and not is_doubtful_zero(row)

    def text(self, row: Mapping[str, Any]) -> str:
        """A figure as a reader sees it: '12.7%', 'at least 12.7%†', 'hidden in part', or the words for why there is none."""
        if is_missing(row["value"]):
            return self.label(row["status"])
        if self.bounds_nothing(row):
            return NO_BOUND
        text = self.amount(row["value"]) + doubt_mark(row)
        return f"{AT_LEAST} {text}" if is_lower_bound(row) and not is_doubtful_zero(row) else text

    def short(self, row: Mapping[str, Any]) -> str:
        """A figure for a cell, without its unit: '12.7', '≥12.7†', '≥' for a bound that bounds nothing, or a symbol."""
        if is_missing(row["value"]):
            return self.symbol(row["status"])
        if self.bounds_nothing(row):
            return AT_LEAST_SIGN
        text = self.number(row["value"]) + doubt_mark(row)
        return AT_LEAST_SIGN + text if is_lower_bound(row) and not is_doubtful_zero(row) else text

    def limits(self, row: Mapping[str, Any]) -> str:
        """The 95% limits, '10.1 to 14.9', or nothing."""
        if is_missing(row.get("lower_95")) or is_missing(row.get("upper_95")):
            return ""
        return f"{self.number(row['lower_95'])} to {self.number(row['upper_95'])}"

    def interval(self, row: Mapping[str, Any]) -> str:
        """'95% interval 10.1 to 14.9', or nothing."""
        limits = self.limits(row)
        return f"95% interval {limits}" if limits else ""

    def label(self, status: str) -> str:
        """A status in words."""
        return label_of(status, self.words)

    def symbol(self, status: str) -> str:
        """A status as a cell writes it."""
        return symbol_of(status, self.words)


def label_of(status: str, words: Words) -> str:
    """A status as a legend writes it."""
    return words[status].label if status in words else status.replace("_", " ").capitalize()


def symbol_of(status: str, words: Words) -> str:
    """A status as a cell writes it."""
    return words[status].symbol if status in words else ""


def amount_of(value: Any, measure: Mapping[str, Any]) -> str:
    """A number of a measure with no more of its unit than the per cent sign; ``measure`` has ``unit`` and ``decimals``."""
    return FigureFormat.of(measure).amount(value)


def figure_text(row: Mapping[str, Any], measure: Mapping[str, Any], words: Words) -> str:
    """A figure as a reader sees it (``FigureFormat.text``); ``measure`` has ``unit`` and ``decimals``."""
    return FigureFormat.of(measure, words).text(row)


def doubt_mark(row: Mapping[str, Any]) -> str:
    """The marks of a figure that is shown as published and may not stand: doubtful, provisional; nothing for any other."""
    return (DOUBT_MARK if reason_to_doubt(row) else "") + (
        PROVISIONAL_MARK if row.get("revision") == Revision.PROVISIONAL else ""
    )


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 force', '2 forces'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def partial_date(text: Any) -> str:
    """A date as precise as it is known: '2022', 'March 2022', '5 August 2022'."""
    if is_missing(text):
        return "not known"
    parts = str(text)[:10].split("-")
    if len(parts) == 1:
        return parts[0]
    day = pd.Timestamp(str(text)[:10] if len(parts) == 3 else f"{text}-01")
    return long_day(day) if len(parts) == 3 else f"{day:%B %Y}"


def long_day(day: date) -> str:
    """'5 August 2022'."""
    return f"{day.day} {day:%B %Y}"


def on_date(text: Any) -> str:
    """'on 5 August 2022', 'in March 2022', 'in 2022': a date that is known, with its preposition."""
    return f"{'on' if len(str(text)) > len('2022-03') else 'in'} {partial_date(text)}"


def spelt(count: int) -> str:
    """'three', '12': a number in running text, in words up to nine."""
    return SMALL_NUMBERS[count] if 0 <= count < len(SMALL_NUMBERS) else number(count)


def spelt_plural(count: int, one: str, many: str | None = None) -> str:
    """'one force', 'two forces', '12 forces'."""
    return f"{spelt(count)} {one if count == 1 else many or one + 's'}"


def upper_first(text: str) -> str:
    """A sentence begins with a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A title, or a sentence, within another."""
    return text[:1].lower() + text[1:]


def noun_of(measure: Mapping[str, Any]) -> str:
    """A measure as a singular noun in a sentence; ``measure`` has ``noun``, which may be missing, and ``title``."""
    return f"the figure “{measure['title']}”" if is_missing(measure["noun"]) else str(measure["noun"])


def grade_name(grade: str) -> str:
    """A grade in running text: its name whole, marked as a name, '“requires improvement”'."""
    return f"“{grade.lower()}”"
