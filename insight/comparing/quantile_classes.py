"""What a map is coloured by: the verdict where there is one, else five classes of equal size."""

from __future__ import annotations

import numpy as np
import pandas as pd

from insight.format import number
from insight.statistics import quantile_bounds, quantile_category

CLASSES = 5


def shaded(frame: pd.DataFrame, decimals: int) -> tuple[pd.DataFrame, list[str]]:
    """Forces with ``shade`` 1 (lowest fifth) to 5, and the bounds in words.

    A force without a whole figure, or one that is never ranked, has no shade.
    """
    whole = frame["value"].notna() & (frame["hidden_parts"] == 0) & frame["unranked_because"].isna()
    values = frame["value"].where(whole).to_numpy(dtype=float, na_value=np.nan)
    bounds = quantile_bounds(values, CLASSES)
    if bounds is None:
        return frame.assign(shade=pd.array([pd.NA] * len(frame), dtype="Int64")), []
    shade = pd.Series(quantile_category(values, values, CLASSES), index=frame.index, dtype="Int64")
    labels = [_bounds(values[shade == one], decimals) for one in range(1, CLASSES + 1)]
    return frame.assign(shade=shade.where(shade > 0)), labels


def _bounds(values: np.ndarray, decimals: int) -> str:
    """From the lowest value of a class to its highest: no value stands in two classes, as it would between shared bounds."""
    if not len(values):
        return "no force"
    low, high = number(float(np.nanmin(values)), decimals), number(float(np.nanmax(values)), decimals)
    return low if low == high else f"{low} to {high}"
