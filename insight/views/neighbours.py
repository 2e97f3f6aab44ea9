"""Which forces are most similar to the selected one, and how does it compare with their average?"""

from __future__ import annotations

import pandas as pd

from insight.findings.phrases import against_average, said
from insight.format import FigureFormat, amount_of, figure_text, is_missing, listed, spelt, upper_first
from insight.glossary import ALIKE_BY, NOT_THE_HOME_OFFICES
from insight.profile.profile import when
from insight.queries import figures
from insight.records import records
from insight.statistics import Verdict
from insight.tables.comparisons import alike_to_read
from insight.views.context import Context
from insight.views.selection import FORCE, rests_on
from insight.views.view import View
from vocabulary import MOST_SIMILAR

NOT_OFFICIAL = f"“Similar forces” is our own grouping, {NOT_THE_HOME_OFFICES}."
METHOD = f"{NOT_OFFICIAL} It uses {ALIKE_BY}, all three counting the same."
SCALE = "Each of the three is put on a common scale: its logarithm, standardised over the forces."
OF = f"its {spelt(MOST_SIMILAR)} similar forces"


def nearest(context: Context) -> pd.DataFrame:
    """The forces most similar to the selected one, nearest first; no rows where it has no figures or is never ranked."""
    return context.ask(figures.nearest_neighbours, context.selection.force.code, MOST_SIMILAR)


@rests_on(FORCE)
def has_similar(context: Context) -> bool:
    """Whether there are forces similar to the selected one."""
    return not nearest(context).empty


@rests_on(FORCE)
def what_they_are_alike_by(context: Context) -> View:
    """The features that the choice rests on."""
    name = context.selection.force
    own = context.ask(figures.force_features, name.code)
    return View(
        name=("likeness", name.slug),
        question=f"Which forces are most similar to {name.actor}, and how was that found?",
        answer=METHOD,
        notes=(SCALE,),
        table=alike_to_read(nearest(context), own),
        source=context.source_of("child_population", "looked_after_missing"),
    )


def against_similar(context: Context, *, figure_told: bool = False) -> str:
    """How the selected measure compares with the average of similar forces, in a sentence; nothing where there is none.

    Args:
        context: what is selected.
        figure_told: whether the figure itself stands before it already, so that it is not told again.
    """
    row = context.profile().of(context.measure.measure_id, context.selection.period_end.year)
    if row is None or is_missing(row["similar_average"]) or is_missing(row["value"]):
        return ""
    left_out = int(row["similar_left_out"])
    beside_whom = f"the {spelt(int(row['similar_forces']))} of {OF} whose figures are complete" if left_out else OF
    area = context.selection.force.area
    opening = f"In {area}, {said(row, figure_text(row, row, context.figure_words()))} {when(row)}"
    if row["compared_with_similar"] == Verdict.NOT_COMPARED:
        average = f"the average of {beside_whom} is {amount_of(row['similar_average'], row)}."
        return upper_first(average) if figure_told else f"{opening}; {average}"
    beside = {**row, "verdict": row["compared_with_similar"], "average": row["similar_average"]}
    standing = against_average(beside, beside_whom)
    return f"The figure for {area} is {standing}." if figure_told else f"{opening}, {standing}."


def against_chosen(context: Context) -> str:
    """The figures of the forces chosen to compare with, in the selected measure and year; nothing where none has one."""
    rows, chosen = context.forces().set_index("area_code"), list(context.selection.compared)
    areas = context.ask(figures.forces).set_index("force_code")["in_text"]
    held = [(str(areas[code]), row) for code, row in zip(chosen, records(rows.loc[chosen]), strict=True)]
    write = FigureFormat.of(context.measure.row, context.figure_words())
    shown = [(area, write.text(row)) for area, row in held if row["verdict"] != Verdict.TOO_FEW and not is_missing(row["value"])]
    if not shown:
        return ""
    few = [area for area, row in held if row["verdict"] == Verdict.TOO_FEW]
    lacking = [area for area, row in held if row["verdict"] != Verdict.TOO_FEW and is_missing(row["value"])]
    year = when({"period_end": context.selection.period_end}, context.measure.row)
    told = [f"For comparison, {year} the figure was {listed([f'{figure} in {area}' for area, figure in shown])}."]
    if lacking:
        told.append(f"None is published for {listed(lacking)}.")
    if few:
        told.append(f"There are too few children in {listed(few)} to compare.")
    return " ".join(told)
