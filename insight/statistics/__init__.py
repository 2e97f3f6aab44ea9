"""The methods: intervals, funnels, overdispersion, trends, comparisons, ranks and distributions.

Pure functions over numbers and numpy arrays. They know nothing of forces, measures or pages: which areas are
shown together, which figures are hidden and where a series breaks is the caller's to decide, and comes in as
NaN or None. Single numbers in give single numbers (or words) back, arrays give arrays.

``byar_interval``, ``trend_label``, ``Overdispersion.n_used`` and the ways to treat outliers that no page uses are here because
the worked cases, which every method is tested with, ask for them.
"""

from insight.statistics._levels import OUTSIDE_95, OUTSIDE_998
from insight.statistics.comparison import FEWEST_FORCES, compare
from insight.statistics.distribution import FEWEST_FOR_A_BOX, BoxPlot, box_plot, quantile_bounds, quantile_category
from insight.statistics.funnel import (
    FunnelLimits,
    Kind,
    RateFunnelLimits,
    flags_beyond,
    funnel_flags,
    funnel_limits_proportion,
    funnel_limits_rate,
)
from insight.statistics.intervals import (
    Estimate,
    byar_interval,
    exact_poisson_interval,
    has_intervals,
    pooled_average,
    proportion,
    rate,
)
from insight.statistics.overdispersion import (
    Overdispersion,
    Transform,
    adjusted_flags,
    adjusted_limits,
    overdispersion,
)
from insight.statistics.ranking import RankIntervals, rank_intervals
from insight.statistics.trend import POINTS as TREND_POINTS
from insight.statistics.trend import RecentTrend, change_from_previous, recent_trend, trend_label
from insight.statistics.verdict import VerdictWithBasis, verdict
from insight.statistics.words import Comparison, FunnelFlag, Level, Polarity, ShareChange, Trend, Verdict, VerdictBasis

__all__ = [
    "FEWEST_FORCES",
    "FEWEST_FOR_A_BOX",
    "OUTSIDE_95",
    "OUTSIDE_998",
    "TREND_POINTS",
    "BoxPlot",
    "Comparison",
    "Estimate",
    "FunnelFlag",
    "FunnelLimits",
    "Kind",
    "Level",
    "Overdispersion",
    "Polarity",
    "RankIntervals",
    "RateFunnelLimits",
    "RecentTrend",
    "ShareChange",
    "Transform",
    "Trend",
    "Verdict",
    "VerdictBasis",
    "VerdictWithBasis",
    "adjusted_flags",
    "adjusted_limits",
    "box_plot",
    "byar_interval",
    "change_from_previous",
    "compare",
    "exact_poisson_interval",
    "flags_beyond",
    "funnel_flags",
    "funnel_limits_proportion",
    "funnel_limits_rate",
    "has_intervals",
    "overdispersion",
    "pooled_average",
    "proportion",
    "quantile_bounds",
    "quantile_category",
    "rank_intervals",
    "rate",
    "recent_trend",
    "trend_label",
    "verdict",
]
