"""What stands under a chart of forces: what is hidden, what they are compared with, where the series changes its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import (
    DOUBT_MARK,
    PROVISIONAL_MARK,
    WHY_A_MINIMUM,
    Words,
    amount_of,
    is_lower_bound,
    is_missing,
    label_of,
    reason_to_doubt,
    upper_first,
    year_ending,
)
from insight.records import named_rows, records
from insight.statistics import FEWEST_FORCES, OUTSIDE_95
from insight.verdicts import KEY_LINES, has_verdicts
from vocabulary import BreakKind, Revision

BREAKS = {BreakKind.BREAK: "Break in the series", BreakKind.DOUBTFUL: f"{DOUBT_MARK} Doubtful, shown as published"}
BY_FORCE = ("police_missing_children", "missing_related_calls")  # publications that give forces and no authorities
PROVISIONAL_NOTE = f"{PROVISIONAL_MARK.strip()} Provisional: these figures may change in a later release."
COUNTS_AS_MISSING = "Such a 0 counts as a missing part of the force's figure; the table says which."
FEW = 3  # forces whose doubtful zeros are named one by one under a chart
SHIFTING = (
    "England and regions are averages of the forces that published a figure. Years are joined by a line only where every force "
    "did, because otherwise the forces may not be the same from year to year."
)


def hidden_note(forces: pd.DataFrame, words: Words) -> str:
    """How many figures are hidden or missing in one measure and year, in words.

    Args:
        forces: rows of ``forces_in_year``.
        words: for each status.
    """
    bounds = int((forces["value"].notna() & (forces["hidden_parts"] > 0)).sum())
    reasons = forces.loc[forces["value"].isna(), "status"].value_counts(sort=False)
    parts = [f"{count} {label_of(status, words).lower()}" for status, count in reasons.items()]
    doubtful = forces.loc[forces["hidden_parts"] > 0, "doubtful_parts"].notna().any()
    why = WHY_A_MINIMUM + (", or is a 0 that cannot be a count" if doubtful else "")
    have = "has" if bounds == 1 else "have"
    said = f"{bounds} of {len(forces)} forces {have} only a minimum, because {why}" if bounds else ""
    without = f"{int(reasons.sum())} {'has' if reasons.sum() == 1 else 'have'} no figure ({', '.join(parts)})" if parts else ""
    text = "; ".join(part for part in (said, without) if part)
    return f"{upper_first(text)}." if text else "Every force has a complete figure."


def comparison_note(comparison: pd.DataFrame, measure: Mapping[str, Any]) -> str:
    """Who is in the average, what a verdict means, and how many would differ by chance alone.

    Args:
        comparison: the row of ``comparison`` of the measure and year, or none.
        measure: kind, independent, decimals, unit.
    """
    if comparison.empty:
        few = f"Fewer than {FEWEST_FORCES} forces have a complete figure: too few for an average, so that no force is compared."
        return few if has_verdicts(measure) else "No average can be calculated for a count."
    row = comparison.iloc[0]
    compared, left_out = int(row["forces_compared"]), int(row["forces_left_out"])
    average = amount_of(row["average"], measure)
    said = f"The average is that of the {compared} forces with a complete figure ({average})"
    if left_out:
        is_left_out = "is left out because its figure is" if left_out == 1 else "are left out because their figures are"
        said += f"; {left_out} {is_left_out} incomplete"
    chance = (
        f" If no force differed, {by_chance(compared)} of these {compared} by chance alone." if measure["independent"] else ""
    )
    return f"{said}. {' '.join(KEY_LINES)}{chance}"


def by_chance(compared: int) -> str:
    """How many forces of so many seem to differ at 95% though none does: 'about 2 would seem to differ'."""
    return f"about {round(OUTSIDE_95 * compared)} would seem to differ"


def doubt_notes(forces: pd.DataFrame) -> list[str]:
    """Why figures of a year are doubtful, with their mark, which zeros count as missing parts, and whether any is provisional.

    Args:
        forces: rows of ``forces_in_year``.
    """
    reasons, zeros = forces["doubtful"].dropna(), forces["doubtful_parts"].dropna()
    notes = [f"{DOUBT_MARK} Doubtful, shown as published. {' '.join(reasons)}"] if len(reasons) else []
    if 0 < len(zeros) <= FEW:
        notes.append(f"{' '.join(zeros)} {COUNTS_AS_MISSING}")
    elif len(zeros):
        notes.append(f"In {len(zeros)} forces a council reported 0 where that cannot be a count. {COUNTS_AS_MISSING}")
    return [*notes, *provisional_notes(forces)]


def provisional_notes(figures: pd.DataFrame) -> list[str]:
    """What the mark of a provisional figure means, where one is shown.

    Args:
        figures: rows of indicators, with ``revision`` or without.
    """
    shown = "revision" in figures and (figures["revision"] == Revision.PROVISIONAL).any()
    return [PROVISIONAL_NOTE] if shown else []


def break_notes(breaks: pd.DataFrame, publication: str = "") -> list[str]:
    """Breaks of a measure and doubtful figures, a sentence each, and what averages over changing sets of forces mean.

    Args:
        breaks: rows of ``breaks`` of the measure.
        publication: where its numerator is from.
    """
    notes = [f"{BREAKS[row.kind]}, {year_ending(row.starts)}: {row.reason}" for row in named_rows(breaks)]
    return [*notes, SHIFTING] if publication in BY_FORCE else notes


def unranked_notes(forces: pd.DataFrame, comparison: pd.DataFrame) -> list[str]:
    """Why a force is shown but never ranked, and that its figure counts in the average, of one force more than are compared.

    Args:
        forces: rows of ``forces_in_year``.
        comparison: the row of ``comparison`` of the measure and year, or none.
    """
    unranked = records(forces[forces["unranked_because"].notna()])
    return [f"{row['area_name']} is not ranked. {row['unranked_because']}{_counted(row, comparison)}" for row in unranked]


def _counted(row: Mapping[str, Any], comparison: pd.DataFrame) -> str:
    if comparison.empty or is_missing(row["value"]) or is_lower_bound(row) or reason_to_doubt(row):
        return ""
    compared = int(comparison.iloc[0]["forces_compared"])
    return f" It is counted in the average of {compared} forces; the other {compared - 1} are compared."
