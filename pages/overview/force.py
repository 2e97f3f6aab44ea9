"""Force: what the figures say about one force, what changed, what is due, how it compares."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.grades import grade_timeline
from insight.charts.spine import spine
from insight.comparing.alike import METHOD
from insight.comparing.side_by_side import side_by_side, side_by_side_to_take_away
from insight.comparing.spine import spine_rows, spine_to_read
from insight.downloads.files import period
from insight.findings import WELSH, Facts, findings_of, headlines, opening
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN
from insight.inspections.grade_changes import changes, changes_sentence
from insight.inspections.grade_tables import GRID_KEY, MARKS_KEY, SEAM, force_grades_html
from insight.inspections.grades import grades_to_take_away, own_grades
from insight.notes import BY_FORCE, doubt_notes
from insight.over_time.series import only_named, trend_words
from insight.over_time.since import since_release, since_sentence, since_to_take_away
from insight.questions import figures, force, inspections
from insight.sources import source_line
from insight.tables.comparisons import alike_to_read
from insight.tables.figures import areas_to_read, to_take_away
from insight.tables.judgments import events_to_read, inspections_to_read
from ui import address, blocks, briefing, drawn, found, shown
from ui.choices import Choices, chosen
from ui.listing import listing
from ui.reading import ask

FOUR_ANSWERS = (
    "Four different answers: “Similar” (the interval holds the average of the forces), “Not compared” (no whole figure or no "
    "interval), “No significant change” (no evidence of a trend) and “Cannot be calculated” (too few points). Measures of "
    "incidents have no interval: their words are those of a funnel, High, Low or Not significant."
)


def findings(choices: Choices, facts: Facts) -> None:
    """The headline findings, the others folded away, and the briefing."""
    made = findings_of(facts)
    st.header(f"What do the figures say about {facts.area}?", anchor=False)
    found.found(headlines(made), in_full=False)
    found.every(made, choices, f"{source_line(facts.sources)} Build {facts.build_id}.")
    briefing.buttons(choices, facts)


def comparison(choices: Choices, facts: Facts) -> None:
    """Every measure on the range of all forces."""
    if facts.in_wales:
        return
    rows = spine_rows(facts)
    chart = spine(
        rows,
        title=f"How does {choices.force.name} compare on every measure?",
        empty=f"There is no figure of {choices.force.name}.",
        force_name=choices.force.name,
        words=shown.figure_words(),
    )
    notes = [
        "Each bar runs from the lowest to the highest force, its middle half darker, the average of the forces in the middle. "
        "Higher or lower is neither good nor bad: more recorded may be better recording.",
        FOUR_ANSWERS,
        *doubt_notes(rows),
    ]
    kept = facts.sources[facts.sources["publication"].isin(set(rows["publication"]) | {"child_population"})]
    source = f"{source_line(kept)} Build {facts.build_id}."
    name = ("spine", choices.force.slug, "every-measure", str(choices.period_end.year))
    table = spine_to_read(rows, choices.force.name, shown.labels())
    blocks.chart(chart, table, source, name, notes, to_take_away(rows))


def series(choices: Choices) -> None:
    """The chosen measure of my force, its region and England."""
    named = only_named(shown.series_with_roles(choices))
    chart = drawn.series(choices, named, f"{choices.measure.title}: how has it changed?")
    notes = [trend_words(named, choices.force.code), *shown.break_notes(choices)]
    drawn.put_series(choices, chart, named, "series", notes)


def authorities(choices: Choices) -> None:
    """The parts that the force's figure is the sum of."""
    title = f"Which authorities make up the figure of {choices.force.name}, {choices.year_text}?"
    st.header(title, anchor=False)
    parts = ask(figures.parts, choices.force.code, choices.measure.measure_id, choices.period_end)
    if parts.empty:
        why = "The police publish it by force." if choices.measure.publication in BY_FORCE else WELSH
        st.info(f"This measure has no figures of authorities for {choices.force.name}. {why}")
        return
    table = areas_to_read(parts, choices.measure.__dict__, shown.labels(), "Authority")
    name = ("authorities", choices.force.slug, choices.measure.measure_id, str(choices.period_end.year))
    blocks.table_with_download(table, name, to_take_away(parts), title=title, source=shown.source_of(choices))
    st.caption(shown.source_of(choices))


