"""What can be said of each indicator: interval, verdict, outlier, rank, trend, change. Computed once, stored, only read after.

The methods are those of ``insight.statistics``; which figures may enter them is decided here:

- An average needs ``FEWEST_FORCES`` forces; of fewer nothing is said.
- A figure with hidden parts is a lower bound: it has no interval and enters nothing.
- Incidents and calls are not independent: they have no interval, only the overdispersion-adjusted outlier flag.
- A force that is never ranked (City of London) is flagged against the funnel, but forms no part of φ, τ² or ranks.
- A missing year or a known break ends the run that a trend is tested on.
- A published region with a doubtful zero in it has no interval, and a country where those zeros move it (etl/doubtful_areas.py).
- Figures that another country's publisher counts (Wales) stand beside that country's own; they are compared with nothing and form
  no part of an average.
- Forces are compared with the pooled average of the forces whose figures are whole. Regions and authorities are published whole,
  hidden parts included, and are compared with the nation's published figure where there is one that does not rest on
  doubtful zeros, else with that average.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from etl.definitions import Measure
from etl.doubtful_areas import rests_on_doubt, rests_on_doubtful_figure
from etl.indicators import POOLED, complete
from etl.reference import Reference
from etl.verdicts import AVERAGE, NATION, compared_with_regions, with_verdicts
from insight.statistics import (
    FEWEST_FORCES,
    Comparison,
    Kind,
    Transform,
    Trend,
    adjusted_flags,
    box_plot,
    change_from_previous,
    compare,
    funnel_flags,
    overdispersion,
    pooled_average,
    proportion,
    rank_intervals,
    rate,
    recent_trend,
)

TREND_POINTS = 5
TRANSFORMS: dict[str, Transform] = {
    "proportion": "arcsine_proportion",
    "rate": "sqrt_ratio",
    "ratio": "sqrt_ratio",
}
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
        The same rows with intervals, verdicts, outliers, ranks, trends and changes; and one row a measure and year.
    """
    filled, rests = [], []
    for measure in reference.measures:
        rows = indicators[indicators["measure_id"] == measure.measure_id].reset_index(drop=True)
        if rows.empty:
            continue
        rows = rows.assign(apart=rows["area_code"].isin(reference.areas_apart(reference.figures[measure.numerator].publication)))
        rows = _without_doubt(_with_intervals(rows, measure, reference), measure, reference)
        years = _compared_forces(rows)
        bases = [_basis(rows, shown, measure, reference) for shown in years]
        basis = pd.DataFrame([base for base in bases if base], columns=COMPARISON_COLUMNS)
        rows = _compared_with_benchmark(rows, basis, measure)
        rows = rows.assign(compared_with_region=compared_with_regions(rows, measure, reference))
        rows = _with_outliers_and_ranks(rows, years, basis, measure, reference, ranks=ranks)
        rows = with_verdicts(rows, measure, reference)
        filled.append(_with_trends(rows, measure, reference))
        rests.append(basis)
    return pd.concat(filled, ignore_index=True), pd.concat(rests, ignore_index=True)


def _has_interval(measure: Measure, reference: Reference) -> bool:
    return measure.kind in ("rate", "proportion") and reference.figures[measure.numerator].independent


