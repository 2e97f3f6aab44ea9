"""Charts that several pages draw from the reader's choices in the same way."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.bars import Order, ranked_bars
from insight.charts.chart import Chart
from insight.charts.grade_counts import grade_distribution
from insight.charts.tile_map import tile_map
from insight.charts.trends import trend_lines
from insight.comparing.shades import shaded
from insight.downloads.files import period
from insight.findings import WELSH, level
from insight.inspections.grades import distribution, mine_by
from insight.over_time.series import only_named
from insight.questions import figures
from insight.tables.figures import areas_to_read, to_take_away, years_to_read
from insight.verdicts import has_verdicts, with_shown_verdicts
from ui import blocks, shown
from ui.choices import Choices
from ui.reading import ask


def head(title: str, choices: Choices, welsh: str = WELSH) -> None:
    """A page's title, how high the force's figure is beside England's, and for a Welsh force why it has none."""
    opening = level(
        shown.my_row(choices), shown.nation_row(choices), choices.measure.__dict__, choices.force.name, shown.labels()
    )
    blocks.heading(title, opening)
    if choices.force.in_wales:
        st.info(welsh)


def bars(choices: Choices, title: str, order: Order = "highest") -> Chart:
    """All forces in the chosen measure and year, with England's and the region's line."""
    measure = choices.measure
    frame = shown.forces_now(choices)
    return ranked_bars(
        frame[frame["status"] != "not_covered"],
        title=title,
        empty=f"No force has a figure for the {choices.year_text}.",
        my_force=choices.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        lines=shown.lines(choices),
        order=order,
        compared=choices.compared,
        not_ranked=shown.not_ranked(choices),
    )


def verdict_map(choices: Choices, title: str) -> Chart:
    """Tiles shaded by verdict, or by five classes where a measure has none, with the value in the tile."""
    measure = choices.measure
    frame, bounds = shaded(shown.forces_now(choices), measure.decimals)
    return tile_map(
        with_shown_verdicts(frame),
        title=title,
        empty="No force has a figure.",
        my_force=choices.force.code,
        colour_by="verdict" if has_verdicts(measure.__dict__) else "shade",
        words=shown.figure_words(),
        unit=measure.unit,
        decimals=measure.decimals,
        shade_labels=bounds,
    )


def series(choices: Choices, frame: pd.DataFrame, title: str) -> Chart:
    """Lines over the years; ``frame`` is a series with roles."""
    measure = choices.measure
    return trend_lines(
        frame,
        title=title,
        empty=f"No year has a figure of {choices.force.name} for this measure.",
        my_force=choices.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        breaks=ask(figures.breaks, measure.measure_id),
    )


def put_forces(choices: Choices, chart: Chart, name: str, notes: list[str], table: pd.DataFrame | None = None) -> None:
    """A chart of all forces with its table, every stored column to take away, and the notes that it needs.

    Which figures of the year are doubtful is said under every such chart.
    """
    frame = shown.forces_now(choices)
    read = areas_to_read(frame, choices.measure.__dict__, shown.labels()) if table is None else table
    parts = (name, choices.measure.measure_id, str(choices.period_end.year))
    every_note = [*notes, *shown.doubt_notes(choices)]
    blocks.chart(chart, read, shown.source_of(choices), parts, every_note, to_take_away(frame))


def put_series(choices: Choices, chart: Chart, frame: pd.DataFrame, name: str, notes: list[str]) -> None:
    """A chart of series with the table of the areas that are named on it."""
    named = only_named(frame)
    table = years_to_read(named, choices.measure.__dict__, shown.labels())
    parts = (name, choices.force.slug, choices.measure.measure_id, period(named["period_end"]))
    blocks.chart(chart, table, shown.source_of(choices, every_year=True), parts, notes, to_take_away(named))


def grade_spread(title: str, grades: pd.DataFrame, group: str, choices: Choices) -> tuple[Chart, Chart]:
    """How many forces stand at each grade, for a wide screen and for a narrow one."""
    made = [
        grade_distribution(
            distribution(grades, group),
            title=title,
            empty="No grades are known.",
            group=group,
            words=shown.grade_words(),
            mine=mine_by(grades, choices.force.code, group),
            force_name=choices.force.name,
            narrow=narrow,
        )
        for narrow in (False, True)
    ]
    return made[0], made[1]
