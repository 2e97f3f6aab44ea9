"""Which views a briefing shows, in which order and under which finding: all it says comes from views and findings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from insight.briefing.model import Briefing, Chart, Page
from insight.briefing.summary import blocks, leading
from insight.charts import palette
from insight.charts.excerpt import excerpt
from insight.charts.model.bars import BarChart
from insight.charts.model.lines import LineChart
from insight.findings import Finding, Profile, Severity, findings_of, opening, standing
from insight.format import is_missing, listed, upper_first, year_ending
from insight.glossary import SHORT_FORMS
from insight.inspections.clock_words import NO_ACTION_PLANS
from insight.queries import inspections
from insight.queries.ask import Ask
from insight.queries.left_out import own_releases, refuse_own
from insight.tables.model import Cell, Grade, Heading, Look, Table, text_of
from insight.views import follow_up, forces_compared, over_time, profile, protecting, side_by_side
from insight.views.context import Context
from insight.views.england_detail import newer_england
from insight.views.neighbours import NOT_OFFICIAL, against_similar, nearest
from insight.views.selection import register
from insight.views.view import View
from vocabulary import LEADING_MEASURE, PROTECTING

FIRST, REPEAT = LEADING_MEASURE, "missing_more_than_once_percent"
MOST_SAID = 4  # sentences beside a chart
MOST_BESIDE = 3  # other forces that a page has room for in a table
NEWEST_CYCLES = 2
GRADE_RULES = ("low grades", "other grades")
NOT_IN_TABLE = ("grades not found", "not comparable")
LEVEL_RULES = ("level", "rank", "no figure", "never ranked", "hidden figures")
MEASURED = ("looked_after_missing", "assessment_factors", "police_missing_children")
JUDGED = ("peel_grades", "child_protection_inspections", "monitoring_events")
RANGE = ("Lowest", "Lower quarter", "Middle", "Upper quarter", "Highest", "Forces")  # of all forces, which the chart shows
LIMITS = "Limits of the data, and how the figures were made"


def briefing_of(context: Context) -> Briefing:
    """The briefing of the selected force: the newest of everything, or what was known by the year that was selected.

    Raises:
        OwnData: the build holds what a user added, and nobody has said that it may be published.
    """
    refuse_own(context.ask(own_releases))
    facts = context.profile()
    facts = replace(
        facts,
        grades=facts.grades if facts.until is None else facts.known_grades,
        inspections=facts.published(facts.inspections),
        events=facts.published(facts.events, "date"),
    )
    told = findings_of(facts)
    known = replace(
        context, ask=_known_by(context.ask, facts), profile_of=lambda code, until: facts, found_in=lambda code, until: told
    )
    found = [finding for finding in told if not finding.wider]  # it tells the main measures
    measured = _of_wales(known, found) if facts.judgements_only else _measured(known, found)
    summary = _summary(known, found)
    judged = [*_grades(known, found, summary.title), _inspections(known, found), _monitoring(known, found)]
    # The two long tables first: the shorter parts after them fill the pages of the PDF.
    pages = [page for page in (summary, *measured[:1], _beside(known), *measured[1:], *judged) if page is not None]
    pages.append(_limits(known, found, {said for page in pages for said in page.sentences}))
    noted = [replace(page, notes=f"{page.notes}\nBuild {facts.build_id}.".strip()) for page in pages]
    publications = (*(() if facts.judgements_only else MEASURED), *JUDGED)
    return Briefing(
        force=facts.name,
        organisation=upper_first(facts.organisation),
        build_id=facts.build_id,
        prepared_from=tuple(facts.source_named(one) for one in publications),
        day=facts.known_on,
        figures_as_of="" if facts.until is None else f"figures as of the {year_ending(facts.until)}",
        pages=tuple(_with_terms(noted)),
    )


def _known_by(ask: Ask, facts: Profile) -> Ask:
    """Answers without the years and judgements of the force that came after the year that was selected."""
    if facts.until is None:
        return ask
    held: dict[Any, tuple[pd.DataFrame, str]] = {
        inspections.grades: (facts.grades, "published"),
        inspections.inspections: (facts.inspections, "published"),
        inspections.events: (facts.events, "date"),
    }

    def cut(question: Any, /, *arguments: Any) -> pd.DataFrame:
        own, column = held.get(question, (None, ""))
        if own is not None and facts.force["force_code"] in arguments:
            return own
        frame = facts.published(ask(question, *arguments), column) if column else ask(question, *arguments)
        return frame[pd.to_datetime(frame["period_end"]) <= pd.Timestamp(facts.until)] if "period_end" in frame else frame

    return cut


def _page(view: View, title: str, said: Iterable[Finding] = (), **more: Any) -> Page:
    """A view under the fact that it shows: the first finding in full, the others in short, none that only repeats the title."""
    told = (one.headline if place else one.sentence for place, one in enumerate(said))
    sentences = tuple(text for text in told if text.rstrip(".") != title.rstrip("."))
    notes = "\n".join(part for part in (*view.notes, view.source) if part)
    made = Page(
        title.rstrip("."),
        sentences,
        cautions=view.cautions,
        source=f"Source: {view.short_source}." if view.short_source else view.source,
        notes=notes,
    )
    return replace(made, **more)


def _summary(context: Context, found: list[Finding]) -> Page:
    facts = context.profile()
    return Page(leading(facts, found).rstrip("."), blocks=blocks(context), notes=opening(facts, found))


def _of_wales(context: Context, found: list[Finding]) -> list[Page | None]:
    """The figures of a Welsh force, where a police table has any."""
    view, told = protecting.own_measures(context), [one for one in found if one.rule == "Wales"]
    if view.table is None or not context.profile().held:
        return []
    return [_page(view, told[0].headline, told, tables=(view.table.titled(view.question),))]


def _measured(context: Context, found: list[Finding]) -> list[Page | None]:
    facts = context.profile()
    main = facts.of_measures(wider=False)
    every = profile.every_measure(replace(context, profile_of=lambda code, until: main))
    table = None if every.table is None else every.table.without(*RANGE)
    caption = f"The main measures of {facts.name} beside the average of forces"
    return [
        _page(every, standing(main), tables=() if table is None else (table.titled(caption),)),
        _among_forces(context, found),
        _moved(context, found),
        _again(context, found),
    ]


def _of_measure(context: Context, measure_id: str) -> Context:
    return replace(context, selection=register(context.ask).with_measure(context.selection, measure_id))


def _drawn(view: View) -> Chart | None:
    """The view's chart, where the reader's own force is in it."""
    chart = view.chart
    if isinstance(chart, BarChart):
        return excerpt(chart) if chart.bars else None
    own = isinstance(chart, LineChart) and any(line.role == "mine" and (line.runs or line.bounds) for line in chart.lines)
    return chart if isinstance(chart, LineChart) and own else None


def _among_forces(context: Context, found: list[Finding]) -> Page:
    view = forces_compared.ranked(_of_measure(context, FIRST))
    about = [one for one in found if one.rule in LEVEL_RULES and (not one.figures or _subject(one) == FIRST)]
    about.sort(key=lambda one: LEVEL_RULES.index(one.rule))
    others = [one for one in found if one.rule == "level" and one.severity >= Severity.NOTABLE and one not in about]
    title = about[0].headline if about else view.question
    return _page(view, title, [*about, *others][:MOST_SAID], chart=_drawn(view))


def _moved(context: Context, found: list[Finding]) -> Page | None:
    """The measure of the first trend, so that the chart shows what the title tells; else the first measure."""
    told = [one for rule in ("trend", "change", "count", "no trend", "unknown trend") for one in found if one.rule == rule]
    measure_id = _subject(told[0]) if told and told[0].rule == "trend" else FIRST
    view = over_time.of_one_force(_of_measure(context, measure_id))
    chart = _drawn(view)
    return _page(view, told[0].headline, told[:MOST_SAID], chart=chart) if told and (chart or told[0].rule == "trend") else None


def _again(context: Context, found: list[Finding]) -> Page | None:
    """How often the same children went missing: the chart is of the measure that the title tells."""
    told = sorted((one for one in found if one.rule == "repeat missing"), key=lambda one: _subject(one) != REPEAT)
    if not told:
        return None
    view = over_time.of_one_force(_of_measure(context, _subject(told[0])))
    return _page(view, told[0].headline, told, chart=_drawn(view))


def _subject(finding: Finding) -> str:
    return finding.figures[0].subject if finding.figures else ""


def _grades(context: Context, found: list[Finding], before: str) -> list[Page]:
    """The two newest cycles side by side; of a force without figures the earlier ones too.

    Args:
        before: the title of the summary, which of a force without figures stands just above.
    """
    view = profile.grades_by_cycle(context)
    told = [one for rule in NOT_IN_TABLE for one in found if one.rule == rule]
    titles = [one.headline for one in found if one.rule in ("grades", *GRADE_RULES, *NOT_IN_TABLE)]
    if context.profile().judgements_only:
        titles = [one for one in titles if one.rstrip(".") != before] or titles
    title = next(iter(titles), view.question)
    cycles = [] if view.table is None or not view.table.rows else list(dict.fromkeys(text_of(row[0]) for row in view.table.rows))
    tables = [_cycle(view.table, cycle) for cycle in cycles[:NEWEST_CYCLES] if view.table is not None]
    pages = [_page(view, title, told, tables=tuple(one for one in tables if one.rows))]
    if context.profile().judgements_only and cycles[NEWEST_CYCLES:]:
        pages.append(_earlier(context, cycles[:NEWEST_CYCLES], view))
    return pages


def _cycle(table: Table, cycle: str) -> Table:
    """The questions that a cycle asked, with grade and who reported it; without those that the report leaves out."""
    own = table.part("Cycle", cycle).without("Published")
    asked = replace(own, rows=tuple(row for row in own.rows if text_of(row[1]) != "Not in this report"))
    reporters = {text_of(row[2]) for row in asked.rows} - {""}
    if len(reporters) > 1:
        return graded(asked).titled(f"PEEL {cycle}")
    return graded(asked.without("Source")).titled(f"PEEL {cycle}, source: {reporters.pop()}" if reporters else f"PEEL {cycle}")


def _earlier(context: Context, newest: list[str], view: View) -> Page:
    grid = follow_up.own_grades(context).grid
    assert grid is not None
    grid = grid.without(*newest)
    rows = tuple(row for row in grid.rows if any(text_of(cell) in palette.GRADES for cell in row[1:]))
    cycles = context.ask(inspections.cycles)
    levels = cycles.loc[cycles["cycle"].isin(grid.headings[1:]), "level"].unique()
    table = graded(replace(grid, rows=rows)).titled(f"PEEL until {grid.headings[1]}, by {listed(list(levels))}")
    title, _, which = view.notes[0].partition(". ")
    return _page(view, title, sentences=(which,) if which else (), tables=(table,) if rows else (), cautions=())


def graded(table: Table) -> Table:
    """The same table with every grade as a grade by its full name, so that it has its colour."""

    def cell(one: Cell) -> Cell:
        text = text_of(one)
        return (Grade(text, text, text),) if text in palette.GRADES else (text,)

    return replace(table, rows=tuple((row[0], *map(cell, row[1:])) for row in table.rows))


def _inspections(context: Context, found: list[Finding]) -> Page:
    """What followed each inspection, after what our sources do not show."""
    view = profile.inspections_of_child_protection(context)
    told = [one for rule in ("clock", "child protection grades", "case files") for one in found if one.rule == rule]
    asking = sorted(told, key=lambda one: -one.severity)
    title = upper_first(asking[0].headline) if asking else view.empty
    left_out = ("Action plan expected", "Planned return", "Review published", "Source")
    tables = () if view.table is None else (view.table.without(*left_out).titled(f"{view.question}, newest first"),)
    # What followed the newest inspection is told once: where it is the title, its dates stand in the table.
    more = [one.sentence for one in told if not (one.rule == "clock" and tables and upper_first(one.headline) == title)]
    return _page(view, title, sentences=(NO_ACTION_PLANS, *more), tables=tables)


def _monitoring(context: Context, found: list[Finding]) -> Page | None:
    view = profile.monitoring(context)
    told = [one for one in found if one.rule in ("causes of concern", "enhanced monitoring")]
    if view.table is None or not told:
        return None
    table = view.table.without("Source").titled(f"{view.question}, newest first")
    return _page(view, told[0].headline, told, tables=(table,))


def with_few_beside(context: Context) -> Context:
    """Compared with the first of the forces that the reader chose, else of the similar ones: as many as a page has room for."""
    others = context.selection.compared or tuple(nearest(context)["area_code"])
    return replace(context, selection=replace(context.selection, compared=others[:MOST_BESIDE]))


def _beside(context: Context) -> Page | None:
    """The forces that the reader compares with, else those most similar: every figure, and the grades for vulnerable people."""
    if context.profile().judgements_only:
        return None
    view = side_by_side.beside_others(with_few_beside(context))
    if view.table is None:
        return None
    said = view.answer if context.selection.compared else against_similar(context)
    title, _, more = (said or view.question).partition(". ")
    arrows = f"{view.notes[0].partition('. ')[0]}."
    cautions = [*view.cautions, *([NOT_OFFICIAL] if len(nearest(context)) else []), *([more] if more else []), arrows]
    main = {str(row["short_title"]) for row in context.profile().of_measures(wider=False).newest()}
    return _page(view, title, tables=(_in_short(view.table, main).titled(view.question),), cautions=tuple(cautions))


def _in_short(table: Table, measures: set[str]) -> Table:
    """The figures without what is said of each, and of the grades the question of vulnerable people in every cycle.

    Args:
        measures: short titles of those for which there is room.
    """
    rows, sections = [], [""]
    for row in table.rows:
        if row[0] and isinstance(row[0][0], Heading):
            sections.append(row[0][0].text)
        elif any(isinstance(part, Grade) for cell in row for part in cell):
            if text_of(row[0]).startswith(PROTECTING):
                rows.append(((f"{PROTECTING} ({sections[-1].rpartition(', ')[2]})",), *row[1:]))
        elif text_of(row[0]).rpartition(", ")[0] in measures:
            rows.append(tuple(cell[:1] for cell in row))
    return graded(replace(table, rows=tuple(rows), mine=(), look=Look.FIGURES))


def _limits(context: Context, found: list[Finding], already: set[str]) -> Page:
    """Limits of the data, less what this or an earlier page says in the same words."""
    facts = context.profile()
    limits = [one for one in found if (one.severity == Severity.LIMIT and one.rule != "clock") or one.rule == "Wales"]
    views = [profile.inspections_of_child_protection(context)]
    if not facts.judgements_only:
        views.insert(0, forces_compared.ranked(_of_measure(context, FIRST)))
    own = [one.sentence for one in limits]
    said = dict.fromkeys([*own, *(note for view in views for note in view.notes)])
    later = "" if facts.judgements_only else newer_england(context)[1]
    said |= {later: None} if later else {}
    why = facts.force["unranked_because"]
    texts = [text for text in said if text not in already and not _told_again(text, why, own)]
    return Page(LIMITS, tuple(text.removeprefix(f"{NO_ACTION_PLANS} ") if NO_ACTION_PLANS in already else text for text in texts))


def _told_again(text: str, why: str | None, own: list[str]) -> bool:
    """Whether it says why a force is never ranked, which its own finding has told."""
    return not is_missing(why) and text.endswith(str(why)) and text not in own


def _with_terms(pages: list[Page]) -> Iterable[Page]:
    """Each term spelt out on the first page that uses it."""
    told: set[str] = set()
    for page in pages:
        texts = [page.title, *page.sentences, *page.cautions, *(cell for one in page.tables for cell in _texts(one))]
        texts += [text for one in page.blocks for text in (one.title, *one.lines, *(chip.label for chip in one.chips))]
        new = [term for term in SHORT_FORMS if term not in told and re.search(rf"\b{term}\b", " ".join(texts))]
        told |= set(new)
        spelt = " ".join(f"{term}: {SHORT_FORMS[term]}." for term in new)
        yield replace(page, cautions=(*page.cautions, spelt)) if spelt else page


def _texts(table: Table) -> list[str]:
    return [table.caption, *table.headings, *(text_of(cell) for row in table.rows for cell in row)]
