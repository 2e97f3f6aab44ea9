"""Figures of areas and years as tables, one to read on screen, one to take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import (
    FigureFormat,
    Words,
    amount_of,
    doubt_mark,
    is_doubtful_zero,
    is_missing,
    number,
    plural,
    reason_to_doubt,
    short_value,
    upper_first,
)
from insight.records import plain_rows, records
from insight.tables.model import Number, Table, figure, grouped, table_of
from insight.verdicts import has_verdicts, moved_word, shown_change, shown_trend, shown_verdict
from vocabulary import AreaLevel, Status

Row = Mapping[str, Any]
AMONG_FORCES = "Compared with the average of forces"
TAKEN_AWAY = [
    "measure_id", "area_code", "area_name", "area_level", "period_end", "release", "numerator", "denominator", "value",
    "lower_95", "upper_95", "lower_998", "upper_998", "interval_method", "status", "hidden_parts", "basis", "revision",
    "verdict", "verdict_level", "verdict_basis", "compared_with_nation", "compared_with_region", "outlier", "rank", "rank_lower",
    "rank_upper", "probability_highest_quarter", "recent_trend", "change_from_previous", "doubtful", "doubtful_parts",
]  # fmt: skip


def areas_to_read(frame: pd.DataFrame, measure: Row, words: Words, first: str = "Force") -> Table:
    """One row an area: figure, what it is made of, interval and verdict, in words.

    Args:
        frame: indicator rows with ``area_name``; columns may be missing for an area that the measure does not cover.
        measure: unit, decimals, kind, independent.
        words: for each status.
        first: heading of the column of names. Forces are compared with the average of forces, other areas with England.
    """
    rows = []
    for row in records(frame):
        entry = {first: row["area_name"], upper_first(str(measure["unit"])): figure(row, measure, words)}
        if has_verdicts(measure):
            entry["Counts"] = count_of(row)
            entry["95% interval"] = interval(row, measure)
            entry[verdict_heading(first)] = verdict_word(row, measure)
        rows.append({**entry, "Note": note(row)})
    return table_of(rows)


def years_to_read(frame: pd.DataFrame, measure: Row, words: Words) -> Table:
    """One row a year, one column an area."""
    return table_of(years_by_area(frame, measure, words))


def years_by_area(frame: pd.DataFrame, measure: Row, words: Words) -> pd.DataFrame:
    """Figures with a row a year, named in column "Year ending", and a column an area."""
    rows = records(frame)
    held: dict[tuple[Any, str], Any] = {}
    for row in rows:
        held.setdefault((row["period_end"], row["area_name"]), figure(row, measure, words))
    periods = sorted({row["period_end"] for row in rows})
    by_area = {name: [held.get((period, name)) for period in periods] for name in dict.fromkeys(row["area_name"] for row in rows)}
    return pd.DataFrame({"Year ending": [f"March {period.year}" for period in periods], **by_area})


def to_take_away(frame: pd.DataFrame) -> pd.DataFrame:
    """Every stored column of indicator rows, dates sortable, nothing rounded."""
    kept = frame[[column for column in TAKEN_AWAY if column in frame.columns]]
    ends = [None if is_missing(end) else end.isoformat()[:10] for end in kept["period_end"]]
    return kept.assign(period_end=pd.Series(ends, index=kept.index, dtype="str"))


def measures_to_read(frame: pd.DataFrame, nation: pd.DataFrame, words: Words, country: str) -> Table:
    """The newest figure of every measure of one area beside its country's, with verdict, change and trend, by group.

    Args:
        frame: rows of ``force_all_measures`` for the area.
        nation: the same for the country.
        country: its name, which stands over its figures.
    """
    rows, groups = [], []
    newest = {row["measure_id"]: row for row in records(frame.sort_values("period_end"))}
    of_nation = {(measure_id, end): value for measure_id, end, value in plain_rows(nation[["measure_id", "period_end", "value"]])}
    for row in records(frame.drop_duplicates("measure_id")):
        held = newest[row["measure_id"]]
        same = of_nation.get((row["measure_id"], held["period_end"]))
        beside = None if is_missing(same) else Number(amount_of(same, row))
        groups.append(str(row["topic"]))
        rows.append(
            {
                "Measure": row["short_title"],
                "Year ending": f"{held['period_end']:%B %Y}",
                "Figure": figure(held, row, words),
                country: beside,
                AMONG_FORCES: verdict_word(held, row),
                "Since the year before": moved_word(shown_change(held), row),
                "Recent trend": moved_word(shown_trend(held), row),
            }
        )
    return grouped(groups, rows)


def interval(row: Row, measure: Row) -> str:
    """'10.8 to 14.8', or nothing."""
    return FigureFormat.of(measure).limits(row)


def verdict_heading(first: str = "Force") -> str:
    """What the verdicts of areas compare them with."""
    return AMONG_FORCES if first == "Force" else "Compared with England"


def verdict_word(row: Row, measure: Row) -> str:
    """How a figure stands; nothing for a bare number."""
    return shown_verdict(row) if has_verdicts(measure) else ""


def count_of(row: Row) -> str:
    """'137 of 1,080', or nothing where either is missing."""
    if is_missing(row["numerator"]) or is_missing(row["denominator"]):
        return ""
    return f"{number(row['numerator'])} of {number(row['denominator'])}"


def note(row: Row) -> str:
    """What a reader must know of a figure: parts that are hidden, doubt, whether it is provisional or revised."""
    doubtful, revision = reason_to_doubt(row), row.get("revision")
    doubt = "doubtful, as published" if doubtful else ""
    if doubt and row["area_level"] == AreaLevel.AUTHORITY:
        doubt = f"{doubt}. {doubtful}" if is_doubtful_zero(row) else doubtful
    hidden = "" if doubt and row["area_level"] == AreaLevel.AUTHORITY else _hidden_note(row)
    return "; ".join(said for said in (hidden, doubt, "" if is_missing(revision) else str(revision)) if said)


def _hidden_note(row: Row) -> str:
    if is_missing(row["hidden_parts"]) or int(row["hidden_parts"]) == 0:
        return ""
    hidden = int(row["hidden_parts"])
    if row["area_level"] == AreaLevel.FORCE:
        said, zeros = f"{plural(hidden, 'authority', 'authorities')} suppressed or missing", row.get("doubtful_parts")
        return said if is_missing(zeros) else f"{said}. {zeros}"
    return f"{hidden} {'force' if hidden == 1 else 'forces'} left out because they have no figure"


def percentages_to_read(rows: pd.DataFrame, words: Words) -> Table:
    """Percentages of councils, one row a council, one column a percentage with its year; England last.

    Args:
        rows: of ``percentages_of_councils``, one year of each percentage.
        words: labels and symbols of statuses.
    """
    headings = {
        row["percentage_id"]: f"{row['short_title']}, March {row['period_end'].year}"
        for row in records(rows.sort_values("position"))
    }
    table = []
    own = rows[rows["status"] != Status.NOT_APPLICABLE]
    order = own.sort_values(["area_level", "area_name"], ascending=[False, True])["area_name"].unique()
    for name in order:
        held = {row["percentage_id"]: row for row in records(own[own["area_name"] == name])}
        cells: dict[str, object] = {"Council": name}
        for percentage, heading in headings.items():
            row = held.get(percentage)
            if row is None:
                cells[heading] = None
            elif is_missing(row["percent"]):
                cells[heading] = Number(words[row["status"]].symbol)
            else:
                cells[heading] = Number(short_value(float(row["percent"]), int(row["decimals"]), "%") + doubt_mark(row))
        table.append(cells)
    return table_of(table)
