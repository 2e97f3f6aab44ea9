"""The charts of a briefing as content: my force among the forces, a measure over the years."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.charts.bars import bar_key, bar_style
from insight.charts.model.bars import Bar, BarChart
from insight.charts.model.lines import LineChart
from insight.charts.trends import trend_lines
from insight.comparing.spine import highest_mark
from insight.findings import Profile
from insight.format import FigureFormat, is_lower_bound, is_missing, plural, year_ending

WHOLE_YEARS = 3  # of my force, its newest year among them: fewer make no line
AMONG = (
    ("minimum", "Lowest force"), ("p25", "Lower quarter"), ("p50", "Middle force"), ("p75", "Upper quarter"),
    ("maximum", "Highest force"), ("average", "Average of forces"),
)  # fmt: skip


def bars(facts: Profile, row: dict[str, Any]) -> BarChart | None:
    """My force among lowest, quarters and highest of the forces, with region and average: highest first.

    A lower bound has no place in that order: it stands below the others, open, with "at least" before its figure.
    """
    write = FigureFormat(str(row["unit"]), int(row["decimals"]), facts.words)
    named = [*AMONG, ("region_value", _region(facts, row))]
    ranked = [
        Bar(column, label, float(row[column]), _written(row, column, write), bar_style("other"))
        for column, label in named
        if not is_missing(row[column])
    ]
    bound = is_lower_bound(row)
    if not is_missing(row["value"]):
        mine = Bar(facts.name, facts.name, float(row["value"]), write.text(row), bar_style("mine", bound), "mine", not bound)
        ranked.append(mine)
    if not ranked:
        return None
    held = sorted(ranked, key=lambda bar: (bar.bound, -(bar.value or 0.0)))
    title = f"{row['short_title']}, {year_ending(row['period_end'])}"
    alt = "; ".join(f"{bar.name} {bar.text}" for bar in held) + (" (not compared)" if bound else "")
    return BarChart(
        title=title,
        alt=f"{title}: {alt}.",
        unit=write.unit,
        key=bar_key(held),
        bars=tuple(held),
        reach=max(bar.value or 0.0 for bar in held) or 1.0,
        decimals=write.decimals,
    )


def _written(row: dict[str, Any], column: str, write: FigureFormat) -> str:
    """A figure of the other forces; the highest of them may be doubtful."""
    return write.amount(row[column]) + (highest_mark(row) if column == "maximum" else "")


def lines(facts: Profile, measure_id: str) -> LineChart | None:
    """A measure over the years: my force, its region, England. None where mine has too few complete figures or no newest."""
    rows = facts.series(measure_id)
    if _complete(rows) < WHOLE_YEARS or not _complete(rows[-1:]):
        return None
    kind, breaks = rows[-1], facts.breaks
    return trend_lines(
        pd.DataFrame([area for row in rows for area in _areas(facts, row)]),
        title=f"{kind['short_title']}, years ending March",
        empty="",
        my_force=str(kind["area_code"]),
        unit=str(kind["unit"]),
        decimals=int(kind["decimals"]),
        words=facts.words,
        breaks=breaks[breaks["measure_id"] == measure_id],
    )


def _areas(facts: Profile, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of my force, its region and its country in one year."""
    mine = {**row, "area_level": "force", "role": "mine"}
    beside = [
        {
            "area_code": row[f"{role}_code"],
            "area_name": _region(facts, row) if role == "region" else row["nation_name"],
            "area_level": level,
            "period_end": row["period_end"],
            "lower_95": None,
            "upper_95": None,
            "role": role,
            **{column: row[f"{role}_{column}"] for column in ("value", "status", "hidden_parts", "basis")},
        }
        for role, level in (("region", "region"), ("nation", "country"))
        if not is_missing(row[f"{role}_status"])
    ]
    return [mine, *beside]


def _complete(rows: list[dict[str, Any]]) -> int:
    """How many years have a complete figure."""
    return sum(not is_missing(row["value"]) and not is_lower_bound(row) for row in rows)


def _region(facts: Profile, row: dict[str, Any]) -> str:
    """The region's name, told apart from a force of the same name."""
    name = str(row["region_name"])
    return f"{name} (region)" if name == facts.name else name


def no_line(facts: Profile, row: dict[str, Any]) -> str:
    """Why there is no line of a measure."""
    years = facts.series(str(row["measure_id"]))
    whole = _complete(years)
    return (
        f"No line is drawn of “{row['short_title']}”: {facts.area} has a whole figure in {whole or 'none'} of its "
        f"{plural(len(years), 'year')}{', the newest not among them' if whole else ''}."
    )
