"""The order of nearest neighbours from features of made-up forces."""

from __future__ import annotations

import pandas as pd

from etl.neighbours import MOST, nearest_neighbours


def features() -> pd.DataFrame:
    rows = [
        ("X1", 100_000, 70.0, 50_000),
        ("X2", 101_000, 70.0, 50_500),
        ("X3", 900_000, 100.0, 100_000),
        ("X4", 120_000, 75.0, 60_000),
    ]
    return pd.DataFrame(rows, columns=["force_code", "children", "looked_after_rate", "children_per_authority"])


def order(rows: pd.DataFrame, force: str) -> list[str]:
    return rows[rows["force_code"] == force].sort_values("position")["neighbour_code"].tolist()


def test_the_nearest_come_first_and_no_force_is_its_own_neighbour() -> None:
    assert order(nearest_neighbours(features()), "X1") == ["X2", "X4", "X3"]


def test_positions_count_from_one_and_follow_the_distance() -> None:
    rows = nearest_neighbours(features())
    for _, own in rows.groupby("force_code"):
        assert own["position"].tolist() == [1, 2, 3]
        assert own["distance"].is_monotonic_increasing


def test_forces_at_the_same_distance_stand_by_their_code_whatever_the_order_of_rows() -> None:
    same = features().assign(children=100_000, looked_after_rate=70.0, children_per_authority=50_000)
    assert order(nearest_neighbours(same.iloc[::-1]), "X1") == ["X2", "X3", "X4"]


def test_of_very_many_forces_each_keeps_its_nearest_only() -> None:
    sizes = 1.1 ** pd.Series(range(MOST + 30))  # of growing size, so that the nearest are those before and after in the list
    many = pd.DataFrame({"children": sizes, "looked_after_rate": 70.0, "children_per_authority": 50_000.0})
    rows = nearest_neighbours(many.assign(force_code=[f"X{place:03}" for place in many.index]))
    assert rows.groupby("force_code")["position"].agg(list).map(lambda places: places == list(range(1, MOST + 1))).all()
    assert set(order(rows, "X040")) == {f"X{place:03}" for place in range(15, 66)} - {"X040"}


def test_without_features_there_are_no_neighbours() -> None:
    assert nearest_neighbours(features().head(0)).empty
