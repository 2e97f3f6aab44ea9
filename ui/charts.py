"""Charts that several pages draw from the reader's selection in the same way."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.bars import Order, ranked_bars
from insight.charts.chart import Chart
from insight.charts.grade_counts import grade_distribution
from insight.charts.model.lines import LineChart
from insight.charts.tile_map import tile_map
from insight.charts.trends import trend_lines
from insight.comparing.quantile_classes import shaded
from insight.downloads.files import period
from insight.findings import WELSH, level
from insight.inspections.grades import distribution, mine_by
from insight.over_time.series import only_named
from insight.queries import figures
from insight.tables.figures import areas_to_read, to_take_away, years_to_read
from insight.verdicts import coloured_by
from insight.views.selection import Selection
from ui import blocks, chosen_figures
from ui.data_access import ask

SHADE = "shade"


def head(title: str, selection: Selection, welsh: str = WELSH) -> None:
    """A page's title, how high the force's figure is beside England's, and for a Welsh force why it has none."""
    opening = level(
        chosen_figures.my_row(selection),
        chosen_figures.nation_row(selection),
        selection.measure.__dict__,
        selection.force.name,
        chosen_figures.labels(),
    )
    blocks.heading(title, opening)
    if selection.force.in_wales:
        st.info(welsh)


def bars(selection: Selection, title: str, order: Order = "highest") -> Chart:
    """All forces in the chosen measure and year, with England's and the region's line."""
    measure = selection.measure
    frame = chosen_figures.forces_now(selection)
    return ranked_bars(
        frame[frame["status"] != "not_covered"],
        title=title,
        empty=f"No force has a figure for the {selection.year_text}.",
        my_force=selection.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=chosen_figures.figure_words(),
        lines=chosen_figures.lines(selection),
        order=order,
        compared=selection.compared,
        not_ranked=chosen_figures.not_ranked(selection),
    )


def verdict_map(selection: Selection, title: str) -> Chart:
    """Tiles shaded by verdict, or by five classes where a measure has none, with the value in the tile."""
    measure = selection.measure
    colour = coloured_by(measure.__dict__)
    frame, bounds = shaded(chosen_figures.forces_now(selection), measure.decimals)
    return tile_map(
        frame.assign(verdict=frame[colour]),
        title=title,
        empty="No force has a figure.",
        my_force=selection.force.code,
        colour_by="shade" if colour == SHADE else "verdict",
        words=chosen_figures.figure_words(),
        unit=measure.unit,
        decimals=measure.decimals,
        shade_labels=bounds,
    )


def series(selection: Selection, frame: pd.DataFrame, title: str) -> LineChart:
    """Lines over the years; ``frame`` is a series with roles."""
    measure = selection.measure
    return trend_lines(
        frame,
        title=title,
        empty=f"No year has a figure of {selection.force.name} for this measure.",
        my_force=selection.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=chosen_figures.figure_words(),
        breaks=ask(figures.breaks, measure.measure_id),
    )


def put_forces(selection: Selection, chart: Chart, name: str, notes: list[str], table: pd.DataFrame | None = None) -> None:
    """A chart of all forces with its table, every stored column to take away, and the notes that it needs.

    Which figures of the year are doubtful is said under every such chart.
    """
    frame = chosen_figures.forces_now(selection)
    read = areas_to_read(frame, selection.measure.__dict__, chosen_figures.labels()) if table is None else table
    parts = (name, selection.measure.measure_id, str(selection.period_end.year))
    every_note = [*notes, *chosen_figures.doubt_notes(selection)]
    blocks.chart(chart, read, chosen_figures.source_of(selection), parts, every_note, to_take_away(frame))


def put_series(selection: Selection, chart: LineChart, frame: pd.DataFrame, name: str, notes: list[str]) -> None:
    """A chart of series with the table of the areas that are named on it."""
    named = only_named(frame)
    table = years_to_read(named, selection.measure.__dict__, chosen_figures.labels())
    parts = (name, selection.force.slug, selection.measure.measure_id, period(named["period_end"]))
    blocks.chart(chart, table, chosen_figures.source_of(selection, every_year=True), parts, notes, to_take_away(named))


def grade_spread(title: str, grades: pd.DataFrame, group: str, selection: Selection) -> tuple[Chart, Chart]:
    """How many forces stand at each grade, for a wide screen and for a narrow one."""
    made = [
        grade_distribution(
            distribution(grades, group),
            title=title,
            empty="No grades are known.",
            group=group,
            words=chosen_figures.grade_words(),
            mine=mine_by(grades, selection.force.code, group),
            force_name=selection.force.name,
            narrow=narrow,
        )
        for narrow in (False, True)
    ]
    return made[0], made[1]
