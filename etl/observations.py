"""Base figures of every area: those of the releases, and the forces' own, summed from their authorities."""

from __future__ import annotations

import pandas as pd

from etl.coded import as_texts, coded
from etl.disclosure import with_withheld
from etl.doubtful_zeros import as_parts, with_doubts
from etl.reference import Reference
from etl.revisions import with_revision
from vocabulary import AreaLevel, Status

COLUMNS = [
    "area_code", "area_level", "period_end", "figure_id", "release", "value", "status", "hidden_parts", "revision", "source_id",
    "doubtful",
]  # fmt: skip
KEY = ["figure_id", "release", "period_end", "source_id"]
CODED = ["area_code", "area_level", *KEY]


def observations(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Rows of table ``observation``.

    Args:
        rows: figures of all releases (tidy columns, ``release``, ``source_id``).

    Returns:
        One row a release, area, period and figure; ``value`` is ``Int64``, ``hidden_parts`` counts the authorities of a
        force whose figure is hidden or a doubtful zero (its value is then a lower bound); ``doubtful`` says why a zero is.
    """
    if "revision" not in rows:  # no release marks a figure
        rows = rows.assign(revision=None)
    published = with_withheld(with_doubts(coded(rows, CODED), reference), reference).assign(hidden_parts=0)[COLUMNS]
    forces = force_sums(as_parts(published), reference)
    return pd.concat([as_texts(published, CODED), as_texts(forces, CODED)], ignore_index=True)


def force_sums(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Forces as sums of their authorities, release by release.

    A hidden part (a status that ``data/reference/statuses.yaml`` marks so) is counted, never guessed. Where no part has a value
    the force has none either, and carries the reason: that of the hidden parts, or not applicable if none is hidden.
    """
    parts = rows[rows["area_level"] == AreaLevel.AUTHORITY]
    if parts.empty:
        return pd.DataFrame(columns=COLUMNS)
    parts = parts.assign(
        area_code=parts["area_code"].map(reference.force_of_authority),
        hidden=parts["status"].isin(reference.hidden_statuses),
    )
    grouped = parts.groupby(["area_code", *KEY])
    sums = grouped[["value"]].sum(min_count=1).assign(hidden_parts=grouped["hidden"].sum()).reset_index()
    reasons = _reasons(parts, reference)
    sums = sums.merge(reasons, on=["area_code", *KEY], how="left")
    sums["status"] = sums["reason"].where(sums["value"].isna(), Status.REPORTED)
    sums["value"] = sums["value"].astype("Int64")
    sums = with_revision(sums, parts, ["area_code", *KEY])
    return sums.assign(area_level=AreaLevel.FORCE, hidden_parts=sums["hidden_parts"].astype(int), doubtful=None)[COLUMNS]


def _reasons(parts: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The status that stands for a force without any value: the first of the reference's order, hidden ones first."""
    order = [*reference.hidden_statuses, Status.NOT_APPLICABLE]
    ranked = parts[parts["status"].isin(order)]
    ranked = ranked.assign(place=ranked["status"].map({status: place for place, status in enumerate(order)}))
    first = ranked.sort_values("place").drop_duplicates(["area_code", *KEY])
    return first[["area_code", *KEY, "status"]].rename(columns={"status": "reason"})
