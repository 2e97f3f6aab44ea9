"""Every question of ``insight.queries``, and how each is asked so that it has an answer."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from insight import queries
from insight.queries import figures

NEWEST = pd.Timestamp("2024-03-31").date()
# One value for each name of an argument: every question has at least one answer with it.
ARGUMENTS: dict[str, Any] = {
    "measure_id": "children_missing_percent",
    "period_end": NEWEST,
    "until": NEWEST,
    "force_code": "E23000029",
    "area_code": "E23000029",
    "figure_id": "missing_incidents",
    "as_of": "2023",
    "release": "2023",
    "most": 5,
    "codes": ("E23000029", "E23000001"),
    "cycle": "2023-25",
    "question": "Protecting vulnerable people",
    "name": "observation",
    "topic": "age",
    "kind": "missing",
    "counted": "incidents",
}
OF_ONE: dict[Any, dict[str, Any]] = {figures.breaks: {"measure_id": "police_missing_per_10000"}}


def questions() -> list[Any]:
    """Every function of the queries that asks a warehouse."""
    names = [name for _, name, _ in pkgutil.iter_modules(queries.__path__)]
    modules = [importlib.import_module(f"{queries.__name__}.{name}") for name in names]
    return [
        pytest.param(function, id=f"{module.__name__.rpartition('.')[2]}.{name}")
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and next(iter(inspect.signature(function).parameters), "") == "warehouse"
        and inspect.signature(function).return_annotation == "pd.DataFrame"
    ]


def arguments_of(question: Callable[..., pd.DataFrame]) -> list[Any]:
    """What a question is asked with, after the warehouse."""
    parameters = list(inspect.signature(question).parameters.values())[1:]
    known = {**ARGUMENTS, **OF_ONE.get(question, {})}
    return [known[one.name] if one.default is inspect.Parameter.empty else one.default for one in parameters]
