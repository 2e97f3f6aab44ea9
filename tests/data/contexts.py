"""What views read, for tests that name a force, measure and year as readers do."""

from __future__ import annotations

from insight.queries.ask import Ask
from insight.views.context import Context
from insight.views.selection import Selection, register
from vocabulary import LEADING_MEASURE


def context(ask: Ask, force: str, compared: tuple[str, ...] = (), measure_id: str = LEADING_MEASURE, year: int = -1) -> Context:
    known = register(ask)
    years = known.years[measure_id]
    return Context(ask, Selection(known.forces[force], known.measures[measure_id], years[year], years, compared))
