"""Every worked case of the shared folder at its own tolerance; a clone without it has the known answers."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.statistics.method_case_adapters import ADAPTERS

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "method_cases"
CASES = [
    pytest.param(case, id=f"{case['method']}-{case['id']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared method cases are not beside this clone")


def test_the_folder_holds_cases() -> None:
    assert CASES


@pytest.mark.parametrize("case", CASES)
def test_case_is_met(case: dict[str, Any]) -> None:
    got = ADAPTERS[case["method"]](case["inputs"])
    assert_agrees(got, case["expected"], case["tolerance"])


@pytest.mark.parametrize(
    ("got", "expected", "tolerance"),
    [
        (1.0 + 1e-8, 1.0, {"rel": 1e-9}),
        (1.1, 1.0, {"abs": 0.006}),
        (math.nan, 0.0, {"abs": 1.0}),
        (0.0, None, {}),
        (1.0, 1.5, {}),
        ("Similar", "Not compared", {}),
        ({"a": 1, "b": 2}, {"b": 3}, {}),
        ([1.0, 2.0], [1.0], {}),
        (True, False, {}),
    ],
)
def test_a_wrong_answer_is_not_taken_for_right(got: Any, expected: Any, tolerance: dict[str, float]) -> None:
    with pytest.raises(AssertionError):
        assert_agrees(got, expected, tolerance)


def assert_agrees(got: Any, expected: Any, tolerance: dict[str, float], where: str = "") -> None:
    """Only the keys expected; null is no value; numbers within the tolerance, all else exactly."""
    if isinstance(expected, dict):
        for key, part in expected.items():
            if key == "error":
                assert part in str(got[key]), f"{where}.{key}"
            else:
                assert_agrees(got[key], part, tolerance, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(got) == len(expected), where
        for row, (one, other) in enumerate(zip(got, expected, strict=True)):
            assert_agrees(one, other, tolerance, f"{where}[{row}]")
    elif expected is None:
        assert got is None or np.isnan(got), where
    elif isinstance(expected, (str, bool)):
        assert got == expected, where
    else:
        allowed = max(tolerance.get("abs", 0), tolerance.get("rel", 0) * abs(expected))
        assert got is not None, where
        assert abs(got - expected) <= allowed, f"{where}: {got} for {expected}"
