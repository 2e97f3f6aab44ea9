"""Bounds of what is hidden from every sum that is printed: areas form a tree in which each is the sum of its parts.

Each part lies between its whole less the most, and less the least, that the other parts can be. In a tree, one way up and one way
down make these bounds exact (no equation meets another in more than one area). Where sums cross (a force and Inner London)
there are several trees, taken in turns until nothing moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

Range = tuple[float, float]
ANYTHING: Range = (0.0, inf)
LEAST_POSSIBLE_NUMBERS = 3
MOST_TURNS = 25


@dataclass(frozen=True)
class Tree:
    """Sums and their parts, parts before sums; and the sums above each area, nearest first."""

    parts: dict[str, tuple[str, ...]]
    above: dict[str, tuple[str, ...]]


def tree_of(sets: Mapping[str, tuple[str, ...]]) -> Tree:
    """The tree of sets that lie in one another.

    Raises:
        ValueError: two sets overlap and neither holds the other.
    """
    top: dict[str, str] = {}
    parts: dict[str, tuple[str, ...]] = {}
    above: dict[str, tuple[str, ...]] = {}
    for name, inside in sorted(sets.items(), key=lambda item: (len(item[1]), item[0])):
        parts[name] = tuple(dict.fromkeys(top.get(area, area) for area in inside))
        if not all(set(sets.get(part, ())) <= set(inside) for part in parts[name]):
            raise ValueError(f"{name} overlaps with a set that it does not hold")
        for area in inside:
            top[area] = name
            above[area] = (*above.get(area, ()), name)
    return Tree(parts, above)


def crosses(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets overlap and neither holds the other."""
    first, second = set(one), set(other)
    return bool(first & second) and not (first <= second or second <= first)


def few(possible: Range) -> bool:
    """Whether a range holds one or two whole numbers. An empty one contradicts itself and tells nothing."""
    low, high = possible
    return low <= high < low + LEAST_POSSIBLE_NUMBERS - 1


def meet(one: Range, other: Range) -> Range:
    """What lies in both; empty (low above high) if they contradict each other."""
    return max(one[0], other[0]), min(one[1], other[1])


def bounds(trees: Sequence[Tree], leaves: Mapping[str, Range], printed: Mapping[str, Range]) -> tuple[dict[str, Range], set[str]]:
    """What each area can be.

    Args:
        trees: which areas add up to which; more than one where sums cross each other.
        leaves: what is known of each area that has no parts; areas that are not in it count nothing.
        printed: what the printed sums can stand for.

    Returns:
        Bounds of every area, and the sums that contradict what is known of their parts (they bound nothing).
    """
    known = dict(leaves)
    against: set[str] = set()
    for _ in range(MOST_TURNS if len(trees) > 1 else 1):
        before = dict(known)
        for tree in trees:
            wrong = _up(tree, known, printed)
            against |= wrong
            for name in reversed(tree.parts):
                if name in known and name not in wrong:
                    _down([part for part in tree.parts[name] if part in known], known[name], known)
        if known == before:
            break
    return known, against


def _up(tree: Tree, known: dict[str, Range], printed: Mapping[str, Range]) -> set[str]:
    """Bound each sum by its parts and by what is printed; the sums where these contradict each other."""
    against = set()
    for name, parts in tree.parts.items():
        inside = [known[part] for part in parts if part in known]
        if not inside:
            continue
        added = (sum(low for low, _ in inside), sum(high for _, high in inside))
        both = meet(added, printed.get(name, ANYTHING))
        if both[0] > both[1]:
            against.add(name)
            both = added
        before = known.get(name, ANYTHING)
        tight = meet(both, before)
        known[name] = tight if tight[0] <= tight[1] else both
    return against


def _down(parts: list[str], total: Range, known: dict[str, Range]) -> None:
    """Bound each part by its whole less the others; a sum that contradicts them bounds nothing."""
    least = sum(known[part][0] for part in parts)
    most = sum(known[part][1] for part in parts if known[part][1] < inf)
    open_parts = sum(known[part][1] == inf for part in parts)
    if not parts or least > total[1] or (not open_parts and most < total[0]):
        return
    tight = {}
    for part in parts:
        low, high = known[part]
        if low == high:
            continue
        closed = open_parts - (high == inf) == 0
        others = most - (high if high < inf else 0)
        tight[part] = meet((low, high), (total[0] - others if closed else -inf, total[1] - (least - low)))
    known.update({part: bound for part, bound in tight.items() if bound[0] <= bound[1]})
