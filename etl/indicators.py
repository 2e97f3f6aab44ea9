"""Measures of every area and year from the current base figures: parts, value, status, what is hidden."""

from __future__ import annotations

import pandas as pd

from etl.doubtful_areas import with_doubtful_size
from etl.doubtful_zeros import as_parts
from etl.periods import as_year_ending_march
from etl.reference import Reference
from etl.revisions import with_revision
from vocabulary import AreaLevel, Basis, Status

COLUMNS = [
    "measure_id", "area_code", "area_level", "period_end", "release", "numerator", "denominator", "value", "status",
    "hidden_parts", "basis", "revision", "doubtful_size",
]  # fmt: skip
AREA_YEAR = ["area_code", "period_end"]
MEASURE_AREA_YEAR = ["measure_id", *AREA_YEAR]


def indicators(current: pd.DataFrame, reference: Reference, *, authorities: bool = True) -> pd.DataFrame:
    """Every measure of every area and year that its numerator covers.

    Args:
        current: rows of ``current_observation`` (``value`` Int64, ``period_end`` datetime).
        authorities: whether their rows are wanted too; those of larger areas rest on their figures either way.

    Returns:
        ``COLUMNS``. ``value`` is in the measure's unit. A force with a hidden part in its numerator keeps its value as
        a lower bound; one with a hidden part in its denominator has none, for its quotient is bounded on neither side.
        A doubtful zero is a hidden part, of its force and of its own authority, which keeps the value as published.
        ``doubtful_size`` of a published region or country: the denominators of its authorities with a doubtful zero, together;
        missing where it has none.
    """
    dated = current.assign(period_end=as_year_ending_march(current["period_end"], current["figure_id"]))
    measures = pd.DataFrame([measure.model_dump() for measure in reference.measures]).rename_axis("place").reset_index()
    measures["multiplier"] = measures["multiplier"].fillna(1).astype(float)
    parts = pd.concat(
        [
            measures[["measure_id", part]].set_axis(["measure_id", "figure_id"], axis=1).dropna()
            for part in ("numerator", "denominator")
        ],
        keys=[False, True],
        names=["below", None],
    ).reset_index("below")
    counts = _numerators(dated, measures, reference)
    rows = _with_denominators(counts if authorities else counts[counts["area_level"] != AreaLevel.AUTHORITY], dated)
    rows = _with_parts_hidden_in_either(rows, dated, parts, reference)
    marked = parts.merge(dated.loc[dated["revision"].notna(), ["figure_id", *AREA_YEAR, "revision"]], on="figure_id")
    rows = with_revision(rows, marked, MEASURE_AREA_YEAR)
    rows = with_doubtful_size(_not_covered(rows, reference), dated, parts, reference)
    published = rows.loc[rows["area_level"].isin([AreaLevel.REGION, AreaLevel.COUNTRY]), "place"].unique()
    pooled = _pooled(rows[~rows["place"].isin(published)], reference)
    return pd.concat([rows, pooled]).sort_values("place", kind="stable", ignore_index=True)[COLUMNS]


def complete(rows: pd.DataFrame) -> pd.Series:
    """Rows whose figure is complete: a value without hidden parts, or one pooled over forces that have theirs."""
    return rows["value"].notna() & ((rows["hidden_parts"] == 0) | (rows["basis"] == Basis.POOLED))


