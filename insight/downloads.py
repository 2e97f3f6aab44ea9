"""Tables as files: CSV that a spreadsheet cannot turn into a formula."""

from __future__ import annotations

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV with one header row and a byte order mark, which makes Excel read it as UTF-8.

    A text that begins like a formula is preceded by an apostrophe; numbers stay as they are.
    """
    return frame.map(_harmless).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def file_name(*parts: str) -> str:
    """A file name of slugs that says what is in it: ``wiltshire_children-missing-percent_2024_build.csv``."""
    return "_".join(part for part in parts if part) + ".csv"
