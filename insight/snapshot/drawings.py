"""Charts and maps of the public site, from the models that the dashboard draws."""

from __future__ import annotations

import pandas as pd

from insight.charts.bars import ranked_bars
from insight.charts.case_audits import case_audits
from insight.charts.grade_counts import grade_distribution
from insight.charts.model.stacks import StackChart
from insight.charts.model.tiles import TileMap
from insight.charts.render_svg import bars, stacks
from insight.charts.render_svg.vega import Drawing
from insight.charts.tile_map import tile_map
from insight.comparing.quantile_classes import shaded
from insight.snapshot.edition import Book, Row
from insight.verdicts import has_verdicts, with_shown_verdicts

NOT_COVERED = "not_covered"


def bars_drawing(book: Book, key: str, frame: pd.DataFrame, measure: Row, average: pd.DataFrame, title: str) -> Drawing | None:
    """Every force as a bar, highest first, with its 95% interval; None where no force has a figure.

    Args:
        book: for the words of the statuses.
        key: the drawing's id on its page.
        frame: rows of ``forces_in_year``.
        measure: kind, unit, decimals; bars of a measure without verdicts stay grey.
        average: what they are compared with: area_name, area_level, value; drawn as a line.
        title: the question that it answers.
    """
    judged = has_verdicts(measure)
    shown = with_shown_verdicts(frame) if judged else frame
    chart = ranked_bars(
        shown[shown["status"] != NOT_COVERED],
        title=title,
        empty="",
        my_force=None,
        unit=str(measure["unit"]),
        decimals=int(measure["decimals"]),
        words=book.figure_words,
        lines=average,
        not_ranked=frame.loc[frame["unranked_because"].notna(), "area_code"].tolist(),
        verdicts="verdict" if judged else None,
    )
    if not any(bar.value is not None for bar in chart.bars):
        return None
    return Drawing(key, title, chart.alt, bars.spec(chart, bars.Size()), f"Unit: {chart.unit}.", chart.key)


def grades_drawing(book: Book, key: str, counted: pd.DataFrame, group: str, title: str) -> Drawing:
    """How many forces stand at each grade, a bar a question or cycle.

    Args:
        book: for the words of the statuses.
        key: the drawing's id on its page.
        counted: rows of ``insight.inspections.grades.distribution``.
        group: its first column.
        title: the question that it answers.
    """
    return _stacked(key, grade_distribution(counted, title=title, empty="", group=group, words=book.grade_words, narrow=True))


def audits_drawing(key: str, audits: pd.DataFrame, title: str) -> Drawing | None:
    """Audited case files by grade, a bar an audit; None where there is none."""
    chart = case_audits(audits, title=title, empty="", my_force=None)
    return _stacked(key, chart) if chart.stacks else None


def _stacked(key: str, chart: StackChart) -> Drawing:
    return Drawing(key, chart.title, chart.alt, stacks.spec(chart), f"Unit: {chart.unit}.", chart.key)


def value_map(book: Book, frame: pd.DataFrame, measure: Row, title: str) -> TileMap:
    """Forces with their value, coloured by five classes of it.

    Args:
        book: for the words of the statuses.
        frame: rows of ``forces_in_year``.
        measure: unit, decimals.
        title: what the map shows.
    """
    shades, bounds = shaded(frame, int(measure["decimals"]))
    return tile_map(
        shades,
        title=title,
        empty="",
        my_force=None,
        colour_by="shade",
        words=book.figure_words,
        unit=str(measure["unit"]),
        decimals=int(measure["decimals"]),
        shade_labels=bounds,
    )


def grade_map(book: Book, grades: pd.DataFrame, title: str) -> TileMap:
    """Forces with the letter of their grade in one question and cycle, or the symbol of why there is none."""
    named = grades.rename(columns={"force_code": "area_code", "force_name": "area_name"})
    return tile_map(named, title=title, empty="", my_force=None, colour_by="grade", words=book.grade_words)
