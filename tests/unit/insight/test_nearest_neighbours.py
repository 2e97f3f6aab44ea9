"""Forces most alike are found openly and without those that cannot be compared."""

from __future__ import annotations

import pandas as pd

from insight.comparing.nearest_neighbours import most_alike, with_features


def forces() -> pd.DataFrame:
    rows = [
        ("X1", "Exampleshire", None, 100_000, 700, 2),
        ("X2", "Twinshire", None, 101_000, 707, 2),
        ("X3", "Farshire", None, 900_000, 9_000, 9),
        ("X4", "Nearshire", None, 120_000, 900, 2),
        ("X5", "Tinytown", "A handful of children.", 100_000, 700, 2),
    ]
    columns = ["area_code", "area_name", "unranked_because", "children", "looked_after", "authorities"]
    return pd.DataFrame(rows, columns=columns)


def test_the_nearest_come_first_and_my_force_is_not_among_them() -> None:
    assert list(most_alike(forces(), "X1")["area_name"]) == ["Twinshire", "Nearshire", "Farshire"]


def test_a_force_that_is_never_ranked_is_nobodys_like() -> None:
    assert "X5" not in set(most_alike(forces(), "X1")["area_code"])
    assert most_alike(forces(), "X5").empty


def test_a_force_without_figures_has_no_like() -> None:
    assert most_alike(forces(), "W9").empty


def test_likeness_does_not_depend_on_the_order_of_forces() -> None:
    turned = forces().iloc[::-1].reset_index(drop=True)
    assert list(most_alike(turned, "X1")["area_code"]) == list(most_alike(forces(), "X1")["area_code"])


def test_features_are_what_the_page_says() -> None:
    first = with_features(forces()).iloc[0]
    assert first["looked_after_rate"] == 70
    assert first["children_per_authority"] == 50_000
