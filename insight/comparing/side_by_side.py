"""Several forces side by side: a row a measure, a column a force, all of one year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from insight.profile.profile import Profile
from insight.tables.figures import to_take_away
from insight.tables.model import Table, figure, table_of


def side_by_side(facts: Profile, others: pd.DataFrame, names: list[str], labels: Mapping[str, str]) -> Table:
    """The newest figures of a force beside those of others for the same years.

    Args:
        facts: my force.
        others: rows of ``insight.queries.force.of_forces``.
        names: the other forces, in the order of the columns.
        labels: words for each status.
    """
    held = {(row["area_name"], row["measure_id"], row["period_end"]): row for row in others.to_dict("records")}
    rows = []
    for row in facts.newest():
        if row["kind"] == "count":
            continue
        decimals, unit = int(row["decimals"]), str(row["unit"])
        entry: dict[str, object] = {"Measure": row["short_title"], "Year ending": f"{row['period_end']:%B %Y}"}
        entry[facts.name] = figure(row, decimals, unit, labels)
        for name in names:
            other = held.get((name, row["measure_id"], row["period_end"]))
            entry[name] = None if other is None else figure(other, decimals, unit, labels)
        rows.append(entry)
    return table_of(rows)


def side_by_side_to_take_away(facts: Profile, others: pd.DataFrame) -> pd.DataFrame:
    """The same figures, a row a force and measure with every stored column, my force's first."""
    mine = pd.DataFrame([row for row in facts.newest() if row["kind"] != "count"])
    years = set(zip(mine["measure_id"], mine["period_end"], strict=True))
    same = [place in years for place in zip(others["measure_id"], others["period_end"], strict=True)]
    return pd.concat([to_take_away(mine), to_take_away(others[same])], ignore_index=True)
