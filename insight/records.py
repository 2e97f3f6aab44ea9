"""Rows out of frames: plain values, made of all columns at once, where pandas makes a Series of every column first."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

NA = pd.NA


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries: what ``frame.to_dict("records")`` gives, in a fraction of the time."""
    names = frame.columns.tolist()
    return [dict(zip(names, row, strict=True)) for row in plain_rows(frame)]


def named_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, as ``frame.itertuples(index=False)`` gives them, of the values that ``records`` gives."""
    return map(_maker(tuple(frame.columns)), plain_rows(frame))


def plain_rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows as tuples of the values that ``records`` gives."""
    return list(zip(*map(_native, frame.to_numpy(dtype=object).T), strict=True))


def _native(column: np.ndarray) -> list[Any]:
    """The cells of a column, those that hold something of numpy's or the missing value of pandas made Python's."""
    cells: list[Any] = column.tolist()
    kinds = set(map(type, cells))
    if type(NA) in kinds:
        cells = [None if cell is NA else cell for cell in cells]
    return [_native_cell(cell) for cell in cells] if any(issubclass(kind, np.generic) for kind in kinds) else cells


def _native_cell(cell: Any) -> Any:
    if isinstance(cell, np.datetime64):
        return pd.Timestamp(cell)
    if isinstance(cell, np.timedelta64):
        return pd.Timedelta(cell)
    return cell.item() if isinstance(cell, np.generic) else cell


@cache
def _maker(names: tuple[str, ...]) -> Callable[[Iterable[Any]], Any]:
    made: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    making: Callable[[Iterable[Any]], Any] = made._make
    return making
