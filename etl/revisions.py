"""Whether a figure made of others is provisional or revised: a mark of any part is a mark of the whole."""

from __future__ import annotations

import pandas as pd

PROVISIONAL, REVISED = "provisional", "revised"


def with_revision(rows: pd.DataFrame, parts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """``rows`` with column ``revision``: provisional if a part with the same ``keys`` is, else revised if one is, else NA."""
    marked = parts[parts["revision"].notna()]
    mark = {key: PROVISIONAL if (group == PROVISIONAL).any() else REVISED for key, group in marked.groupby(keys)["revision"]}
    return rows.assign(
        revision=pd.Series(
            [mark.get(key) for key in zip(*(rows[key] for key in keys), strict=True)], index=rows.index, dtype="object"
        )
    )
