"""Small frames about Exampland, as the steps of a build hand them on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeAlias

import pandas as pd
import pytest

from etl.indicators import indicators
from etl.observations import observations
from etl.reference import Reference

Frame: TypeAlias = Callable[..., pd.DataFrame]
LEVELS = {"E990": "force", "W990": "force", "E991": "local_authority", "E998": "region", "E999": "country"}


@pytest.fixture
def reference(made_up: Any, real_reference: Reference) -> Reference:
    """Exampland with all measures. Force 1 has the authorities E99100101 to 03, force 2 E99100201 and 02, the others one each."""
    return dataclasses.replace(made_up.reference, measures=real_reference.measures)


@pytest.fixture
def released() -> Frame:
    """``released((area, figure, value or status), …)``: figures of a release, as ``observations`` takes them."""

    def make(*figures: tuple[str, str, int | str], period_end: str = "2024-03-31", release: str = "2024") -> pd.DataFrame:
        frame = pd.DataFrame(
            [
                {
                    "period_end": period_end,
                    "area_level": LEVELS[area[:4]],
                    "area_code": area,
                    "figure_id": figure,
                    "value": value if isinstance(value, int) else pd.NA,
                    "status": "reported" if isinstance(value, int) else value,
                    "release": release,
                    "source_id": f"made-up-{release}",
                }
                for area, figure, value in figures
            ]
        )
        return frame.astype({"value": "Int64"})

    return make


@pytest.fixture
def current(reference: Reference) -> Frame:
    """``current(frame, …)``: released figures as the current observations of a build, forces summed."""

    def make(*frames: pd.DataFrame) -> pd.DataFrame:
        rows = observations(pd.concat(frames, ignore_index=True), reference)
        return rows.assign(period_end=pd.to_datetime(rows["period_end"]))

    return make


@pytest.fixture
def measured(reference: Reference, current: Frame) -> Callable[..., dict[str, Any]]:
    """``measured(measure, area, frame, …)``: the one indicator of an area that these figures make."""

    def make(measure_id: str, area: str, *frames: pd.DataFrame) -> dict[str, Any]:
        rows = indicators(current(*frames), reference)
        [found] = rows[(rows["measure_id"] == measure_id) & (rows["area_code"] == area)].to_dict("records")
        return found

    return make


@pytest.fixture(autouse=True)
def _few_forces_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up countries of a handful of forces are compared too; the test of the least number sets it back."""
    monkeypatch.setattr("etl.comparisons.FEWEST_FORCES", 1)
