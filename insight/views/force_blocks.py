"""The first screen of a force: how it was judged, how many children go missing from care, what is due or open."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.charts.model.lines import LineChart
from insight.charts.trends import trend_lines
from insight.cycles import advice
from insight.findings import NOT_WALES, Finding, Link, Severity, headlines
from insight.findings.rules import OLD
from insight.findings.summary import first_figure
from insight.format import (
    FigureFormat,
    Words,
    amount_of,
    is_lower_bound,
    is_missing,
    label_of,
    listed,
    lower_first,
    upper_first,
    words_from,
)
from insight.inspections.standing import NONE_FOUND, SINCE, case_files, engaged, last_visit, others_undated, undated, when_visited
from insight.profile.profile import Profile, year_to
from insight.queries import inspections
from insight.records import records
from insight.sources import REPORTERS
from insight.statistics import FunnelFlag, Trend, Verdict, verdict
from insight.verdicts import shown_trend, shown_verdict
from insight.views.block import Block, Chip
from insight.views.context import Context
from insight.views.england_detail import newer_england
from insight.views.selection import FORCE, MEASURE, rests_on
from vocabulary import LEADING_MEASURE, PROTECTING, AreaLevel

OPEN = ("enhanced monitoring", "causes of concern", "clock")  # rules of findings that tell what is due or open
MOVED = ("trend", "change")
MOST_LINES = 3
WALES = (
    NOT_WALES,
    "Figures for Wales are published by the Welsh Government on StatsWales (statswales.gov.wales).",
)
STATS_WALES = "https://statswales.gov.wales/"
NOTHING = "We have found nothing due or open."
STANDS = {Trend.INCREASING: "rising over five years", Trend.DECREASING: "falling over five years"}
NO_FIGURE = "No figure is published."
Row = dict[str, Any]


def force_blocks(context: Context) -> tuple[Block, Block, Block]:
    """Judged, Missing from care, To act on; a Welsh force has in place of the second where its figures are published.

    Judgements and what is due are the newest, each with its date; the figure is that of the year selected.
    """
    return judged(context), missing_from_care(context), to_act_on(context)


@rests_on(FORCE)
def judged(context: Context) -> Block:
    """The grades for protecting vulnerable people, newest cycle first, monitoring, the last visit with its case files."""
    profile = context.profile(newest=True)
    words = words_from(context.ask(inspections.grade_statuses))
    held = profile.grades
    held = held[held["question"] == PROTECTING].sort_values("cycle_position", ascending=False)
    chips = tuple(_chip(row, words) for row in records(held))
    lines = (
        f"{_told(held)}{advice(context.ask(inspections.cycles), set(held.loc[held['grade'].notna(), 'cycle']))}",
        _monitoring(profile),
        _last_visit(profile),
    )
    title = f"Judged: {lower_first(PROTECTING)}"
    return Block("judged", title, chips=chips, lines=tuple(filter(None, lines)), link=Link("grades"), link_text="All grades")


def _chip(row: Row, words: Words) -> Chip:
    """A cycle with its grade, or the word for why there is none."""
    if is_missing(row["grade"]):
        return Chip(row["cycle"], label_of(row["status"], words), row["status"])
    return Chip(row["cycle"], row["grade"], row["grade"])


def _told(grades: pd.DataFrame) -> str:
    """Which of the grades were not read from HMICFRS itself, and who reported them."""
    known = grades[grades["grade"].notna()]
    told = {name: list(known.loc[known["source_kind"] == kind, "cycle"]) for kind, name in REPORTERS.items()}
    return "".join(f"{listed(cycles)}: as reported by {name}. " for name, cycles in told.items() if cycles)


def _monitoring(profile: Profile) -> str:
    """Where enhanced monitoring stands, in one sentence."""
    said = engaged(profile.events)
    if said == NONE_FOUND:
        return "We have found no record of enhanced monitoring (Engage)."
    if said.startswith(SINCE):
        return f"In enhanced monitoring (Engage) {said}; we have found no record of it ending."
    return f"Enhanced monitoring (Engage) {said}."


def _last_visit(profile: Profile) -> str:
    """The last child protection visit with the case files that were audited at it; inspections without any date are counted."""
    row = last_visit(profile.inspections)
    if row is None:
        return "We have found no child protection inspection."
    files, without_date = case_files(row), undated(profile.inspections)
    said = f"Last {'dated ' if without_date else ''}child protection visit: {when_visited(row)}{f', {files}' if files else ''}."
    others = others_undated(row, profile.inspections)
    return f"{said} {upper_first(others)}." if others else said


def _not_covered(profile: Profile) -> bool:
    """Whether the block's measure has no figure of a Welsh force."""
    return profile.in_wales and all(is_missing(row["value"]) for row in profile.series(LEADING_MEASURE))


def _figures_of_wales() -> Block:
    return Block("missing", "Missing from care", lines=WALES, outside=STATS_WALES, link_text="Open StatsWales")


