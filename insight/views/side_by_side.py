"""How does the selected force compare, on everything that is known, with the forces beside it?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from insight.comparing.side_by_side import ENGLAND as NATION
from insight.comparing.side_by_side import Sides, figures_to_take_away, side_by_side
from insight.format import listed, spelt
from insight.profile.profile import Profile
from insight.queries import figures, force, inspections
from insight.sources import REPORTERS, reported
from insight.verdicts import has_verdicts
from insight.views.context import ENGLAND, Context
from insight.views.neighbours import NOT_OFFICIAL, against_chosen, against_similar, nearest
from insight.views.view import View
from vocabulary import SourceKind

MOST_NAMED = 3  # forces in a title
NO_SIMILAR = "No similar forces can be found."
KEY = (
    f"↑ rising and ↓ falling over five years, → no significant change. Small letters: p {reported(SourceKind.PRESS)}, "
    f"f by {REPORTERS[SourceKind.FORCE_OR_PCC]}, none: HMICFRS."
)


def beside_others(context: Context, wider: bool = False) -> View:
    """The selected force beside those chosen to compare with; where none are, beside similar ones, or those of its region.

    Args:
        wider: the measures of the wider picture of child protection alone, in place of the others, grades and inspections.
    """
    similar = tuple(nearest(context)["area_code"])
    codes = context.selection.compared or similar or _of_its_region(context)
    profile = context.profile().of_measures(wider=wider)
    view = _view(context, profile, "side-by-side-wider" if wider else "side-by-side", codes, measures_only=wider)
    return replace(view, answer=_of_those_shown(context, similar, codes))


def _of_those_shown(context: Context, similar: tuple[str, ...], codes: tuple[str, ...]) -> str:
    """How the figure compares with those of the forces that are shown, and which these are where the reader has chosen none.

    Args:
        context: what is selected.
        similar: codes of the similar forces.
        codes: of the forces that are shown.
    """
    chosen = context.selection.compared
    if chosen and chosen != similar:
        return against_chosen(context)
    said = against_similar(context, figure_told=True)
    if chosen:
        return said
    own = context.selection.force
    most = f"the {spelt(len(codes))} forces most similar to {own.actor}"
    shown = most if similar else f"the other {'force' if len(codes) == 1 else 'forces'} of {own.region_in_text}"
    return f"Shown: {shown}. {said}".strip()


def _of_its_region(context: Context) -> tuple[str, ...]:
    forces, own = context.ask(figures.forces), context.selection.force
    return tuple(forces.loc[(forces["region"] == own.region) & (forces["force_code"] != own.code), "force_code"])


def beside_similar(context: Context) -> View:
    """The selected force beside the forces most similar to it, on the main measures; the wider picture is a choice of Compare."""
    codes, selected = tuple(nearest(context)["area_code"]), context.selection
    main = context.profile().of_measures(wider=False)
    if codes and any(has_verdicts(row) for row in main.newest()):
        return _view(context, main, "alike", codes, measures_only=True)
    question = f"How does {selected.force.actor} compare with similar forces?"
    why = f"No measure of missing children has a figure up to the {selected.year_text}." if codes else NO_SIMILAR
    return View(("alike", selected.force.slug), question, empty=why)


def _view(context: Context, profile: Profile, name: str, codes: tuple[str, ...], measures_only: bool = False) -> View:
    selected = context.selection.force
    forces = context.ask(figures.forces).set_index("force_code")
    shown = {code: str(forces["force_name"][code]) for code in (selected.code, *codes)}
    england = context.ask(figures.force_all_measures, ENGLAND).assign(area_name=NATION)
    held = pd.concat([context.ask(force.of_forces, tuple(codes)), england])
    grades = context.ask(inspections.grades)
    grades = grades[grades["force_code"].isin(shown) & (grades["level"] == "area")]
    sides = Sides(
        forces=shown,
        nation=ENGLAND,
        own=profile.newest(),
        figures=held,
        grades=grades,
        cycles=context.ask(inspections.cycles),
        inspections=context.ask(inspections.inspections),
        events=context.ask(inspections.events),
        figure_words=context.figure_words(),
        grade_words=context.grade_words(),
        as_of=profile.known_on,
    )
    others = [str(forces["organisation_in_text"][code]) for code in codes]
    many = [f"{spelt(len(others))} other forces"] if len(others) > MOST_NAMED else others
    beside = listed([*many, *([NATION] if sides.has_figures else [])])
    shown_measures = [own["measure_id"] for own, _ in sides.compared]
    source, told = context.source_of_figures(shown_measures) if shown_measures else "", context.grades_told(grades)
    if not measures_only:
        source = f"{source} {told['source']} {context.source_of_protection()}".strip()
    return View(
        name=(name, selected.slug, profile.period),
        question=f"How does {selected.actor} compare with {'similar forces' if name == 'alike' else beside}?",
        answer=against_similar(context),
        table=side_by_side(sides, measures_only),
        data=figures_to_take_away(sides) if measures_only else None,
        notes=(KEY, NOT_OFFICIAL),
        source=source,
        cautions=() if measures_only else told["cautions"],
        short_source=context.publishers_of(source, f"newest year of each measure up to March {profile.period[-4:]}")
        if sides.has_figures
        else told["short_source"],
    )
