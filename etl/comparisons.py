"""What can be said of each indicator: interval, verdict, outlier, rank, trend, change. Computed once, stored, only read after.

The methods are those of ``insight.statistics``; which figures may enter them is decided here:

- An average needs ``FEWEST_FORCES`` forces; of fewer nothing is said.
- A figure with hidden parts is a lower bound: it has no interval and enters nothing.
- Incidents and calls are not independent: they have no interval, only the overdispersion-adjusted outlier flag.
- A force that is never ranked (City of London) is flagged against the funnel, but forms no part of φ, τ² or ranks.
- A missing year or a known break ends the run that a trend is tested on.
- A published region with a doubtful zero or figure in it has no interval, and a country that those move (etl/doubtful_areas.py).
- Figures that another country's publisher counts (Wales) stand beside that country's own; they are compared with nothing and form
  no part of an average.
- Forces are compared with the pooled average of the forces whose figures are whole. Regions and authorities are published whole,
  hidden parts included, and are compared with the nation's published figure where there is one that does not rest on
  doubtful zeros or figures, else with that average.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from etl.doubtful_areas import rests_on_doubt, rests_on_doubtful_figure
from etl.indicators import complete
from etl.reference import Reference
from etl.verdicts import AVERAGE, LIMITS, NATION, compared, compared_with_regions, with_verdicts
from insight.statistics import (
    FEWEST_FORCES,
    TREND_POINTS,
    RankIntervals,
    Transform,
    Trend,
    adjusted_flags,
    box_plot,
    change_from_previous,
    funnel_flags,
    has_intervals,
    overdispersion,
    pooled_average,
    proportion,
    rank_intervals,
    rate,
    recent_trend,
)
from vocabulary import AreaLevel, Basis, BreakKind

TRANSFORMS: dict[str, Transform] = {
    "proportion": "arcsine_proportion",
    "rate": "sqrt_ratio",
    "ratio": "sqrt_ratio",
}
FLAGS = ["outlier", "outlier_unadjusted"]
RANKS = ["rank", "rank_lower", "rank_upper", "probability_highest_quarter"]
COMPARISON_COLUMNS = [
    "measure_id", "period_end", "numerator", "denominator", "average", "forces_compared", "forces_left_out", "phi",
    "tau2", "transform", "minimum", "p5", "p25", "p50", "p75", "p95", "maximum",
]  # fmt: skip


def with_comparisons(indicators: pd.DataFrame, reference: Reference, *, ranks: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill the comparison columns of ``indicator`` and make the rows of table ``comparison``.

    Args:
        indicators: rows of ``etl.indicators.indicators``.
        ranks: whether to fill ranks too.

    Returns:
        The same rows, in the order of the measures, with intervals, verdicts, outliers, ranks, trends and changes; and one row
        a measure and year.
    """
    about = _about(reference)
    rows = indicators.assign(place=indicators["measure_id"].map(about["place"]))
    rows = rows[rows["place"].notna()].sort_values("place", kind="stable", ignore_index=True)
    rows["year_group"] = rows.groupby(["place", "period_end"]).ngroup()
    about = about.loc[rows["measure_id"]].reset_index(drop=True)
    rows["apart"] = _apart(rows, about, reference)
    rows = _without_doubt(_with_intervals(rows, about), reference)
    shown = _compared_forces(rows, about, reference)
    basis = pd.DataFrame(_bases(rows, shown), columns=["year_group", *COMPARISON_COLUMNS])
    rows = _compared_with_benchmark(rows, basis, about)
    rows = rows.assign(compared_with_region=compared_with_regions(rows, about["polarity"], reference))
    rows = rows.assign(**_outliers_and_ranks(shown, basis, len(rows), ranks=ranks))
    rows = _with_trends(with_verdicts(rows, about, reference), about, reference)
    if ranks:
        basis = basis.assign(forces_ranked=basis["year_group"].map(rows.groupby("year_group")["rank"].count()))
    return rows.drop(columns=["place", "year_group"]), basis.drop(columns="year_group")


def _about(reference: Reference) -> pd.DataFrame:
    """What the rows of a measure are treated by, by ``measure_id``."""
    about = pd.DataFrame([measure.model_dump() for measure in reference.measures]).set_index("measure_id")
    figures = [reference.figures[figure] for figure in about["numerator"]]
    return about.assign(
        place=range(len(about)),
        multiplier=about["multiplier"].fillna(1).astype(float),
        publication=[figure.publication for figure in figures],
        has_interval=[has_intervals(kind, figure.independent) for kind, figure in zip(about["kind"], figures, strict=True)],
    )[["place", "kind", "multiplier", "polarity", "numerator", "denominator", "publication", "has_interval"]]


def _apart(rows: pd.DataFrame, about: pd.DataFrame, reference: Reference) -> pd.Series:
    found = pd.Series(False, index=rows.index)
    for publication in about["publication"].unique():
        if areas := reference.areas_apart(publication):
            found |= (about["publication"] == publication) & rows["area_code"].isin(areas)
    return found


