"""Made-up inspections as a page reads them: with what the build reckons of each, and the page of the first review."""

from __future__ import annotations

from typing import Any

import pandas as pd

from etl.inspections import with_clock

LINKS = {"revisit_url": "source_url", "revisit_kind": "source_kind", "revisit_origin": "origin"}


def stored(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of ``insight.queries.inspections.inspections``, from the columns of the published file and the force's names."""
    held = with_clock(pd.DataFrame(rows))
    by_id = held.set_index("inspection_id")
    return held.assign(**{name: held["revisit_id"].map(by_id[column]) for name, column in LINKS.items()})
