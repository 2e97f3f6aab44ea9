"""An attack on the published figures themselves, by other means than the gate's: linear programmes over every printed sum.

It reads only the files of the snapshot. The attacker takes hidden figures to be 1 to 5, or any number where that cannot be.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

MOST_HIDDEN = 12  # a table that hides more shelters each of them; the gate looks at all
LEAST_POSSIBLE = 3
FREE = {"not_applicable", "not_covered", "reported"}


pytestmark = pytest.mark.xdist_group("public site")


@pytest.fixture(scope="module")
def site(public_site: Path) -> Path:
    """The snapshot of the real data."""
    return (public_site / "snapshots" / "latest").resolve()


@pytest.fixture(scope="module")
def figures(site: Path) -> pd.DataFrame:
    """Base figures as published."""
    return pd.read_csv(site / "data" / "observation.csv", dtype={"release": "str"})


@pytest.fixture(scope="module")
def sums(site: Path) -> dict[str, set[str]]:
    """Authorities of every force, region, part of London and country."""
    read = {name: pd.read_csv(site / "data" / f"{name}.csv") for name in ("local_authority", "force", "region_or_country")}
    coded = dict(zip(read["region_or_country"]["area_name"], read["region_or_country"]["area_code"], strict=True))
    made: dict[str, set[str]] = defaultdict(set)
    for row in read["local_authority"].merge(read["force"], on="force_code").itertuples():
        for total in (row.force_code, coded[row.region], coded[row.country]):
            made[total].add(row.la_code)
    for row in pd.read_csv(site / "data" / "subregion.csv").itertuples():
        made[row.area_code].add(row.la_code)
    return made


def secrets(figures: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Figure, year and area of what the newest release hides."""
    parts = figures[figures["area_level"] == "local_authority"]
    newest = parts.sort_values("release").drop_duplicates(["figure_id", "period_end", "area_code"], keep="last")
    hidden = newest[newest["status"] == "suppressed"]
    return set(zip(hidden["figure_id"], hidden["period_end"], hidden["area_code"], strict=True))


def possible(
    table: pd.DataFrame, sums: dict[str, set[str]], secret: set[str], small: bool
) -> dict[str, tuple[float, float]] | None:
    """What each secret figure of a table can be; None if the guess cannot be."""
    parts = table[table["area_level"] == "local_authority"]
    seen = dict(zip(parts["area_code"], parts["value"], strict=True))
    unknown = [area for area, status in zip(parts["area_code"], parts["status"], strict=True) if status not in FREE]
    withheld = set(parts.loc[parts["status"] == "withheld", "area_code"])
    totals = table[(table["area_level"] != "local_authority") & table["value"].notna()]
    rounded = not (totals.loc[totals["area_level"] != "force", "value"] % 10).any()
    rows, limits = [], []
    for total, level, value in zip(totals["area_code"], totals["area_level"], totals["value"], strict=True):
        inside = sums[total]
        rest = value - sum(number for area, number in seen.items() if area in inside and not np.isnan(number))
        if level == "force":  # the sum of what the publisher shows of it
            row = [float(area in inside and area in withheld) for area in unknown]
            slack = (rest, -rest)
        else:
            row = [float(area in inside) for area in unknown]
            slack = (rest + 4, 5 - rest) if rounded else (rest, -rest)
        if any(row):
            rows += [row, [-one for one in row]]
            limits += slack
    ranges = [(1, 5) if small and area in secret else (0, None) for area in unknown]
    found = {}
    for place, area in enumerate(unknown):
        if area not in secret:
            continue
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(unknown))
            goal[place] = sign
            solved = linprog(goal, np.array(rows) if rows else None, limits or None, bounds=ranges)
            if solved.status == 2:
                return None
            ends.append(np.inf if solved.status == 3 else sign * solved.fun)
        found[area] = (float(np.ceil(ends[0] - 1e-6)), float(np.floor(ends[1] + 1e-6)))
    return found


def test_no_hidden_figure_has_fewer_than_three_possible_numbers(figures: pd.DataFrame, sums: dict[str, set[str]]) -> None:
    hidden = secrets(figures)
    attacked, opened = 0, []
    for key, table in figures.groupby(["figure_id", "period_end", "release"]):
        secret = {area for figure, period, area in hidden if (figure, period) == key[:2]}
        secret &= set(table.loc[table["value"].isna(), "area_code"])
        unknown = (table["area_level"].eq("local_authority") & ~table["status"].isin(FREE)).sum()
        if not secret or unknown > MOST_HIDDEN:
            continue
        for small in (True, False):
            found = possible(table, sums, secret, small)
            attacked += len(found or {})
            opened += [(key, area, ends) for area, ends in (found or {}).items() if ends[1] - ends[0] < LEAST_POSSIBLE - 1]
    assert attacked > 50
    assert opened == []


def test_what_is_withheld_in_one_release_is_printed_in_none(figures: pd.DataFrame) -> None:
    withheld = figures[figures["status"] == "withheld"]
    printed = figures[figures["value"].notna()]
    keys = ["figure_id", "period_end", "area_code"]
    assert len(withheld) > 100
    assert withheld.merge(printed, on=keys).empty


def test_what_the_newest_release_hides_is_printed_in_none(figures: pd.DataFrame) -> None:
    hidden = secrets(figures)
    printed = figures[figures["value"].notna()]
    assert not hidden & set(zip(printed["figure_id"], printed["period_end"], printed["area_code"], strict=True))


def test_checks_print_no_sum_from_before_the_gate(site: Path) -> None:
    checks = pd.read_csv(site / "data" / "check_result.csv")
    sums = checks[checks["check_id"].str.startswith("total/")]
    assert len(sums) > 300
    assert not sums["expected"].str.contains(r"\d").any()
    assert not sums["found"].str.contains(r"\d").any()
