"""An asking that remembers its answers, for tests that ask the same of every force."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.queries.ask import Ask, asking
from insight.warehouse import Warehouse


def remembering(warehouse: Warehouse) -> Ask:
    """Asks a warehouse each question once."""
    ask, answers = asking(warehouse), dict[Any, pd.DataFrame]()

    def remembered(question: Any, /, *arguments: Any) -> pd.DataFrame:
        key = (question, *arguments)
        if key not in answers:
            answers[key] = ask(question, *arguments)
        return answers[key]

    return remembered
