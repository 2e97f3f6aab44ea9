"""The police series: which forces are published together is read from the rows."""

from __future__ import annotations

import pandas as pd

from insight.views.police import POOLED, published_jointly


def test_forces_that_are_published_together_are_those_whose_rows_say_so() -> None:
    """Two forces were named in code, whatever the year said."""
    rows = pd.DataFrame({"area_name": ["Mockshire", "Samplebury", "Upshire"], "status": "reported"})
    assert published_jointly(rows) == POOLED
    joint = published_jointly(rows.assign(status=["reported", "reported_jointly", "reported_jointly"]))
    assert joint == f"Samplebury and Upshire are published together and have no figure of their own. {POOLED}"
