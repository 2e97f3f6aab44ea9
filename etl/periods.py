"""The year that a figure serves."""

from __future__ import annotations

import pandas as pd

POPULATION = "population_0_17"


def as_year_ending_march(period_end: pd.Series, figure_id: pd.Series) -> pd.Series:
    """Ends of periods as dates; a mid-year population is the denominator of the year ending in the March after it."""
    dated = pd.to_datetime(period_end)
    of_residents = figure_id == POPULATION
    following_march = pd.to_datetime((dated[of_residents].dt.year + 1).astype(str) + "-03-31")
    return dated.where(~of_residents, following_march)
