"""Withholding until nothing leaks, and giving back what turns out not to be needed for it."""

from __future__ import annotations

from collections import defaultdict

from insight.snapshot.disclosure.attacker_scenarios import FAMILIES
from insight.snapshot.disclosure.published_gaps import Leak, leaks_of, loss_of
from insight.snapshot.tables import Cell, Places, Table

ROUNDS = 60
Everywhere = tuple[str, str, str]  # figure, period, area: a cell in every release that prints it


def close(tables: list[Table], places: Places) -> dict[Cell, Leak]:
    """Withhold, in every release that prints it, what gives a hidden figure away.

    Args:
        tables: changed in place.
        places: which areas add up to which.

    Returns:
        Each cell that was withheld and the leak that it was withheld for.
    """
    printed = {table.key: dict(table.totals) for table in tables}
    taken: dict[Cell, Leak] = {}
    for _ in range(ROUNDS):
        found = _withhold(tables, leaks_of(tables, places))
        if not found:
            break
        taken |= found
    for cell in _given_back(tables, places, taken, printed):
        del taken[cell]
    return taken


def _withhold(tables: list[Table], leaks: list[Leak]) -> dict[Cell, Leak]:
    wanted: dict[Everywhere, Leak] = {}
    for leak in leaks:
        wanted |= {(cell.figure_id, cell.period_end, cell.area_code): leak for cell in leak.withhold}
    same: dict[tuple[str, str], list[Table]] = defaultdict(list)
    for table in tables:
        same[table.figure_id, table.period_end].append(table)
    return {
        table.cell(area): leak
        for (figure, period, area), leak in wanted.items()
        for table in same[figure, period]
        if table.withhold(area)
    }


def _given_back(
    tables: list[Table], places: Places, taken: dict[Cell, Leak], printed: dict[tuple[str, str, str], dict[str, int]]
) -> list[Cell]:
    """Totals that were withheld on the way and need not be, the greatest loss first; they are put back into the tables."""
    totals: dict[Everywhere, list[Cell]] = defaultdict(list)
    for cell in taken:
        if cell.area_code in places.tree.parts:
            totals[cell.figure_id, cell.period_end, cell.area_code].append(cell)
    by_key = {table.key: table for table in tables}
    back: list[Cell] = []
    for (figure, period, area), cells in sorted(
        totals.items(), key=lambda item: (-len(item[1]) * loss_of(item[0][2], places), item[0])
    ):
        mine = [by_key[cell.figure_id, cell.period_end, cell.release] for cell in cells]
        for table in mine:
            table.totals[area] = printed[table.key][area]
        related = next((family for family in FAMILIES if figure in family), (figure,))
        near = [table for table in tables if table.period_end == period and table.figure_id in related]
        if leaks_of(near, places):
            for table in mine:
                del table.totals[area]
        else:
            back += cells
    return back
