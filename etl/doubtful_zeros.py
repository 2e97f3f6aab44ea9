"""Zeros that cannot be taken as a count: the authority did not provide the figure, or does not record what is counted.

An authority's 0 is doubtful where

- a reviewed list says so (``data/reference/doubtful_zeros.yaml``);
- another release gives the same figure as hidden (not available, suppressed), and no later one a number above zero;
- the rate of England, or of the authority's other years, would lead one to expect 15 or more: in the year, over all years of
  its unbroken run of zeros, or over the authorities of its force where every one of them reports 0;
- it lies between two years of 40 or more;
- it stands beside such a zero that it goes with: no children are missing exactly where there are no incidents.

Any other zero is data; so is one under a heading whose place others took. Rates are asked of children and assessments only:
incidents repeat for one child, so that many may be expected where a handful of children would be, and their zero goes with that
of the children.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

import pandas as pd

from etl.coded import coded_as
from etl.definitions import DoubtfulZero
from etl.periods import POPULATION, as_year_ending_march
from etl.reference import Reference
from vocabulary import AreaLevel, Status

EXPECTED = 15
BETWEEN = 40
YEAR = ["figure_id", "area_code", "year"]
CELL = [*YEAR, "release"]
Place = tuple[Any, ...]  # area, year and release
RATES = {"nation": "England's rate", "others": "the rate of its other years"}


def with_doubts(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The same figures with ``doubtful``: why the 0 of an authority is, in a sentence; None for every other figure.

    Args:
        rows: figures of all releases (tidy columns, ``release``); ``value`` Int64.
    """
    years = as_year_ending_march(rows["period_end"], rows["figure_id"]).dt.year
    held = rows[["figure_id", "area_code", "area_level", "release", "value", "status"]].assign(year=years)
    zeros = held[(held["area_level"] == AreaLevel.AUTHORITY) & (held["value"] == 0).fillna(False)]
    reasons = pd.Series(None, index=zeros.index, dtype="object")
    for found in (
        _listed(zeros, reference.doubtful_zeros),
        _contradicted(zeros, held, reference),
        _expected(zeros, held, reference),
        _between(zeros, held, reference),
    ):
        reasons = reasons.where(reasons.notna(), found)
    reasons = _with_relatives(zeros, reasons, reference)
    return rows.assign(doubtful=reasons.reindex(rows.index).astype("object").where(lambda said: said.notna(), None))


def as_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures as parts of a sum: a doubtful zero is a missing part, so that a sum with it is a lower bound."""
    doubtful = rows["doubtful"].notna()
    return rows.assign(value=rows["value"].mask(doubtful), status=rows["status"].mask(doubtful, Status.NOT_AVAILABLE))


def _listed(zeros: pd.DataFrame, known: list[DoubtfulZero]) -> pd.Series:
    said = {(figure, one.area, year): one.reason for one in known for figure in one.figures for year in one.years}
    keys = zip(zeros["figure_id"], zeros["area_code"], zeros["year"], strict=True)
    return pd.Series([said.get(key) for key in keys], index=zeros.index, dtype="object")


def _contradicted(zeros: pd.DataFrame, held: pd.DataFrame, reference: Reference) -> pd.Series:
    """Zeros that another release hides; the newest that does counts, and a later number above zero settles it."""
    hidden = _newest(held[held["status"].isin(reference.hidden_statuses)]).set_index(YEAR)
    mended = held[(held["value"] > 0).fillna(False)].groupby(YEAR)["release"].max()
    keys = pd.MultiIndex.from_frame(zeros[YEAR])
    release = hidden["release"].reindex(keys).to_numpy()
    status = hidden["status"].reindex(keys).to_numpy()
    later = mended.astype("str").reindex(keys).fillna("").to_numpy()
    words = {status.status: status.label.lower() for status in reference.figure_statuses}
    said = [
        f"which another release gives as {words[why]}" if isinstance(when, str) and settled <= when else None
        for when, why, settled in zip(release, status, later, strict=True)
    ]
    return _sentences(zeros, said, reference)


def _expected(zeros: pd.DataFrame, held: pd.DataFrame, reference: Reference) -> pd.Series:
    """Zeros where a rate would lead one to expect ``EXPECTED`` or more: in the year, over a run of zeros, or over a force.

    England's rate comes first, then that of the authority's other years; the year itself before the run, the run before the
    force. A zero where nothing is expected at all is data, whatever stands beside it.
    """
    counted_once = [one.figure_id for one in reference.figures.values() if one.independent and not one.superseded]
    asked = _as_each_release_knows(held[(held["area_level"] == AreaLevel.AUTHORITY) & held["figure_id"].isin(counted_once)])
    asked["others_too"] = _force_has_nothing_else(asked, reference)
    asked = asked[(asked["value"] == 0).fillna(False)].reset_index(drop=True)
    expected = _expectations(asked, held, reference)
    said = pd.Series(None, index=asked.index, dtype="object")
    for together, where in _groups(asked, reference):
        for rate, whose in RATES.items():
            sums = expected[rate].groupby(together).transform("sum")
            years = together.map(together.value_counts())
            found = (sums >= EXPECTED) & (expected[rate] > 0) & said.isna()
            said[found] = [
                where.format(expected=f"{n:,.0f}", whose=whose, years=size)
                for n, size in zip(sums[found], years[found], strict=True)
            ]
    cells = said.set_axis(pd.MultiIndex.from_frame(asked[["figure_id", "area_code", "year", "known_by"]]))
    return _sentences(zeros, cells.reindex(pd.MultiIndex.from_frame(zeros[CELL])).tolist(), reference)


def _as_each_release_knows(held: pd.DataFrame) -> pd.DataFrame:
    """The figures of every year as each release gives them (``known_by``): its own, else the newest release's."""
    releases = held[["figure_id", "release"]].drop_duplicates().rename(columns={"release": "known_by"})
    own, others = held.assign(known_by=held["release"]), _newest(held[held["value"].notna()]).merge(releases, on="figure_id")
    known = pd.concat([own, others], ignore_index=True).drop_duplicates([*YEAR, "known_by"])
    return known.sort_values(["figure_id", "known_by"], kind="stable", ignore_index=True)


