"""Disclosure control: what the newest release suppresses appears nowhere, and nothing of ours narrows it.

The attacker knows every printed figure of a release: authorities exactly, regions and England rounded to 10, halves up. A linear
programme says between which numbers each suppressed figure then lies, once with what the publisher prints and once with our sums
of forces beside it. The two must be the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from etl.disclosure import with_withheld
from etl.reference import Reference
from insight.queries import registry
from insight.warehouse import Warehouse

CELL = ["figure_id", "period_end", "area_code"]
LEAST, MOST = 0, None  # of a suppressed figure, before any sum is looked at
MOST_HIDDEN = 15  # a table that hides more takes long and shelters each of them
ROUNDED_TO = 10


@dataclass
class Release:
    """One figure and year of one release: what is seen and hidden of authorities, and the sums that are printed."""

    seen: dict[str, float] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    published: dict[str, float] = field(default_factory=dict)
    ours: dict[str, tuple[float, int]] = field(default_factory=dict)


Places = dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def observation(real: Warehouse) -> pd.DataFrame:
    """Base figures of every release."""
    return registry.table(real, "observation")


@pytest.fixture(scope="module")
def places(real: Warehouse) -> Places:
    """The authorities of every force, region, part of London and of England."""
    table = {name: registry.table(real, name) for name in ("local_authority", "force", "region_or_country", "subregion")}
    code_of = dict(zip(table["region_or_country"]["area_name"], table["region_or_country"]["area_code"], strict=True))
    inside: dict[str, set[str]] = defaultdict(set)
    for row in table["local_authority"].merge(table["force"], on="force_code").itertuples():
        for total in (row.force_code, code_of[row.region], code_of[row.country]):
            inside[total].add(row.la_code)
    for row in table["subregion"].itertuples():
        inside[row.area_code].add(row.la_code)
    return {total: frozenset(codes) for total, codes in inside.items()}


@pytest.fixture(scope="module")
def releases(observation: pd.DataFrame, hidden_statuses: set[str]) -> dict[tuple[str, ...], Release]:
    """Every figure, year and release with figures of authorities."""
    return releases_of(observation, hidden_statuses)


@pytest.fixture(scope="module")
def hidden_statuses(real_reference: Reference) -> set[str]:
    """Statuses of a figure that exists and is not shown."""
    return set(real_reference.hidden_statuses)


def releases_of(observation: pd.DataFrame, hidden_statuses: Iterable[str]) -> dict[tuple[str, ...], Release]:
    made: dict[tuple[str, ...], Release] = defaultdict(Release)
    for row in observation.itertuples():
        one = made[row.figure_id, f"{row.period_end:%Y}", row.release]
        if row.area_level == "local_authority":
            if pd.notna(row.value):
                one.seen[row.area_code] = row.value
            elif row.status in hidden_statuses:
                one.hidden.append(row.area_code)
        elif pd.notna(row.value) and row.area_level == "force":
            one.ours[row.area_code] = row.value, row.hidden_parts
        elif pd.notna(row.value):
            one.published[row.area_code] = row.value
    return {key: one for key, one in made.items() if one.seen or one.hidden}


def feasible(one: Release, places: Places, with_ours: bool) -> dict[str, tuple[float, float]]:
    """The smallest and the largest number that each hidden figure can be."""
    rounded = not any(value % ROUNDED_TO for value in one.published.values())
    rows: list[tuple[float, ...]] = []
    limits: list[float] = []

    def bound(total: str, value: float, below: float, above: float | None) -> None:
        row = tuple(float(area in places[total]) for area in one.hidden)
        rest = value - sum(number for area, number in one.seen.items() if area in places[total])
        # A sum that no figures from 0 up can break says nothing, and the programme is the same without it.
        if above is not None and (any(row) or rest + above < 0):
            rows.append(row)
            limits.append(rest + above)
        if below - rest < 0:
            rows.append(tuple(-part for part in row))
            limits.append(below - rest)

    for total, value in one.published.items():
        bound(total, value, *((5, 4) if rounded else (0, 0)))
    for total, (value, hidden_parts) in one.ours.items() if with_ours else ():
        bound(total, value, 0, None if hidden_parts else 0)
    programme = tuple(rows), tuple(limits)
    return {area: _ends(place, *programme, len(one.hidden)) for place, area in enumerate(one.hidden)}


@cache
def _ends(place: int, rows: tuple[tuple[float, ...], ...], limits: tuple[float, ...], count: int) -> tuple[float, float]:
    """One programme is solved once, however often it is asked."""
    ends = []
    for sign in (1.0, -1.0):
        goal = np.zeros(count)
        goal[place] = sign
        solved = linprog(goal, np.array(rows or [[0.0] * count]), limits or [0.0], bounds=[(LEAST, MOST)] * count, method="highs")
        assert solved.status in (0, 3), solved.message
        ends.append(np.inf if solved.status == 3 else round(sign * solved.fun, 6))
    return ends[0], ends[1]


# ---------------------------------------------------------------------------------------------- (a) and (c): what is printed
def test_what_the_newest_release_suppresses_is_printed_in_none(observation: pd.DataFrame) -> None:
    newest = observation[observation["release"] == observation.groupby(["figure_id", "period_end"])["release"].transform("max")]
    suppressed = newest.loc[newest["status"] == "suppressed", CELL]
    # The sum of a force takes in what is printed of its authorities, which is looked at below.
    printed = observation.loc[observation["value"].notna() & (observation["area_level"] != "force"), CELL]
    assert len(suppressed) > 2000
    assert suppressed.merge(printed, on=CELL).empty


def test_nothing_else_is_withheld(observation: pd.DataFrame) -> None:
    """Twenty-seven numbers, where an earlier rule withheld 457 figures, England's totals of 2018 and 2021 among them."""
    withheld = observation[(observation["status"] == "withheld") & (observation["area_level"] != "force")]
    assert (len(withheld), len(withheld[CELL].drop_duplicates())) == (33, 27)
    england = observation[observation["area_level"] == "country"]
    assert set(england.loc[england["value"].isna(), "status"]) == {"not_available"}