def _with_intervals(rows: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    share = about["kind"] == "proportion"
    at_most_whole = (rows["numerator"] <= rows["denominator"]).fillna(False)  # above it, a check refuses the build
    whole = (complete(rows) & about["has_interval"] & (~share | at_most_whole)).astype(bool)
    limits, methods = np.full((4, len(rows)), np.nan), np.full(len(rows), None, dtype=object)
    for (kind, multiplier), index in about[whole].groupby(["kind", "multiplier"]).groups.items():
        counts, totals = (rows.loc[index, part].to_numpy(dtype=float) for part in ("numerator", "denominator"))
        method = proportion if kind == "proportion" else rate
        near, far = method(counts, totals, multiplier), method(counts, totals, multiplier, confidence=0.998)
        limits[:, index] = near.lower, near.upper, far.lower, far.upper
        methods[index] = near.method
    return rows.assign(**dict(zip(LIMITS, limits, strict=True)), interval_method=pd.Series(methods, dtype="object"))


def _without_doubt(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """No interval of a doubtful figure, nor of one that counts such or doubtful zeros: nothing is said of it."""
    by_figure = rests_on_doubtful_figure(rows, reference)
    doubt = rests_on_doubt(rows) | by_figure
    masked = {column: rows[column].mask(doubt) for column in (*LIMITS, "interval_method")}
    return rows.assign(rests_on_doubt=doubt, doubtful_figure=by_figure, **masked)


def _compared_forces(rows: pd.DataFrame, about: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The forces that are compared, by measure and year: whose figure is complete, not doubtful and out of something.

    ``numerator``, ``denominator`` and ``value`` are floats; ``ranked`` says whether the force is, and ``row`` which row it is.
    """
    kept = ~rows["apart"] & ~rows["rests_on_doubt"]
    shown = rows[(rows["area_level"] == AreaLevel.FORCE) & kept & complete(rows) & rows["denominator"].notna()]
    unranked = [force.force_code for force in reference.forces if force.unranked_because]
    shown = shown.astype(dict.fromkeys(("numerator", "denominator", "value"), float))
    shown = shown.assign(ranked=~shown["area_code"].isin(unranked), row=shown.index)
    keep = ["year_group", "measure_id", "period_end", "numerator", "denominator", "value", "ranked", "row"]
    shown = shown[keep].join(about[["kind", "multiplier", "has_interval"]])
    return shown.sort_values("year_group", kind="stable", ignore_index=True)


def _years(shown: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The forces of each measure and year, which lie side by side."""
    ends = np.flatnonzero(np.diff(shown["year_group"])) + 1
    for first, last in zip([0, *ends], [*ends, len(shown)], strict=True):
        yield shown.iloc[first:last]


def _bases(rows: pd.DataFrame, shown: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The pooled average of each measure and year over the forces with a whole figure, and their overdispersion; none of few."""
    forces = rows.loc[(rows["area_level"] == AreaLevel.FORCE) & ~rows["apart"], "year_group"].value_counts()
    for year in _years(shown):
        counts, totals, ranked = (year[column].to_numpy() for column in ("numerator", "denominator", "ranked"))
        if len(year) < FEWEST_FORCES or totals.sum() == 0:
            continue
        first = year.iloc[0]
        average = pooled_average(counts, totals)
        transform = TRANSFORMS[first["kind"]]
        # Where nothing was counted anywhere, nothing is expected either, and no spread can be measured against it.
        size = _size(totals[ranked], average, first["kind"])
        spread = overdispersion(counts[ranked], size, transform) if average > 0 else None
        yield {
            **first[["year_group", "measure_id", "period_end"]],
            "numerator": int(counts.sum()),
            "denominator": int(totals.sum()),
            "average": average * first["multiplier"],
            "forces_compared": len(year),
            "forces_left_out": int(forces[first["year_group"]]) - len(year),
            "phi": spread.phi if spread else np.nan,
            "tau2": spread.tau2 if spread else np.nan,
            "transform": transform,
            **_box(year["value"].to_numpy()[ranked]),
        }


def _box(values: np.ndarray[Any, Any]) -> dict[str, float]:
    box = box_plot(values)
    if box is None:
        return {}
    return {
        "minimum": box.min,
        "p5": box.p5,
        "p25": box.p25,
        "p50": box.median,
        "p75": box.p75,
        "p95": box.p95,
        "maximum": box.max,
    }


def _size(totals: np.ndarray[Any, Any], average: Any, kind: str) -> np.ndarray[Any, Any]:
    """What a unit's precision rests on: its denominator for a proportion, the expected count for a rate or ratio."""
    return totals if kind == "proportion" else totals * average


def _compared_with_benchmark(rows: pd.DataFrame, basis: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Compare every area with its benchmark and say which that is; the nation is not compared with itself."""
    average = rows["year_group"].map(basis.set_index("year_group")["average"].astype(float)).astype(float)
    published = rows["year_group"].map(_published_nation(rows)).astype(float)
    benchmark = average.where(rows["area_level"] == AreaLevel.FORCE, published.fillna(average))
    others = benchmark.where((rows["area_level"] != AreaLevel.COUNTRY) & ~rows["apart"])
    against_nation = (rows["area_level"] != AreaLevel.FORCE) & published.notna()
    kind = pd.Series(np.where(against_nation, NATION, AVERAGE), index=rows.index, dtype="object").where(others.notna())
    return rows.assign(compared_with_nation=compared(rows, others, about["polarity"]), benchmark=kind)


def _published_nation(rows: pd.DataFrame) -> pd.Series:
    """The nation's own published value by measure and year; none where it was pooled here or rests on doubt."""
    own = (rows["area_level"] == AreaLevel.COUNTRY) & ~rows["apart"]
    nation = rows[own & (rows["basis"] != Basis.POOLED) & ~rows["rests_on_doubt"]]
    return nation.set_index("year_group")["value"].astype(float)


def _outliers_and_ranks(shown: pd.DataFrame, basis: pd.DataFrame, length: int, *, ranks: bool) -> dict[str, pd.Series]:
    """Flags against the funnel and ranks of the forces compared, as columns of ``length`` rows; nothing for every other row."""
    against = shown.merge(basis[["year_group", "average", "tau2", "transform"]], on="year_group")
    against["average"] = against["average"].astype(float) / against["multiplier"]
    found = {flag: np.full(length, None, dtype=object) for flag in FLAGS}
    found |= {rank: np.full(length, np.nan) for rank in RANKS if ranks}
    spread = against["tau2"].astype(float).notna()
    for (kind, transform), some in against[spread].groupby(["kind", "transform"]):
        counts, totals, average, tau2 = (some[part].to_numpy(float) for part in ("numerator", "denominator", "average", "tau2"))
        target = average if kind == "proportion" else 1.0
        flags = adjusted_flags(counts, _size(totals, average, kind), target, tau2, transform)
        found["outlier"][some["row"]] = [str(flag) for flag in np.asarray(flags)]
    for kind, some in against[against["has_interval"]].groupby("kind"):
        plain = funnel_flags(some["numerator"].to_numpy(), some["denominator"].to_numpy(), kind, some["average"].to_numpy())
        found["outlier_unadjusted"][some["row"]] = [str(flag) for flag in np.asarray(plain)]
    ranked = against[spread & against["has_interval"] & against["ranked"]]
    for year in _years(ranked) if ranks and len(ranked) else ():
        places = _places(year)
        for rank in RANKS:
            found[rank][year["row"]] = getattr(places, rank)
    whole = dict.fromkeys(RANKS[:3], "Int64")
    return {column: pd.Series(values, dtype=whole.get(column, values.dtype)) for column, values in found.items()}


def _places(year: pd.DataFrame) -> RankIntervals:
    kind, tau2 = year["kind"].iloc[0], float(year["tau2"].iloc[0])
    return rank_intervals(year["numerator"].to_numpy(), year["denominator"].to_numpy(), kind, tau2=tau2)


def _with_trends(rows: pd.DataFrame, about: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The recent trend up to each year, and the change from the year before, never across a gap or a break."""
    held = rows[["value", "lower_95", "upper_95"]].to_numpy(dtype=float, na_value=np.nan)
    # An average over other forces each year is not one series.
    shifting = ((rows["basis"] == Basis.POOLED) & (rows["hidden_parts"] > 0)).to_numpy()
    held[np.isnan(held[:, 1:]).any(axis=1) | shifting] = np.nan
    run = _run(rows, about, reference)
    series = rows.groupby(["place", "area_code"]).ngroup().to_numpy()
    place = series * 10_000 + rows["period_end"].dt.year.to_numpy()  # a year further on is the next place
    order = np.argsort(place)
    windows = []
    for back in reversed(range(TREND_POINTS)):
        then = order[np.minimum(np.searchsorted(place, place - back, sorter=order), len(order) - 1)]
        unbroken = (place[then] == place - back) & (run[then] == run)
        windows.append(np.where(unbroken[:, np.newaxis], held[then], np.nan))
    points = np.stack(windows, axis=1)  # (rows, points, value and limits)
    trends = np.full(len(rows), Trend.CANNOT_BE_CALCULATED, dtype=object)
    for kind, index in about.groupby("kind").indices.items():
        trends[index] = recent_trend(*np.moveaxis(points[index], 2, 0), value_type=kind).result
    change = change_from_previous(*points[:, -1, :].T, *points[:, -2, :].T)
    return rows.assign(
        recent_trend=[str(word) for word in trends], change_from_previous=[str(word) for word in np.asarray(change)]
    )


def _run(rows: pd.DataFrame, about: pd.DataFrame, reference: Reference) -> np.ndarray[Any, Any]:
    """The number of the unbroken run that each row belongs to: one more after each known break of its area or of all."""
    run = np.zeros(len(rows), dtype=int)
    for entry in reference.series_breaks:
        if entry.kind == BreakKind.BREAK and entry.starts is not None:
            of_series = (about["numerator"] == entry.series) | (about["denominator"] == entry.series)
            after = of_series & (rows["period_end"] >= pd.Timestamp(entry.starts))
            run += (after & (True if entry.area is None else rows["area_code"] == entry.area)).to_numpy()
    return run