def _force_has_nothing_else(held: pd.DataFrame, reference: Reference) -> pd.Series:
    """Whether all authorities of the force report 0 in the year: no count above zero, and none hidden, among them."""
    applies = held["status"] != Status.NOT_APPLICABLE
    zero = (held["value"] == 0).fillna(False).astype(bool) | ~applies
    force = held["area_code"].map(reference.force_of_authority)
    return zero.groupby([held["figure_id"], held["known_by"], held["year"], force]).transform("all")


def _groups(zeros: pd.DataFrame, reference: Reference) -> list[tuple[pd.Series, str]]:
    """Which zeros are taken together, and in which words: each alone, those of years running, those of a force of zeros."""
    series = ["figure_id", "known_by", "area_code"]
    by_year = zeros.sort_values([*series, "year"])
    first = (by_year[series] != by_year[series].shift()).any(axis=1) | (by_year["year"] != by_year["year"].shift() + 1)
    force = zeros["area_code"].map(reference.force_of_authority).where(zeros["others_too"])
    return [
        (pd.Series(zeros.index, index=zeros.index), "where {expected} would be expected at {whose}"),
        (
            first.cumsum().reindex(zeros.index),
            "where {expected} would be expected at {whose} over {years} consecutive years of 0",
        ),
        (
            zeros.groupby(["figure_id", "known_by", "year", force]).ngroup(),
            "as did every council in its force's area, where {expected} would be expected at {whose}",
        ),
    ]


