"""What is wrong with an input, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from faults import readable

if TYPE_CHECKING:
    from pydantic import ValidationError

    from etl.checks import CheckResult

MOST_SHOWN = 20
# Fewer faults of one kind are told row by row.
MOST_ALIKE = 3


@dataclass(frozen=True)
class Problem:
    """One fault of one input.

    Attributes:
        file: the file as the person named it, or its path inside ``data/``.
        why: what is wrong.
        mend: what the person can do about it.
        row: line of the file, the header being line 1; None where the fault is not of one row.
        column: the column as the file spells it.
        value: the offending value as the file writes it.
        more: how many further rows this one stands for, which are counted and not named.
    """

    file: str
    why: str
    mend: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    more: int = 0

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        if self.value is not None:
            place.append(f"value {_short(self.value)!r}")
        return f"{', '.join(place)}: {self.why} {self.mend}"


def _short(value: str, most: int = 80) -> str:
    return value if len(value) <= most else value[: most - 1] + "…"


class Refused(Exception):
    """An input is refused whole; nothing was changed. Carries every problem found."""

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__(self.report())

    def report(self) -> str:
        """The problems, one a line, the first ``MOST_SHOWN``; one that repeats over many rows takes one line."""
        groups = _alike(self.problems)
        lines = [_said(group) for group in groups[:MOST_SHOWN]]
        left = sum(map(_rows, groups[MOST_SHOWN:]))
        if left > 0:
            lines.append(f"… and {left:,} more of the same file or kind.")
        return "\n".join(lines)


class NotReached(Exception):
    """The shared warehouse does not answer; the message says why, and what to do, without a credential."""


class NoNetwork(Exception):
    """A publisher could not be asked: no connection, no answer in time, or cut off on the way."""


class BadAnswer(Exception):
    """A publisher answered with something else than what was asked for."""


class ChecksFailed(Exception):
    """A build was refused by its checks; the warehouse in use is the one before."""

    def __init__(self, failed: list[CheckResult]) -> None:
        self.failed = failed
        super().__init__(f"{len(failed)} checks failed; the warehouse in use is unchanged.")


def refuse(file: Path | str, why: str, mend: str) -> Refused:
    """A refusal for a fault of a file as a whole."""
    return Refused(Problem(file=readable(file), why=why, mend=mend))


def faults_of(error: ValidationError, file: Path | str, mend: str, row: int | None = None) -> list[Problem]:
    """What is wrong with one entry, key by key, of an entry that is not as it should be."""
    return [
        Problem(readable(file), f"{fault['msg']}.", mend, row, ".".join(map(str, fault["loc"])) or None, str(fault["input"]))
        for fault in error.errors()
    ]


def problems_of_rows(file: str, mend: str, faults: Iterable[tuple[int, str | None, str | None, str]]) -> list[Problem]:
    """Problems of many rows with one remedy: no more than can be told, for every row of a large file may be at fault.

    Args:
        faults: row, column, value and why of each, in the order of the rows.

    Returns:
        Those that differ by their row alone as one, a few of a kind apart; ``more`` of the last counts what is beyond.
    """
    kinds: dict[tuple[str | None, str | None, str], list[int]] = {}
    times: dict[tuple[str | None, str | None, str], int] = {}
    beyond = 0
    for row, *rest in faults:
        kind = (rest[0], rest[1], str(rest[2]))
        if kind not in kinds and len(kinds) > MOST_SHOWN:
            beyond += 1
            continue
        times[kind] = times.get(kind, 0) + 1
        if len(rows := kinds.setdefault(kind, [])) < MOST_ALIKE:
            rows.append(row)
    problems = []
    for (column, value, why), rows in kinds.items():
        more = times[column, value, why] - len(rows)
        named = [Problem(file, why, mend, row, column, value) for row in rows]
        problems += [replace(named[0], more=more + len(rows) - 1)] if more else named
    if beyond:  # of the kind after the last that is told
        problems[-1] = replace(problems[-1], more=problems[-1].more + beyond)
    return problems


def by_row(problems: Iterable[Problem]) -> list[Problem]:
    """In the order of the file; what is of no row comes first."""
    return sorted(problems, key=lambda problem: problem.row or 0)


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Problems that differ by their row alone, together, in the order of their first; a few of a kind stay apart."""
    groups: dict[Problem, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(replace(problem, row=None, more=0), []).append(problem)
    return [
        part for group in groups.values() for part in ([group] if _rows(group) > MOST_ALIKE else [[problem] for problem in group])
    ]


def _rows(group: list[Problem]) -> int:
    return sum(1 + problem.more for problem in group)


def _said(group: list[Problem]) -> str:
    more = f" (and {_rows(group) - 1:,} more rows)" if _rows(group) > 1 else ""
    return f"{group[0]}{more}"
