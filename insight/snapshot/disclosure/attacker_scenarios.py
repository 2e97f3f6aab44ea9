"""What a reader may take a hidden figure to be before any sum is made, in several ways; and what every sum then leaves of it.

Ways to guess: that a hidden figure is any number; that it is 1 to 5, as the publisher says of small ones; the same, except where
a printed sum shows that one of its parts must be larger; and 1 to 5 against what other figures say of it. Each once with this
release alone, and once with what others print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

from insight.snapshot.disclosure.published_sums import ANYTHING, Range, bounds, meet
from insight.snapshot.tables import HIDDEN, WITHHELD, Key, Places, Table, around

SMALL: Range = (1, 5)
NOT_NOTHING: Range = (1, inf)  # the publisher prints a zero
NONE: Range = (0, 0)
NOTHING: dict[str, Range] = {}
WAYS = 4  # to guess; the first is any number
# Incidents, children, children more than once: incidents are at least as many as the two together.
FAMILIES = (
    ("missing_incidents", "children_missing", "children_missing_more_than_once"),
    ("away_incidents", "children_away", "children_away_more_than_once"),
)


@dataclass
class Beside:
    """What stands beside a table: other figures of the same areas, other releases of the same figure."""

    relatives: dict[str, Table] = field(default_factory=dict)  # by figure
    elsewhere: dict[str, Range] = field(default_factory=dict)  # area: what other releases print
    secret: frozenset[str] = frozenset()  # hidden authorities that the newest release does not show


def surroundings(tables: Iterable[Table]) -> dict[Key, Beside]:
    """What stands beside each table."""
    made: dict[Key, Beside] = {}
    by_key = {table.key: table for table in tables}
    releases: dict[tuple[str, str], list[Table]] = {}
    for table in by_key.values():
        releases.setdefault(table.key[:2], []).append(table)
    for (figure, period, release), table in by_key.items():
        same = releases[figure, period]
        newest = max(same, key=lambda other: other.release)
        family = next((family for family in FAMILIES if figure in family), ())
        relatives = {
            name: by_key[name, period, release] for name in family if name != figure and (name, period, release) in by_key
        }
        secret = _secret(table, newest)
        printed = _elsewhere(table, [other for other in same if other is not table])
        # A hidden figure that another release prints is a leak of its own, and closed as such.
        elsewhere = {area: bound for area, bound in printed.items() if area not in secret}
        made[table.key] = Beside(relatives, elsewhere, secret)
    return made


def _secret(table: Table, newest: Table) -> frozenset[str]:
    """What the newest release shows the publisher has given free, though an earlier one hides it (or we withhold it)."""
    hidden = {area for area in table.hidden if HIDDEN in (table.hidden[area], newest.hidden.get(area))}
    return frozenset(area for area in hidden if area not in newest.seen and newest.hidden.get(area) != WITHHELD)


def _elsewhere(table: Table, others: list[Table]) -> dict[str, Range]:
    """What other releases print of what this one does not."""
    found: dict[str, list[Range]] = {}
    for other in others:
        for area, value in other.seen.items():
            if area in table.hidden:
                found.setdefault(area, []).append((value, value))
        for area, value in other.totals.items():
            if area not in table.totals:
                found.setdefault(area, []).append(around(value, other.rounded))
    return {area: (min(low for low, _ in ranges), max(high for _, high in ranges)) for area, ranges in found.items()}


def work_out(table: Table, places: Places, beside: Beside, without: frozenset[str] = frozenset()) -> list[dict[str, Range]]:
    """What each area can be, one for each way to guess; always in the same order.

    Args:
        table: the figures seen.
        places: which areas add up to which.
        beside: what stands beside the table.
        without: printed totals to leave out of account, to see what they tell.
    """
    ours = _ours(table, places)
    trees = places.trees({name: group for name, (group, _) in ours.items()})
    made: list[dict[str, Range]] = []
    for elsewhere in (NOTHING, beside.elsewhere):
        if made and not elsewhere and not beside.relatives:  # the same again
            return made + made
        printed = {area: around(value, table.rounded) for area, value in table.totals.items() if area not in places.forces}
        printed |= {area: bound for area, bound in elsewhere.items() if area in places.tree.parts}
        printed = {area: bound for area, bound in printed.items() if area not in without}
        printed |= {name: (rest, rest) for name, (_, rest) in ours.items()}
        for small in (False, True):
            leaves = _leaves(table, beside, elsewhere, small, len(made))
            found, against = bounds(trees, leaves, printed)
            wrong = {area for area in table.hidden if area not in elsewhere and against & set(places.tree.above.get(area, ()))}
            careful = bounds(trees, leaves | dict.fromkeys(wrong, ANYTHING), printed)[0] if wrong else found
            made += [found, careful] if small else [careful]
        # A reader who knows nothing of incidents and children, or does not care.
        simple = {a: SMALL if a in beside.secret and a not in elsewhere else bound for a, bound in leaves.items()}
        made.append(bounds(trees, simple, printed)[0] if simple != leaves else found)
    return made


def _leaves(table: Table, beside: Beside, elsewhere: Mapping[str, Range], small: bool, world: int) -> dict[str, Range]:
    leaves: dict[str, Range] = {area: (value, value) for area, value in table.seen.items()}
    for area, status in table.hidden.items():
        possible = _any(table, beside, area, world)
        if status == HIDDEN or area in beside.secret:
            possible = _narrowed(possible, NOT_NOTHING)
        if area in elsewhere:
            possible = elsewhere[area]
        elif small and (status == HIDDEN or area in beside.secret):
            possible = _narrowed(possible, SMALL)
        leaves[area] = possible
    return leaves


def _narrowed(possible: Range, guess: Range) -> Range:
    """What a guess leaves of what is possible; all of it where the guess cannot be."""
    tight = meet(possible, guess)
    return tight if tight[0] <= tight[1] else possible


def _any(table: Table, beside: Beside, area: str, world: int) -> Range:
    """What incidents, children and children more than once say of each other.

    Guesses at incidents and children are left out of it: that three small figures fit each other tells of nothing printed.
    """
    family = next((family for family in FAMILIES if table.figure_id in family), None)
    if family is None:
        return ANYTHING
    last = table.figure_id == family[2]  # worked out after the two others, so that what follows for them counts too
    incidents, children, repeated = (
        _known(beside.relatives.get(name), area, world // WAYS * WAYS if last else None) for name in family
    )
    if repeated == NONE and table.figure_id != family[2]:  # nobody more than once: as many incidents as children
        return children if table.figure_id == family[0] else incidents
    if table.figure_id == family[0]:
        return children[0] + repeated[0], inf
    if table.figure_id == family[1]:
        return repeated[0], max(incidents[1] - repeated[0], repeated[0])
    return 0.0, max(0.0, min(children[1], incidents[1] - children[0]))


def _known(table: Table | None, area: str, world: int | None) -> Range:
    """What is printed of an area in a table, or what was worked out in a world."""
    if table is None:
        return ANYTHING
    if area in table.seen:
        return table.seen[area], table.seen[area]
    if world is not None and area in table.hidden:
        return table.worlds[world].get(area, ANYTHING)
    return NOT_NOTHING if table.hidden.get(area) == HIDDEN else ANYTHING


def _ours(table: Table, places: Places) -> dict[str, tuple[tuple[str, ...], float]]:
    """What we withhold of each force, and its exact sum: a force is the sum of what the publisher shows of it."""
    made: dict[str, tuple[tuple[str, ...], float]] = {}
    for force, inside in places.forces.items():
        ours = tuple(area for area in inside if table.hidden.get(area) == WITHHELD)
        if ours and force in table.totals:
            made[f"withheld in {force}"] = ours, table.totals[force] - sum(table.seen.get(area, 0) for area in inside)
    return made
