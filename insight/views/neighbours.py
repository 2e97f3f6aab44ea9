"""Which forces are most like the selected one, and how do they compare?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from insight.comparing.nearest_neighbours import METHOD
from insight.comparing.side_by_side import side_by_side, side_by_side_to_take_away
from insight.findings.phrases import against_average, said
from insight.format import figure_text, is_lower_bound, is_missing
from insight.profile.profile import Profile, year_to
from insight.queries import figures, force
from insight.tables.comparisons import alike_to_read
from insight.views.context import Context
from insight.views.view import View
from vocabulary import MOST_SIMILAR


def nearest(context: Context) -> pd.DataFrame:
    """The forces most like the selected one, nearest first; no rows where it has no figures or is never ranked."""
    return context.ask(figures.nearest_neighbours, context.selection.force.code, MOST_SIMILAR)


def what_they_are_alike_by(context: Context) -> View:
    """The features that the choice rests on."""
    name = context.selection.force
    own = context.ask(figures.force_features, name.code)
    return View(
        name=("likeness", name.slug),
        question=f"Which forces are most like {name.name}, and how was that found?",
        answer=METHOD,
        table=alike_to_read(nearest(context), own),
        source=context.source_of("child_population", "looked_after_missing"),
    )


def beside_similar_forces(context: Context) -> View:
    """The newest figures of the force beside those of the forces most like it."""
    others = nearest(context)
    selected = context.selection.force
    question = f"How does {selected.name} compare with similar forces?"
    if others.empty:
        return View(("alike", selected.slug), question, empty=f"No similar forces can be found for {selected.name}.")
    view = _beside(context, "alike", question, list(others["area_code"]), list(others["area_name"]))
    return replace(view, answer=_against_their_average(context.profile()), notes=(METHOD,))


def _against_their_average(profile: Profile) -> str:
    """How the first measure compares with the average of similar forces; nothing where either has no figure."""
    row = next((row for row in profile.newest() if not is_missing(row["similar_average"])), None)
    if row is None or is_missing(row["value"]) or is_lower_bound(row):
        return ""
    figure = figure_text(row, int(row["decimals"]), str(row["unit"]), profile.labels)
    similar = {**row, "verdict": row["compared_with_similar"], "average": row["similar_average"]}
    return f"In {profile.area}, {said(row, figure)} in the {year_to(row)}, {against_average(similar, 'similar forces')}."


def beside_chosen_forces(context: Context) -> View:
    """The newest figures of the force beside those of the forces that the reader compares it with."""
    selected, codes = context.selection.force, list(context.selection.compared)
    question = f"How does {selected.name} compare with the forces chosen?"
    if not codes:
        return View(("beside", selected.slug), question, empty="No force is chosen to compare with.")
    names = context.ask(figures.forces).set_index("force_code")["force_name"]
    return _beside(context, "beside", question, codes, [str(names[code]) for code in codes])


def _beside(context: Context, name: str, question: str, codes: list[str], names: list[str]) -> View:
    profile = context.profile()
    rows = context.ask(force.of_forces, tuple(codes))
    return View(
        name=(name, context.selection.force.slug, profile.period),
        question=question,
        table=side_by_side(profile, rows, names, context.labels()),
        data=side_by_side_to_take_away(profile, rows),
        source=context.source_of_figures(),
        short_source="DfE, ONS and National Crime Agency, newest year of each measure",
    )
