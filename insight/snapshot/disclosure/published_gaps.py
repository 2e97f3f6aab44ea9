"""What our own tables, side by side, would give away of a figure that the publisher hides.

The publisher hides small counts (1 to 5) and the odd larger one that would reveal them, and rounds regions and England so that
they cannot be subtracted from. A reader of a hidden figure may so know that it is one of five numbers. The rule of this gate:
**nothing that we publish may leave fewer than three possible numbers for a figure that the newest release hides**. (With five,
half as much again would be withheld, England's totals of several years among them, which the publisher prints.) What the
publisher gives away in its own tables counts too: we do not repeat it.

What a reader is taken to know: every figure, total and quotient of the snapshot, in every release; that authorities are exact and
that regions, their parts and England are rounded to 10, halves up; that a child who goes missing more than once has at least two
incidents; and to guess in each of the ways of `guesses.py`. Every printed sum bounds the parts of it, all of them together
(`sums.py`). Forces are sums of the authorities that can be seen, so a force's figure says nothing of a hidden part as long as it
is just that sum; the gate holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from insight.snapshot.disclosure.attacker_scenarios import FAMILIES, Beside, surroundings, work_out
from insight.snapshot.disclosure.published_sums import Range, few, meet
from insight.snapshot.tables import HIDDEN, WITHHELD, Cell, Places, Table

LEAST_LEFT_IN_FORCE = LARGEST = 5
# What a reader loses with a total; England's is what every page compares with.
LOSS_OF_NATION, LOSS_OF_REGION, LOSS_OF_PART = 8.0, 1.0, 0.5


class Way(StrEnum):
    """How a hidden figure would come to light."""

    OTHER_RELEASE = "an earlier release shows what the newest hides"
    REGION = "a region's total less the authorities that can be seen"
    NATION = "England's total less the regions and authorities that can be seen"
    FORCE = "a force's total less the authorities that can be seen"
    FAMILY = "incidents less children leave few numbers for those missing more than once"
    QUOTIENT = "a share, rate or interval gives the count away"
    VERDICT = "a verdict, rank or trend says how large a hidden figure is"
    AVERAGE = "the total behind an average holds a hidden figure"
    CHECK = "a check of the build prints a sum from before anything was withheld"


@dataclass(frozen=True)
class Leak:
    """A way to a hidden figure, and the cells whose withholding closes it."""

    way: Way
    hidden: Cell
    withhold: tuple[Cell, ...]


def leaks_of(tables: list[Table], places: Places) -> list[Leak]:
    """Every way to a hidden figure through base figures alone; fills ``worlds`` of each table."""
    around_each = surroundings(tables)
    last = {family[2] for family in FAMILIES}
    for table in sorted(tables, key=lambda table: table.figure_id in last):
        if table.hidden:
            table.worlds = work_out(table, places, around_each[table.key])
    found = [*_other_releases(tables), *_force_totals(tables, places)]
    left = _all_releases(tables)
    for table in tables:
        if table.hidden:
            found += _sums(table, places, around_each[table.key], left)
    return found


def _all_releases(tables: Iterable[Table]) -> dict[tuple[str, str, str], list[Range]]:
    """What each hidden cell can be in all its releases together, for each way to guess."""
    left: dict[tuple[str, str, str], list[Range]] = {}
    for table in tables:
        for area in table.hidden:
            cell = (table.figure_id, table.period_end, area)
            now = [world[area] for world in table.worlds]
            left[cell] = [meet(one, other) for one, other in zip(left.get(cell, now), now, strict=True)]
    return left


def _sums(table: Table, places: Places, beside: Beside, left: dict[tuple[str, str, str], list[Range]]) -> Iterator[Leak]:
    """Hidden figures for which printed sums leave too few numbers, and the totals whose loss costs least and mends it."""
    secret = [area for area in table.hidden if area in beside.secret]
    open_now = {area for area in secret if any(few(world[area]) for world in table.worlds)}
    all_totals = frozenset(total for total in places.tree.parts if total in table.totals)
    by_totals = _closed(table, places, beside, open_now, all_totals)
    for area in sorted(open_now - by_totals):
        yield _family(table, places, beside, area)
    for area, total in _cheapest(table, places, beside, by_totals):
        yield _total(table, places, area, total)
    for area in secret:
        if area not in open_now and any(few(one) for one in left[table.figure_id, table.period_end, area]):
            nearest = next((total for total in places.tree.above.get(area, ()) if total in all_totals), None)
            if nearest:
                yield _total(table, places, area, nearest)


def _cheapest(table: Table, places: Places, beside: Beside, areas: set[str]) -> Iterator[tuple[str, str]]:
    """Areas and the total whose loss closes them: first what closes most for least, the nearest where none does alone."""
    left, gone = set(areas), frozenset[str]()
    while left:
        free = [total for total in places.tree.parts if total in table.totals and total not in gone]
        tries = {total: _closed(table, places, beside, left, gone | {total}) for total in free}
        best = max(free, key=lambda total: (len(tries[total]) / loss_of(total, places), total))
        if not tries[best]:
            best = next(total for area in sorted(left) for total in places.tree.above.get(area, ()) if total in free)
            yield min(left), best
        gone |= {best}
        yield from ((area, best) for area in sorted(tries[best]))
        left -= tries[best]


def _closed(table: Table, places: Places, beside: Beside, areas: set[str], without: frozenset[str]) -> set[str]:
    worlds = work_out(table, places, beside, without)
    return {area for area in areas if not any(few(world[area]) for world in worlds)}


def loss_of(total: str, places: Places) -> float:
    """What a reader loses with a printed total, in regions."""
    if total == places.nation:
        return LOSS_OF_NATION
    return LOSS_OF_REGION if places.tree.above.get(total) else LOSS_OF_PART


def _total(table: Table, places: Places, area: str, total: str) -> Leak:
    return Leak(Way.NATION if total == places.nation else Way.REGION, table.cell(area), (table.cell(total),))


def _family(table: Table, places: Places, beside: Beside, area: str) -> Leak:
    """A leak that no total closes: incidents bound the figure, or a force's total what we withhold of it."""
    family = next((family for family in FAMILIES if table.figure_id in family), None)
    incidents, children, repeated = (beside.relatives.get(name) for name in family) if family else (None, None, None)
    telling = children if children and children.seen.get(area, LARGEST) < LARGEST else incidents
    if repeated and repeated.seen.get(area) == 0:  # it says that incidents are as many as children
        telling = repeated
    withhold = (_looser(telling, area, places),) if telling else ()
    return Leak(Way.FAMILY, table.cell(area), withhold)