def test_a_former_authority_is_withheld_where_what_took_its_place_is_suppressed(real_reference: Reference) -> None:
    """Northamptonshire became two authorities in 2021; their sum is what an earlier release prints of it."""
    county, north, west = "E10000021", "E06000061", "E06000062"
    rows = pd.DataFrame(
        [("2022", county, 7, "reported"), ("2024", north, None, "suppressed"), ("2024", west, 6, "reported")],
        columns=["release", "area_code", "value", "status"],
    ).assign(figure_id="made_up", period_end="2020-03-31", area_level="local_authority", doubtful=None)
    assert list(with_withheld(rows, real_reference)["status"]) == ["withheld", "suppressed", "reported"]
    shown = rows.assign(status=["reported", "reported", "reported"], value=[7, 1, 6])
    assert list(with_withheld(shown, real_reference)["status"]) == ["reported"] * 3


def test_the_public_files_print_nothing_that_is_suppressed(public_site: Path, observation: pd.DataFrame) -> None:
    path = public_site / "snapshots" / "latest" / "data" / "observation.csv"
    public = pd.read_csv(path, dtype={"release": "str"})
    hidden = public["status"].isin(["suppressed", "withheld"])
    assert hidden.sum() == observation["status"].isin(["suppressed", "withheld"]).sum()
    assert public.loc[hidden, "value"].isna().all()


# --------------------------------------------------------------------------------------------------- (b): what we derive
def test_a_sum_of_a_force_holds_nothing_that_is_hidden(releases: dict[tuple[str, ...], Release], places: Places) -> None:
    looked_at = 0
    for key, one in releases.items():
        for force, (value, hidden_parts) in one.ours.items():
            hidden = [area for area in one.hidden if area in places[force]]
            seen = [number for area, number in one.seen.items() if area in places[force]]
            assert value == sum(seen), (key, force)
            assert hidden_parts >= len(hidden), (key, force)
            looked_at += bool(hidden)
    assert looked_at > 500


def test_suppressed_figures_are_as_wide_open_with_our_sums_as_without(
    releases: dict[tuple[str, ...], Release], places: Places
) -> None:
    solved = 0
    for key, one in releases.items():
        if 0 < len(one.hidden) <= MOST_HIDDEN and one.published:
            assert feasible(one, places, with_ours=True) == feasible(one, places, with_ours=False), key
            solved += len(one.hidden)
    assert solved > 100


def test_the_programme_sees_a_sum_that_gives_a_figure_away() -> None:
    """The fault put back: a force's sum with the suppressed part in it, as an earlier release printed it."""
    places = {"F": frozenset("AB"), "N": frozenset("ABC")}
    leaking = Release(seen={"A": 40, "C": 60}, hidden=["B"], published={"N": 110}, ours={"F": (46, 0)})
    assert feasible(leaking, places, with_ours=False) == {"B": (5, 14)}
    assert feasible(leaking, places, with_ours=True) == {"B": (6, 6)}


@pytest.mark.parametrize("table", ["indicator", "indicator_as_of"])
def test_rates_and_verdicts_rest_on_printed_counts_alone(real: Warehouse, table: str) -> None:
    rows = registry.table(real, table)
    assert rows.loc[rows["numerator"].isna(), "value"].isna().all()
    bounds = rows[(rows["hidden_parts"] > 0) & (rows["area_level"] == "force")]
    assert len(bounds) > 1000
    assert set(bounds["verdict"]) <= {"Not compared", "Too few children to compare"}
    assert set(bounds["recent_trend"]) == {"Cannot be calculated"}
    if table == "indicator":
        assert bounds["rank"].isna().all()