def grades(choices: Choices) -> None:
    """Grades by question and cycle, with a seam where cycles cannot be compared."""
    mine = ask(inspections.grades, None, choices.force.code)
    chart = grade_timeline(
        mine,
        title=f"How was {choices.force.name} graded, cycle by cycle?",
        empty="No grades are known.",
        force_name=choices.force.name,
        cycles=ask(inspections.cycles),
        questions=ask(inspections.questions),
        words=shown.grade_words(),
    )
    words = {status: word.label for status, word in shown.grade_words().items()}
    seams = ask(inspections.seams)
    changed = changes_sentence(changes(mine, ask(inspections.cycles)))
    blocks.chart(
        chart,
        own_grades(mine, words),
        shown.inspection_source(),
        ("grades", choices.force.slug, "every-cycle", period(mine["published"])),
        [changed, *(f"{row.cycle}: {row.reason}" for row in seams.itertuples())],
        grades_to_take_away(mine),
    )
    caption = f"Grades of {choices.force.name} by question and cycle. Each letter opens the page it was read from."
    questions = ask(inspections.questions)
    listing(force_grades_html(mine, ask(inspections.cycles), questions, shown.grade_words(), caption))
    st.caption(f"{GRID_KEY} {SEAM} {MARKS_KEY}")


def child_protection(choices: Choices) -> None:
    """Child protection inspections and enhanced monitoring."""
    title = f"How was child protection by {choices.force.organisation} inspected, and what followed?"
    st.header(title, anchor=False)
    held = ask(inspections.inspections, choices.force.code)
    if held.empty:
        st.info(f"Our sources show no child protection inspection of {choices.force.name}.")
    else:
        title = f"Child protection inspections of {choices.force.name}"
        name = ("inspections", choices.force.slug, period(pd.concat([held["inspected_from"], held["published"]])))
        blocks.table_with_download(inspections_to_read(held), name, held, title=title, source=shown.protection_source())
        st.caption(f"{NO_ACTION_PLANS} {PLAN}")
    events = ask(inspections.events, choices.force.code)
    if not events.empty:
        st.markdown("**Enhanced monitoring (Engage) and causes of concern**")
        title = f"Enhanced monitoring and causes of concern: {choices.force.name}"
        name = ("monitoring", choices.force.slug, period(events["date"]))
        blocks.table_with_download(events_to_read(events), name, events, title=title, source=shown.protection_source())
    else:
        st.caption("Our sources show no enhanced monitoring and no cause of concern for this force.")
    st.caption(shown.protection_source())


def alike(choices: Choices, facts: Facts) -> None:
    """My force beside those most alike."""
    nearest = shown.most_alike_now(choices)
    if nearest.empty:
        return
    title = f"How do the forces most alike to {choices.force.name} stand?"
    st.header(title, anchor=False)
    others = ask(force.of_forces, tuple(nearest["area_code"]))
    table = side_by_side(facts, others, list(nearest["area_name"]), shown.labels())
    blocks.table_with_download(
        table,
        ("alike", choices.force.slug, facts.period),
        side_by_side_to_take_away(facts, others),
        title=title,
        source=shown.source_of_all(),
    )
    st.caption(METHOD)
    with st.expander("What they are alike by"):
        blocks.show_table(alike_to_read(nearest, shown.own_likeness(choices)))


def since(choices: Choices, facts: Facts) -> None:
    """What a later release changed."""
    releases = list(ask(force.releases)["release"])[:-1]
    if facts.in_wales or not releases:
        return
    st.header("What changed since an earlier release?", anchor=False)
    options = {release: f"Children looked after, release {release}" for release in reversed(releases)}
    picked = address.choose_one("since", "Release", options, releases[-1])
    then = ask(force.as_of, choices.force.code, picked)
    table = since_release(then, facts, picked)
    st.markdown(since_sentence(table, picked))
    if not table.empty:
        blocks.table_with_download(
            table,
            ("since-release", choices.force.slug, picked, facts.period),
            since_to_take_away(then, facts),
            title=f"What changed for {choices.force.name} since release {picked}",
            source=shown.source_of_all(),
        )


def render() -> None:
    """The page."""
    choices = chosen()
    facts = found.facts_of(choices)
    blocks.heading(choices.force.organisation, opening(facts, findings_of(facts)))
    if choices.force.in_wales:
        st.info(WELSH)
    findings(choices, facts)
    comparison(choices, facts)
    series(choices)
    authorities(choices)
    grades(choices)
    child_protection(choices)
    alike(choices, facts)
    since(choices, facts)


render()
