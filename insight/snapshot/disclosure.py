"""What our own tables, side by side, would give away of a figure that the publisher hides.

The publisher hides small counts (1 to 5) and the odd larger one that would reveal them. A reader of a hidden figure may so know
that it is one of five numbers. The rule of this gate: **nothing that we publish may leave fewer than five possible numbers for
a figure that the newest release hides**. What the publisher gives away in its own tables counts too: we do not repeat it.

What a reader is taken to know: every figure, total and quotient of the snapshot; that authorities are exact and that regions and
England are rounded to 10, halves up; that a child who goes missing more than once has at least two incidents; and, as the more
telling of two guesses, that a hidden figure is 1 to 5 (the other: that it is any number). Forces are sums of the authorities that
can be seen, so a force's figure says nothing of a hidden part as long as it is just that sum; the gate holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

import pandas as pd

LEAST_POSSIBLE_NUMBERS = 5
SMALLEST_HIDDEN, LARGEST_HIDDEN = 1, 5
ROUNDED_TO = 10
HIDDEN, WITHHELD = "suppressed", "withheld"
# Incidents, children, children more than once: incidents are at least as many as the two together.
FAMILIES = (
    ("missing_incidents", "children_missing", "children_missing_more_than_once"),
    ("away_incidents", "children_away", "children_away_more_than_once"),
)
Range = tuple[float, float]


class Way(StrEnum):
    """How a hidden figure would come to light."""

    OTHER_RELEASE = "an earlier release shows what the newest hides"
    REGION = "a region's total less the authorities that can be seen"
    NATION = "England's total less the regions that can be seen"
    FORCE = "a force's total less the authorities that can be seen"
    FAMILY = "incidents less children leave few numbers for those missing more than once"
    QUOTIENT = "a share, rate or interval gives the count away"
    VERDICT = "a verdict, rank or trend says how large a hidden figure is"
    AVERAGE = "the total behind an average holds a hidden figure"


@dataclass(frozen=True, order=True)
class Cell:
    """One figure of one area and year in one release."""

    figure_id: str
    period_end: str
    release: str
    area_code: str


@dataclass(frozen=True)
class Leak:
    """A way to a hidden figure, and the cells whose withholding closes it."""

    way: Way
    hidden: Cell
    withhold: tuple[Cell, ...]


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
    bounds: dict[str, Range] = field(default_factory=dict)  # what follows for hidden authorities, by any guess
    telling: dict[str, Range] = field(default_factory=dict)  # the same for those who guess 1 to 5

    def cell(self, area_code: str) -> Cell:
        """An area's cell of this table."""
        return Cell(self.figure_id, self.period_end, self.release, area_code)


@dataclass(frozen=True)
class Places:
    """Which authorities lie in which force and region."""

    forces: dict[str, tuple[str, ...]]
    regions: dict[str, tuple[str, ...]]
    nation: str


def tables_of(observations: pd.DataFrame, hidden_statuses: Iterable[str]) -> list[Table]:
    """The tables that base figures make.

    Args:
        observations: figure_id, period_end (ISO text), release, area_code, area_level, value, status.
        hidden_statuses: statuses of figures that exist and are not seen, ours among them.
    """
    unseen = set(hidden_statuses)
    made: dict[tuple[str, str, str], Table] = {}
    unrounded: set[tuple[str, str, str]] = set()
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


def leaks_of(tables: list[Table], places: Places) -> list[Leak]:
    """Every way to a hidden figure through base figures alone."""
    for table in tables:
        _bound(table, places)
    by_key = {(table.figure_id, table.period_end, table.release): table for table in tables}
    found = [*_other_releases(tables), *_force_totals(tables, places)]
    for table in tables:
        found += _narrow(table, places)
    found += _families(by_key, places)
    return found


def few(possible: Range) -> bool:
    """Whether a range holds at least one and fewer than five whole numbers. An empty one contradicts itself and tells nothing."""
    low, high = possible
    return low <= high < low + LEAST_POSSIBLE_NUMBERS - 1


def around(value: int, rounded: bool) -> Range:
    """The whole numbers that a printed total can stand for."""
    half = ROUNDED_TO // 2
    return (max(0, value - half), value + half - 1) if rounded else (value, value)


def _bound(table: Table, places: Places) -> None:
    """Fill ``bounds`` and ``telling`` of every hidden authority from the totals above it."""
    anything = dict.fromkeys(table.hidden, (0.0, inf))
    small = {area: _guess(status) for area, status in table.hidden.items()}
    for domain, out in ((anything, table.bounds), (small, table.telling)):
        out.clear()
        out.update(domain)
        for force, inside in places.forces.items():  # exact, and so before what is rounded
            ours = [area for area in inside if table.hidden.get(area) == WITHHELD]
            if ours and force in table.totals:
                total = table.totals[force] - sum(table.seen.get(area, 0) for area in inside)
                _tighten(table, ours, (total, total), domain, out, less_seen=False)
        for region, inside in places.regions.items():
            _tighten(table, inside, _region_range(table, region, places), domain, out)


