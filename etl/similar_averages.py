"""The average of the forces most similar to each, and how the force compares with it: on every measure and year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from etl.definitions import Measure
from etl.indicators import complete
from insight.statistics import FunnelFlag, VerdictBasis, compare, pooled_average, verdict
from vocabulary import MOST_SIMILAR

FEWEST = 3  # complete figures that an average takes; one or two forces are none
KEYS = ["measure_id", "period_end"]
COLUMNS = [
    "force_code", *KEYS, "numerator", "denominator", "average", "forces_compared", "forces_left_out", "verdict", "verdict_basis",
]  # fmt: skip


def similar_averages(indicators: pd.DataFrame, neighbours: pd.DataFrame, measures: Iterable[Measure]) -> pd.DataFrame:
    """Rows of table ``similar_average``: one per force with neighbours, measure and year in which enough neighbours are complete.

    The average is pooled: sum of counts over sum of denominators of the neighbours whose figure is complete and not doubtful, the
    others left out of both. The verdict rests on the force's own interval, for no funnel is drawn over so few; a force without
    an interval, and one on a bare count, has none.

    Args:
        indicators: rows of table ``indicator``.
        neighbours: rows of table ``nearest_neighbour``.
        measures: the measures; bare counts have no average.
    """
    by_id = {measure.measure_id: measure for measure in measures if measure.denominator is not None}
    forces = indicators[(indicators["area_level"] == "force") & indicators["measure_id"].isin(by_id)]
    nearest = neighbours.loc[neighbours["position"] <= MOST_SIMILAR, ["force_code", "neighbour_code"]]
    parts = nearest.merge(forces.rename(columns={"area_code": "neighbour_code"}), on="neighbour_code")
    relied_on = parts["verdict_basis"] != VerdictBasis.DOUBTFUL_FIGURE
    counted = parts[complete(parts) & relied_on & parts["numerator"].notna() & parts["denominator"].notna()]
    sums = counted.groupby(["force_code", *KEYS]).agg(
        numerator=("numerator", "sum"), denominator=("denominator", "sum"), forces_compared=("neighbour_code", "size")
    )
    sums = sums[(sums["denominator"] > 0) & (sums["forces_compared"] >= FEWEST)].reset_index()
    if sums.empty:
        return pd.DataFrame(columns=COLUMNS)
    sums = sums.assign(
        average=[_average(row, by_id[row["measure_id"]]) for row in sums.to_dict("records")],
        forces_left_out=sums["force_code"].map(nearest.groupby("force_code").size()) - sums["forces_compared"],
    )
    own = forces.rename(columns={"area_code": "force_code"})[
        ["force_code", *KEYS, "value", "lower_95", "upper_95", "lower_998", "upper_998", "hidden_parts", "basis"]
    ]
    held = sums.merge(own, on=["force_code", *KEYS], how="left")
    said = [_verdict(row, by_id[row["measure_id"]]) for row in held.assign(whole=complete(held)).to_dict("records")]
    return held.assign(verdict=[one for one, _ in said], verdict_basis=[basis for _, basis in said])[COLUMNS]


def _average(row: dict[str, Any], measure: Measure) -> float:
    pooled = pooled_average(np.array([float(row["numerator"])]), np.array([float(row["denominator"])]))
    return pooled * (measure.multiplier or 1)


def _verdict(row: dict[str, Any], measure: Measure) -> tuple[str, str]:
    """The word of a force against its average, and what it rests on."""
    word = compare(
        row["value"], row["lower_95"], row["upper_95"], row["average"], measure.polarity, row["lower_998"], row["upper_998"]
    )
    why_not = VerdictBasis.NO_INTERVAL if row["whole"] else VerdictBasis.NO_COMPLETE_FIGURE
    found = verdict(
        str(word), FunnelFlag.NOT_COMPARED, measure.polarity, benchmark=VerdictBasis.SIMILAR_FORCES, otherwise=why_not
    )
    return str(found.verdict), str(found.basis)
