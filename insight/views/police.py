"""Children reported missing to the police: how do forces compare, and do the figures for children in care show the same trend?"""

from __future__ import annotations

from typing import Any

from insight.comparing.trend_agreement import same_direction
from insight.queries import figures
from insight.views import forces_compared
from insight.views.context import Context
from insight.views.selection import Selection
from insight.views.view import View

POLICE, CARE = "police_missing_per_10000", "children_missing_per_10000"
JOINT = (
    "Warwickshire and West Mercia are published together and have no figure of their own. England and regions are pooled "
    "over the forces that have a figure."
)


def all_forces(context: Context) -> View:
    """Every force in the selected year of the police series."""
    question = f"How do forces compare, {context.selection.year_text}?"
    notes = (context.hidden_note(), JOINT, context.comparison_note())
    return forces_compared.bars(context, question, "police-forces", notes=notes)


def same_trend(context: Context, care: Selection) -> str:
    """Whether the police series and that of children in care moved alike up to the newest year that both have."""
    police = context.selection
    rows = context.ask(figures.force_all_measures, police.force.code)
    both = [rows[rows["measure_id"] == one.measure.measure_id] for one in (police, care)]
    common = set(both[0]["period_end"]) & set(both[1]["period_end"])
    found: list[dict[str, Any] | None] = [None, None]
    if common:
        found = [frame[frame["period_end"] == max(common)].iloc[0].to_dict() for frame in both]
    return same_direction(found[0], found[1], police.force.name)
