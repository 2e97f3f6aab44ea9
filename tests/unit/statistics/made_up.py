"""Made-up areas and intervals, and how many of them a property is tried on."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

# The same examples each run, and none remembered: a build must not fail by luck or by what ran before.
held = settings(max_examples=60, deadline=None, derandomize=True, database=None)


TRANSFORMS = ("sqrt_ratio", "log_ratio", "arcsine_proportion")


MULTIPLIERS = (1, 100, 1_000, 10_000)


Kind = Literal["proportion", "rate"]


multipliers = st.sampled_from(MULTIPLIERS)


transforms = st.sampled_from(TRANSFORMS)


kinds = st.sampled_from(("proportion", "rate"))


@st.composite
def areas(draw: Any, least: int = 1, fewest_events: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Counts and denominators of some areas, no count above its denominator."""
    totals = draw(st.lists(st.integers(max(1, fewest_events), 50_000), min_size=least, max_size=12))
    return (
        np.array([draw(st.integers(fewest_events, total)) for total in totals], dtype=float),
        np.array(totals, dtype=float),
    )


@st.composite
def intervals(draw: Any, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values with limits around them."""
    figure = st.floats(0, 1_000).map(lambda value: round(value, 4))
    width = st.floats(0.01, 100).map(lambda value: round(value, 4))
    values = np.array(draw(st.lists(figure, min_size=size, max_size=size)))
    below = np.array(draw(st.lists(width, min_size=size, max_size=size)))
    above = np.array(draw(st.lists(width, min_size=size, max_size=size)))
    return values, values - below, values + above


def words(flags: Any) -> list[str]:
    """Flags or verdicts as they are stored."""
    return [str(flag) for flag in flags]
