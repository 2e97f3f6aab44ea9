"""Forces side by side: one row per measure, question of an inspection and inspection, one column per force."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from insight.charts.palette import TREND_ARROWS
from insight.format import Words, amount_of, is_missing, label_of
from insight.inspections.grade_tables import grade_in_full
from insight.inspections.standing import NONE_FOUND, case_files, concerns, engaged, last_visit, others_undated, when_visited
from insight.records import records
from insight.statistics import Verdict
from insight.tables.figures import to_take_away
from insight.tables.model import Column, Heading, Look, Table, figure, table_from
from insight.verdicts import has_verdicts, shown_trend, shown_verdict
from vocabulary import Status

Row = Mapping[str, Any]
CYCLES = 2  # the newest, whose questions are graded in five tiers
COMPARED = ": year to March, with how each force compares with the average of forces"  # said once, of the first group
FIRST, ENGLAND, SIMILAR = "Measure or question", "England", "Average of similar forces"


@dataclass(frozen=True)
class Sides:
    """What stands side by side, the reader's own force first.

    ``forces``: codes with the names that head their columns. ``own``: the newest row of each measure of the own force, as
    ``Profile.newest`` gives them; ``figures``: rows of ``insight.queries.force.of_forces`` and of ``force_all_measures`` of
    England, every area by ``area_code``; ``grades``, ``cycles``, ``inspections`` and ``events`` as ``insight.queries`` give them.
    """

    forces: Mapping[str, str]
    nation: str
    own: Sequence[Row]
    figures: pd.DataFrame
    grades: pd.DataFrame
    cycles: pd.DataFrame
    inspections: pd.DataFrame
    events: pd.DataFrame
    figure_words: Words
    grade_words: Words
    as_of: date

    @cached_property
    def headings(self) -> list[str]:
        """The columns: what, each force, the average of similar forces where there is one, England where a force has figures."""
        similar, nation = [SIMILAR] if self.has_similar else [], [ENGLAND] if self.has_figures else []
        return [FIRST, *self.forces.values(), *similar, *nation]

    @cached_property
    def has_figures(self) -> bool:
        """Whether any of the forces has a figure of any measure that is compared; Welsh forces have none."""
        return bool(self.compared)

    @cached_property
    def compared(self) -> list[tuple[Row, list[Row | None]]]:
        """Each measure that is compared and of which any force has a figure: own row, then all of its year, own first."""
        others = list(self.forces)[1:]
        found = [
            (own, [own, *(self._held.get((code, own["measure_id"], own["period_end"])) for code in others)])
            for own in self.own
            if has_verdicts(own)
        ]
        return [(own, rows) for own, rows in found if any(row is not None and not is_missing(row["value"]) for row in rows)]

    def of_nation(self, own: Row) -> Row | None:
        """England's row of a measure in the same year."""
        return self._held.get((self.nation, own["measure_id"], own["period_end"]))

    @cached_property
    def _held(self) -> dict[tuple[str, str, date], Row]:
        """Of each area the rows of the years that are shown, which are few of all."""
        rows = records(self.figures[self.in_years([(row["measure_id"], row["period_end"]) for row in self.own])])
        return {(row["area_code"], row["measure_id"], row["period_end"]): row for row in rows}

    def in_years(self, years: Collection[tuple[str, date]]) -> list[bool]:
        """Of each row of the figures, whether it is of one of these measures in its year."""
        wanted = set(years)
        return [place in wanted for place in zip(self.figures["measure_id"], self.figures["period_end"], strict=True)]

    @cached_property
    def has_similar(self) -> bool:
        """Whether the own force has an average of similar forces on any measure."""
        return any(not is_missing(row.get("similar_average")) for row in self.own)


def side_by_side(sides: Sides, measures_only: bool = False) -> Table:
    """The table: measures with verdict and trend, then grades of the newest cycles and inspections."""
    rows = measure_rows(sides)
    if not measures_only:
        rows += [*grade_rows(sides), *inspection_rows(sides)]
    return table_from("", [Column(name) for name in sides.headings], rows, look=Look.LISTING_WHOLE)


def figures_to_take_away(sides: Sides) -> pd.DataFrame:
    """The figures behind the table as stored, one row per force and measure, the own force's first, then England's."""
    own = pd.DataFrame([row for row in sides.own if has_verdicts(row)])
    same = sides.in_years(list(zip(own["measure_id"], own["period_end"], strict=True)))
    return pd.concat([to_take_away(own), to_take_away(sides.figures[same])], ignore_index=True)


