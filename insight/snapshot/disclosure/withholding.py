"""The gate: a copy of the build from which everything is withheld that would give a hidden figure away.

Every page, table and file of a snapshot is made from this copy, never from the build itself, so that none can disagree with
what was withheld. The copy is checked again when it is done; a snapshot of a copy that still leaks is never made.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from insight.queries import gate, withholding
from insight.snapshot.check_rows import check_leaks, mask_checks
from insight.snapshot.disclosure.feasible_intervals import close
from insight.snapshot.disclosure.published_gaps import Leak, Way, leaks_of
from insight.snapshot.disclosure.quotients import average_leaks, quotient_leaks
from insight.snapshot.tables import WITHHELD, Cell, Places, Table, tables_of
from insight.statistics import Trend, Verdict, VerdictBasis
from insight.warehouse import Warehouse, open_copy

ROUNDS = 40
WORDS = {
    "not_compared": Verdict.NOT_COMPARED,
    "too_few": Verdict.TOO_FEW,
    "no_figure": VerdictBasis.NO_COMPLETE_FIGURE,
    "no_benchmark": VerdictBasis.NO_BENCHMARK,
    "no_trend": Trend.CANNOT_BE_CALCULATED,
}


class StillLeaks(Exception):
    """What we would publish gives a hidden figure away, and withholding more does not mend it."""


@dataclass(frozen=True)
class Withheld:
    """What the gate left out: how many figures for each way to a hidden one, and how many ways to how many hidden figures."""

    figures: dict[str, int]
    hidden_figures_protected: int

    @property
    def total(self) -> int:
        """All figures left out."""
        return sum(self.figures.values())


def pass_gate(warehouse: Path, copy: Path) -> Withheld:
    """Write a copy of a build without what would give hidden figures away.

    Args:
        warehouse: the build's file; it is only read.
        copy: the file to write; it must not exist.

    Raises:
        StillLeaks: withholding did not close every way.
    """
    shutil.copyfile(warehouse, copy)
    withheld: dict[Cell, Way] = {}
    protected: set[Cell] = set()
    with open_copy(copy) as opened:
        withholding.begin(opened)
        for _ in range(ROUNDS):
            closed = close(_tables(opened), _places(opened))
            for leak in () if closed else audit(opened):
                closed |= {cell: leak for cell in leak.withhold if cell not in withheld}
            mask_checks(opened)
            if not closed:
                break
            protected.update(leak.hidden for leak in closed.values() if leak.hidden not in withheld)
            withheld |= withhold(opened, {cell: leak.way for cell, leak in closed.items()})
        _refuse_what_leaks(audit(opened))
        withholding.finish(opened)
    counts = Counter(way.value for way in withheld.values())
    return Withheld(dict(sorted(counts.items())), len(protected))


def audit(warehouse: Warehouse) -> list[Leak]:
    """Every way in which a warehouse gives away a figure that its newest release hides."""
    observations, measures = gate.observations(warehouse), gate.measures(warehouse)
    found = leaks_of(_tables(warehouse), _places(warehouse))
    indicators = gate.indicators(warehouse)
    for frame in (indicators, gate.indicators_as_of(warehouse)):
        for release, rows in frame.groupby("release"):
            found += quotient_leaks(rows, measures, _values(observations, str(release), measures))
    found += average_leaks(gate.comparisons(warehouse), indicators, measures)
    found += check_leaks(warehouse)
    return found


def _tables(warehouse: Warehouse) -> list[Table]:
    return tables_of(gate.observations(warehouse), gate.hidden_statuses(warehouse))


def _values(observations: pd.DataFrame, release: str, measures: pd.DataFrame) -> dict[tuple[str, str, str], int | None]:
    rows = observations[(observations["release"] == release) & observations["figure_id"].isin(set(measures["numerator"]))]
    return {
        (row.figure_id, row.period_end, row.area_code): None if pd.isna(row.value) else int(row.value)
        for row in rows.itertuples(index=False)
    }


def _places(warehouse: Warehouse) -> Places:
    rows, parts = gate.places(warehouse), gate.parts_of_regions(warehouse)
    nations = rows["country_code"].dropna().unique()
    return Places(
        forces={str(code): tuple(group["la_code"]) for code, group in rows.groupby("force_code")},
        regions={
            str(code): tuple(group["la_code"])
            for frame, column in ((rows, "region_code"), (parts, "area_code"))
            for code, group in frame.groupby(column)
        },
        nation=str(nations[0]) if len(nations) else "",
    )


def withhold(copy: Warehouse, cells: dict[Cell, Way]) -> dict[Cell, Way]:
    """Take cells out of every table and release that holds them; what was taken out, and why."""
    figures = {cell: way for cell, way in cells.items() if way != Way.AVERAGE}
    averages = {cell: way for cell, way in cells.items() if way == Way.AVERAGE}
    taken = withholding.withhold(
        copy,
        [(one.figure_id, one.period_end, one.release, one.area_code) for one in figures],
        [(one.area_code, one.period_end) for one in averages],  # an average's cell carries the measure in the area's place
        {name: str(word) for name, word in WORDS.items()},
    )
    ways = {(cell.figure_id, cell.period_end, cell.area_code): way for cell, way in figures.items()}
    named = [Cell(*row) for row in taken.itertuples(index=False, name=None)]
    return averages | {cell: ways[cell.figure_id, cell.period_end, cell.area_code] for cell in named}


def _refuse_what_leaks(leaks: list[Leak]) -> None:
    if leaks:
        ways = Counter(leak.way.value for leak in leaks)
        said = "; ".join(f"{way} ({count})" for way, count in sorted(ways.items()))
        raise StillLeaks(f"The snapshot would give hidden figures away: {said}. Nothing was written.")


__all__ = ["WITHHELD", "StillLeaks", "Withheld", "audit", "pass_gate"]
