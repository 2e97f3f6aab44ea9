"""The charts of a briefing as content: my force among the forces, a measure over the years."""

from __future__ import annotations

from typing import Any

from insight.briefing.model import BarChart, Line, LineChart
from insight.comparing.spine import highest_mark
from insight.findings import Facts
from insight.format import figure_text, is_lower_bound, is_missing, plural, short_value, year_ending

WHOLE_YEARS = 3  # of my force, its newest year among them: fewer make no line
AMONG = (
    ("minimum", "Lowest force"), ("p25", "Lower quarter"), ("p50", "Middle force"), ("p75", "Upper quarter"),
    ("maximum", "Highest force"), ("average", "Average of forces"),
)  # fmt: skip


def bars(facts: Facts, row: dict[str, Any]) -> BarChart | None:
    """My force among lowest, quarters and highest of the forces, with region and average: highest first.

    A lower bound has no place in that order: it stands below the others, open, with "at least" before its figure.
    """
    decimals, unit = int(row["decimals"]), str(row["unit"])
    named = [*AMONG, ("region_value", _region(facts, row))]
    mark = highest_mark(row)
    held = [
        (label, float(row[column]), short_value(float(row[column]), decimals, unit) + (mark if column == "maximum" else ""))
        for column, label in named
        if not is_missing(row[column])
    ]
    mine, bound = None, is_lower_bound(row)
    if not is_missing(row["value"]):
        mine = (facts.name, float(row["value"]), figure_text(row, decimals, unit, facts.labels))
    held = sorted([*held, *([mine] if mine and not bound else [])], key=lambda entry: -entry[1])
    held += [mine] if mine and bound else []
    if not held:
        return None
    title = f"{row['short_title']}, {year_ending(row['period_end'])}"
    alt = "; ".join(f"{label} {text}" for label, _, text in held) + (" (not compared)" if bound else "")
    names, values, labels = zip(*held, strict=True)
    return BarChart(
        title, names, values, labels, held.index(mine) if mine else None, bound, unit, decimals, f"{title}: {alt}."
    )  # fmt: skip


def lines(facts: Facts, measure_id: str) -> LineChart | None:
    """A measure over the years: my force where its figure is whole, its region, England. None where mine makes no line."""
    rows = facts.series(measure_id)
    mine = tuple(None if is_missing(row["value"]) or is_lower_bound(row) else float(row["value"]) for row in rows)
    if not mine or mine[-1] is None or sum(value is not None for value in mine) < WHOLE_YEARS:
        return None
    years = tuple(str(row["period_end"].year) for row in rows)
    region, nation = (
        tuple(None if is_missing(row[column]) else float(row[column]) for row in rows)
        for column in ("region_value", "nation_value")
    )
    drawn = [
        Line(facts.name, mine, "mine"),
        Line(_region(facts, rows[0]), region, "region"),
        Line("England", nation, "nation"),
    ]
    held = tuple(line for line in drawn if any(value is not None for value in line.values))
    decimals, unit = int(rows[0]["decimals"]), str(rows[0]["unit"])
    last = [
        f"{line.name} {short_value(line.values[-1], decimals, unit)}" for line in held if line.values[-1] is not None
    ]  # fmt: skip
    hidden = sum(value is None for value in mine)
    gaps = f" {facts.name} has no whole figure in {plural(hidden, 'year')}." if hidden else ""
    doubtful = [str(row["period_end"].year) for row in rows if not is_missing(row["doubtful"])]
    doubts = f" Flagged as doubtful: {', '.join(doubtful)}." if doubtful else ""
    title = f"{rows[0]['short_title']}, years ending March"
    alt = f"{title} {years[0]} to {years[-1]}. In {years[-1]}: {', '.join(last) or 'no figure'}.{gaps}{doubts}"
    return LineChart(title, years, held, unit, decimals, alt, tuple(doubtful))


def _region(facts: Facts, row: dict[str, Any]) -> str:
    """The region's name, told apart from a force of the same name."""
    name = str(row["region_name"])
    return f"{name} (region)" if name == facts.name else name


def no_line(facts: Facts, row: dict[str, Any]) -> str:
    """Why there is no line of a measure."""
    years = facts.series(str(row["measure_id"]))
    whole = sum(not is_missing(one["value"]) and not is_lower_bound(one) for one in years)
    return (
        f"No line is drawn of “{row['short_title']}”: {facts.area} has a whole figure in {whole or 'none'} of its "
        f"{plural(len(years), 'year')}{', the newest not among them' if whole else ''}."
    )
