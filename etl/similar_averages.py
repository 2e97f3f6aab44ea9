"""The average of the forces most similar to each, and how the force compares with it: on every measure and year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from etl.definitions import Measure
from etl.indicators import complete
from etl.verdicts import LIMITS, compared
from insight.statistics import FunnelFlag, VerdictBasis, verdict
from vocabulary import MOST_SIMILAR, AreaLevel

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
    forces = indicators[(indicators["area_level"] == AreaLevel.FORCE) & indicators["measure_id"].isin(by_id)]
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
    multiplier = sums["measure_id"].map({name: float(measure.multiplier or 1) for name, measure in by_id.items()})
    sums = sums.assign(
        average=sums["numerator"].astype(float) / sums["denominator"].astype(float) * multiplier,
        forces_left_out=sums["force_code"].map(nearest.groupby("force_code").size()) - sums["forces_compared"],
    )
    own = forces.rename(columns={"area_code": "force_code"})[["force_code", *KEYS, "value", *LIMITS, "hidden_parts", "basis"]]
    held = sums.merge(own, on=["force_code", *KEYS], how="left")
    polarity = held["measure_id"].map({name: measure.polarity for name, measure in by_id.items()})
    cases = list(zip(compared(held, held["average"], polarity), polarity, complete(held), strict=True))
    said = {case: _verdict(*case) for case in set(cases)}
    return held.assign(verdict=[said[case][0] for case in cases], verdict_basis=[said[case][1] for case in cases])[COLUMNS]


def _verdict(word: str, polarity: str, whole: bool) -> tuple[str, str]:
    """The word of a force against its average, and what it rests on."""
    why_not = VerdictBasis.NO_INTERVAL if whole else VerdictBasis.NO_COMPLETE_FIGURE
    found = verdict(word, FunnelFlag.NOT_COMPARED, polarity, benchmark=VerdictBasis.SIMILAR_FORCES, otherwise=why_not)
    return str(found.verdict), str(found.basis)
