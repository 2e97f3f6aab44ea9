"""What tests of the real build share: what views of every force read."""

from __future__ import annotations

import pytest

from insight.format import slug
from insight.queries import figures
from insight.queries.ask import remembering
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import Warehouse


@pytest.fixture(scope="module")
def contexts(real: Warehouse) -> dict[str, Context]:
    """Every force by name, with the newest of everything; each question is asked once a module."""
    ask = remembering(real)
    return {name: Context(ask, register(ask).newest(slug(name))) for name in ask(figures.forces)["force_name"]}