def _expectations(zeros: pd.DataFrame, held: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """How many would be expected where a zero stands, by each of ``RATES``; 0 where no rate can be found."""
    found = pd.DataFrame(0.0, index=zeros.index, columns=list(RATES))
    seen = held[held["value"].notna()]
    exposures = {figure: _exposures(figure, reference) for figure in zeros["figure_id"].unique()}
    left = zeros
    for turn in zip_longest(*exposures.values()):
        quotients = _with_exposure(seen, dict(zip(exposures, turn, strict=True)))
        own = left.merge(quotients, on=CELL, how="left").set_index(left.index)["size"]
        left_now, size = left[own.notna()], own[own.notna()].astype(float)
        found.loc[left_now.index, "nation"] = (size * _of_nation(left_now, quotients, reference)).fillna(0.0)
        found.loc[left_now.index, "others"] = (size * _of_other_years(left_now, quotients)).fillna(0.0)
        left = left[own.isna()]
    return found


def _exposures(figure_id: str, reference: Reference) -> list[str]:
    """What a figure is held against, the first that is there: figures that it is a part of, then resident children."""
    wholes = [other for other in reference.figures[figure_id].at_most if reference.figures[other].independent]
    return [*wholes, POPULATION] if figure_id != POPULATION else []


def _with_exposure(seen: pd.DataFrame, exposures: Mapping[str, str | None]) -> pd.DataFrame:
    """Count and exposure of each cell of the figures that have one; resident children as the newest release gives them."""
    counts = seen[seen["figure_id"].isin([figure for figure, below in exposures.items() if below])]
    below = coded_as(counts["figure_id"].map(exposures), seen["figure_id"])
    counts = counts.rename(columns={"value": "count"}).assign(below=below)
    wholes = seen.loc[seen["figure_id"].isin(list(filter(None, exposures.values()))), [*CELL, "value"]]
    sizes = wholes.set_axis(["below", "area_code", "year", "release", "size"], axis=1)
    residents = _newest(seen[seen["figure_id"] == POPULATION])[["area_code", "year", "value"]].rename(columns={"value": "size"})
    of_residents = counts["below"] == POPULATION
    both = pd.concat(
        [
            counts[~of_residents].merge(sizes, on=["below", "area_code", "year", "release"]),
            counts[of_residents].merge(residents, on=["area_code", "year"]),
        ]
    )
    return both.astype({"count": float, "size": float})[[*CELL, "area_level", "count", "size"]]


def _of_nation(zeros: pd.DataFrame, quotients: pd.DataFrame, reference: Reference) -> pd.Series:
    """The rate of the country that each authority lies in, in the same year and release."""
    nations = quotients[(quotients["area_level"] == AreaLevel.COUNTRY) & (quotients["size"] > 0)].set_index(CELL)
    rates = nations["count"] / nations["size"]
    keys = pd.MultiIndex.from_frame(zeros.assign(area_code=zeros["area_code"].map(_country_of(reference)))[CELL])
    return pd.Series(rates.reindex(keys).to_numpy(), index=zeros.index)


def _of_other_years(zeros: pd.DataFrame, quotients: pd.DataFrame) -> pd.Series:
    """The authority's rate over all its other years, each from the newest release that has it."""
    newest = quotients[quotients["release"] == quotients.groupby(["figure_id", "year"])["release"].transform("max")]
    own = zeros.reset_index()[["index", *YEAR]]
    pairs = own.merge(newest, on=["figure_id", "area_code"], suffixes=("", "_other"))
    sums = pairs[pairs["year"] != pairs["year_other"]].groupby("index")[["count", "size"]].sum()
    return (sums["count"] / sums["size"].where(sums["size"] > 0)).reindex(zeros.index)


def _between(zeros: pd.DataFrame, held: pd.DataFrame, reference: Reference) -> pd.Series:
    """Zeros between two years of ``BETWEEN`` or more, in the same release or, where it lacks the year, the newest."""
    seen = held[(held["area_level"] == AreaLevel.AUTHORITY) & held["value"].notna()]
    same, newest = seen.set_index(CELL)["value"], _newest(seen).set_index(YEAR)["value"]
    high = pd.Series(True, index=zeros.index)
    for step in (-1, 1):
        beside = zeros.assign(year=zeros["year"] + step)
        here = pd.Series(same.reindex(pd.MultiIndex.from_frame(beside[CELL])).to_numpy(), index=zeros.index)
        elsewhere = pd.Series(newest.reindex(pd.MultiIndex.from_frame(beside[YEAR])).to_numpy(), index=zeros.index)
        high &= (here.where(here.notna(), elsewhere).astype("Float64") >= BETWEEN).fillna(False).astype(bool)
    said = high.map({True: f"between two years of {BETWEEN} or more", False: None})
    return _sentences(zeros, said, reference)


def _with_relatives(zeros: pd.DataFrame, reasons: pd.Series, reference: Reference) -> pd.Series:
    """Doubt handed on between zeros of which one cannot be above the other: where either is not known, neither is the other."""
    pairs = [(figure.figure_id, other) for figure in reference.figures.values() for other in figure.at_most]
    figures = zeros["figure_id"].tolist()
    places = list(zip(*(zeros[column].tolist() for column in ("area_code", "year", "release")), strict=True))
    zero: dict[str, set[Place]] = {figure_id: set() for figure_id in reference.figures}
    said: dict[str, dict[Place, str]] = {figure_id: {} for figure_id in reference.figures}
    for figure_id, place, reason in zip(figures, places, reasons, strict=True):
        zero[figure_id].add(place)
        if isinstance(reason, str):
            said[figure_id][place] = reason
    handed = True
    while handed:
        handed = False
        for one, other in (ends for pair in pairs for ends in (pair, pair[::-1])):
            more = {place: said[one][place] for place in (said[one].keys() - said[other].keys()) & zero[other]}
            said[other].update(more)
            handed = handed or bool(more)
    told = [said[figure_id].get(place) for figure_id, place in zip(figures, places, strict=True)]
    return pd.Series(told, index=zeros.index, dtype="object")


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Of each figure, area and year the row of the newest release."""
    return rows.sort_values("release").drop_duplicates(YEAR, keep="last")


def _country_of(reference: Reference) -> dict[str, str]:
    codes = {area.area_name: area.area_code for area in reference.areas if area.area_level == AreaLevel.COUNTRY}
    countries = {force.force_code: codes.get(force.country, "") for force in reference.forces}
    return {authority.la_code: countries[authority.force_code] for authority in reference.authorities}


def _sentences(zeros: pd.DataFrame, why: pd.Series | list[str | None], reference: Reference) -> pd.Series:
    """'Nottinghamshire council reported 0 assessments with going missing as a factor, where 179 would be expected …'"""
    names = {authority.la_code: authority.la_name for authority in reference.authorities}
    said = [
        f"{names[area]} council reported 0 {reference.figures[figure].label}, {reason}." if isinstance(reason, str) else None
        for area, figure, reason in zip(zeros["area_code"], zeros["figure_id"], why, strict=True)
    ]
    return pd.Series(said, index=zeros.index, dtype="object")
