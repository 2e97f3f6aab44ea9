"""Figures written as the publisher laid them out in 2015 to 2017."""

from __future__ import annotations

import pandas as pd

from etl.reference import Reference
from etl.sources import looked_after_missing_older


def in_older_layout(figures: pd.DataFrame, reference: Reference, *, renamed: bool) -> str:
    """Figures as the publisher laid them out then: upper-case names, one code for the three Londons, a dot for each state."""
    symbols = {"suppressed": "x", "not_available": ".."}
    number = figures["value"].map(lambda value: f"{value:,}" if renamed else str(value), na_action="ignore")
    cells = number.astype("object").where(figures["status"] == "reported", figures["status"].map(symbols))
    wide = figures.assign(cell=cells).pivot(index=["area_level", "area_code"], columns="figure_id", values="cell")
    level = {"country": "NATIONAL", "region": "REGION", "local_authority": "LA"}
    names = {area.area_code: area.area_name.upper() for area in reference.areas}
    london = {code for code, name in names.items() if name.endswith("LONDON")}
    spelled = looked_after_missing_older.FIGURES
    rows = wide.reset_index().assign(
        New_geog_code=lambda frame: frame["area_code"].where(~frame["area_code"].isin(london), "E12000007"),
        geog_l=lambda frame: frame["area_level"].map(level),
        geog_c="1",
        geog_n=lambda frame: frame["area_code"].map(names).fillna("Somewhere"),
        LA_order="1",
    )
    rows = rows.rename(columns={figure: spellings[int(renamed)] for figure, spellings in spelled.items()})
    order = ["New_geog_code", "geog_l", "geog_c", "geog_n", *(spellings[int(renamed)] for spellings in spelled.values())]
    return rows[order + ["LA_order"] * renamed].to_csv(index=False)
