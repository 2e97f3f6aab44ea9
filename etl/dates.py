"""Dates as precise as they are known: YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date

from etl.layout import FIRST_YEAR, PARTIAL_DATE


def is_day(text: str) -> bool:
    """Whether a date of full precision exists; less precise ones are held by their pattern."""
    try:
        return len(text) < len("2024-05-17") or bool(date.fromisoformat(text))
    except ValueError:
        return False


def in_range(text: str) -> bool:
    """Not before the first year and not after today; of a date without its day or month, the part that is written."""
    return str(FIRST_YEAR) <= text <= date.today().isoformat()[: len(text)]


def date_fault(text: str) -> str | None:
    """What is wrong with a date, in words."""
    if not re.match(PARTIAL_DATE, text):
        return "This is not a date: write YYYY, YYYY-MM or YYYY-MM-DD."
    if not is_day(text):
        return "There is no such day."
    return None if in_range(text) else f"This date is out of range: publications are of {FIRST_YEAR} to today."


def day_in_words(text: str) -> str:
    """A date of full precision as in '31 March 2024'."""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"
