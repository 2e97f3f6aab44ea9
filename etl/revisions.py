"""Whether a figure made of others is provisional or revised: a mark of any part is a mark of the whole."""

from __future__ import annotations

import pandas as pd

from vocabulary import Revision


def with_revision(rows: pd.DataFrame, parts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """``rows`` with column ``revision``: provisional if a part with the same ``keys`` is, else revised if one is, else None.

    Args:
        parts: ``keys`` and ``revision``; without that column nothing is marked.
    """
    if "revision" not in parts or parts["revision"].isna().all():
        return rows.assign(revision=None)
    groups = parts.dropna(subset="revision").groupby(keys)["revision"]
    mark = {key: Revision.PROVISIONAL if (marks == Revision.PROVISIONAL).any() else Revision.REVISED for key, marks in groups}
    found = [mark.get(key) for key in rows[keys].itertuples(index=False, name=None)]
    return rows.assign(revision=pd.Series(found, index=rows.index, dtype="object"))
