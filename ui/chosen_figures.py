"""What several pages read before they draw: labels, words, the forces and areas of the chosen measure and year."""

from __future__ import annotations

import pandas as pd

from insight.format import Words, words_from
from insight.queries import about, figures, inspections
from insight.sources import source_line
from insight.views.selection import Selection
from insight.warehouse import build_id
from ui.data_access import ask, build_path

ENGLAND = "E92000001"


def labels() -> dict[str, str]:
    """Words for each status of a figure."""
    frame = ask(figures.statuses)
    return dict(zip(frame["status"], frame["label"], strict=True))


def figure_words() -> Words:
    """Labels and symbols of figure statuses, as charts take them."""
    return words_from(ask(figures.statuses))


def grade_words() -> Words:
    """Labels and symbols of grade statuses, as charts take them."""
    return words_from(ask(inspections.grade_statuses))


def grade_labels() -> dict[str, str]:
    """Words for each status of a grade."""
    return {status: word.label for status, word in grade_words().items()}


def statuses_in(wanted: list[str]) -> pd.DataFrame:
    """Statuses of grades that a table needs to explain."""
    frame = ask(inspections.grade_statuses)
    return frame[frame["status"].isin(wanted)]


def forces_now(selection: Selection) -> pd.DataFrame:
    """All forces in the chosen measure and year."""
    return ask(figures.forces_in_year, selection.measure.measure_id, selection.period_end)


def source_of(selection: Selection, every_year: bool = False) -> str:
    """The source line of the chosen measure, of the chosen year or of all."""
    frame = ask(figures.sources_of_measure, selection.measure.measure_id, None if every_year else selection.period_end)
    return f"{source_line(frame)} Build {build_id(build_path())}."


def source_of_all() -> str:
    """The source line of every measure together: the newest release of each publication of figures."""
    sources = ask(about.sources)
    newest = sources[sources["figures"] > 0].sort_values("release").groupby("publication").tail(1)
    return f"{source_line(newest)} Build {build_id(build_path())}."


def inspection_source() -> str:
    """The source line of grades."""
    sources = ask(about.sources)
    grades = sources[sources["publication"].isin(["peel_grades", "peel_grade_counts"])]
    return f"{source_line(grades)} Each grade links to the page it was read from. Build {build_id(build_path())}."


def protection_source() -> str:
    """The source line of child protection inspections and monitoring."""
    sources = ask(about.sources)
    names = ["child_protection_inspections", "monitoring_events"]
    return f"{source_line(sources[sources['publication'].isin(names)])} Build {build_id(build_path())}."
