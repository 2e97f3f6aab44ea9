"""The pages of a briefing, made of findings and stored figures. Nothing is computed here but what is counted for a title."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.briefing.charts import bars, lines, no_line
from insight.briefing.judgments import METHOD as JUDGED
from insight.briefing.judgments import grade_pages, inspection_page
from insight.briefing.model import Briefing, Page, Table
from insight.comparing.spine import spine_rows, spine_to_read
from insight.findings import Finding, Profile, Severity, findings_of, headlines, standing, welsh
from insight.findings.phrases import against_average, said
from insight.format import DOUBT_MARK, figure_text, is_missing, plural, upper_first, year_ending
from insight.notes import BY_FORCE
from insight.sources import source_line

NOT_LEADING = ("clock", "Wales")
FIRST = "children_missing_percent"
REPEAT = "missing_more_than_once_percent"
RELEASED = (
    ("looked_after_missing", "looked-after children"), ("assessment_factors", "assessments"),
    ("police_missing_children", "police"), ("peel_grades", "inspections"),
)  # fmt: skip
METHOD = (
    "Shares have Wilson intervals, rates Byar's or exact Poisson ones. A figure is unusually high or low beyond the limits that "
    "allow for how widely forces spread; within them it is above or below average where its 95% interval leaves the average "
    "out, about average where it holds it.",
    "More recorded may be better recording: high or low is neither good nor bad. Incidents repeat for one child, so they have no "
    "interval: within those limits they are within the usual range.",
    "A recent trend takes five years running with whole figures. “No significant change” is no proof that nothing changed.",
)
JUDGMENTS = (
    "peel_grades", "peel_grade_counts", "child_protection_inspections", "child_protection_grades",
    "child_protection_recommendations", "monitoring_events",
)  # fmt: skip
VERDICT_NOTE = (
    "Average: sum of counts over sum of denominators of the forces compared. Unusually: beyond limits adjusted for "
    "overdispersion. Above, below: the 95% interval leaves the average out. Not compared: no whole figure."
)


DOUBT_NOTE = f"{DOUBT_MARK} Doubtful, shown as published; the title does not count it."


def briefing_of(facts: Profile) -> Briefing:
    """Eight pages for an English force, six for a Welsh one."""
    found = findings_of(facts)
    figures = [_coverage(facts)] if facts.judgments_only else [
        _comparison(facts), _standing(facts, found), _trends(facts, found), _repeat(facts, found),
    ]  # fmt: skip
    judged = [*grade_pages(facts, found, both=facts.judgments_only), inspection_page(facts, found)]
    pages = [_summary(facts, found), *figures, *judged, _method(facts, found)]
    return Briefing(
        force=facts.name,
        organisation=upper_first(facts.organisation),
        build_id=facts.build_id,
        releases=_releases(facts),
        day=facts.known_on,
        figures_as_of="" if facts.until is None else f"Figures as of the {year_ending(facts.until)}",
        pages=tuple(pages),
    )


def _summary(facts: Profile, found: list[Finding]) -> Page:
    first = headlines(found)
    leading = next((one for one in first if one.rule not in NOT_LEADING), first[0] if first else None)
    title = leading.headline.rstrip(".") if leading else f"{upper_first(facts.organisation)}: what the sources show"
    rest = tuple(one.headline for one in first if one is not leading)
    told = " ".join(one.sentence for one in first)
    method = f"Every sentence is made by a rule from stored figures and verdicts; none is written by hand. In full: {told}"
    return Page(title, rest, notes=_notes(facts, method, first))


def _comparison(facts: Profile) -> Page:
    rows = spine_rows(facts)
    table = spine_to_read(rows, facts.name, facts.labels)
    columns = ["Measure", "Year ending", facts.name, "95% interval", "Average of forces", "Lowest", "Highest", "Verdict"]
    title = standing(facts)
    cells = tuple(tuple(row[name] for name in columns) for row in table.records())
    shares = (2.7, 1.2, 1.7, 1.3, 1.45, 0.85, 0.9, 1.9)
    caption = f"Every measure of {facts.name} beside the average and the range of forces"
    page = Table(caption, tuple(columns), cells, shares)
    doubtful = any(DOUBT_MARK in cell for row in cells for cell in row)
    foot = f"{VERDICT_NOTE} {DOUBT_NOTE}" if doubtful else VERDICT_NOTE
    return Page(title, table=page, foot=foot, notes=_notes(facts, " ".join(METHOD)))


def _standing(facts: Profile, found: list[Finding]) -> Page:
    row = _newest(facts, FIRST)
    levels = [one for one in found if one.rule in ("level", "rank") and one.figures and one.figures[0].subject == FIRST]
    levels += [one for one in found if one.rule == "level" and one not in levels and one.severity >= Severity.NOTABLE][:3]
    levels += [one for one in found if one.rule in ("hidden figures", "never ranked")] if len(levels) < 3 else []
    return Page(
        _level_title(facts, row), tuple(one.sentence for one in levels) or (_nothing(facts, row),), chart=bars(facts, row),
        notes=_notes(facts, f"{row['definition']} {row['caveats']}", levels),
    )  # fmt: skip


def _trends(facts: Profile, found: list[Finding]) -> Page:
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
    row = _newest(facts, _drawn_measure(moved or still))
    chart = lines(facts, str(row["measure_id"]))
    texts = [one.sentence for one in bullets] + ([] if chart else [no_line(facts, row)])
    notes = "Recent trend: weighted least squares over five years, 99.8%, the slope keeping its sign without any one of them."
    return Page(title, tuple(texts), chart=chart, notes=_notes(facts, notes, bullets))


def _drawn_measure(findings: list[Finding]) -> str:
    """The measure of the first finding, so that the chart shows what the title tells."""
    return findings[0].figures[0].subject if findings and findings[0].figures else FIRST


def _repeat(facts: Profile, found: list[Finding]) -> Page:
    row = _newest(facts, REPEAT)
    bullets = sorted((one for one in found if one.rule == "repeat missing"), key=lambda one: one.figures[0].subject != REPEAT)
    ranks = [one for one in found if one.rule == "rank" and one.figures[0].subject == REPEAT]
    missing = [one for one in found if one.rule == "no figure"] if not bullets else []
    chosen = [*bullets, *ranks, *missing]
    chart = lines(facts, REPEAT)
    texts = [one.sentence for one in chosen] or [_nothing(facts, row)]
    texts += [] if chart else [no_line(facts, row)]
    return Page(
        _level_title(facts, row), tuple(texts), chart=chart, notes=_notes(facts, f"{row['definition']} {row['caveats']}", chosen)
    )  # fmt: skip


def _coverage(facts: Profile) -> Page:
    title = f"The figures on missing children leave {facts.area} out: they cover England only"
    said = f"So nothing is said here of missing children in {facts.area}, and nothing is estimated in its place."
    if facts.held:
        title = f"Of {facts.area} the police tables alone give numbers: the other figures cover England only"
        newest = [row for row in facts.newest() if not is_missing(row["value"])]
        said = " ".join(
            f"{row['short_title']}, {year_ending(row['period_end'])}: "
            f"{figure_text(row, int(row['decimals']), str(row['unit']), facts.labels)}."
            for row in newest
        )
    bullets = (
        welsh(facts.held),
        said,
        f"What there is: the grades of {facts.organisation} in every inspection cycle, its child protection inspections with "
        "what followed, and enhanced monitoring.",
    )
    return Page(title, bullets, notes=_notes(facts, "The measures that cover England only are named on the page about methods."))


def _method(facts: Profile, found: list[Finding]) -> Page:
    limits = [one.sentence for one in found if one.severity == Severity.LIMIT and one.rule not in ("clock", "unknown trend")]
    source = source_line(_used(facts))
    method = (JUDGED,) if facts.judgments_only else (*METHOD, JUDGED)
    title = "What the figures cannot say, how they were made, and where they come from"
    return Page(title, (*limits, *method), foot=source, notes=_notes(facts, " ".join(method)))


def _used(facts: Profile) -> pd.DataFrame:
    """The sources that the briefing rests on: of a Welsh force the judgments, and the police tables if they have it."""
    used = (*JUDGMENTS, *BY_FORCE) if facts.held else JUDGMENTS
    return facts.sources[facts.sources["publication"].isin(used)] if facts.judgments_only else facts.sources


def _level_title(facts: Profile, row: dict[str, Any]) -> str:
    """The figure and its verdict as a headline."""
    if is_missing(row["value"]):
        why = facts.labels[row["status"]].lower()
        return f"{row['title']}: no figure for {facts.area} ({why}), {year_ending(row['period_end'])}"
    figure = figure_text(row, int(row["decimals"]), str(row["unit"]), facts.labels)
    return f"In {facts.area}, {said(row, figure)} ({row['period_end'].year}), {against_average(row)}"


def _nothing(facts: Profile, row: dict[str, Any]) -> str:
    return f"There is no figure of {facts.area} for “{row['title']}”: {facts.labels[row['status']].lower()}."


def _newest(facts: Profile, measure_id: str) -> dict[str, Any]:
    rows = facts.newest()
    return next((row for row in rows if row["measure_id"] == measure_id), rows[0])


def _notes(facts: Profile, method: str, findings: list[Finding] | None = None) -> str:
    """What a speaker is told: method, then the sources of the figures on the page."""
    sources = dict.fromkeys(figure.source for one in findings or [] for figure in one.figures)
    told = "; ".join(sources) if sources else source_line(_used(facts)).removeprefix("Source: ")
    return f"Method: {method}\nSource: {told}\nBuild {facts.build_id}."


def _releases(facts: Profile) -> str:
    """'Releases 2024 (looked-after children), 2025 (assessments), …'."""
    newest = _used(facts).sort_values("release").groupby("publication")["release"].last()
    parts = [f"{newest[publication]} ({name})" for publication, name in RELEASED if publication in newest.index]
    return f"Releases {', '.join(parts)}"