def _guess(status: str) -> Range:
    return (SMALLEST_HIDDEN, LARGEST_HIDDEN) if status == HIDDEN else (0.0, inf)


def _region_range(table: Table, region: str, places: Places) -> Range | None:
    """What a region's total can be: as printed, or what England leaves where it is withheld."""
    if region in table.totals:
        return around(table.totals[region], table.rounded)
    if places.nation not in table.totals:
        return None
    low, high = around(table.totals[places.nation], table.rounded)
    for other, inside in places.regions.items():
        if other == region or not any(area in table.seen or area in table.hidden for area in inside):
            continue
        if other in table.totals:
            least, most = around(table.totals[other], table.rounded)
        else:
            least = float(sum(table.seen.get(area, 0) for area in inside))
            most = inf if any(area in table.hidden for area in inside) else least
        low, high = low - most, high - least
    return low, high


def _tighten(
    table: Table,
    inside: Iterable[str],
    total: Range | None,
    domain: dict[str, Range],
    out: dict[str, Range],
    less_seen: bool = True,
) -> None:
    """Bound each hidden part of a sum by the sum less all other parts."""
    parts = [area for area in inside if area in table.hidden]
    if not parts or total is None:
        return
    seen = sum(table.seen.get(area, 0) for area in inside) if less_seen else 0
    low, high = total[0] - seen, total[1] - seen
    least, most = sum(domain[area][0] for area in parts), [domain[area][1] for area in parts]
    for index, area in enumerate(parts):
        others = sum(bound for place, bound in enumerate(most) if place != index)
        bound = (low - others, high - (least - domain[area][0]))
        tight = (max(out[area][0], bound[0]), min(out[area][1], bound[1]))
        if tight[0] <= tight[1]:  # a sum that contradicts the guess, or what is known already, bounds nothing
            out[area] = tight


def _narrow(table: Table, places: Places) -> Iterator[Leak]:
    """Hidden figures for which a total leaves too few numbers."""
    for area, status in table.hidden.items():
        if status != HIDDEN or not (few(table.bounds[area]) or few(table.telling[area])):
            continue
        region = next((code for code, inside in places.regions.items() if area in inside), None)
        if region in table.totals:
            yield Leak(Way.REGION, table.cell(area), (table.cell(str(region)),))
        elif places.nation in table.totals:
            yield Leak(Way.NATION, table.cell(area), (table.cell(places.nation),))


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
                if few(table.bounds[area]):
                    yield Leak(Way.FORCE, table.cell(area), (_beside(table, inside, force),))


def _beside(table: Table, inside: Iterable[str], force: str) -> Cell:
    """What to withhold so that a force's total no longer gives away one authority: the smallest other, or the total itself."""
    others = sorted((table.seen[area], area) for area in inside if table.seen.get(area, 0) >= LEAST_POSSIBLE_NUMBERS)
    return table.cell(others[0][1] if others else force)


def _families(tables: dict[tuple[str, str, str], Table], places: Places) -> Iterator[Leak]:
    """Hidden children missing more than once, where incidents and children leave few numbers for them."""
    for incidents_id, children_id, repeated_id in FAMILIES:
        for (figure, period, release), repeated in tables.items():
            incidents, children = tables.get((incidents_id, period, release)), tables.get((children_id, period, release))
            if figure != repeated_id or incidents is None or children is None:
                continue
            for area, status in repeated.hidden.items():
                most = _most(incidents, area) - _least(children, area)
                guesses = (repeated.bounds[area], repeated.telling[area])
                narrowed = [(low, min(high, most)) for low, high in guesses]
                if status == HIDDEN and any(few(now) for now in narrowed) and not any(few(before) for before in guesses):
                    yield Leak(Way.FAMILY, repeated.cell(area), (_looser(incidents, area, places),))


def _most(table: Table, area: str) -> float:
    return table.seen[area] if area in table.seen else table.bounds.get(area, (0.0, inf))[1]


def _least(table: Table, area: str) -> float:
    return table.seen[area] if area in table.seen else table.bounds.get(area, (0.0, inf))[0]


def _looser(incidents: Table, area: str, places: Places) -> Cell:
    """What to withhold so that incidents bound less: the figure itself, then what bounds it."""
    if area in incidents.seen:
        return incidents.cell(area)
    force, inside = next((code, inside) for code, inside in places.forces.items() if area in inside)
    if force in incidents.totals and len([a for a in inside if incidents.hidden.get(a) == WITHHELD]) < len(inside):
        return _beside(incidents, inside, force)
    region = next(code for code, inside in places.regions.items() if area in inside)
    return incidents.cell(region if region in incidents.totals else places.nation)
