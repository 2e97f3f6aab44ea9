"""Functions that are marked to rest on a part of the selection say the same without the rest of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

import insight.views
from insight.queries.ask import Ask
from insight.tables.model import Table
from insight.views import every_measure, grades, protecting
from insight.views.context import Context
from insight.views.selection import Selection, parts_of, register
from insight.views.view import View
from vocabulary import PROTECTING

DAY = date(2026, 1, 31)
MODULES = [import_module(f"insight.views.{one.name}") for one in iter_modules(insight.views.__path__)]
MARKED = {
    f"{module.__name__}.{name}": made
    for module in MODULES
    for name, made in inspect.getmembers(module, inspect.isfunction)
    if made.__module__ == module.__name__ and hasattr(made, "rests_on")
}


@pytest.fixture(scope="module")
def selected(ask: Ask) -> Selection:
    """A force with others beside it in a year that is not the newest."""
    known = register(ask)
    chosen = known.newest("kent", "children_missing_percent")
    return Selection(chosen.force, chosen.measure, chosen.years[-2], chosen.years, (known.forces["essex"].code,), "own")


def arguments_of(made: Callable[..., Any], read: Context) -> list[Any]:
    """Plain values for what a function takes beside its Context."""
    cycle = next(iter(protecting.cycles(read).values()))
    values = {
        "cycle": cycle, "region": grades.EVERY, "grade": grades.EVERY, "question": PROTECTING, "told": grades.EVERY, "order": "name",
        "as_of": DAY, "state": "every", "own_region_only": False, "build": "made-up", "release": "", "shape": "boundaries",
        "group": (cycle,), "order_by": "name", "part": 0, "measure": "", "topic": "ethnic origin", "kind": "away",
    }  # fmt: skip
    if made.__qualname__ == "returns":
        values["order"] = "newest"
    if made.__qualname__ == "answer":
        values["question"] = grades.EVERY
    if made.__qualname__ == "trend_sentence":
        values["as_of"] = ""
    if made.__qualname__ == "level_sentence":
        values["as_of"] = "2024"
    if made.__qualname__ == "orders" and "group" in inspect.signature(made).parameters:
        values["group"] = every_measure.group_of(read)
    return [values[name] for name in list(inspect.signature(made).parameters)[1:]]


def plain(value: Any) -> Any:
    """What a reader meets of it, to be compared."""
    if isinstance(value, View):
        tables = [None if one is None else plain(one) for one in (value.table, value.grid)]
        return (value.name, value.question, value.answer, value.notes, value.source, value.cautions, value.empty, *tables)
    return value.records() if isinstance(value, Table) else repr(value)


@pytest.mark.parametrize("measure", ["neglect-per-10000", "second-plans-percent", "no-such-measure"])
def test_the_group_of_a_measure_is_the_same_without_the_rest_of_the_selection(
    measure: str, ask: Ask, selected: Selection
) -> None:
    least = Context(ask, selected.only(parts_of(every_measure.group_of)))
    assert every_measure.group_of(least, measure) == every_measure.group_of(Context(ask, selected), measure)


@pytest.mark.parametrize("name", sorted(MARKED))
def test_it_says_the_same_without_the_rest_of_the_selection(name: str, ask: Ask, selected: Selection) -> None:
    made = MARKED[name]
    whole = Context(ask, selected)
    arguments = arguments_of(made, whole)
    least = Context(ask, selected.only(parts_of(made)))
    assert plain(made(least, *arguments)) == plain(made(whole, *arguments))
