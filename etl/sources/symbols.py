"""What publishers write in the place of a number, by publisher and year, and what each sign means.

The signs of today are those of the Government Statistical Service, with brackets or without: ``[c]`` is ``c``. Before them
each publisher had its own; a letter may have changed its meaning, so that the release decides.
Source: Government Analysis Function, using symbols and shorthand in tables; the standards of explore education statistics.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vocabulary import Status


@dataclass(frozen=True)
class Symbol:
    """A sign in the place of a number.

    Attributes:
        text: in small letters, without brackets.
        status: what it is to us (``data/reference/statuses.yaml``).
        meaning: in the publisher's sense.
        until: the last release in which it stands; None if it may still.
    """

    text: str
    status: str
    meaning: str
    until: int | None = None


# The file does not give the number, so that a sum without it is a lower bound: as with a suppressed one, and unlike a zero.
ROUNDS_TO_ZERO = "more than zero, but rounds to zero"
PRESENT = (
    Symbol("c", Status.SUPPRESSED, "confidential"),
    Symbol("x", Status.NOT_AVAILABLE, "not available"),
    Symbol("z", Status.NOT_APPLICABLE, "not applicable"),
    Symbol("u", Status.LOW_RELIABILITY, "of low reliability"),
    Symbol("low", Status.SUPPRESSED, ROUNDS_TO_ZERO),
)
# The service gave up these three with the standards of 2022; k still stands beside low.
EXPLORE_EDUCATION = (
    *PRESENT,
    Symbol("k", Status.SUPPRESSED, ROUNDS_TO_ZERO),
    Symbol("~", Status.SUPPRESSED, ROUNDS_TO_ZERO, until=2021),
    Symbol(":", Status.NOT_AVAILABLE, "not available", until=2021),
    Symbol("..", Status.NOT_AVAILABLE, "not available", until=2021),
)
# In the department's underlying data x was a number from 1 to 5; since then the same letter is "not available".
UNDERLYING_DATA = (
    Symbol("x", Status.SUPPRESSED, "a number from 1 to 5, hidden", until=2017),
    Symbol("..", Status.NOT_AVAILABLE, "not available", until=2017),
    Symbol(":", Status.NOT_AVAILABLE, "not available", until=2017),
    Symbol(".", Status.NOT_APPLICABLE, "not applicable", until=2017),
)


def statuses_in(symbols: tuple[Symbol, ...], release: int) -> dict[str, str]:
    """The signs that may stand in a release of a year, with the status of each."""
    return {symbol.text: symbol.status for symbol in symbols if symbol.until is None or release <= symbol.until}


def bare(cells: pd.Series) -> pd.Series:
    """Cells as signs are compared: in small letters, without spaces and brackets around."""
    return cells.str.strip().str.casefold().str.strip("[]")


def rounded_to_zero(raw: pd.Series) -> str:
    """How many counts are told to round to zero, as a note; empty if none is."""
    marks = bare(raw)
    low = marks[marks.isin([symbol.text for symbol in EXPLORE_EDUCATION if symbol.meaning == ROUNDS_TO_ZERO])]
    if low.empty:
        return ""
    return f"{len(low):,} counts marked {', '.join(sorted(set(low)))} (above zero, rounded to zero) kept as suppressed."
