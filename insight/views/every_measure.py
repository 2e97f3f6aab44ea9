"""Where does each force differ from the average, on every measure at once?"""

from __future__ import annotations

import pandas as pd

from insight.charts.rug import rug
from insight.format import slug, years_to
from insight.queries import figures
from insight.tables.comparisons import rug_to_read
from insight.verdicts import with_shown_verdicts
from insight.views import profile
from insight.views.context import Context
from insight.views.selection import MEASURE, rests_on
from insight.views.view import View

TOO_WIDE = "This overview has a column for every measure and needs a wider screen. Its table, under Data, holds the same."
HATCHED = "A hatched or empty cell: no complete figure, so not compared."
BY_NAME = "name"


@rests_on(MEASURE)
def groups(context: Context) -> dict[str, str]:
    """The groups of measures on which forces are compared, by the name each has in an address."""
    return {slug(topic): topic for topic in _compared(context)["topic"].unique()}


@rests_on(MEASURE)
def group_of(context: Context, measure: str = "") -> str:
    """The name of the group of a measure (as an address names it; else the selected one); the first for one of no group."""
    found, wanted = _compared(context).set_index("measure_id")["topic"], measure.replace("-", "_")
    own = found.get(wanted, found.get(context.selection.measure.measure_id, found.iloc[0]))
    return slug(str(own))


def measures_shown(context: Context, group: str) -> pd.DataFrame:
    """The measures of a group, in their order, each with the year of its figures in ``short_title``."""
    shown = _compared(context)
    return shown[shown["topic"].map(slug) == group]


def _compared(context: Context) -> pd.DataFrame:
    measures, newest = context.ask(figures.measures), _newest(context).drop_duplicates("measure_id")
    years = newest.set_index("measure_id")["period_end"].map(lambda day: f"{day:%Y}")
    shown = measures[measures["measure_id"].isin(years.index)]
    return shown.assign(short_title=shown["short_title"] + ", " + shown["measure_id"].map(years))


@rests_on(MEASURE)
def orders(context: Context, group: str) -> dict[str, str]:
    """The orders in which forces can stand, with their words: by name, or by any measure of the group."""
    shown = measures_shown(context, group)
    titles = zip(shown["measure_id"], shown["short_title"], strict=True)
    return {BY_NAME: "Name", **{one.replace("_", "-"): f"Highest: {title}" for one, title in titles}}


def rug_of_measures(context: Context, group: str = "", order_by: str = BY_NAME) -> View:
    """Every measure of a group for every force, each in its newest year as on the page of one force.

    Args:
        group: a key of ``groups``; else that of the selected measure.
        order_by: a key of ``orders``.
    """
    measures = measures_shown(context, group or group_of(context))
    frame = _newest(context)
    frame = frame[frame["measure_id"].isin(measures["measure_id"])]
    question = f"Where does each force differ from the average? {measures['topic'].iloc[0]}, every measure"
    ordered = _order(frame, order_by.replace("-", "_"), [context.selection.force.code, *context.selection.compared])
    frame = frame.set_index("area_code").loc[ordered].reset_index()
    source = context.source_of_figures(measures["measure_id"])
    chart = rug(
        with_shown_verdicts(frame),
        title=question,
        empty="No measure has a figure.",
        my_force=context.selection.force.code,
        measures=measures,
        words=context.figure_words(),
        compared=context.selection.compared,
    )
    own = profile.every_measure(context, topic=str(measures["topic"].iloc[0]))
    return View(
        name=("rug", slug(measures["topic"].iloc[0]), str(frame["period_end"].max().year)),
        question=question,
        answer=own.answer,
        chart=chart,
        table=rug_to_read(frame, measures, context.figure_words()),
        data=frame,
        notes=("The year of its newest figures stands in the head of each column.", HATCHED),
        source=source,
        short_source=context.publishers_of(source, years_to(frame["period_end"])),
        narrow=own.narrow or TOO_WIDE,
        narrow_question=own.question if own.narrow else "",
    )


def _newest(context: Context) -> pd.DataFrame:
    """The figures that a page of one force shows: the newest of each measure, or those of the year selected and before."""
    until = None if context.selection.newest else context.selection.period_end
    return context.ask(figures.newest_of_every_measure, until)


def _order(frame: pd.DataFrame, order_by: str, first: list[str]) -> list[str]:
    """Force codes: ``first``, then by name or by one measure, highest first and forces without a figure last."""
    if order_by == BY_NAME:
        return list(dict.fromkeys([*first, *frame.sort_values("area_name")["area_code"]]))
    rows = frame[frame["measure_id"] == order_by].sort_values(["value", "area_name"], ascending=[False, True], na_position="last")
    return list(dict.fromkeys([*first, *rows["area_code"]]))
