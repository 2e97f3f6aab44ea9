"""What stands beside the measures and is compared with nothing: England's detail, and percentages of authorities."""

from __future__ import annotations

import re
from collections.abc import Hashable

import numpy as np
import pandas as pd

from etl.doubtful_zeros import EXPECTED
from etl.reference import Reference
from vocabulary import AreaLevel

FIRST, LAST = ("under", "less than"), ("more than", "total", "all ")
BREAKDOWN = ["area_code", "period_end", "kind", "topic", "category", "position", "release", "amount", "status", "source_id"]
CELL = ["figure_id", "area_code", "period_end"]
PERCENTAGE = ["percentage_id", "area_code", "area_level", "period_end", "release", "percent", "status", "source_id", "doubtful"]


def breakdowns(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of table ``breakdown``: of each year the newest release that has it, as a whole.

    Args:
        rows: breakdowns of all releases (tidy columns, ``release``, ``source_id``).

    Returns:
        ``BREAKDOWN``; ``position`` is a category's place in its topic: youngest or shortest first, totals last.
    """
    if rows.empty:
        return pd.DataFrame(columns=BREAKDOWN)
    kept = _newest(rows)
    keys = kept["category"].map(_order)
    position = keys.groupby([kept["period_end"], kept["kind"], kept["topic"]]).rank(method="first").astype(int)
    return kept.assign(position=position, amount=pd.to_numeric(kept["amount"]))[BREAKDOWN]


def authority_percentages(rows: pd.DataFrame, counts: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Rows of table ``authority_percentage``: of each year the newest release that has it, as a whole.

    Args:
        rows: percentages of all releases (tidy columns, ``release``, ``source_id``).
        counts: rows of table ``observation``, whose doubtful zeros make the percentage of the same children doubtful, and by
            which a 0% of many is.

    Returns:
        ``PERCENTAGE``; nothing is summed: a percentage without its numbers has no weight.
    """
    if rows.empty:
        return pd.DataFrame(columns=PERCENTAGE)
    levels = {area.area_code: area.area_level for area in reference.areas}
    kept = _newest(rows)
    made = kept.assign(
        percent=pd.to_numeric(kept["percent"]), area_level=kept["area_code"].map(levels).fillna(AreaLevel.AUTHORITY)
    )
    doubts = _doubts(made, counts, reference)
    doubts = doubts.where(doubts.notna(), _too_many_expected(made, counts, reference))
    return made.assign(doubtful=doubts.where(doubts.notna(), None))[PERCENTAGE]


def _doubts(made: pd.DataFrame, counts: pd.DataFrame, reference: Reference) -> pd.Series:
    """Why a 0% is no percentage: the 0 that it rests on is doubtful, or it goes on from such a year and has no count yet."""
    ordered = made.sort_values("period_end")
    none = ordered["percent"] == 0
    run = (~none).groupby([ordered["percentage_id"], ordered["area_code"]]).cumsum()
    figures = ordered["percentage_id"].map({name: one.figure_id for name, one in reference.percentages.items()})
    zeros = ordered.assign(figure_id=figures, run=run)[none][["percentage_id", "run", *CELL]]
    newest = _counted(counts, zeros["figure_id"])[[*CELL, "doubtful"]]
    said = zeros.merge(newest, on=CELL, how="left", indicator="counted").set_index(zeros.index)
    found: dict[Hashable, str | None] = {}
    for _, years in said.groupby(["percentage_id", "area_code", "run"]):
        known = None
        for index, year, doubt, counted in zip(
            years.index, years["period_end"], years["doubtful"], years["counted"], strict=True
        ):
            if counted == "both":
                known = doubt if isinstance(doubt, str) else None
                found[index] = known
            elif known:
                found[index] = f"{known} It still shows 0% in the year to March {str(year)[:4]}."
    return pd.Series([found.get(index) for index in made.index], index=made.index, dtype="object")


def _too_many_expected(made: pd.DataFrame, counts: pd.DataFrame, reference: Reference) -> pd.Series:
    """Why a 0% of something that is counted is no percentage: ``EXPECTED`` or more would be expected at England's percentage."""
    known = reference.percentages
    wholes = {name: one.part_of for name, one in known.items() if one.part_of}
    zeros = made[(made["percent"] == 0) & made["percentage_id"].isin(wholes) & (made["area_level"] == AreaLevel.AUTHORITY)]
    zeros = zeros.assign(figure_id=zeros["percentage_id"].map(wholes))
    sizes = _counted(counts, zeros["figure_id"]).set_index(CELL)["value"]
    shares = made[made["area_level"] == AreaLevel.COUNTRY].set_index(["percentage_id", "period_end"])["percent"]
    size = sizes.reindex(pd.MultiIndex.from_frame(zeros[CELL])).to_numpy(dtype=float, na_value=np.nan)
    expected = size * shares.reindex(pd.MultiIndex.from_frame(zeros[["percentage_id", "period_end"]])).to_numpy(dtype=float) / 100
    names = {authority.la_code: authority.la_name for authority in reference.authorities}
    said = [
        f"{names[area]} council reported 0% for “{known[name].title}”, where {often:,.0f} of {many:,.0f} "
        f"{reference.figures[whole].label} would be expected at England's percentage."
        if often >= EXPECTED
        else None
        for area, name, whole, often, many in zip(
            zeros["area_code"], zeros["percentage_id"], zeros["figure_id"], expected, size, strict=True
        )
    ]
    return pd.Series(said, index=zeros.index, dtype="object").reindex(made.index)


def _counted(counts: pd.DataFrame, figures: pd.Series) -> pd.DataFrame:
    """What the newest release counts of these figures, which are few, by area and year."""
    asked = counts[counts["figure_id"].isin(figures.unique())]
    return asked.sort_values("release").drop_duplicates(CELL, keep="last")


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest release of each period."""
    return rows[rows["release"] == rows.groupby("period_end")["release"].transform("max")].reset_index(drop=True)


def _order(category: str) -> float:
    """A category's place: what it begins with, else the first number in it."""
    said = category.casefold()
    if said.startswith(FIRST):
        return -1.0
    number = re.search(r"\d+", said)
    if said.startswith(LAST):
        return 1e6 + (float(number[0]) if number else 1e3)
    return float(number[0]) if number else 1e5
