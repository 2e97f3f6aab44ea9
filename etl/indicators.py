"""Measures of every area and year from the current base figures: parts, value, status, what is hidden."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.definitions import Measure
from etl.doubtful_areas import with_doubtful_size
from etl.doubtful_zeros import as_parts
from etl.periods import as_year_ending_march
from etl.reference import Reference
from etl.revisions import with_revision

COLUMNS = [
    "measure_id", "area_code", "area_level", "period_end", "release", "numerator", "denominator", "value", "status",
    "hidden_parts", "basis", "revision", "doubtful_size",
]  # fmt: skip
AREA_YEAR = ["area_code", "period_end"]
PUBLISHED, SUMMED, POOLED = "published", "sum of authorities", "pooled over forces"


def indicators(current: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Every measure of every area and year that its numerator covers.

    Args:
        current: rows of ``current_observation`` (``value`` Int64, ``period_end`` datetime).

    Returns:
        ``COLUMNS``. ``value`` is in the measure's unit. A force with a hidden part in its numerator keeps its value as
        a lower bound; one with a hidden part in its denominator has none, for its quotient is bounded on neither side.
        A doubtful zero is a hidden part, of its force and of its own authority, which keeps the value as published.
        ``doubtful_size`` of a published region or country: the denominators of its authorities with a doubtful zero, together;
        missing where it has none.
    """
    dated = current.assign(period_end=as_year_ending_march(current["period_end"], current["figure_id"]))
    by_figure = dict(list(dated.groupby("figure_id")))
    held = [measure for measure in reference.measures if measure.numerator in by_figure]
    frames = [_measure(by_figure, dated.iloc[:0], measure, reference) for measure in held]
    return pd.concat(frames, ignore_index=True)[COLUMNS]


def complete(rows: pd.DataFrame) -> pd.Series:
    """Rows whose figure is complete: a value without hidden parts, or one pooled over forces that have theirs."""
    return rows["value"].notna() & ((rows["hidden_parts"] == 0) | (rows["basis"] == POOLED))


def _measure(by_figure: Mapping[str, pd.DataFrame], none: pd.DataFrame, measure: Measure, reference: Reference) -> pd.DataFrame:
    numerator = by_figure[measure.numerator]
    rows = numerator[["area_level", *AREA_YEAR, "release", "value", "status", "hidden_parts"]]
    # A doubtful zero is known from below only, as a sum with a hidden part is: nothing is said of it either.
    rows = rows.assign(hidden_parts=rows["hidden_parts"].where(numerator["doubtful"].isna(), 1))
    rows = rows.rename(columns={"value": "numerator"}).assign(measure_id=measure.measure_id, basis=_basis(rows, reference))
    if measure.denominator is None:
        rows = rows.assign(denominator=pd.array([pd.NA] * len(rows), dtype="Int64"), value=rows["numerator"])
        rows["value"] = rows["value"].astype("Float64")
        denominator = None
    else:
        denominator = by_figure.get(measure.denominator, none)
        rows = _quotient(rows, denominator, measure)
        rows = _with_parts_hidden_in_either(rows, numerator, denominator, reference)
    parts = numerator if denominator is None else pd.concat([numerator, denominator])
    rows = with_revision(rows, parts, AREA_YEAR)
    rows = _not_covered(rows, measure, reference)
    rows = with_doubtful_size(rows, numerator, denominator, reference)
    if numerator["area_level"].isin(["region", "country"]).any():
        return rows
    return pd.concat([rows, _pooled(rows, measure, reference)], ignore_index=True)


