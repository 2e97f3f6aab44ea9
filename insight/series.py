"""Series of areas over the years as frames for charts: who plays which part."""

from __future__ import annotations

import pandas as pd


def with_roles(series: pd.DataFrame, mine: str, region: str | None, nation: str, compared: list[str]) -> pd.DataFrame:
    """Rows of ``insight.questions.figures.series`` with ``role``; other regions are left out.

    Args:
        series: rows of all forces, regions and countries.
        mine: my force's code.
        region: its region's code, if it has one with figures.
        nation: England's code.
        compared: force codes that the reader compares with.
    """
    role = series["area_level"].map({"force": "other"})
    role = role.mask(series["area_code"].isin(compared), "compared")
    role = role.mask(series["area_code"] == mine, "mine")
    role = role.mask(series["area_code"] == region, "region")
    role = role.mask(series["area_code"] == nation, "nation")
    return series.assign(role=role)[role.notna()].reset_index(drop=True)


def only_named(series: pd.DataFrame) -> pd.DataFrame:
    """The rows of areas that are named on a chart."""
    return series[series["role"] != "other"].reset_index(drop=True)
