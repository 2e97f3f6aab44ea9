"""Base figures as the tables that a reader sees of them, and the areas that add up to one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from insight.snapshot.disclosure.published_sums import Range, Tree, crosses, tree_of

ROUNDED_TO = 10
HIDDEN, WITHHELD = "suppressed", "withheld"
Key = tuple[str, str, str]


@dataclass(frozen=True, order=True)
class Cell:
    """One figure of one area and year in one release."""

    figure_id: str
    period_end: str
    release: str
    area_code: str


@dataclass
class Table:
    """One figure, year and release: what a reader sees of authorities, forces, regions and England."""

    figure_id: str
    period_end: str
    release: str
    seen: dict[str, int] = field(default_factory=dict)  # authority: value
    hidden: dict[str, str] = field(default_factory=dict)  # authority: status of a figure that exists and is not seen
    totals: dict[str, int] = field(default_factory=dict)  # force, region or England: value
    rounded: bool = False  # regions and England
    worlds: list[dict[str, Range]] = field(default_factory=list)  # what follows for each area, one for each way to guess

    @property
    def key(self) -> Key:
        """What tells this table from others."""
        return self.figure_id, self.period_end, self.release

    def cell(self, area_code: str) -> Cell:
        """An area's cell of this table."""
        return Cell(*self.key, area_code)

    def withhold(self, area_code: str) -> bool:
        """Take a printed figure out; whether there was one."""
        if self.seen.pop(area_code, None) is not None:
            self.hidden[area_code] = WITHHELD
            return True
        return self.totals.pop(area_code, None) is not None


@dataclass(frozen=True)
class Places:
    """Which authorities lie in which force and region; regions may hold others (London holds Inner and Outer London)."""

    forces: dict[str, tuple[str, ...]]
    regions: dict[str, tuple[str, ...]]
    nation: str

    @cached_property
    def sets(self) -> dict[str, tuple[str, ...]]:
        """Regions, their parts and England, each with its authorities."""
        everyone = tuple(sorted({area for inside in self.regions.values() for area in inside}))
        return {**self.regions, **({self.nation: everyone} if self.nation else {})}

    @cached_property
    def tree(self) -> Tree:
        """England, its regions, their parts and the authorities."""
        return tree_of(self.sets)

    def trees(self, groups: dict[str, tuple[str, ...]]) -> list[Tree]:
        """The same with groups of authorities in it; a second tree without the sets that a group crosses."""
        if not groups:
            return [self.tree]
        crossed = {name: inside for name, inside in self.sets.items() if any(crosses(inside, group) for group in groups.values())}
        if not crossed:
            return [tree_of({**self.sets, **groups})]
        fitting = {
            name: group for name, group in groups.items() if not any(crosses(inside, group) for inside in self.sets.values())
        }
        whole = {name: inside for name, inside in self.sets.items() if name not in crossed}
        return [tree_of({**self.sets, **fitting}), tree_of({**whole, **groups})]


def tables_of(observations: pd.DataFrame, hidden_statuses: Iterable[str]) -> list[Table]:
    """The tables that base figures make.

    Args:
        observations: figure_id, period_end (ISO text), release, area_code, area_level, value, status.
        hidden_statuses: statuses of figures that exist and are not seen, ours among them.
    """
    unseen = set(hidden_statuses)
    made: dict[Key, Table] = {}
    unrounded: set[Key] = set()
    for row in observations.itertuples(index=False):
        key = (row.figure_id, row.period_end, row.release)
        table = made.setdefault(key, Table(*key))
        absent = pd.isna(row.value)
        if row.area_level != "local_authority":
            if not absent:
                table.totals[row.area_code] = int(row.value)
                if row.area_level != "force" and int(row.value) % ROUNDED_TO:
                    unrounded.add(key)
        elif not absent:
            table.seen[row.area_code] = int(row.value)
        elif row.status in unseen:
            table.hidden[row.area_code] = row.status
    for key, table in made.items():
        table.rounded = key not in unrounded
    return [made[key] for key in sorted(made)]


def around(value: int, rounded: bool) -> Range:
    """The whole numbers that a printed total can stand for."""
    half = ROUNDED_TO // 2
    return (max(0, value - half), value + half - 1) if rounded else (value, value)
