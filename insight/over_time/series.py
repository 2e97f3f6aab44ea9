"""Series of areas over the years as frames for charts: who plays which part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd

from insight.format import listed, upper_first
from insight.records import named_rows
from insight.statistics import TREND_POINTS, Trend, Verdict, VerdictBasis
from vocabulary import AreaLevel

TREND_WORDS: dict[str, str] = {
    Trend.INCREASING: "it rose in",
    Trend.DECREASING: "it fell in",
    Trend.NO_SIGNIFICANT_CHANGE: "there is no statistically significant change in",
    Trend.CANNOT_BE_CALCULATED: "no trend can be calculated for",
}


def with_roles(series: pd.DataFrame, mine: str, region: str | None, nation: str, compared: list[str]) -> pd.DataFrame:
    """Rows of ``insight.queries.figures.series`` with ``role``; other regions and years without any value are left out.

    Args:
        series: rows of all forces, regions and countries.
        mine: my force's code.
        region: its region's code, if it has one with figures.
        nation: England's code.
        compared: force codes that the reader compares with.
    """
    named: dict[str | None, str] = {**dict.fromkeys(compared, "compared"), mine: "mine", region: "region", nation: "nation"}
    areas = zip(series["area_code"], series["area_level"], strict=True)
    roles = [named.get(code, "other" if level == AreaLevel.FORCE else None) for code, level in areas]
    role = pd.Series(roles, index=series.index, dtype="str")
    covered = series.groupby("period_end")["value"].transform("count") > 0
    return series.assign(role=role)[role.notna() & covered].reset_index(drop=True)


def only_named(series: pd.DataFrame) -> pd.DataFrame:
    """The rows of areas that are named on a chart."""
    return series[series["role"] != "other"].reset_index(drop=True)


def row_of(series: pd.DataFrame, area_code: str, period_end: date) -> dict[str, Any] | None:
    """An area's row of a year, or of the newest year before it; None where there is neither."""
    rows = series[(series["area_code"] == area_code) & (series["period_end"] <= pd.Timestamp(period_end))]
    return None if rows.empty else rows.sort_values("period_end").iloc[-1].to_dict()


def newest_rows(series: pd.DataFrame) -> pd.DataFrame:
    """The newest year of every area that has a value, else its newest year."""
    ordered = series[["area_code", "period_end"]].assign(has=series["value"].notna()).sort_values(["has", "period_end"])
    return series.loc[ordered.drop_duplicates("area_code", keep="last").index]


def with_newest_trend(series: pd.DataFrame, too_few: Collection[str] = ()) -> pd.DataFrame:
    """Every row of an area with the trend of its newest year; of one that is never compared, that it has too few children."""
    newest = newest_rows(series).set_index("area_code")["recent_trend"]
    newest = newest.mask(newest.index.isin(list(too_few)), str(Verdict.TOO_FEW))
    return series.assign(recent_trend=series["area_code"].map(newest))


def by_trend(series: pd.DataFrame) -> list[str]:
    """Area codes: those that rise, those that fall, those without significant change, those that cannot be said or are
    never compared; each by name.
    """
    order = [*Trend, Verdict.TOO_FEW]
    newest = newest_rows(series)
    ranked = newest.assign(place=newest["recent_trend"].map(order.index)).sort_values(["place", "area_name"])
    return list(ranked["area_code"])


def named_apart(series: pd.DataFrame) -> pd.DataFrame:
    """The same rows with each area named so that a force and a region of one name are told apart."""
    return series.assign(area_name=series["area_label"])


def _counts_doubt(newest: Any, series: pd.DataFrame) -> bool:
    """Whether a doubtful zero or figure is counted in one of the years that the newest trend rests on."""
    years = series["period_end"].dt.year
    tested = series[(series["area_code"] == newest.area_code) & (years > newest.period_end.year - TREND_POINTS)]
    return bool(tested["verdict_basis"].isin([VerdictBasis.DOUBTFUL_ZERO, VerdictBasis.DOUBTFUL_FIGURE]).any())


def trend_words(series: pd.DataFrame, force_code: str, too_few: Collection[str] = ()) -> str:
    """The recent trend of my force and of every other area that is named, in a sentence; areas of one trend together.

    Args:
        series: rows with role.
        force_code: my force.
        too_few: codes of forces that are never compared, whatever their figures do.
    """
    newest = newest_rows(series)
    newest = newest.assign(other=newest["area_code"] != force_code).sort_values(["other", "area_name"])
    areas: dict[str, list[str]] = {}
    doubted = []
    for row in named_rows(newest):
        trend = str(Verdict.TOO_FEW if row.area_code in too_few else row.recent_trend)
        name = str(row.area_in_text)
        areas.setdefault(trend, []).append(name)
        if trend == Trend.CANNOT_BE_CALCULATED and _counts_doubt(row, series):
            doubted.append(name)
    few = areas.pop(str(Verdict.TOO_FEW), [])
    moved = "; ".join(f"{TREND_WORDS[trend]} {listed(names)}{_why(trend, names, doubted)}" for trend, names in areas.items())
    uncompared = f"{upper_first(listed(few))} {'has' if len(few) == 1 else 'have'} too few children to compare." if few else ""
    # Of areas that end in different years no one year can be named.
    ends = set(newest.loc[~newest["area_code"].isin(list(too_few)), "period_end"])
    years = f"the five years to {max(ends):%B %Y}" if len(ends) == 1 else "five years"
    said = [uncompared, f"Over {years} {moved}." if moved else ""]
    return " ".join(one for one in (said if force_code in too_few else reversed(said)) if one)


def _why(trend: str, names: list[str], doubted: list[str]) -> str:
    """Why no trend can be calculated for these areas, where doubt is the reason, and for which of them if not for all."""
    if trend != Trend.CANNOT_BE_CALCULATED or not doubted:
        return ""
    return f" (because of doubtful figures{'' if doubted == names else f' in {listed(doubted)}'})"
