"""Which stored word says how a figure of a measure stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def coloured_by(measure: Mapping[str, Any]) -> str:
    """The column that says how a force stands: its verdict, its outlier flag where there is no interval, or neither."""
    if measure["kind"] == "count":
        return "shade"
    return "compared_with_nation" if measure["kind"] in ("rate", "proportion") and measure["independent"] else "outlier"
