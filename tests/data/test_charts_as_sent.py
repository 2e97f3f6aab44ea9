"""What a page sends of a chart is what Plotly makes of it, property by property checked: here, and not when it is sent."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import plotly.io
import pytest

import insight.views
from insight.charts.render_plotly import render
from insight.charts.template import json_of
from insight.queries.ask import Ask
from insight.views.context import Context
from insight.views.selection import Selection, register
from insight.views.view import View

MODULES = [import_module(f"insight.views.{one.name}") for one in iter_modules(insight.views.__path__)]


def needs_a_context_alone(made: Callable[..., object]) -> bool:
    """Whether it composes a view, and takes nothing else that has no value of its own."""
    first, *rest = inspect.signature(made).parameters.values() or [None]
    asked = first is not None and first.name == "context" and all(one.default is not one.empty for one in rest)
    return asked and inspect.signature(made).return_annotation == "View"


COMPOSED = {
    f"{module.__name__.rpartition('.')[2]}.{name}": made
    for module in MODULES
    for name, made in inspect.getmembers(module, inspect.isfunction)
    if made.__module__ == module.__name__ and not name.startswith("_") and needs_a_context_alone(made)
}


@pytest.fixture(scope="module")
def selected(ask: Ask) -> Selection:
    """A force with others beside it in the newest year."""
    known = register(ask)
    chosen = known.newest("kent", "children_missing_percent")
    others = (known.forces["essex"].code, known.forces["city-of-london"].code)
    return Selection(chosen.force, chosen.measure, chosen.period_end, chosen.years, others, "own")


@pytest.mark.parametrize("name", sorted(COMPOSED))
def test_a_page_sends_what_plotly_would_make(name: str, ask: Ask, selected: Selection) -> None:
    view: View = COMPOSED[name](Context(ask, selected))
    for picture in (view.chart, view.narrow):
        if picture is None or isinstance(picture, str):
            continue
        chart = render(picture)
        assert json.loads(json_of(chart.spec)) == json.loads(plotly.io.to_json(chart.figure, validate=False))
