"""Figures of forces that are listed as doubtful, and those of regions and countries in which they, or doubtful zeros, count:
which of them nothing is said of.

The value stays as its publisher gives it. A region of a handful of authorities is moved by any of them, so that none with a
doubtful zero has an interval, a verdict or a trend, and no force is compared with it. A country is hardly moved by one: it is
left out where authorities with a doubtful zero have ``MOST`` or more of what its figure is out of, and is then no benchmark.
"""

from __future__ import annotations

import pandas as pd

from etl.reference import Reference
from vocabulary import AreaLevel, BreakKind

MOST = 0.05  # without those authorities the figure would be 5.3% higher; England's lie at 4.5% or less, or at 5.3% or more
AREA_YEAR = ["area_code", "period_end"]
MEASURE_AREA_YEAR = ["measure_id", *AREA_YEAR]


def with_doubtful_size(rows: pd.DataFrame, figures: pd.DataFrame, parts: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The rows with ``doubtful_size``: denominators of an area's authorities with a doubtful zero; missing where it has none.

    Args:
        rows: indicator rows.
        figures: base figures with ``doubtful``.
        parts: ``measure_id``, ``figure_id`` and whether it is ``below``, of every measure; a bare count has no denominator.
    """
    doubtful = figures.loc[figures["doubtful"].notna(), ["figure_id", *AREA_YEAR]]
    zeros = parts.merge(doubtful, on="figure_id")[MEASURE_AREA_YEAR].drop_duplicates()
    zeros = zeros.merge(parts.loc[parts["below"], ["measure_id", "figure_id"]], on="measure_id", how="left")
    sizes = zeros.merge(figures[["figure_id", *AREA_YEAR, "value"]], on=["figure_id", *AREA_YEAR], how="left")
    sizes["value"] = sizes["value"].astype(float).where(sizes["figure_id"].notna(), 0)
    areas = pd.DataFrame(_areas_of_authorities(reference), columns=["area_code", "within"])
    found = sizes.merge(areas, on="area_code").groupby(["measure_id", "within", "period_end"])["value"].sum()
    keys = pd.MultiIndex.from_frame(rows[MEASURE_AREA_YEAR])
    return rows.assign(doubtful_size=found.reindex(keys).to_numpy())


def rests_on_doubt(rows: pd.DataFrame) -> pd.Series:
    """Whether nothing may be said of a published figure for the doubtful zeros in it.

    Args:
        rows: indicator rows with ``doubtful_size``.
    """
    size = rows["doubtful_size"].astype(float)
    much = (size >= MOST * rows["denominator"].astype(float)) & (size > 0)
    in_region, in_country = ((rows["area_level"] == level) for level in (AreaLevel.REGION, AreaLevel.COUNTRY))
    return size.notna() & (in_region | (in_country & much))


def rests_on_doubtful_figure(rows: pd.DataFrame, reference: Reference) -> pd.Series:
    """Whether a figure is one of a force that is listed as doubtful, or a region's with such a force in it, or a country's of
    which such forces have ``MOST`` or more.

    Args:
        rows: indicator rows.
    """
    listed = [
        (measure.measure_id, one.area, pd.Timestamp(one.starts))
        for one in reference.series_breaks
        for measure in reference.measures
        if one.kind == BreakKind.DOUBTFUL and one.starts and one.series in (measure.numerator, measure.denominator)
    ]
    own = pd.Series(pd.MultiIndex.from_frame(rows[MEASURE_AREA_YEAR]).isin(listed), index=rows.index, dtype=bool)
    if not own.any():
        return own
    codes = {(str(area.area_level), area.area_name): area.area_code for area in reference.areas}
    within = [
        (force.force_code, codes.get((level, name), ""))
        for force in reference.forces
        for level, name in ((AreaLevel.REGION, force.region), (AreaLevel.COUNTRY, force.country))
    ]
    amounts = ["numerator", "denominator"]
    placed = rows[own].merge(pd.DataFrame(within, columns=["area_code", "within"]), on="area_code")
    doubted = placed.astype(dict.fromkeys(amounts, float)).groupby(["measure_id", "within", "period_end"])[amounts].sum()
    held = doubted.reindex(pd.MultiIndex.from_frame(rows[MEASURE_AREA_YEAR])).set_index(rows.index)
    share = (held / rows[amounts].astype(float)).max(axis=1)
    in_region, in_country = ((rows["area_level"] == level) for level in (AreaLevel.REGION, AreaLevel.COUNTRY))
    return own | (held["numerator"].notna() & in_region) | (in_country & (share >= MOST))


def _areas_of_authorities(reference: Reference) -> list[tuple[str, str]]:
    """Each authority with each region and country that it lies in, and the part of its region."""
    codes = {(area.area_level, area.area_name): area.area_code for area in reference.areas}
    found = [(code, part.area_code) for part in reference.subregions for code in part.authorities]
    forces = {force.force_code: force for force in reference.forces}
    for authority in reference.authorities:
        force = forces[authority.force_code]
        found.append((authority.la_code, codes.get((AreaLevel.REGION, force.region), "")))
        found.append((authority.la_code, codes[(AreaLevel.COUNTRY, force.country)]))
    return found