@rests_on(FORCE, MEASURE)
def missing_from_care(context: Context) -> Block:
    """The share of looked-after children who went missing, its interval, series and comparisons, and why it is not newer."""
    if _not_covered(context.profile(newest=True)):
        return _figures_of_wales()
    profile = context.profile()
    newer = "" if profile.in_wales else newer_england(context)[1]
    # The figure of the opening above: an early year has only the rate.
    row = first_figure(profile) or next((row for row in profile.newest() if row["measure_id"] == LEADING_MEASURE), None)
    if row is None:
        return Block("missing", "Missing from care", lines=(NO_FIGURE,))
    write = FigureFormat.of(row, profile.words)
    measure_id = str(row["measure_id"])
    series = profile.series(measure_id)
    known = not is_missing(row["value"])
    return Block(
        name="missing",
        title="Missing from care",
        big=write.text(row),
        unit=_went_missing(row) if known else f"share of looked-after children who went missing, {year_to(row)}",
        lines=(*(_made_of(row, write) if known else ()), *([newer] if newer else [])),
        chips=_compared(row),
        link=Link("compare", (("measure", measure_id.replace("_", "-")), ("view", "bars"))),
        link_text="Compare forces",
        picture=_sparkline(profile, series) if profile.is_ranked else None,
    )


def _went_missing(row: Row) -> str:
    """What the large figure counts; it follows the figure."""
    if row["measure_id"] == LEADING_MEASURE:
        return "of looked-after children went missing"
    return f"looked-after children went missing {row['unit']}"


def _made_of(row: Row, write: FigureFormat) -> tuple[str, ...]:
    """The children behind the share with its interval, and where the series moves."""
    counts = "" if is_missing(row["numerator"]) else f"{int(row['numerator']):,} of {int(row['denominator']):,} children"
    said = ", ".join(part for part in (upper_first(year_to(row)), "" if is_lower_bound(row) else counts) if part)
    interval = write.interval(row)
    line = f"{said}{f' ({interval})' if interval else ''}"
    trend = shown_trend(row)
    return (f"{line}; {STANDS[trend]}.",) if trend in STANDS else (f"{line}.",)


def _compared(row: Row) -> tuple[Chip, ...]:
    """The verdicts against the average of forces, the region and similar forces; one chip where there are too few children."""

    def chip(what: str, value: Any, word: str, kind: str = "") -> Chip:
        return Chip(what if is_missing(value) else f"{what} {amount_of(value, row)}", word, kind or word)

    if row["verdict"] == Verdict.TOO_FEW:
        return (Chip("Other forces", str(Verdict.TOO_FEW), str(Verdict.TOO_FEW)),)
    if row.get("apart"):
        return (chip(str(row["nation_name"]), row["nation_value"], str(Verdict.NOT_COMPARED)),)
    chips = [chip("Average of forces", row["average"], shown_verdict(row))]
    against_region = _against_region(row)
    if against_region != Verdict.NOT_COMPARED:
        chips.append(chip(f"{row['region_name']} region", row["region_value"], against_region))
    if not is_missing(row["similar_average"]):
        chips.append(chip("Similar forces", row["similar_average"], str(row["compared_with_similar"])))
    return tuple(chips)


def _against_region(row: Row) -> str:
    """The comparison with the region in the words of the one scale."""
    return str(verdict(row["compared_with_region"], FunnelFlag.NOT_COMPARED, row["polarity"]).verdict)


def _sparkline(profile: Profile, series: list[Row]) -> LineChart | None:
    frame = pd.DataFrame(series).assign(role="mine", area_level=AreaLevel.FORCE)
    if frame["value"].notna().sum() < 2:
        return None
    return trend_lines(
        frame,
        title=str(series[-1]["title"]),
        empty="",
        my_force=str(profile.force["force_code"]),
        unit=str(series[-1]["unit"]),
        decimals=int(series[-1]["decimals"]),
        words=profile.words,
        breaks=profile.breaks[profile.breaks["measure_id"] == series[-1]["measure_id"]],
    )


@rests_on(FORCE)
def to_act_on(context: Context) -> Block:
    """What is due or open, with dates; where nothing is, what changed."""
    profile = context.profile(newest=True)
    findings = [finding for finding in context.findings(newest=True) if not finding.wider]
    due = [one.headline for one in findings if one.rule in OPEN and one.severity == Severity.ACTION]
    if due:
        return Block("act", "To act on", lines=tuple(due[:MOST_LINES]), link=Link("follow-up"), link_text="What followed")
    moved = [one.headline for one in headlines([one for one in findings if _moved_lately(profile, one)], MOST_LINES - 1)]
    if not moved:
        return Block("act", "To act on", lines=(NOTHING,), link=Link("follow-up"), link_text="What followed")
    return Block(
        "act", "To act on", lines=(f"{NOTHING} These figures have changed:", *moved), link=Link("trends"), link_text="All trends"
    )


def _moved_lately(profile: Profile, finding: Finding) -> bool:
    """Whether a finding tells a change of a figure that is not old, of a force whose figures are more than a handful."""
    if finding.rule not in MOVED or not profile.is_ranked:
        return False
    newest = max(row["period_end"].year for row in profile.newest())
    return max(int(figure.period[:4]) for figure in finding.figures) >= newest - OLD
