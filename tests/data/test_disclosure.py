"""Disclosure control: what the newest release suppresses appears nowhere, and nothing of ours narrows it.

The attacker knows every printed figure of a release: authorities exactly, regions and England rounded to 10, halves up. A linear
programme says between which numbers each suppressed figure then lies, once with what the publisher prints and once with our sums
of forces beside it. The two must be the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
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
    """The smallest and the largest number that each hidden figure can be.

    Figures that lie in the same sums are one variable of the programme, their sum: nothing tells them apart, so that each of two
    or more can be all of it or nothing.
    """
    sums = list(_sums(one, places, with_ours))
    inside = Counter({area: tuple(area in places[total] for total, _, _ in sums) for area in one.hidden}.values())
    together, many = list(inside), inside
    rows, limits = [], []
    for at, (_, below, above) in enumerate(sums):
        row = tuple(float(group[at]) for group in together)
        if above is not None:
            rows.append(row)
            limits.append(above)
        rows.append(tuple(-part for part in row))
        limits.append(-below)
    ends = dict(zip(together, _ends(tuple(rows), tuple(limits), len(together)), strict=True))
    found = {}
    for area in one.hidden:
        group = tuple(area in places[total] for total, _, _ in sums)
        least, most = ends[group]
        found[area] = (least if many[group] == 1 else LEAST, most)
    return found


def _sums(one: Release, places: Places, with_ours: bool) -> Iterator[tuple[str, float, float | None]]:
    """Between which numbers the hidden figures of a total lie together; a sum that figures from 0 up cannot break says nothing."""
    rounded = not any(value % ROUNDED_TO for value in one.published.values())
    printed = [(total, value, (5, 4) if rounded else (0, 0)) for total, value in one.published.items()]
    if with_ours:
        printed += [(force, value, (0, None if parts else 0)) for force, (value, parts) in one.ours.items()]
    for total, value, (below, above) in printed:
        rest = value - sum(number for area, number in one.seen.items() if area in places[total])
        holds = any(area in places[total] for area in one.hidden)
        least, most = rest - below, None if above is None else rest + above
        if least > LEAST or (most is not None and (holds or most < LEAST)):
            yield total, least, most


@cache
def _ends(rows: tuple[tuple[float, ...], ...], limits: tuple[float, ...], count: int) -> tuple[tuple[float, float], ...]:
    """The ends of each variable; one programme is solved once, however often it is asked."""
    found = []
    for place in range(count):
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(count)
            goal[place] = sign
            matrix = np.array(rows or [[0.0] * count])
            solved = linprog(goal, matrix, limits or [0.0], bounds=[(LEAST, MOST)] * count, method="highs")
            assert solved.status in (0, 3), solved.message
            ends.append(np.inf if solved.status == 3 else round(sign * solved.fun, 6))
        found.append((ends[0], ends[1]))
    return tuple(found)


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
    """Every table that hides a figure, however many it hides."""
    solved = 0
    for key, one in releases.items():
        if one.hidden:
            assert feasible(one, places, with_ours=True) == feasible(one, places, with_ours=False), key
            solved += len(one.hidden)
    assert solved == sum(len(one.hidden) for one in releases.values()) > 7000


def test_the_programme_sees_a_sum_that_gives_a_figure_away() -> None:
    """The fault put back: a force's sum with the suppressed part in it, as an earlier release printed it."""
    places = {"F": frozenset("AB"), "N": frozenset("ABC")}
    leaking = Release(seen={"A": 40, "C": 60}, hidden=["B"], published={"N": 110}, ours={"F": (46, 0)})
    assert feasible(leaking, places, with_ours=False) == {"B": (5, 14)}
    assert feasible(leaking, places, with_ours=True) == {"B": (6, 6)}


def test_the_programme_sees_a_leak_in_a_table_that_hides_many() -> None:
    """Sixty of a hundred hidden in four forces; the sum of one force holds what is hidden there."""
    areas = [f"A{number:03}" for number in range(100)]
    places = {f"F{force}": frozenset(areas[force * 25 : (force + 1) * 25]) for force in range(4)} | {"N": frozenset(areas)}
    seen = {area: 40.0 for number, area in enumerate(areas) if number % 5 >= 3}
    hidden = [area for area in areas if area not in seen]
    honest = {f"F{force}": (400.0, 15) for force in range(4)}
    made = Release(seen=seen, hidden=hidden, published={"N": 1780.0}, ours=honest)
    without = feasible(made, places, with_ours=False)
    assert set(without.values()) == {(0, 184)}
    assert feasible(made, places, with_ours=True) == without
    leaking = feasible(replace(made, ours={**honest, "F2": (445.0, 0)}), places, with_ours=True)
    assert {ends for area, ends in leaking.items() if area in places["F2"]} == {(0, 45)}
    assert {ends for area, ends in leaking.items() if area not in places["F2"]} == {(0, 139)}


def test_figures_that_lie_in_the_same_sums_can_be_taken_together() -> None:
    """The programme with one variable a figure says the same."""
    places = {"F": frozenset("AB"), "R": frozenset("ABC"), "S": frozenset("DEFG"), "N": frozenset("ABCDEFG")}
    printed = {"R": 70.0, "S": 30.0, "N": 110.0}
    made = Release(seen={"A": 40, "D": 12}, hidden=list("BCEFG"), published=printed, ours={"F": (47, 0)})
    for with_ours in (False, True):
        sums = list(_sums(made, places, with_ours))
        rows = [tuple(sign * (area in places[total]) for area in made.hidden) for total, _, _ in sums for sign in (1.0, -1.0)]
        limits = [limit for _, least, most in sums for limit in (np.inf if most is None else most, -least)]
        assert feasible(made, places, with_ours) == dict(
            zip(made.hidden, _ends(tuple(rows), tuple(limits), len(made.hidden)), strict=True)
        )


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
