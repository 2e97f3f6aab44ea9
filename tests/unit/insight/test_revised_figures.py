"""Which figures a later release changed, of made-up releases; and what is withheld, counted anew from the real data."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
import pytest

from insight.queries import about
from insight.warehouse import Warehouse

TABLES = """
CREATE TABLE area (area_code VARCHAR, area_level VARCHAR, area_name VARCHAR);
INSERT INTO area VALUES ('X1', 'force', 'Made-up force'), ('X1L', 'local_authority', 'Made-up council');
CREATE TABLE observation (area_code VARCHAR, area_level VARCHAR, figure_id VARCHAR, period_end DATE, release VARCHAR,
    value BIGINT, hidden_parts INTEGER);
"""


def changes(*rows: tuple[str, int | None, int], area: tuple[str, str] = ("X1", "force")) -> list[tuple[str, str, int]]:
    """Earlier release, later release and change, of rows (release, value, hidden parts) of one figure and year."""
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        for release, value, hidden in rows:
            given = [*area, "children", date(2020, 3, 31), release, value, hidden]
            connection.execute("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?)", given)
        found = connection.execute(about.REVISED).df()
    return list(found[["earlier_release", "later_release", "change"]].itertuples(index=False, name=None))


def test_each_release_is_held_against_the_one_before_the_largest_change_first() -> None:
    assert changes(("2020", 100, 0), ("2021", 90, 0), ("2022", 120, 0)) == [("2021", "2022", 30), ("2020", "2021", -10)]


def test_a_release_without_the_area_is_passed_over() -> None:
    assert changes(("2022", 120, 0), ("2020", 100, 0)) == [("2020", "2022", 20)]


@pytest.mark.parametrize(
    "rows",
    [
        [("2020", 100, 0), ("2021", 100, 0)],
        [("2020", 100, 1), ("2021", 90, 0)],
        [("2020", 100, 0), ("2021", 90, 1)],
        [("2020", 100, 0), ("2021", None, 0), ("2022", 90, 0)],  # a release that has the area without a figure lies between
        [("2020", 100, 0)],
    ],
    ids=["the same figure", "a part was hidden", "a part is hidden", "no figure between", "one release"],
)
def test_what_is_no_change_of_a_figure_is_not_named(rows: list[tuple[str, int | None, int]]) -> None:
    assert changes(*rows) == []


def test_councils_are_not_named() -> None:
    assert changes(("2020", 100, 0), ("2021", 90, 0), area=("X1L", "local_authority")) == []


def test_what_is_withheld_is_counted_as_the_releases_have_it(real: Warehouse) -> None:
    cells = ["figure_id", "period_end", "area_code"]
    rows = real.rows("rows", f"SELECT {', '.join(cells)}, release, area_level, status FROM observation")
    last = rows.groupby(cells[:2])["release"].transform("max")
    now = rows[rows["release"] == last].set_index(cells)["status"]
    withheld = rows[rows["status"] == "withheld"]
    assert len(withheld)
    then = now.reindex(pd.MultiIndex.from_frame(withheld[cells])).to_numpy()
    kind = pd.Series("former_authorities", index=withheld.index)
    kind = kind.mask(then == "suppressed", "suppressed_now").mask(withheld["area_level"] == "force", "our_sums")
    found = about.withheld(real).set_index("kind")
    assert set(found.index) == {"former_authorities", "our_sums", "suppressed_now"}
    for name, row in found.iterrows():
        of_kind = withheld[kind == name]
        assert (row["figures"], row["cells"]) == (len(of_kind), len(of_kind[cells].drop_duplicates())), name
