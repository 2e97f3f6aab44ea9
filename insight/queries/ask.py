"""How queries are asked, each once a build: pages keep answers in Streamlit's memory, the other outputs in their own."""

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


def remembering(warehouse: Warehouse) -> Ask:
    """Asks a warehouse each question once: for an output that asks the same of every force, and ends with its process."""

    @cache
    def ask(question: Callable[..., pd.DataFrame], /, *arguments: Any) -> pd.DataFrame:
        return question(warehouse, *arguments)

    return ask
