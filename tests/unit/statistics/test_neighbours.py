"""Distances between units over several features."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from insight.statistics.neighbours import distances

FEATURES = arrays(float, st.tuples(st.integers(2, 12), st.integers(1, 4)), elements=st.floats(0.1, 1e6))


def test_a_worked_case() -> None:
    # Logarithms 0, 1, 2 have mean 1 and standard deviation √(2/3): neighbours lie √(3/2) apart.
    found = distances(np.array([[1.0], [math.e], [math.e**2]]))
    assert found[0].tolist() == pytest.approx([0, math.sqrt(1.5), 2 * math.sqrt(1.5)])


@given(FEATURES)
@settings(max_examples=50)
def test_distances_are_symmetric_and_zero_from_oneself(features: np.ndarray) -> None:
    found = distances(features)
    assert np.array_equal(found, found.T)
    assert not found.diagonal().any()
    assert (found >= 0).all()


@given(FEATURES, st.floats(0.01, 100))
@settings(max_examples=50)
def test_the_unit_of_a_feature_changes_no_distance(features: np.ndarray, factor: float) -> None:
    # Away from features that agree to within rounding, of which only the rounding would be measured.
    features = features * np.linspace(1, 3, len(features))[:, None]
    logged = np.log(features)
    if (logged.std(axis=0) > 1e-3).all():
        assert distances(features * factor) == pytest.approx(distances(features), rel=1e-6, abs=1e-6)


def test_a_feature_in_which_all_agree_adds_nothing() -> None:
    assert distances(np.array([[5.0, 1.0], [5.0, 2.0]])) == pytest.approx(distances(np.array([[1.0], [2.0]])))


@pytest.mark.parametrize("fault", [0.0, -1.0, float("nan")])
def test_a_feature_that_is_missing_or_not_above_zero_is_refused_by_row(fault: float) -> None:
    with pytest.raises(ValueError, match="row 1"):
        distances(np.array([[1.0], [fault], [2.0]]))
