"""The verdict on each figure, made once from its two tests and stored with what it rests on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from etl.indicators import complete
from etl.reference import Reference
from insight.statistics import FunnelFlag, VerdictBasis, compare, verdict
from vocabulary import AreaLevel

AVERAGE, NATION = "average", "nation"
LIMITS = ["lower_95", "upper_95", "lower_998", "upper_998"]
BENCHMARKS = {AVERAGE: VerdictBasis.AVERAGE_OF_FORCES, NATION: VerdictBasis.ENGLAND}


def with_verdicts(rows: pd.DataFrame, about: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Fill ``verdict``, ``verdict_level`` and ``verdict_basis``, and drop the columns that only they are made from.

    Args:
        rows: indicator rows with ``compared_with_nation``, ``outlier`` and ``benchmark``, the kind of figure that each was
            compared with ("average" or "nation", missing where there is none), ``rests_on_doubt``, ``doubtful_figure``,
            ``doubtful_size`` and ``apart``.
        about: ``polarity`` and ``denominator`` (missing of a bare count) of the measure of each row.
    """
    cases = zip(
        rows["compared_with_nation"],
        rows["outlier"],
        about["polarity"],
        rows["benchmark"].fillna(AVERAGE),
        rows["area_code"].isin(_too_few(reference)),
        about["denominator"].isna(),
        complete(rows),
        rows["rests_on_doubt"],
        rows["doubtful_figure"],
        rows["area_level"] == AreaLevel.COUNTRY,
        rows["benchmark"].notna(),
        strict=True,
    )
    # Few cases are different: the verdict on each is made once.
    said: dict[tuple[Any, ...], tuple[str, str | None, str]] = {}
    found = [said.get(case) or said.setdefault(case, _verdict(*case)) for case in cases]
    stored = pd.DataFrame(found, columns=["verdict", "verdict_level", "verdict_basis"], index=rows.index, dtype="object")
    return rows.drop(columns=["benchmark", "doubtful_size", "rests_on_doubt", "doubtful_figure"]).join(stored)


def _verdict(
    word: str, flag: str | None, polarity: str, benchmark: str, too_few: bool, *why_not: bool
) -> tuple[str, str | None, str]:
    one = verdict(
        word,
        flag or FunnelFlag.NOT_COMPARED,
        polarity,
        benchmark=BENCHMARKS[benchmark],
        otherwise=_why_not(*why_not),
        too_few=too_few,
    )
    return str(one.verdict), None if one.level is None else str(one.level), str(one.basis)


def compared(rows: pd.DataFrame, benchmark: pd.Series, polarity: pd.Series) -> pd.Series:
    """How each row's value and interval compare with a benchmark, in a word."""
    words = np.full(len(rows), None, dtype=object)
    value = rows["value"].to_numpy(dtype=float, na_value=np.nan)
    near_and_far = rows[LIMITS].to_numpy(dtype=float)
    for better, index in polarity.groupby(polarity).indices.items():
        low, high, far_low, far_high = near_and_far[index].T
        words[index] = compare(value[index], low, high, benchmark.to_numpy(float)[index], better, far_low, far_high)
    return pd.Series([str(word) for word in words], index=rows.index)


def compared_with_regions(rows: pd.DataFrame, polarity: pd.Series, reference: Reference) -> pd.Series:
    """How each force compares with its region. Not one that is its region, or whose region rests on doubt."""
    codes = {area.area_name: area.area_code for area in reference.areas if area.area_level == AreaLevel.REGION}
    region_of = {
        force.force_code: codes.get(force.region) for force in reference.forces if _shares_its_region(force.region, reference)
    }
    regions = rows[(rows["area_level"] == AreaLevel.REGION) & ~rows["rests_on_doubt"]]
    values = regions.set_index(["area_code", "year_group"])["value"].astype(float)
    keys = pd.MultiIndex.from_arrays([rows["area_code"].map(region_of), rows["year_group"]])
    return compared(rows, values.reindex(keys), polarity).where(rows["area_level"] == AreaLevel.FORCE)


def _shares_its_region(region: str, reference: Reference) -> bool:
    return sum(force.region == region and not force.unranked_because for force in reference.forces) > 1


def _too_few(reference: Reference) -> set[str]:
    """Forces that are never ranked, and the authorities that they are made of."""
    forces = {force.force_code for force in reference.forces if force.unranked_because}
    return forces | {authority for authority, force in reference.force_of_authority.items() if force in forces}


def _why_not(bare_count: bool, whole: bool, in_doubt: bool, by_figure: bool, country: bool, has_benchmark: bool) -> VerdictBasis:
    """Why a figure that neither test has an answer for is not compared."""
    if bare_count:
        return VerdictBasis.BARE_COUNT
    if not whole:
        return VerdictBasis.NO_COMPLETE_FIGURE
    if in_doubt:
        return VerdictBasis.DOUBTFUL_FIGURE if by_figure else VerdictBasis.DOUBTFUL_ZERO
    if country:
        return VerdictBasis.IS_BENCHMARK
    return VerdictBasis.NO_INTERVAL if has_benchmark else VerdictBasis.NO_BENCHMARK
