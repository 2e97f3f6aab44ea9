"""How queries are asked: pages hand in a cached asking, the briefing and the public site ask the warehouse directly."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import pandas as pd

from insight.warehouse import Warehouse


class Ask(Protocol):
    """Asks a question of ``insight.queries`` of one build."""

    def __call__(self, question: Callable[..., pd.DataFrame], /, *arguments: Any) -> pd.DataFrame:
        """The answer."""


def asking(warehouse: Warehouse) -> Ask:
    """Asks a warehouse without a cache."""

    def ask(question: Callable[..., pd.DataFrame], /, *arguments: Any) -> pd.DataFrame:
        return question(warehouse, *arguments)

    return ask


def remembering(warehouse: Warehouse) -> Ask:
    """Asks a warehouse each question once: for an output that asks the same of every force, and ends with its process."""
    asked = asking(warehouse)

    @cache
    def ask(question: Callable[..., pd.DataFrame], /, *arguments: Any) -> pd.DataFrame:
        return asked(question, *arguments)

    return ask
