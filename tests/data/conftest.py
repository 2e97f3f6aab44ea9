"""What tests of the real build share: every force's briefing, and its slides."""

from __future__ import annotations

import pytest

from insight.briefing import Briefing, briefing_of, slides
from insight.views.context import Context
from tests.once import kept_once

WELSH = ("Gwent", "South Wales", "North Wales", "Dyfed-Powys")


@pytest.fixture(scope="session")
def briefings(contexts: dict[str, Context], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Briefing]:
    """Every force's briefing by its name, made once for all workers of a run."""
    return kept_once(tmp_path_factory, "briefings", lambda: {name: briefing_of(context) for name, context in contexts.items()})


@pytest.fixture(scope="session")
def decks(briefings: dict[str, Briefing], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The slides of each as a file, made once for all workers of a run."""
    return kept_once(tmp_path_factory, "decks", lambda: {name: slides(made) for name, made in briefings.items()})
