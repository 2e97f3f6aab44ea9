"""Where does each force differ from the average, on every measure at once?"""

from __future__ import annotations

import pandas as pd

from insight.charts.rug import rug
from insight.queries import figures
from insight.tables.comparisons import rug_to_read
from insight.verdicts import with_shown_verdicts
from insight.views.context import Context
from insight.views.view import View

TOO_WIDE = "This overview has a column for every measure and needs a wider screen. The table below holds the same."
BY_NAME = "name"


def measures_shown(context: Context) -> pd.DataFrame:
    """The measures that have a figure in the selected year, in their order."""
    wanted = set(context.ask(figures.all_measures_in_year, context.selection.period_end)["measure_id"])
    measures = context.ask(figures.measures)
    return measures[measures["measure_id"].isin(wanted)]


def orders(context: Context) -> dict[str, str]:
    """The orders in which forces can stand, with their words: by name, or by any measure."""
    shown = measures_shown(context)
    titles = zip(shown["measure_id"], shown["short_title"], strict=True)
    return {BY_NAME: "Name", **{one.replace("_", "-"): f"Highest: {title}" for one, title in titles}}


def rug_of_measures(context: Context, order_by: str = BY_NAME) -> View:
    """Every measure of every force in the year; ``order_by`` is a key of ``orders``."""
    frame = context.ask(figures.all_measures_in_year, context.selection.period_end)
    measures = measures_shown(context)
    question = f"Where does each force differ from the average, on every measure, {context.selection.year_text}?"
    chart = rug(
        with_shown_verdicts(frame.set_index("area_code").loc[_order(frame, order_by.replace("-", "_"))].reset_index()),
        title=question,
        empty="No measure has a figure for this year.",
        my_force=context.selection.force.code,
        measures=measures,
        words=context.figure_words(),
        compared=context.selection.compared,
    )
    notes = (
        "Colour and mark: the verdict. Unusually high or low: beyond the adjusted limits; above or below average: within them. "
        "Arrow: the recent trend over five years. A hatched or empty cell: no complete figure, so not compared.",
    )
    return View(
        name=("rug", str(context.selection.period_end.year)),
        question=question,
        chart=chart,
        table=rug_to_read(frame, measures, context.labels()),
        data=frame,
        notes=notes,
        source=context.source_of_figures(),
        narrow=TOO_WIDE,
    )


def _order(frame: pd.DataFrame, order_by: str) -> list[str]:
    """Force codes by name, or by one measure, highest first and forces without a figure last."""
    if order_by == BY_NAME:
        return list(dict.fromkeys(frame.sort_values("area_name")["area_code"]))
    rows = frame[frame["measure_id"] == order_by].sort_values(["value", "area_name"], ascending=[False, True], na_position="last")
    return list(rows["area_code"])
