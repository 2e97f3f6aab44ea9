"""The pages of a briefing, made of findings and stored figures. Nothing is computed here but what is counted for a title."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from insight.briefing.judged import grade_pages, inspection_page
from insight.briefing.model import BarChart, Briefing, Line, LineChart, Page, Table
from insight.findings import WELSH, Facts, Finding, Severity, findings_of, headlines
from insight.findings.phrases import level_of, said, upper_first, verdict_words
from insight.sources import source_line
from insight.spine import spine_rows, spine_to_read
from insight.words import figure_text, is_lower_bound, is_missing, listed, plural, short_value, year_ending

NOT_LEADING = ("clock", "Wales")
FIRST = "children_missing_percent"
REPEAT = "missing_more_than_once_percent"
RELEASED = (
    ("looked_after_missing", "looked-after children"), ("assessment_factors", "assessments"),
    ("police_missing_children", "police"), ("peel_grades", "inspections"),
)  # fmt: skip
METHOD = (
    "Shares have Wilson intervals, rates Byar's or exact Poisson ones. A figure is similar to the average of the forces "
    "compared where its 95% interval holds that average, higher or lower where it does not, with the level reached.",
    "More recorded may be better recording: higher or lower is neither good nor bad. Incidents repeat for one child, so they "
    "have no interval; they are set against funnel limits adjusted for overdispersion.",
    "A recent trend takes five years running with whole figures. “No significant change” is no proof that nothing changed.",
)
VERDICT_NOTE = (
    "Average: sum of counts over sum of denominators of the forces compared. Similar: the 95% interval holds it. Not compared: "
    "no whole figure. High, Low, Not significant: funnel limits adjusted for overdispersion, for measures of incidents."
)


def briefing_of(facts: Facts) -> Briefing:
    """Eight pages for an English force, six for a Welsh one."""
    found = findings_of(facts)
    figures = [_coverage(facts)] if facts.in_wales else [
        _comparison(facts), _standing(facts, found), _trends(facts, found), _repeat(facts, found),
    ]  # fmt: skip
    judged = [*grade_pages(facts, found, both=facts.in_wales), inspection_page(facts, found)]
    pages = [_summary(facts, found), *figures, *judged, _method(facts, found)]
    return Briefing(
        force=facts.name,
        organisation=upper_first(facts.organisation),
        build_id=facts.build_id,
        releases=_releases(facts),
        day=facts.as_of,
        pages=tuple(pages),
    )


def _summary(facts: Facts, found: list[Finding]) -> Page:
    first = headlines(found)
    leading = next((one for one in first if one.rule not in NOT_LEADING), first[0] if first else None)
    title = lead(leading.sentence) if leading else f"{upper_first(facts.organisation)}: what the sources show"
    notes = _notes(facts, "Every sentence is made by a rule from stored figures and verdicts; none is written by hand.", first)
    return Page(title, tuple(one.sentence for one in first), notes=notes)


def lead(sentence: str) -> str:
    """The opening clause of a finding, for a title: what comes before its brackets, its list or its verdict."""
    return re.split(r" \(|: |; |, which|\. ", sentence)[0].rstrip(".")


def _comparison(facts: Facts) -> Page:
    rows = spine_rows(facts)
    table = spine_to_read(rows, facts.name, facts.labels)
    columns = ["Measure", "Year ending", facts.name, "95% interval", "Average of forces", "Lowest", "Highest", "Verdict"]
    kept = table[columns]
    counted = Counter(_side(row) for row in rows.to_dict("records"))
    parts = [f"{word} on {counted[word]}" for word in ("higher", "lower", "as others", "not compared") if counted[word]]
    title = f"Against the average of forces, {facts.area} is {listed(parts)} of {len(rows)} measures"
    cells = tuple(tuple(str(cell) for cell in row) for row in kept.itertuples(index=False))
    shares = (3.0, 1.2, 1.8, 1.4, 1.3, 0.9, 0.9, 1.5)
    caption = f"Every measure of {facts.name} beside the average and the range of forces"
    page = Table(caption, tuple(columns), cells, shares)
    return Page(title, table=page, foot=VERDICT_NOTE, notes=_notes(facts, " ".join(METHOD)))


def _side(row: dict[str, Any]) -> str:
    word = str(row["verdict"])
    if is_missing(row["value"]) or is_lower_bound(row) or word == "Not compared":
        return "not compared"
    sides = {"Higher": "higher", "High": "higher", "Lower": "lower", "Low": "lower", "Better": "higher", "Worse": "lower"}
    return sides.get(word.split(" ")[0], "as others")


def _standing(facts: Facts, found: list[Finding]) -> Page:
    row = _newest(facts, FIRST)
    levels = [one for one in found if one.rule in ("level", "rank") and one.figures and one.figures[0].subject == FIRST]
    levels += [one for one in found if one.rule == "level" and one not in levels and one.severity >= Severity.NOTABLE][:3]
    levels += [one for one in found if one.rule == "hidden figures"] if len(levels) < 3 else []
    return Page(
        _level_title(facts, row), tuple(one.sentence for one in levels) or (_nothing(facts, row),), chart=_bars(facts, row),
        notes=_notes(facts, f"{row['definition']} {row['caveats']}", levels),
    )  # fmt: skip


def _trends(facts: Facts, found: list[Finding]) -> Page:
    moved = [one for one in found if one.rule == "trend"]
    still = [one for one in found if one.rule == "no trend"] + [one for one in found if one.rule == "unknown trend"]
    changed = [one for one in found if one.rule == "change"]
    counts = [one for one in found if one.rule == "count"]
    title = (
        f"{plural(len(moved), 'measure')} of {facts.area} moved significantly over five years"
        if moved
        else f"No measure of {facts.area} shows a significant trend over five years"
    )
    bullets = [*moved[:2], *changed[:1], *counts[:1], *still[:1]]
    notes = "Recent trend: weighted least squares over five years, 99.8%, the slope keeping its sign without any one of them."
    return Page(
        title, tuple(one.sentence for one in bullets), chart=_lines(facts, FIRST), notes=_notes(facts, notes, bullets)
    )  # fmt: skip


def _repeat(facts: Facts, found: list[Finding]) -> Page:
    row = _newest(facts, REPEAT)
    bullets = sorted((one for one in found if one.rule == "repeat missing"), key=lambda one: one.figures[0].subject != REPEAT)
    ranks = [one for one in found if one.rule == "rank" and one.figures[0].subject == REPEAT]
    missing = [one for one in found if one.rule == "no figure"] if not bullets else []
    chosen = [*bullets, *ranks, *missing]
    return Page(
        _level_title(facts, row), tuple(one.sentence for one in chosen) or (_nothing(facts, row),), chart=_lines(facts, REPEAT),
        notes=_notes(facts, f"{row['definition']} {row['caveats']}", chosen),
    )  # fmt: skip


def _coverage(facts: Facts) -> Page:
    title = f"The figures on missing children leave {facts.area} out: they cover England only"
    bullets = (
        WELSH,
        f"So nothing is said here of missing children in {facts.area}, and nothing is estimated in its place.",
        f"What there is: the grades of {facts.organisation} in every inspection cycle, its child protection inspections with "
        "their clock, and enhanced monitoring.",
    )
    return Page(title, bullets, notes=_notes(facts, "The measures that cover England only are named on the page about methods."))


def _method(facts: Facts, found: list[Finding]) -> Page:
    limits = [one.sentence for one in found if one.severity == Severity.LIMIT and one.rule not in ("clock", "unknown trend")]
    source = source_line(facts.sources)
    title = "What the figures cannot say, how they were made, and where they come from"
    return Page(title, (*limits, *(() if facts.in_wales else METHOD), source), notes=source)


def _level_title(facts: Facts, row: dict[str, Any]) -> str:
    """The figure and its verdict as a headline."""
    if is_missing(row["value"]):
        why = facts.labels[row["status"]].lower()
        return f"{row['title']}: no figure for {facts.area} ({why}), {year_ending(row['period_end'])}"
    figure = figure_text(row, int(row["decimals"]), str(row["unit"]), facts.labels)
    word = str(row["compared_with_nation"])
    against = "not compared" if word == "Not compared" else f"{verdict_words(word)} the average of forces{level_of(word)}"
    return f"In {facts.area}, {said(row, figure)} ({row['period_end'].year}): {against}"


def _nothing(facts: Facts, row: dict[str, Any]) -> str:
    return f"There is no figure of {facts.area} for “{row['title']}”: {facts.labels[row['status']].lower()}."


def _newest(facts: Facts, measure_id: str) -> dict[str, Any]:
    rows = facts.newest()
    return next((row for row in rows if row["measure_id"] == measure_id), rows[0])


def _bars(facts: Facts, row: dict[str, Any]) -> BarChart | None:
    """My force among lowest, quarters and highest of the forces, with region and average: highest first."""
    named = [("minimum", "Lowest force"), ("p25", "Lower quarter"), ("p50", "Middle force"), ("p75", "Upper quarter")]
    named += [("maximum", "Highest force"), ("average", "Average of forces"), ("region_value", str(row["region_name"]))]
    held = [(label, float(row[column])) for column, label in named if not is_missing(row[column])]
    mine = None
    if not is_missing(row["value"]):
        mine = (f"{facts.name}, at least" if is_lower_bound(row) else facts.name, float(row["value"]))
        held.append(mine)
    if not held:
        return None
    held.sort(key=lambda pair: -pair[1])
    decimals, unit = int(row["decimals"]), str(row["unit"])
    alt = "; ".join(f"{label} {short_value(value, decimals, unit)}" for label, value in held)
    title = f"{row['short_title']}, {year_ending(row['period_end'])}"
    names, values = zip(*held, strict=True)
    return BarChart(title, names, values, held.index(mine) if mine else None, unit, decimals, f"{title}: {alt}.")


def _lines(facts: Facts, measure_id: str) -> LineChart | None:
    """A measure over the years: my force where its figure is whole, its region, England."""
    rows = facts.series(measure_id)
    if not rows:
        return None
    years = tuple(str(row["period_end"].year) for row in rows)
    mine = tuple(None if is_missing(row["value"]) or is_lower_bound(row) else float(row["value"]) for row in rows)
    region, nation = (
        tuple(None if is_missing(row[column]) else float(row[column]) for row in rows)
        for column in ("region_value", "nation_value")
    )
    lines = [
        Line(facts.name, mine, "mine"),
        Line(str(rows[0]["region_name"]), region, "region"),
        Line("England", nation, "nation"),
    ]
    held = tuple(line for line in lines if any(value is not None for value in line.values))
    decimals, unit = int(rows[0]["decimals"]), str(rows[0]["unit"])
    last = [
        f"{line.name} {short_value(line.values[-1], decimals, unit)}" for line in held if line.values[-1] is not None
    ]  # fmt: skip
    hidden = sum(value is None for value in mine)
    gaps = f" {facts.name} has no whole figure in {plural(hidden, 'year')}." if hidden else ""
    title = f"{rows[0]['short_title']}, years ending March"
    alt = f"{title} {years[0]} to {years[-1]}. In {years[-1]}: {', '.join(last) or 'no figure'}.{gaps}"
    return LineChart(title, years, held, unit, decimals, alt)


def _notes(facts: Facts, method: str, findings: list[Finding] | None = None) -> str:
    """What a speaker is told: method, then the sources of the figures on the page."""
    sources = dict.fromkeys(figure.source for one in findings or [] for figure in one.figures)
    told = "; ".join(sources) if sources else source_line(facts.sources).removeprefix("Source: ")
    return f"Method: {method}\nSource: {told}\nBuild {facts.build_id}."


def _releases(facts: Facts) -> str:
    """'Releases 2024 (looked-after children), 2025 (assessments), …'."""
    newest = facts.sources.sort_values("release").groupby("publication")["release"].last()
    parts = [f"{newest[publication]} ({name})" for publication, name in RELEASED if publication in newest.index]
    return f"Releases {', '.join(parts)}"