def _not_covered(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.DataFrame:
    """A Welsh force whose count has no denominator at all is not covered: the denominators' publications are of England."""
    if measure.denominator is None:
        return rows
    welsh = rows["area_code"].isin([force.force_code for force in reference.forces if force.country == "Wales"])
    bare = welsh & rows["numerator"].notna() & rows["denominator_status"].isna()
    return rows.assign(status=rows["status"].mask(bare, "not_covered"))


def _basis(rows: pd.DataFrame, reference: Reference) -> pd.Series:
    """Forces are sums of authorities where the publication gives authorities, else published as they are."""
    made_of = set(reference.force_of_authority.values()) if (rows["area_level"] == "local_authority").any() else set()
    summed = (rows["area_level"] == "force") & rows["area_code"].isin(made_of)
    return summed.map({True: SUMMED, False: PUBLISHED})


def _quotient(rows: pd.DataFrame, denominator: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    below = as_parts(denominator)[[*AREA_YEAR, "value", "status", "hidden_parts"]].rename(
        columns={"value": "denominator", "status": "denominator_status", "hidden_parts": "denominator_hidden"}
    )
    rows = rows.merge(below, on=AREA_YEAR, how="left")
    usable = rows["denominator"].notna() & (rows["denominator"] > 0) & (rows["denominator_hidden"] == 0)
    whole = rows["numerator"].notna() & usable.fillna(False)
    quotient = rows["numerator"].astype("Float64") / rows["denominator"].where(whole).astype("Float64")
    rows["value"] = quotient * float(measure.multiplier or 1)
    why = rows["denominator_status"].fillna("not_available").replace("reported", "not_available")
    unusable = rows["numerator"].notna() & ~whole
    rows.loc[unusable, "status"] = why[unusable]
    empty = unusable & (rows["denominator"] == 0).fillna(False)
    rows.loc[empty, "status"] = "not_applicable"
    return rows


def _with_parts_hidden_in_either(
    rows: pd.DataFrame, numerator: pd.DataFrame, denominator: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """Authorities of a force that are hidden in the numerator or the denominator, each counted once.

    Where a part of the denominator is hidden, the force's status says why in place of 'reported'.
    """
    parts = pd.concat([_hidden_authorities(numerator, reference), _hidden_authorities(denominator, reference)])
    counts = parts.drop_duplicates(["authority", "period_end"]).groupby(AREA_YEAR).size()
    forces = rows["area_level"] == "force"
    keys = pd.MultiIndex.from_frame(rows.loc[forces, AREA_YEAR])
    rows.loc[forces, "hidden_parts"] = counts.reindex(keys).fillna(0).astype(int).to_numpy()
    reasons = _hidden_authorities(denominator, reference).drop_duplicates(AREA_YEAR).set_index(AREA_YEAR)["status"]
    broken = forces & rows["numerator"].notna() & (rows["denominator_hidden"] > 0).fillna(False)
    if broken.any():
        rows.loc[broken, "status"] = reasons.reindex(pd.MultiIndex.from_frame(rows.loc[broken, AREA_YEAR])).to_numpy()
    return rows


def _hidden_authorities(figures: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    parts = as_parts(figures[figures["area_level"] == "local_authority"])
    hidden = parts[parts["status"].isin(reference.hidden_statuses)]
    return pd.DataFrame(
        {
            "area_code": hidden["area_code"].map(reference.force_of_authority),
            "authority": hidden["area_code"],
            "period_end": hidden["period_end"],
            "status": hidden["status"],
        }
    )


def _pooled(rows: pd.DataFrame, measure: Measure, reference: Reference) -> pd.DataFrame:
    """Regions and countries where the publisher gives forces only: sums over the forces that have a complete figure.

    The same forces are left out of numerator and denominator; how many is ``hidden_parts``. Wales is a country and no region.
    """
    area_of = {(area.area_level, area.area_name): area.area_code for area in reference.areas}
    forces = rows[(rows["area_level"] == "force") & (rows["status"] != "not_covered")]
    regions = {force.force_code: area_of.get(("region", force.region)) for force in reference.forces}
    countries = {force.force_code: area_of[("country", force.country)] for force in reference.forces}
    valued = forces["value"].notna() & (forces["hidden_parts"] == 0)
    pooled = []
    for level, area in (("region", regions), ("country", countries)):
        grouped = forces.assign(
            area_code=forces["area_code"].map(area),
            numerator=forces["numerator"].where(valued),
            denominator=forces["denominator"].where(valued),
            left_out=~valued,
        ).groupby([*AREA_YEAR, "release", "measure_id"])
        sums = grouped.agg(
            numerator=("numerator", lambda values: values.sum(min_count=1)),
            denominator=("denominator", lambda values: values.sum(min_count=1)),
            hidden_parts=("left_out", "sum"),
        ).reset_index()
        marked = with_revision(sums, forces[valued].assign(area_code=forces["area_code"].map(area)), AREA_YEAR)
        pooled.append(marked.assign(area_level=level))
    result = pd.concat(pooled, ignore_index=True)
    divisor = 1.0 if measure.kind == "count" else result["denominator"].astype("Float64")
    result["value"] = result["numerator"].astype("Float64") / divisor * float(measure.multiplier or 1)
    result["status"] = result["value"].notna().map({True: "reported", False: "not_available"})
    return result.assign(basis=POOLED)