def _with_intervals(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.DataFrame:
    whole = complete(rows) & _has_interval(measure, reference)
    if measure.kind == "proportion":
        whole &= (rows["numerator"] <= rows["denominator"]).fillna(False)  # above it, a check refuses the build
    counts = rows["numerator"].where(whole).to_numpy(dtype=float, na_value=np.nan)
    totals = rows["denominator"].where(whole).to_numpy(dtype=float, na_value=np.nan)
    method = proportion if measure.kind == "proportion" else rate
    multiplier = measure.multiplier or 1
    near, far = method(counts, totals, multiplier), method(counts, totals, multiplier, confidence=0.998)
    return rows.assign(
        lower_95=near.lower,
        upper_95=near.upper,
        lower_998=far.lower,
        upper_998=far.upper,
        interval_method=pd.Series(near.method, index=rows.index, dtype="object"),
    )


def _without_doubt(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.DataFrame:
    """No interval of a doubtful figure, nor of one that counts such or doubtful zeros: nothing is said of it."""
    by_figure = rests_on_doubtful_figure(rows, measure, reference)
    doubt = rests_on_doubt(rows) | by_figure
    limits = ["lower_95", "upper_95", "lower_998", "upper_998", "interval_method"]
    return rows.assign(rests_on_doubt=doubt, doubtful_figure=by_figure, **{column: rows[column].mask(doubt) for column in limits})


def _compared_forces(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Of each year that has any, the forces that are compared: whose figure is complete, not doubtful and out of something."""
    kept = ~rows["apart"] & ~rows["rests_on_doubt"]
    shown = rows[(rows["area_level"] == "force") & kept & complete(rows) & rows["denominator"].notna()]
    return [year for _, year in shown.groupby("period_end")]


def _basis(rows: pd.DataFrame, shown: pd.DataFrame, measure: Measure, reference: Reference) -> dict[str, Any] | None:
    """The pooled average of a measure and year over the forces whose figures are whole, and their overdispersion; None of few."""
    if measure.denominator is None or len(shown) < FEWEST_FORCES or int(shown["denominator"].sum()) == 0:
        return None
    period_end = shown["period_end"].iloc[0]
    counts, totals = shown["numerator"].to_numpy(dtype=float), shown["denominator"].to_numpy(dtype=float)
    average = pooled_average(counts, totals)
    transform = TRANSFORMS[measure.kind]
    ranked = ~shown["area_code"].isin(_unranked(reference)).to_numpy()
    # Where nothing was counted anywhere, nothing is expected either, and no spread can be measured against it.
    spread = overdispersion(counts[ranked], _size(totals[ranked], average, measure), transform) if average > 0 else None
    return {
        "measure_id": measure.measure_id,
        "period_end": period_end,
        "numerator": int(counts.sum()),
        "denominator": int(totals.sum()),
        "average": average * (measure.multiplier or 1),
        "forces_compared": len(shown),
        "forces_left_out": int(((rows["area_level"] == "force") & ~rows["apart"] & (rows["period_end"] == period_end)).sum())
        - len(shown),
        "phi": spread.phi if spread else np.nan,
        "tau2": spread.tau2 if spread else np.nan,
        "transform": transform,
        **_box(shown["value"].to_numpy(dtype=float)[ranked]),
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


def _size(totals: np.ndarray[Any, Any], average: float, measure: Measure) -> np.ndarray[Any, Any]:
    """What a unit's precision rests on: its denominator for a proportion, the expected count for a rate or ratio."""
    return totals if measure.kind == "proportion" else totals * average


def _unranked(reference: Reference) -> list[str]:
    return [force.force_code for force in reference.forces if force.unranked_because]


def _compared_with_benchmark(rows: pd.DataFrame, basis: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Compare every area with its benchmark and say which that is; the nation is not compared with itself."""
    average = rows["period_end"].map(basis.set_index("period_end")["average"].astype(float)).astype(float)
    published = rows["period_end"].map(_published_nation(rows)).astype(float)
    benchmark = average.where(rows["area_level"] == "force", published.fillna(average))
    others = benchmark.where((rows["area_level"] != "country") & ~rows["apart"])
    words = compare(
        rows["value"].to_numpy(dtype=float, na_value=np.nan),
        rows["lower_95"].to_numpy(dtype=float),
        rows["upper_95"].to_numpy(dtype=float),
        others.to_numpy(dtype=float),
        measure.polarity,
        rows["lower_998"].to_numpy(dtype=float),
        rows["upper_998"].to_numpy(dtype=float),
    )
    against_nation = (rows["area_level"] != "force") & published.notna()
    kind = pd.Series(np.where(against_nation, NATION, AVERAGE), index=rows.index, dtype="object").where(others.notna())
    return rows.assign(compared_with_nation=_words(words, rows, Comparison.NOT_COMPARED), benchmark=kind)


def _published_nation(rows: pd.DataFrame) -> pd.Series:
    """The nation's own published value by period; none where it was pooled here or rests on doubtful zeros."""
    own = (rows["area_level"] == "country") & ~rows["apart"]
    nation = rows[own & (rows["basis"] != POOLED) & ~rows["rests_on_doubt"]]
    return nation.set_index("period_end")["value"].astype(float)


def _words(words: Any, rows: pd.DataFrame, otherwise: str) -> pd.Series:
    found = pd.Series(np.asarray(words, dtype=object), index=rows.index)
    return found.map(lambda word: str(word) if word is not None else str(otherwise))


def _with_outliers_and_ranks(
    rows: pd.DataFrame, years: list[pd.DataFrame], basis: pd.DataFrame, measure: Measure, reference: Reference, *, ranks: bool
) -> pd.DataFrame:
    """Flags against the funnel and ranks of the forces compared in each of the ``years``; nothing for every other row."""
    by_year = basis.set_index("period_end")
    columns = ["outlier", "outlier_unadjusted", *(RANKS if ranks else [])]
    found = [
        _flags_and_ranks(shown, by_year.loc[period_end], measure, reference, ranks=ranks)
        for shown in years
        if (period_end := shown["period_end"].iloc[0]) in by_year.index
    ]
    none = pd.DataFrame(index=rows.index[:0], columns=columns, dtype="object")
    filled = pd.concat([none, *found])[columns].reindex(rows.index)
    kinds = {"rank": "Int64", "rank_lower": "Int64", "rank_upper": "Int64", "probability_highest_quarter": "float64"}
    filled = filled.astype({column: kinds.get(column, "object") for column in columns})
    flags = {column: filled[column].where(filled[column].notna(), None) for column in columns[:2]}
    return rows.join(filled.assign(**flags))


def _flags_and_ranks(
    shown: pd.DataFrame, rest: pd.Series, measure: Measure, reference: Reference, *, ranks: bool
) -> pd.DataFrame:
    """Of one year; columns of which nothing is known are left out."""
    counts, totals = shown["numerator"].to_numpy(dtype=float), shown["denominator"].to_numpy(dtype=float)
    average, tau2 = float(rest["average"]) / (measure.multiplier or 1), float(rest["tau2"])
    kind: Kind = "proportion" if measure.kind == "proportion" else "rate"
    found = pd.DataFrame(index=shown.index, columns=["outlier", "outlier_unadjusted"], dtype="object")
    if not np.isnan(tau2):
        size = _size(totals, average, measure)
        target = average if measure.kind == "proportion" else 1.0
        flags = np.asarray(adjusted_flags(counts, size, target, tau2, rest["transform"]), dtype=object)
        found["outlier"] = [str(flag) for flag in flags]
    if _has_interval(measure, reference):
        plain = np.asarray(funnel_flags(counts, totals, kind, average), dtype=object)
        found["outlier_unadjusted"] = [str(flag) for flag in plain]
    if ranks and _has_interval(measure, reference) and not np.isnan(tau2):
        ranked = ~shown["area_code"].isin(_unranked(reference)).to_numpy()
        places = rank_intervals(counts[ranked], totals[ranked], kind, tau2=tau2)
        values = pd.DataFrame({column: getattr(places, column) for column in RANKS}, index=shown.index[ranked])
        found = found.join(values)
    return found.reindex(columns=["outlier", "outlier_unadjusted", *RANKS])


def _with_trends(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.DataFrame:
    """The recent trend up to each year, and the change from the year before, never across a gap or a break."""
    rows = rows.assign(year=rows["period_end"].dt.year)
    run = _run(rows, measure, reference)
    columns = ["value", "lower_95", "upper_95"]
    held = rows.set_index(["area_code", "year"])[columns].astype(float)
    runs = pd.Series(run.to_numpy(), index=held.index)
    # An average over other forces each year is not one series.
    shifting = ((rows["basis"] == POOLED) & (rows["hidden_parts"] > 0)).to_numpy()
    held.loc[held["lower_95"].isna() | held["upper_95"].isna() | shifting] = np.nan
    windows = []
    for back in reversed(range(TREND_POINTS)):
        keys = pd.MultiIndex.from_arrays([rows["area_code"], rows["year"] - back])
        window = held.reindex(keys).to_numpy()
        window[runs.reindex(keys).to_numpy() != run.to_numpy()] = np.nan
        windows.append(window)
    points = np.stack(windows, axis=1)  # (rows, points, value and limits)
    trend = recent_trend(points[:, :, 0], points[:, :, 1], points[:, :, 2], value_type=measure.kind)
    latest, before = points[:, -1, :], points[:, -2, :]
    change = change_from_previous(latest[:, 0], latest[:, 1], latest[:, 2], before[:, 0], before[:, 1], before[:, 2])
    return rows.drop(columns="year").assign(
        recent_trend=_words(trend.result, rows, Trend.CANNOT_BE_CALCULATED),
        change_from_previous=_words(change, rows, Trend.CANNOT_BE_CALCULATED),
    )


def _run(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.Series:
    """The number of the unbroken run that a row belongs to: one more after each known break of its area or of all."""
    series = {measure.numerator, measure.denominator}
    run = pd.Series(0.0, index=rows.index)
    for entry in reference.series_breaks:
        if entry.kind == "break" and entry.starts is not None and entry.series in series:
            after = rows["period_end"].map(_day) >= entry.starts
            run += after & (True if entry.area is None else rows["area_code"] == entry.area)
    return run


def _day(stamp: Any) -> date:
    return pd.Timestamp(stamp).date()
