"""The lines of a funnel plot from the stored average and τ²; the flags are stored, these lines are where they change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from insight.statistics import FunnelFlag, FunnelLimits, adjusted_limits, funnel_limits_proportion, funnel_limits_rate

LIMITS = ("lower_95", "upper_95", "lower_998", "upper_998")
POINTS = 160


def funnel_lines(
    measure: Mapping[str, Any], comparison: Mapping[str, Any], smallest: float, largest: float, *, adjusted: bool
) -> pd.DataFrame:
    """Points of the four lines: columns limit, size (denominator), value (in the measure's unit).

    Args:
        measure: kind and multiplier.
        comparison: the stored average (in the measure's unit), τ² and transform of the measure and year.
        smallest: the denominator at which the lines start.
        largest: the one at which they end.
        adjusted: widened by τ², or for chance alone.
    """
    sizes = np.geomspace(max(smallest, 1.0), largest, POINTS)
    multiplier = float(measure["multiplier"])
    average = float(comparison["average"]) / multiplier
    if adjusted:
        return _at_sizes(sizes, _adjusted(sizes, average, measure, comparison, multiplier))
    if measure["kind"] == "proportion":
        return _at_sizes(sizes, funnel_limits_proportion(average, sizes, multiplier))
    events = np.geomspace(max(sizes[0] * average, 0.5), sizes[-1] * average * 1.5, POINTS)
    lines = funnel_limits_rate(events, average * multiplier, multiplier)
    frames = [
        pd.DataFrame({"limit": limit, "size": getattr(lines, f"{limit}_population"), "value": getattr(lines, limit)})
        for limit in LIMITS
    ]
    every = pd.concat(frames, ignore_index=True)
    return every[every["size"].between(sizes[0], sizes[-1])].reset_index(drop=True)


def flags_of(frame: pd.DataFrame, *, adjusted: bool) -> pd.Series:
    """Where each force lies to the lines that are drawn: a ``FunnelFlag``."""
    return frame["outlier" if adjusted else "outlier_unadjusted"].fillna(str(FunnelFlag.NOT_COMPARED))


def _adjusted(
    sizes: np.ndarray[Any, Any],
    average: float,
    measure: Mapping[str, Any],
    comparison: Mapping[str, Any],
    multiplier: float,
) -> FunnelLimits:
    precision = sizes if measure["kind"] == "proportion" else sizes * average
    return adjusted_limits(precision, average, float(comparison["tau2"]), comparison["transform"], multiplier)


def _at_sizes(sizes: np.ndarray[Any, Any], lines: FunnelLimits) -> pd.DataFrame:
    frames = [pd.DataFrame({"limit": limit, "size": sizes, "value": getattr(lines, limit)}) for limit in LIMITS]
    return pd.concat(frames, ignore_index=True)
