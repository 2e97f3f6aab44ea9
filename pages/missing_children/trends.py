"""Trends: my force over the years beside others, its region and England; breaks and gaps shown, never bridged."""

from __future__ import annotations

from functools import partial

import streamlit as st

from insight.charts.multiples import small_multiples
from insight.downloads.files import period
from insight.findings import trend
from insight.over_time.series import by_trend, only_named, row_of, trend_words, with_newest_trend
from insight.questions import figures
from insight.tables.about import revised_years_to_read
from insight.tables.comparisons import trends_to_read
from insight.tables.figures import to_take_away
from ui import address, blocks, drawn, shown
from ui.choices import Choices, chosen
from ui.reading import ask

TODAY = "today"
PANELS, PANELS_ON_A_PHONE = 5, 2


def series(choices: Choices, as_of: str) -> None:
    """The chosen measure over the years, as known today or at an earlier release."""
    frame = shown.series_with_roles(choices, as_of)
    st.markdown(trend_words(only_named(frame), choices.force.code))
    notes = [
        f"{choices.measure.definition} {choices.measure.caveats}",
        *shown.break_notes(choices),
        "No line is drawn across a missing year, a hidden figure or a break.",
    ]
    chart = drawn.series(choices, frame, f"{choices.measure.title}: is it rising or falling?")
    drawn.put_series(choices, chart, frame, f"trend{as_of}", notes)


def every_force(choices: Choices, as_of: str) -> None:
    """A small line for each force, those that rise first, then those that fall, then the rest."""
    measure = choices.measure
    frame = shown.series_with_roles(choices, as_of)
    frame = frame[frame["area_level"] == "force"]
    draw = partial(
        small_multiples,
        with_newest_trend(frame),
        title=f"{measure.title}: which forces rise, which fall?",
        empty="No force has a figure.",
        my_force=choices.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        order=by_trend(frame),
        breaks=ask(figures.breaks, measure.measure_id),
    )
    blocks.chart(
        draw(columns=PANELS),
        trends_to_read(with_newest_trend(frame), measure.__dict__, shown.labels()),
        shown.source_of(choices, every_year=True),
        ("trends", measure.measure_id, period(frame["period_end"]), f"as-of-{as_of}" if as_of else ""),
        [
            "Increasing or decreasing: a weighted line through the last five years is steeper than chance would make it once in "
            "500 times, whichever year is left out. All panels have the same scale.",
            "A triangle, or ≥, is a lower bound: a part is hidden.",
            *shown.break_notes(choices, every_force=True),
        ],
        to_take_away(frame),
        narrow=draw(columns=PANELS_ON_A_PHONE),
    )


def revisions(choices: Choices) -> None:
    """The same year as different releases give it."""
    st.header("Did a later release change earlier years?", anchor=False)
    revised = ask(figures.revisions, choices.force.code, choices.measure.numerator)
    table = revised_years_to_read(revised, shown.labels())
    if table.empty:
        st.info(f"No release has this figure for {choices.force.name}.")
        return
    label = shown.figure_label(choices.measure.numerator)
    st.caption(f"{label[:1].upper()}{label[1:]}, {choices.force.name}, as published in each release.")
    name = ("revisions", choices.force.slug, choices.measure.numerator, period(revised["period_end"]))
    title = f"{label[:1].upper()}{label[1:]}, {choices.force.name}: as published in each release"
    blocks.table_with_download(table, name, revised, title=title, source=shown.source_of(choices, every_year=True))


def choose_release(choices: Choices) -> str:
    """The release at which the page looks at the measure; empty for today's."""
    releases = list(ask(figures.releases_of_measure, choices.measure.measure_id)["release"])[:-1]
    if not releases:
        return ""
    options = {TODAY: "As known today", **{one: f"As published in release {one}" for one in reversed(releases)}}
    picked = address.choose_one("release", "Figures", options, TODAY)
    if picked == TODAY:
        return ""
    st.warning(
        f"This page shows the figures as they were published in release {picked}. Later releases have revised some of them.",
        icon=":material/history:",
    )
    return picked


def render() -> None:
    """The page."""
    choices = chosen()
    headed = st.container()
    as_of = choose_release(choices)
    row = row_of(shown.series_with_roles(choices, as_of), choices.force.code, choices.period_end)
    with headed:
        opening = trend(row or shown.my_row(choices), choices.measure.__dict__, choices.force.name, shown.labels())
        blocks.heading("Trends", opening)
    if choices.force.in_wales:
        st.info(shown.welsh_note(choices))
    series(choices, as_of)
    every_force(choices, as_of)
    revisions(choices)


render()
