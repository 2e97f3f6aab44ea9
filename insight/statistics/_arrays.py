"""Figures in and out: missing values, shapes, the refusal of impossible rows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
WordArray: TypeAlias = NDArray[np.object_]

Figures: TypeAlias = ArrayLike | Sequence[float | None] | None
"""What the methods take: a number, a sequence or an array; NaN and None are "no value"."""
FloatOrArray: TypeAlias = float | FloatArray
"""What they give back: a float where every input was a single number, else an array of the common shape."""

Word = TypeVar("Word", bound=StrEnum)

ROWS_NAMED = 5


def as_floats(*figures: Figures) -> list[FloatArray]:
    """The figures as floats of one common shape, None and what a masked array hides as NaN."""
    return [np.asarray(array) for array in np.broadcast_arrays(*map(_floats, figures))]


def _floats(figures: Figures) -> FloatArray:
    array = np.asarray(cast(Any, figures), dtype=np.float64)
    return np.where(np.ma.getmaskarray(figures), np.nan, array) if np.ma.isMaskedArray(figures) else array


def as_result(figures: ArrayLike) -> FloatOrArray:
    """An array as it is, a single figure as a Python float."""
    array = np.asarray(figures, dtype=np.float64)
    return array if array.ndim else float(array)


def refuse_rows(bad: BoolArray, why: str, figures: FloatArray) -> None:
    """Raise ValueError naming the rows (counted from 0, through a flattened array) where ``bad`` is true."""
    rows = np.flatnonzero(bad)
    if rows.size == 0:
        return
    named = ", ".join(f"row {row} ({np.ravel(figures)[row]:g})" for row in rows[:ROWS_NAMED])
    more = f" and {rows.size - ROWS_NAMED} more" if rows.size > ROWS_NAMED else ""
    raise ValueError(f"{why} in {named}{more}")


def as_counts(counts: Figures) -> FloatArray:
    """Counts as floats, NaN where missing; a negative or infinite one is refused."""
    (array,) = as_floats(counts)
    _refuse_counts(array)
    return array


def as_counts_of(counts: Figures, totals: Figures, *, part_of_total: bool = False) -> tuple[FloatArray, FloatArray]:
    """Counts with their denominators, of one shape, both NaN where either is missing.

    A total that is zero or less is refused even where the count is missing: it says the row is wrong, not
    absent.
    """
    count, total = as_floats(counts, totals)
    _refuse_counts(count)
    refuse_rows(total <= 0, "denominator zero or negative", total)
    refuse_rows(np.isinf(total), "infinite denominator", total)
    if part_of_total:
        refuse_rows(count > total, "count exceeds denominator", count)
    missing = np.isnan(count) | np.isnan(total)
    return np.where(missing, np.nan, count), np.where(missing, np.nan, total)


def _refuse_counts(count: FloatArray) -> None:
    refuse_rows(count < 0, "negative count", count)
    refuse_rows(np.isinf(count), "infinite count", count)


def first_true(choices: Sequence[tuple[BoolArray | np.bool_, Word]], otherwise: Word) -> Word | WordArray:
    """The word of the first choice that holds, row by row; a single word where the choices are single."""
    conditions = [np.asarray(condition) for condition, _ in choices]
    code = np.select(conditions, range(len(choices)), default=len(choices))
    # An object array keeps the members of the enum; numpy would turn them into its own strings.
    words = np.empty(len(choices) + 1, dtype=object)
    words[:] = [*(word for _, word in choices), otherwise]
    return words[code] if code.ndim else cast(Word, words[int(code)])