def _other_releases(tables: list[Table]) -> Iterator[Leak]:
    """What the newest release hides and an earlier one shows. What the newest shows, the publisher has given free."""
    releases: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        releases.setdefault((table.figure_id, table.period_end), []).append(table)
    for same in releases.values():
        newest = max(same, key=lambda table: table.release)
        for earlier in same:
            if earlier is newest:
                continue
            for area, status in newest.hidden.items():
                if status == HIDDEN and area in earlier.seen:
                    yield Leak(Way.OTHER_RELEASE, newest.cell(area), (earlier.cell(area),))


def _force_totals(tables: list[Table], places: Places) -> Iterator[Leak]:
    """Forces that are more, or less, than what can be seen of them; and our own withholding that a force's total undoes."""
    for table in tables:
        for force, inside in places.forces.items():
            if force not in table.totals:
                continue
            hidden = [area for area in inside if table.hidden.get(area) == HIDDEN]
            ours = [area for area in inside if table.hidden.get(area) == WITHHELD]
            rest = table.totals[force] - sum(table.seen.get(area, 0) for area in inside)
            if hidden and rest and not ours:
                yield Leak(Way.FORCE, table.cell(hidden[0]), (table.cell(force),))
            for area in ours:
                if any(few(world[area]) for world in table.worlds):
                    yield Leak(Way.FORCE, table.cell(area), (_beside(table, inside, force),))


def _beside(table: Table, inside: Iterable[str], force: str) -> Cell:
    """What to withhold so that a force's total no longer gives away one authority: the smallest other, or the total itself."""
    others = sorted((table.seen[area], area) for area in inside if table.seen.get(area, 0) >= LEAST_LEFT_IN_FORCE)
    return table.cell(others[0][1] if others else force)


def _looser(incidents: Table, area: str, places: Places) -> Cell:
    """What to withhold so that incidents bound less: the figure itself, then what bounds it."""
    if area in incidents.seen:
        return incidents.cell(area)
    force, inside = next((code, inside) for code, inside in places.forces.items() if area in inside)
    ours = incidents.hidden.get(area) == WITHHELD
    if ours and force in incidents.totals and len([a for a in inside if incidents.hidden.get(a) == WITHHELD]) < len(inside):
        return _beside(incidents, inside, force)
    above = [total for total in places.tree.above.get(area, ()) if total in incidents.totals]
    return incidents.cell(above[0] if above else force)
