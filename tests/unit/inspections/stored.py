"""Made-up inspections as a page reads them: with what the build reckons of each, and the page of the first review."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from etl.inspections import with_clock
from insight.inspections.clock import follow_up
from insight.inspections.monitoring import ENGAGE, spells

DAY, KNOWN_ON = date(2025, 6, 1), date(2026, 1, 1)
WHOLE = {"inspected_from": "2022-03", "published": "2022-08-05", "recommendations": 13}
NO_PEEL = pd.DataFrame(columns=["published", "grade", "question_position", "cycle"])
NO_COUNTS = pd.DataFrame(columns=["cycle", "published"])
NO_SPELLS = spells(pd.DataFrame(columns=["event"]), ENGAGE, DAY)
NOTHING = (NO_PEEL, NO_COUNTS, NO_SPELLS, NO_SPELLS, pd.DataFrame(columns=["event", "date"]))
LINKS = {"revisit_url": "source_url", "revisit_kind": "source_kind", "revisit_origin": "origin"}


def stored(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of ``insight.queries.inspections.inspections``, from the columns of the published file and the force's names."""
    held = with_clock(pd.DataFrame(rows))
    by_id = held.set_index("inspection_id")
    return held.assign(**{name: held["revisit_id"].map(by_id[column]) for name, column in LINKS.items()})


def followed(rows: list[dict[str, Any]], day: date = DAY) -> pd.DataFrame:
    """What followed these inspections by a day."""
    return follow_up(stored(rows), day, KNOWN_ON)
