"""Disclosure control: a figure that the publisher's newest release suppresses does not appear, from any release.

What a publisher prints in its newest release is public. An earlier release may print a figure that the newest one suppresses; it
is withheld at load, before anything is derived, so that no sum, rate, interval, rank, verdict or revision of ours can hold it.
What we derive from the figures that remain says nothing of a suppressed one: a force's sum takes in only what is printed, and
``tests/data/test_disclosure.py`` proves it with linear programmes, with and without our figures.
"""

from __future__ import annotations

import pandas as pd

from etl.reference import Reference
from vocabulary import AreaLevel, Status

PERIOD = ["figure_id", "period_end"]
CELL = [*PERIOD, "area_code"]


def with_withheld(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The figures of all releases, without what the newest release of their figure and period suppresses.

    An authority that was reorganised since is withheld where the newest release suppresses one of those that took its place in
    the same force: their sum is what the earlier release prints.

    Args:
        rows: area_code, area_level, figure_id, period_end, release, value, status, doubtful.
        reference: which authority lies in which force.

    Returns:
        The same rows in the same order; a withheld one has neither ``value`` nor doubt and the status ``withheld``.
    """
    newest = rows.groupby(PERIOD)["release"].transform("max")
    now = rows[rows["release"] == newest]
    earlier = rows[(rows["release"] < newest) & rows["value"].notna()]
    if earlier.empty:
        return rows
    suppressed = now.loc[now["status"] == Status.SUPPRESSED, CELL].drop_duplicates()
    again = earlier.reset_index().merge(suppressed, on=CELL)["index"]
    hidden = [*again, *_of_former_authorities(rows, earlier, now, reference)]
    withheld = rows.index.isin(hidden)
    blank = {"value": rows["value"].mask(withheld), "doubtful": rows["doubtful"].mask(withheld, None)}
    return rows.assign(status=rows["status"].mask(withheld, Status.WITHHELD), **blank)


def _of_former_authorities(rows: pd.DataFrame, earlier: pd.DataFrame, now: pd.DataFrame, reference: Reference) -> list[int]:
    """Rows of authorities that the newest release no longer has, where it suppresses a new one of the same force."""
    existing = rows.loc[
        (rows["area_level"] == AreaLevel.AUTHORITY) & (rows["status"] != Status.NOT_APPLICABLE), [*CELL, "release"]
    ]
    latest = existing.groupby(PERIOD)["release"].transform("max")
    today = existing.loc[existing["release"] == latest, CELL].drop_duplicates()
    former = earlier.loc[earlier["area_level"] == AreaLevel.AUTHORITY, [*CELL, "release"]].reset_index(names="row")
    former = former.merge(today, on=CELL, how="left", indicator="there")
    former = former[former["there"] == "left_only"].drop(columns="there")
    suppressed = now.loc[now["status"] == Status.SUPPRESSED, CELL].drop_duplicates().merge(today, on=CELL)
    pairs = _with_force(former, reference).merge(_with_force(suppressed, reference), on=[*PERIOD, "force"], suffixes=("", "_new"))
    then = existing.rename(columns={"area_code": "area_code_new"}).drop_duplicates()
    new = pairs.merge(then, on=[*PERIOD, "area_code_new", "release"], how="left", indicator="there")
    return new.loc[new["there"] == "left_only", "row"].unique().tolist()


def _with_force(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    return rows.assign(force=rows["area_code"].map(reference.force_of_authority))
