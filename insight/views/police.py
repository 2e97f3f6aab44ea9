"""Children reported missing to the police: how do forces compare, and do the figures for children in care show the same trend?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.charts.bars import ranked_bars
from insight.comparing.trend_agreement import same_direction
from insight.format import listed, number, plural, short_value, upper_first
from insight.queries import beside, figures
from insight.records import named_rows, records
from insight.statistics import Verdict
from insight.tables.model import Column, Number, table_from
from insight.verdicts import shown_trend
from insight.views import forces_compared
from insight.views.context import Context
from insight.views.selection import Selection
from insight.views.view import View
from vocabulary import Status

POLICE, CARE = "police_missing_per_10000", "children_missing_per_10000"
CARE_STATUS, IN_CARE = "police_missing_care_status", "% of missing incidents"
BOTH_GROUPS = "A child can be in care for part of a year, and is then counted in both groups."
THIRD_PARTY = (
    "Cut from the National Crime Agency's workbook by a third party; what its footnote marks mean is not known. Police forces "
    "and councils count differently, so these figures do not match those for looked-after children on other pages."
)
POOLED = "England and regions are pooled over the forces that have a figure."


def all_forces(context: Context) -> View:
    """Every force in the selected year of the police series."""
    question = f"How do forces compare on children reported missing, {context.selection.year_text}?"
    notes = (context.hidden_note(), published_jointly(context.forces()), *context.unranked_notes(), context.comparison_note())
    return forces_compared.bars(context, question, "police-forces", notes=notes)


def published_jointly(forces: pd.DataFrame) -> str:
    """Which forces have no figure of their own, because theirs are published together, and what averages rest on."""
    named = listed(list(forces.loc[forces["status"] == Status.REPORTED_JOINTLY, "area_name"]))
    return f"{named} are published together and have no figure of their own. {POOLED}" if named else POOLED


def same_trend(context: Context, care: Selection) -> str:
    """Whether the police series and that of children in care moved alike up to the newest year that both have.

    Nothing of a Welsh force, which the care series never covers.
    """
    police = context.selection
    if police.force.in_wales:
        return ""
    rows = context.ask(figures.force_all_measures, police.force.code)
    both = [rows[rows["measure_id"] == one.measure.measure_id] for one in (police, care)]
    common = set(both[0]["period_end"]) & set(both[1]["period_end"])
    found: list[dict[str, Any] | None] = [None, None]
    if common:
        found = [frame[frame["period_end"] == max(common)].iloc[0].to_dict() for frame in both]
    if any(row is not None and shown_trend(row) == Verdict.TOO_FEW for row in found):
        return f"{upper_first(police.force.area)} has too few children to compare."
    return same_direction(found[0], found[1], police.force.area)


def in_care(context: Context) -> View:
    """Which part of the incidents reported to the police is of children in care, force by force."""
    rows = context.ask(beside.care_status)
    question = "How many of the missing incidents are of children in care?"
    if rows.empty:
        return View(("police-in-care",), question, empty="The table of children in care is not loaded.")
    year = f"year to {rows['period_end'].iloc[0]:%B %Y}"
    source = context.source_of(CARE_STATUS)
    return View(
        name=("police-in-care", str(rows["period_end"].iloc[0].year)),
        question=question,
        answer=_in_care_answer(context, rows, year),
        chart=ranked_bars(
            rows,
            title=f"{question} {upper_first(year)}",
            empty="No force has a figure.",
            my_force=context.selection.force.code,
            unit=IN_CARE,
            decimals=1,
            words=context.figure_words(),
            compared=context.selection.compared,
            not_ranked=context.not_ranked(),
        ),
        table=_care_table(context, rows),
        data=rows,
        notes=(BOTH_GROUPS, THIRD_PARTY),
        source=source,
        cautions=_contradicted(rows),
        short_source=context.publishers_of(source, year),
    )


def _in_care_answer(context: Context, rows: pd.DataFrame, year: str) -> str:
    """The share over the forces that have both figures, then the selected force's own."""
    known = rows[rows["value"].notna()]
    care = int(known["incidents_in_care"].sum())
    every = care + int(known["incidents_not_in_care"].sum())
    said = (
        f"In the {year}, {short_value(100 * care / every, 1, IN_CARE)} of children's missing incidents in {len(known)} forces "
        f"were of children in care ({number(care)} of {number(every)})."
    )
    force = context.selection.force
    own = rows[rows["area_code"] == force.code]
    if own.empty:
        return said
    row = own.iloc[0]
    if pd.isna(row["value"]):
        return f"{said} {upper_first(force.actor)} gave no complete figures."
    share = short_value(float(row["value"]), 1, IN_CARE)
    return (
        f"{said} For {force.actor} it was {share}: {plural(int(row['incidents_in_care']), 'incident')} of "
        f"{plural(int(row['children_in_care']), 'child', 'children')} in care."
    )


def _care_table(context: Context, rows: pd.DataFrame) -> Any:
    """Incidents and children of each group by force, the selected force marked."""
    words = context.figure_words()
    columns = {
        "incidents_in_care": "Incidents, in care",
        "incidents_not_in_care": "Incidents, not in care",
        "value": "Incidents in care (%)",
        "children_in_care": "Children, in care",
        "children_not_in_care": "Children, not in care",
    }

    def cell(row: dict[str, Any], column: str) -> Number:
        if pd.isna(row[column]):
            return Number(words[Status.NOT_AVAILABLE].symbol)
        share = column == "value"
        return Number(short_value(float(row[column]), 1, IN_CARE) if share else number(float(row[column])))

    held = records(rows.sort_values(["value", "area_name"], ascending=[False, True], na_position="last"))
    cells = [[row["area_name"], *(cell(row, column) for column in columns)] for row in held]
    mine = [row["area_code"] == context.selection.force.code for row in held]
    return table_from("", [Column("Force"), *(Column(heading) for heading in columns.values())], cells, mine)


def _contradicted(rows: pd.DataFrame) -> tuple[str, ...]:
    """The forces of which the table of children reported missing counts more children than both groups together."""
    over = rows[rows["children_reported_missing"] > rows["children_at_most"]]
    if over.empty:
        return ()
    named = listed(
        [
            f"{row.area_name} ({number(row.children_reported_missing)} there, at most {number(row.children_at_most)} here)"
            for row in named_rows(over)
        ]
    )
    return (f"Table A3 of the same report counts more children than this table for {named}. We do not know why.",)