def measure_rows(sides: Sides) -> list[list[Any]]:
    """One row per measure that is compared and of which any force has a figure, group by group, in the newest year of each."""
    groups: dict[str, list[list[Any]]] = {}
    for own, rows in sides.compared:
        cells = [_figure(row, own, sides.figure_words) for row in rows]
        if sides.has_similar:
            cells.append(_similar(own, next(iter(sides.forces.values()))))
        cells.append(_nation(sides.of_nation(own), own, sides.figure_words))
        groups.setdefault(str(own["topic"]), []).append([f"{own['short_title']}, {own['period_end']:%Y}", *cells])
    said = dict(zip(groups, (COMPARED, *[""] * len(groups)), strict=False))
    return [row for topic, rows in groups.items() for row in _section(f"{topic}{said[topic]}", rows, sides)]


def grade_rows(sides: Sides) -> list[list[Any]]:
    """One row per question of each of the newest cycles, newest first, each grade in words and linked to its source."""
    newest = sides.cycles[sides.cycles["level"] == "area"].sort_values("position", ascending=False).head(CYCLES)
    held = {(row["force_code"], row["cycle"], row["question"]): row for row in records(sides.grades)}
    rows: list[list[Any]] = []
    for cycle in newest["cycle"]:
        asked = sides.grades[sides.grades["cycle"] == cycle].sort_values("question_position")["question"].unique()
        of_cycle = []
        for question in asked:
            graded = [
                grade_in_full(held.get((code, cycle, question)), sides.grade_words, f"{question}, {name}")
                for code, name in sides.forces.items()
            ]
            of_cycle.append([str(question), *graded, *_nothing(sides)])
        rows += _section(f"Grades, PEEL {cycle}", of_cycle, sides)
    return rows


def inspection_rows(sides: Sides) -> list[list[Any]]:
    """The last child protection visit with its case files, enhanced monitoring, causes of concern."""

    def of_force(frame: pd.DataFrame, code: str) -> pd.DataFrame:
        return frame[frame["force_code"] == code]

    visits = {code: last_visit(of_force(sides.inspections, code)) for code in sides.forces}
    named: list[tuple[str, list[Any]]] = [
        ("Last dated child protection visit", [_visit(row, of_force(sides.inspections, code)) for code, row in visits.items()]),
        ("Case files at that visit", ["" if row is None else case_files(row) or "not known" for row in visits.values()]),
        ("Enhanced monitoring (Engage)", [engaged(of_force(sides.events, code)) for code in sides.forces]),
        ("Causes of concern", [concerns(of_force(sides.events, code), sides.as_of) for code in sides.forces]),
    ]
    rows = [[name, *cells, *_nothing(sides)] for name, cells in named]
    return _section("Inspections of child protection and monitoring", rows, sides)


def _visit(row: Row | None, inspections: pd.DataFrame) -> Any:
    """When it was, and under it how many others have no known date, of which one may be newer."""
    if row is None:
        return NONE_FOUND
    when, others = when_visited(dict(row)), others_undated(dict(row), inspections)
    return (when, others) if others else when


def _section(name: str, rows: list[list[Any]], sides: Sides) -> list[list[Any]]:
    """Rows under their heading; nothing where there are none."""
    return [[Heading(name), *[""] * (len(sides.headings) - 1)], *rows] if rows else []


def _nothing(sides: Sides) -> list[str]:
    """The cells of what has no grades and inspections: averages and England."""
    return [""] * (len(sides.headings) - 1 - len(sides.forces))


def _figure(row: Row | None, measure: Row, words: Words) -> Any:
    """A figure with verdict and arrow under it; a force without a row is one of Wales, which no source of the measure covers."""
    if row is None:
        return label_of(Status.NOT_COVERED, words)
    shown = figure(row, measure, words).text
    return shown if is_missing(row["value"]) else (_with_arrow(shown, row), shown_verdict(row))


def _similar(own: Row, name: str) -> Any:
    """The average of similar forces with how the own force compares with it."""
    if is_missing(own["similar_average"]):
        return ""
    average = amount_of(own["similar_average"], own)
    verdict = str(own["compared_with_similar"])
    return average if verdict == Verdict.NOT_COMPARED else (average, f"{name}: {verdict.lower()}")


def _nation(row: Row | None, measure: Row, words: Words) -> str:
    if row is None:
        return ""
    return _with_arrow(figure(row, measure, words).text, row)


def _with_arrow(text: str, row: Row) -> str:
    """A figure with the arrow of its trend over five years, where that is known."""
    return f"{text} {TREND_ARROWS.get(str(shown_trend(row)), '')}".strip()
