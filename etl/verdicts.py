"""The verdict on each figure, made once from its two tests and stored with what it rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.definitions import Measure
from etl.indicators import complete
from etl.reference import Reference
from insight.statistics import FunnelFlag, VerdictBasis, compare, verdict

AVERAGE, NATION = "average", "nation"
BENCHMARKS = {AVERAGE: VerdictBasis.AVERAGE_OF_FORCES, NATION: VerdictBasis.ENGLAND}


def with_verdicts(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.DataFrame:
    """Fill ``verdict``, ``verdict_level`` and ``verdict_basis`` of a measure's rows.

    Args:
        rows: indicator rows with ``compared_with_nation``, ``outlier`` and ``benchmark``, the kind of figure that each was
            compared with ("average" or "nation", missing where there is none), ``rests_on_doubt``, ``doubtful_figure``,
            ``doubtful_size`` and ``apart``.
    """
    too_few = rows["area_code"].isin(_too_few(reference))
    columns = zip(
        rows["compared_with_nation"],
        rows["outlier"],
        rows["benchmark"],
        rows["area_level"],
        complete(rows),
        rows["rests_on_doubt"],
        rows["doubtful_figure"],
        too_few,
        strict=True,
    )
    found = [
        verdict(
            compared,
            flag if isinstance(flag, str) else FunnelFlag.NOT_COMPARED,
            measure.polarity,
            benchmark=BENCHMARKS.get(benchmark, VerdictBasis.AVERAGE_OF_FORCES),
            otherwise=_why_not(measure, level, whole, isinstance(benchmark, str), in_doubt, by_figure),
            too_few=small,
        )
        for compared, flag, benchmark, level, whole, in_doubt, by_figure, small in columns
    ]
    stored = pd.DataFrame(
        [[str(one.verdict), None if one.level is None else str(one.level), str(one.basis)] for one in found],
        columns=["verdict", "verdict_level", "verdict_basis"],
        index=rows.index,
        dtype="object",
    )
    return rows.drop(columns=["benchmark", "doubtful_size", "rests_on_doubt", "doubtful_figure"]).join(stored)


def compared_with_regions(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.Series:
    """How each force compares with its region. Not one that is its region, or whose region rests on a doubtful zero."""
    codes = {area.area_name: area.area_code for area in reference.areas if area.area_level == "region"}
    region_of = {
        force.force_code: codes.get(force.region) for force in reference.forces if _shares_its_region(force.region, reference)
    }
    regions = (
        rows[(rows["area_level"] == "region") & ~rows["rests_on_doubt"]]
        .set_index(["area_code", "period_end"])["value"]
        .astype(float)
    )
    keys = pd.MultiIndex.from_arrays([rows["area_code"].map(region_of), rows["period_end"]])
    words = compare(
        rows["value"].to_numpy(dtype=float, na_value=np.nan),
        rows["lower_95"].to_numpy(dtype=float),
        rows["upper_95"].to_numpy(dtype=float),
        regions.reindex(keys).to_numpy(dtype=float, na_value=np.nan),
        measure.polarity,
        rows["lower_998"].to_numpy(dtype=float),
        rows["upper_998"].to_numpy(dtype=float),
    )
    found = pd.Series(np.asarray(words, dtype=object), index=rows.index).map(str)
    return found.where(rows["area_level"] == "force")


def _shares_its_region(region: str, reference: Reference) -> bool:
    return sum(force.region == region and not force.unranked_because for force in reference.forces) > 1


def _too_few(reference: Reference) -> set[str]:
    """Forces that are never ranked, and the authorities that they are made of."""
    forces = {force.force_code for force in reference.forces if force.unranked_because}
    return forces | {authority for authority, force in reference.force_of_authority.items() if force in forces}


def _why_not(measure: Measure, level: str, whole: bool, has_benchmark: bool, in_doubt: bool, by_figure: bool) -> VerdictBasis:
    """Why a figure that neither test has an answer for is not compared."""
    if measure.denominator is None:
        return VerdictBasis.BARE_COUNT
    if not whole:
        return VerdictBasis.NO_COMPLETE_FIGURE
    if in_doubt:
        return VerdictBasis.DOUBTFUL_FIGURE if by_figure else VerdictBasis.DOUBTFUL_ZERO
    if level == "country":
        return VerdictBasis.IS_BENCHMARK
    return VerdictBasis.NO_INTERVAL if has_benchmark else VerdictBasis.NO_BENCHMARK