def _numerators(dated: pd.DataFrame, measures: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Every figure that a measure counts, in the order of the measures."""
    counts = dated[["figure_id", "area_level", *AREA_YEAR, "release", "value", "status", "hidden_parts"]]
    # A doubtful zero is known from below only, as a sum with a hidden part is: nothing is said of it either.
    counts = counts.assign(
        hidden_parts=counts["hidden_parts"].where(dated["doubtful"].isna(), 1), basis=_basis(counts, reference)
    )
    of = measures[["place", "measure_id", "numerator", "denominator", "multiplier", "kind"]]
    of = of.rename(columns={"numerator": "figure_id", "denominator": "below"})
    return of.merge(counts.rename(columns={"value": "numerator"}), on="figure_id")


def _not_covered(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """A Welsh force whose count has no denominator at all is not covered: the denominators' publications are of England."""
    welsh = rows["area_code"].isin([force.force_code for force in reference.forces if force.country == "Wales"])
    bare = welsh & rows["below"].notna() & rows["numerator"].notna() & rows["denominator_status"].isna()
    return rows.assign(status=rows["status"].mask(bare, Status.NOT_COVERED))


def _basis(figures: pd.DataFrame, reference: Reference) -> pd.Series:
    """Forces are sums of authorities where the publication gives authorities, else published as they are."""
    by_authority = figures.loc[figures["area_level"] == AreaLevel.AUTHORITY, "figure_id"].unique()
    summed = (figures["area_level"] == AreaLevel.FORCE) & figures["figure_id"].isin(by_authority)
    summed &= figures["area_code"].isin(reference.force_of_authority.values())
    return summed.map({True: Basis.SUMMED, False: Basis.PUBLISHED})


def _with_denominators(rows: pd.DataFrame, dated: pd.DataFrame) -> pd.DataFrame:
    """What each count is out of, and their quotient; the value of a bare count is the count."""
    below = as_parts(dated)[["figure_id", *AREA_YEAR, "value", "status", "hidden_parts"]]
    below = below.set_axis(["below", *AREA_YEAR, "denominator", "denominator_status", "denominator_hidden"], axis=1)
    rows = rows.merge(below, on=["below", *AREA_YEAR], how="left")
    bare, counted = rows["below"].isna(), rows["numerator"].notna()
    usable = rows["denominator"].notna() & (rows["denominator"] > 0) & (rows["denominator_hidden"] == 0)
    whole = counted & usable.fillna(False)
    quotient = rows["numerator"].astype("Float64") / rows["denominator"].where(whole).astype("Float64")
    rows["value"] = (quotient * rows["multiplier"]).mask(bare, rows["numerator"].astype("Float64"))
    why = rows["denominator_status"].fillna(Status.NOT_AVAILABLE).replace(Status.REPORTED, Status.NOT_AVAILABLE)
    empty = (rows["denominator"] == 0).fillna(False)
    unusable = counted & ~whole & ~bare
    return rows.assign(status=rows["status"].mask(unusable, why.mask(empty, Status.NOT_APPLICABLE)))


def _with_parts_hidden_in_either(
    rows: pd.DataFrame, dated: pd.DataFrame, parts: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """Authorities of a force that are hidden in the numerator or the denominator, each counted once.

    Where a part of the denominator is hidden, the force's status says why in place of 'reported'.
    """
    authorities = as_parts(dated[dated["area_level"] == AreaLevel.AUTHORITY])
    hidden = authorities.loc[authorities["status"].isin(reference.hidden_statuses), ["figure_id", *AREA_YEAR, "status"]]
    hidden = parts.merge(hidden.rename(columns={"area_code": "authority"}), on="figure_id")
    hidden = hidden.assign(area_code=hidden["authority"].map(reference.force_of_authority))
    counts = hidden.drop_duplicates(["measure_id", "authority", "period_end"]).groupby(MEASURE_AREA_YEAR).size()
    reasons = hidden[hidden["below"]].drop_duplicates(MEASURE_AREA_YEAR).set_index(MEASURE_AREA_YEAR)["status"]
    forces = (rows["area_level"] == AreaLevel.FORCE) & rows["below"].notna()
    keys = pd.MultiIndex.from_frame(rows.loc[forces, MEASURE_AREA_YEAR])
    rows.loc[forces, "hidden_parts"] = counts.reindex(keys, fill_value=0).to_numpy()
    broken = forces & rows["numerator"].notna() & (rows["denominator_hidden"] > 0).fillna(False)
    keys = pd.MultiIndex.from_frame(rows.loc[broken, MEASURE_AREA_YEAR])
    rows.loc[broken, "status"] = reasons.reindex(keys).to_numpy()
    return rows


def _pooled(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Regions and countries where the publisher gives forces only: sums over the forces that have a complete figure.

    The same forces are left out of numerator and denominator; how many is ``hidden_parts``. Wales is a country and no region.
    """
    area_of = {(area.area_level, area.area_name): area.area_code for area in reference.areas}
    forces = rows[(rows["area_level"] == AreaLevel.FORCE) & (rows["status"] != Status.NOT_COVERED)]
    regions = {force.force_code: area_of.get((AreaLevel.REGION, force.region)) for force in reference.forces}
    countries = {force.force_code: area_of[(AreaLevel.COUNTRY, force.country)] for force in reference.forces}
    valued = forces["value"].notna() & (forces["hidden_parts"] == 0)
    counted = forces.assign(left_out=~valued, **{part: forces[part].where(valued) for part in ("numerator", "denominator")})
    pooled = []
    for level, area in ((AreaLevel.REGION, regions), (AreaLevel.COUNTRY, countries)):
        placed = counted.assign(area_code=forces["area_code"].map(area))
        grouped = placed.groupby([*AREA_YEAR, "release", "place", "measure_id", "kind", "multiplier"])
        sums = grouped[["numerator", "denominator"]].sum(min_count=1).assign(hidden_parts=grouped["left_out"].sum())
        pooled.append(with_revision(sums.reset_index(), placed[valued], MEASURE_AREA_YEAR).assign(area_level=level))
    result = pd.concat(pooled, ignore_index=True)
    divisor = result["denominator"].astype("Float64").mask(result["kind"] == "count", 1.0)
    result["value"] = result["numerator"].astype("Float64") / divisor * result["multiplier"]
    result["status"] = result["value"].notna().map({True: Status.REPORTED, False: Status.NOT_AVAILABLE})
    return result.assign(basis=Basis.POOLED)
