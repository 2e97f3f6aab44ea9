"""Years as headings and titles name them, with what publishers mark at them: provisional, revised, a note.

A heading is read as a key (``etl.sources.tables.key``), so that "2023/24 [p]" is "2023_24_p". What names a year and is not
understood is told apart from what names none: a column is never passed over for its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vocabulary import Revision

MARKS = {
    "p": Revision.PROVISIONAL, "prov": Revision.PROVISIONAL, "provisional": Revision.PROVISIONAL,
    "r": Revision.REVISED, "rev": Revision.REVISED, "revised": Revision.REVISED,
}  # fmt: skip
MARK = "|".join(sorted(MARKS, key=len, reverse=True))
NOTE = r"(?:foot)?notes?(?:_[0-9]{1,2})+|[0-9]{1,2}"
COUNTED = "numbers?|counts?|no"
# What follows the year: one mark may stand without a gap, as in 2023/24p.
REST = r"(?P<rest>[pr]?(?:_.*)?)"
# April to March, however it is put: 2020_21, 1_april_2020_to_31_march_2021, year_ending_31_march_2021.
APRIL, MARCH = r"(?:0?1_)?apr(?:il)?", r"(?:31_)?mar(?:ch)?"
FINANCIAL = re.compile(
    rf"(?:(?:fy|financial_year)_)?(?P<first>20[0-9]{{2}})_(?:20)?(?P<last>[0-9]{{2}})(?:_(?:financial_)?year)?{REST}"
)
MONTHS = re.compile(rf"{APRIL}_(?P<first>20[0-9]{{2}})_(?:to_)?{MARCH}_(?P<end>20[0-9]{{2}}){REST}")
ENDING = re.compile(
    rf"(?:(?:the_)?(?:financial_)?year|(?:12|twelve)_months|ye)(?:_(?:ending|ended|to|up_to))?_{MARCH}_(?P<end>20[0-9]{{2}}){REST}"
)
TAIL = re.compile(rf"[pr]?(?:_(?:{NOTE}|{COUNTED}|{MARK}))*")
SHORT = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*_[0-9]{2}(?![0-9])"
ANY_YEAR = re.compile(
    rf"(?<![0-9])(?:19|20)[0-9]{{2}}(?![0-9])|\bfy_?[0-9]{{2}}|(?<![0-9])[0-9]{{2}}_[0-9]{{2}}(?![0-9])|{SHORT}"
)
# Columns that compare years or relate the count to something else: no counts of a year.
DERIVED = re.compile(
    r"(?:^|_)(?:diff|differences?|changes?|percent|percentages?|pct|rates?|per|ratios?|average|mean|population)(?:_|$)"
)
DIFFERENCE = re.compile(r"(?:^|_)(?:diff|differences?|changes?)(?:_|$)")
# A year that is not named but pointed at. "This year" of one file is last year in the next.
POINTED_AT = re.compile(
    r"(?:^|_)(?:latest|newest|most_recent|recent|current|this|last|previous|prior)(?:_(?:financial_)?(?:year|period|12_months)|$)|"
    r"(?:^|_)(?:year_to_date|ytd)(?:_|$)"
)
# Part of a year, in running text: "Q3", "quarter", "half-year", "October to December 2022".
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
PART_IN_TITLE = re.compile(r"\bq[1-4]\b|\bquarter(?:s|ly)?\b|\bhalf[ -]year(?:ly)?\b|\bmonthly\b", re.I)
MONTHS_IN_TITLE = re.compile(
    rf"\b({MONTH})(?: ?20[0-9]{{2}})? ?(?:to|and|until|[-\u2013\u2014])(?: ?[0-9]{{1,2}})? ?({MONTH})\b", re.I
)
# "2020/21", "2020-2021" in running text.
IN_TITLE = re.compile(r"(?<![0-9])(20[0-9]{2})[/_\u2013-](?:20)?([0-9]{2})(?![0-9])")
ENDS_IN_TITLE = re.compile(r"(?<![a-z])mar(?:ch)? (20[0-9]{2})(?![0-9])", re.I)
MARK_IN_TITLE = re.compile(r"\[(p|r)\]|\b(provisional|revised)\b", re.I)


@dataclass(frozen=True)
class YearHeading:
    """The financial year that a heading names: the year it ends in, and ``provisional``, ``revised`` or nothing."""

    ends: int
    revision: str = ""


def year_heading(key: str) -> YearHeading | None:
    """The year that a heading's key names, or None: it names none, or is not understood (``names_a_year``)."""
    for pattern in (FINANCIAL, MONTHS, ENDING):
        found = pattern.fullmatch(key)
        if not found or not TAIL.fullmatch(found["rest"]):
            continue
        parts = found.groupdict()
        ends = int(parts["end"]) if parts.get("end") else int(parts["first"]) + 1
        whole = int(parts["first"]) + 1 == ends if parts.get("first") else True
        if whole and ("last" not in parts or ends % 100 == int(parts["last"])):
            return YearHeading(ends, _revision(MARKS[mark] for mark in found["rest"].split("_") if mark in MARKS))
    return None


def year_columns(keys: Iterable[str]) -> dict[str, YearHeading]:
    """Of the keys those that name a financial year, such as 2015_16."""
    found = {name: year_heading(name) for name in keys}
    return {name: heading for name, heading in found.items() if heading}


def unread_years(keys: Iterable[str]) -> list[str]:
    """Keys that name a year in a way that is not understood, but for columns that compare years or hold rates."""
    named = [name for name in keys if not year_heading(name) and not DERIVED.search(name)]
    return [name for name in named if ANY_YEAR.search(name) or POINTED_AT.search(name)]


def compared_years(keys: Iterable[str]) -> set[int]:
    """Newest years that columns of differences speak of: 2021 of ``diff_to_2019_20`` and of ``change_2019_20_to_2020_21``."""
    found = set()
    for name in keys:
        pairs = re.findall(r"20[0-9]{2}_[0-9]{2}(?![0-9])", name) if DIFFERENCE.search(name) else []
        ends = [heading.ends for heading in year_columns(pairs).values()]
        if ends:
            found.add(max(ends) if len(ends) > 1 else ends[0] + 1)
    return found


def years_in(title: str) -> set[int]:
    """Years in which periods named in a title end: 2021 of "2020/21" and of "31 March 2021"."""
    ends = {int(first) + 1 for first, last in IN_TITLE.findall(title) if (int(first) + 1) % 100 == int(last)}
    return ends | {int(year) for year in ENDS_IN_TITLE.findall(title)}


def part_of_year_in(title: str) -> str:
    """The words of a title that speak of a part of a year, such as a quarter; nothing where none do."""
    if found := PART_IN_TITLE.search(title):
        return found[0]
    for found in MONTHS_IN_TITLE.finditer(title):
        if (found[1][:3].casefold(), found[2][:3].casefold()) != ("apr", "mar"):
            return found[0]
    return ""


def revision_in(title: str) -> str:
    """What a title says of its whole table: provisional, revised or nothing. Where it says both, provisional."""
    return _revision(MARKS[(short or word).casefold()] for short, word in MARK_IN_TITLE.findall(title))


def _revision(marks: Iterable[str]) -> str:
    """One word for several marks: what is provisional may change still, whatever else it is."""
    found = set(marks)
    return Revision.PROVISIONAL if Revision.PROVISIONAL in found else Revision.REVISED if found else ""
