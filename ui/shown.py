"""What several pages read before they draw: labels, words, the forces and areas of the chosen measure and year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight import notes
from insight.charts.chart import Words, words_from
from insight.comparing.alike import MOST
from insight.over_time.series import with_roles
from insight.questions import about, figures, inspections
from insight.sources import source_line
from insight.warehouse import build_id
from insight.words import is_missing, short_value
from ui.choices import Choices
from ui.reading import ask, build_path

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


def forces_now(choices: Choices) -> pd.DataFrame:
    """All forces in the chosen measure and year."""
    return ask(figures.forces_in_year, choices.measure.measure_id, choices.period_end)


def forces_the_year_before(choices: Choices) -> pd.DataFrame:
    """All forces in the year before; no rows where the measure does not have it, or its series breaks between the two."""
    before = [year for year in choices.years if year.year == choices.period_end.year - 1]
    if not before or not breaks_now(choices).empty:
        return forces_now(choices).head(0)
    return ask(figures.forces_in_year, choices.measure.measure_id, before[0])


def breaks_now(choices: Choices) -> pd.DataFrame:
    """Breaks of the whole measure with the chosen year, so that it cannot be compared with the year before."""
    frame = ask(figures.breaks, choices.measure.measure_id)
    starts = pd.to_datetime(frame["starts"]) == pd.Timestamp(choices.period_end)
    return frame[(frame["kind"] == "break") & frame["area_code"].isna() & starts]


def areas_now(choices: Choices) -> pd.DataFrame:
    """Regions and England in the chosen measure and year."""
    return ask(figures.areas_in_year, choices.measure.measure_id, choices.period_end)


def my_row(choices: Choices) -> dict[str, Any]:
    """My force's row."""
    frame = forces_now(choices)
    return frame[frame["area_code"] == choices.force.code].iloc[0].to_dict()


def nation_row(choices: Choices) -> dict[str, Any] | None:
    """England's row, or None."""
    frame = areas_now(choices)
    england = frame[frame["area_level"] == "country"]
    return None if england.empty else england.iloc[0].to_dict()


def lines(choices: Choices) -> pd.DataFrame:
    """England, my region, and the average that verdicts rest on where it is another figure than England's: reference lines."""
    frame = areas_now(choices)
    mine = frame["area_code"].isin([choices.force.country_code, choices.force.region_code])
    kept = frame.loc[(frame["area_level"] == "country") | mine, ["area_name", "area_level", "value"]]
    average, nation = average_now(choices), nation_row(choices)
    written = [None if row is None else _written(row["value"], choices) for row in (average, nation)]
    return kept if average is None or written[0] == written[1] else pd.concat([kept, pd.DataFrame([average])], ignore_index=True)


def average_now(choices: Choices) -> dict[str, Any] | None:
    """The average of the forces compared, as a reference line, or None."""
    rest = ask(figures.comparison, choices.measure.measure_id, choices.period_end)
    if rest.empty:
        return None
    name = f"Average of {rest.iloc[0]['forces_compared']} forces"
    return {"area_name": name, "area_level": "average", "value": float(rest.iloc[0]["average"])}


def _written(value: Any, choices: Choices) -> str:
    return "" if is_missing(value) else short_value(float(value), choices.measure.decimals, choices.measure.unit)


def source_of(choices: Choices, every_year: bool = False) -> str:
    """The source line of the chosen measure, of the chosen year or of all."""
    frame = ask(figures.sources_of_measure, choices.measure.measure_id, None if every_year else choices.period_end)
    return f"{source_line(frame)} Build {build_id(build_path())}."


def source_of_all() -> str:
    """The source line of every measure together: the newest release of each publication of figures."""
    sources = ask(about.sources)
    newest = sources[sources["figures"] > 0].sort_values("release").groupby("publication").tail(1)
    return f"{source_line(newest)} Build {build_id(build_path())}."


def not_ranked(choices: Choices) -> list[str]:
    """Codes of forces that are shown but never ranked."""
    frame = forces_now(choices)
    return frame.loc[frame["unranked_because"].notna(), "area_code"].tolist()


def hidden_note(choices: Choices) -> str:
    """How many figures are hidden or missing in the chosen measure and year, in words."""
    return notes.hidden_note(forces_now(choices), labels())


def comparison_note(choices: Choices) -> str:
    """Who is in the average and what a verdict means."""
    rest = ask(figures.comparison, choices.measure.measure_id, choices.period_end)
    return notes.comparison_note(rest, choices.measure.__dict__)


def doubt_notes(choices: Choices) -> list[str]:
    """Why figures of the chosen year are doubtful, with the mark that they carry."""
    return notes.doubt_notes(forces_now(choices))


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


def unranked_notes(choices: Choices) -> list[str]:
    """Why a force is shown but never ranked."""
    return notes.unranked_notes(forces_now(choices))


def series_with_roles(choices: Choices, as_of: str = "") -> pd.DataFrame:
    """Every force's series with the part that each plays for this reader, as known today or at an earlier release."""
    measure_id = choices.measure.measure_id
    frame = ask(figures.series_as_of, measure_id, as_of) if as_of else ask(figures.series, measure_id)
    return with_roles(frame, choices.force.code, choices.force.region_code, ENGLAND, choices.compared)


def break_notes(choices: Choices, every_force: bool = False) -> list[str]:
    """Breaks of the measure everywhere, and doubtful figures of the forces that are shown, or of every force."""
    frame = ask(figures.breaks, choices.measure.measure_id)
    everywhere = frame["area_code"].isna()
    wanted = frame if every_force else frame[everywhere | frame["area_code"].isin([choices.force.code, *choices.compared])]
    return notes.break_notes(wanted, choices.measure.publication)


def figure_label(figure_id: str) -> str:
    """What a base figure counts."""
    frame = ask(about.figures)
    return str(frame.loc[frame["figure_id"] == figure_id, "label"].iloc[0])


def most_alike_now(choices: Choices) -> pd.DataFrame:
    """The forces most alike to mine, with what they are alike by."""
    return ask(figures.nearest_neighbours, choices.force.code, MOST)


def own_likeness(choices: Choices) -> pd.DataFrame:
    """My force's own features; no row where it has none."""
    return ask(figures.force_features, choices.force.code)


def no_rank_because(choices: Choices) -> str:
    """Why no force has a rank on this measure."""
    if choices.measure.kind == "count":
        return "Numbers are not ranked: a larger area has larger numbers. Choose a rate or a percentage."
    if not choices.measure.independent or choices.measure.kind == "ratio":
        return "Incidents are not ranked: they repeat for one child, so chance cannot be told from them. See the funnel."
    return f"No force has a whole figure for the {choices.year_text}."


def rug_order(frame: pd.DataFrame, by: str) -> list[str]:
    """Force codes by name, or by one measure, highest first and forces without a figure last."""
    if by == "name":
        return list(dict.fromkeys(frame.sort_values("area_name")["area_code"]))
    rows = frame[frame["measure_id"] == by].sort_values(["value", "area_name"], ascending=[False, True], na_position="last")
    return list(rows["area_code"])


def rows_in_common(first: Choices, second: Choices) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """My force's rows of two measures in the newest year that both have, or None for both."""
    rows = [
        ask(figures.force_all_measures, choices.force.code).query("measure_id == @choices.measure.measure_id")
        for choices in (first, second)
    ]
    common = set(rows[0]["period_end"]) & set(rows[1]["period_end"])
    if not common:
        return None, None
    newest = max(common)
    found = [frame[frame["period_end"] == newest].iloc[0].to_dict() for frame in rows]
    return found[0], found[1]
