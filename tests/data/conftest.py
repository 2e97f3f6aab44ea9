"""What tests of the real build share: every force's briefing, and its slides."""

from __future__ import annotations

import pytest

from insight.briefing import Briefing, briefing_of, slides
from insight.views.context import Context


@pytest.fixture(scope="session")
def briefings(contexts: dict[str, Context]) -> dict[str, Briefing]:
    """Every force's briefing by its name, made once a worker."""
    return {name: briefing_of(context) for name, context in contexts.items()}


@pytest.fixture(scope="session")
def decks(briefings: dict[str, Briefing]) -> dict[str, bytes]:
    """The slides of each as a file."""
    return {name: slides(made) for name, made in briefings.items()}
