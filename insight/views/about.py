"""The data themselves: sources, coverage, checks, revisions, what words and symbols mean, what is new."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from insight.addresses import FORCE_FILE, FORCES_FILE, MEASURE_FILE
from insight.downloads.files import period
from insight.format import long_day, number
from insight.glossary import SYMBOLS_QUESTION
from insight.queries import about, figures, inspections
from insight.sources import licence_line, source_line
from insight.tables.about import (
    breaks_to_read,
    checks_to_read,
    coverage_to_read,
    definitions_to_read,
    revisions_to_read,
    sources_to_read,
    statuses_to_read,
    terms_to_read,
)
from insight.tables.figures import to_take_away
from insight.views.context import Context
from insight.views.selection import FORCE, MEASURE, rests_on
from insight.views.view import View
from vocabulary import PRODUCT

ONE_RELEASE_A_YEAR = (
    "All figures of a year come from one release, the newest that has that year, because councils are reorganised "
    "between releases."
)
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
READERS, DAY = "### For readers", re.compile(r"\d{4}-\d\d-\d\d")
OWN_WORDS = "Words of this project; symbols as publishers print them."
CITE = PRODUCT + ", build {build} of {day}. Compiled from figures of {publishers}. {licence}"


@rests_on()
def opening(context: Context) -> str:
    """When these data were made, and from how many files."""
    made, sources = context.ask(about.build).iloc[0]["built_at"], context.ask(about.sources)
    return f"Last updated {long_day(made)} from {len(sources)} published files."


@rests_on()
def sources(context: Context) -> View:
    """Publications and releases."""
    frame = context.ask(about.sources)
    return View(
        name=("sources",),
        question="Where do the figures come from?",
        table=sources_to_read(frame),
        data=frame,
        notes=(ONE_RELEASE_A_YEAR,),
        source=source_line(frame),
    )


@rests_on()
def coverage(context: Context) -> View:
    """How many forces have a figure, by measure and year."""
    frame = context.ask(about.coverage)
    return View(
        name=("coverage", period(frame["period_end"])),
        question="How many forces have a figure?",
        table=coverage_to_read(frame, len(context.ask(figures.forces))),
        data=frame,
        source=context.source_of_figures(),
    )


@rests_on()
def checks(context: Context) -> View:
    """Outcome of the checks on this build."""
    found = context.ask(about.checks)
    return View(
        name=("checks",),
        question="Which checks did these data pass?",
        answer=f"{number(int(found['passed'].sum()))} of {number(len(found))} checks passed.",
        table=checks_to_read(found),
        source="Checks that this project makes of every build.",
    )


@rests_on()
def revisions(context: Context) -> View:
    """Figures that a later release changed."""
    revised = context.ask(about.revised)
    return View(
        name=("revisions", period(revised["period_end"])),
        question="Which figures did a later release change?",
        answer=f"{number(len(revised))} figures of forces and England differ between one release and the next. "
        "Publishers revise earlier years when councils correct their returns.",
        table=revisions_to_read(revised, context.ask(about.figures)),
        data=revised,
        source=context.source_of_figures(),
    )


@rests_on()
def definitions(context: Context) -> View:
    """What each measure is."""
    frame = context.ask(figures.measures)
    return View(
        name=("measures",),
        question="What is each measure?",
        table=definitions_to_read(frame, context.ask(about.figures)),
        data=frame,
        source=context.source_of_figures(),
    )


@rests_on()
def statuses(context: Context) -> View:
    """Symbols and marks of figures and grades."""
    table = statuses_to_read(context.ask(figures.statuses), context.ask(inspections.grade_statuses))
    return View(("statuses",), SYMBOLS_QUESTION, table=table, source=OWN_WORDS)


@rests_on()
def glossary(context: Context) -> View:
    """Terms that readers meet."""
    return View(("glossary",), "What do the terms mean?", table=terms_to_read(), source=OWN_WORDS)


def whats_new(file: Path = CHANGELOG) -> tuple[str, tuple[str, ...]]:
    """The newest version and what it changed for readers, from the changelog, newest first; nothing where there is none.

    Returns:
        its heading ("0.2.0 – 2026-11-27", or "Unreleased") and its points, each after its day; one without a day of its own is of
        the day of its version.
    """
    if not file.is_file():
        return "", ()
    for section in file.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, _, rest = section.partition("\n")
        if READERS in rest:
            points = rest.split(READERS)[1].split("\n### ")[0].split("\n- ")[1:]
            released = DAY.search(heading)
            dated = [_dated(" ".join(point.split()), released[0] if released else "") for point in points]
            newest_first = sorted(dated, key=lambda one: one[0], reverse=True)
            return heading.strip(), tuple(
                f"{long_day(date.fromisoformat(day))}: {text}" if day else text for day, text in newest_first
            )
    return "", ()


def _dated(point: str, otherwise: str) -> tuple[str, str]:
    """The day of a point of the changelog, which begins with it ('2026-11-28: …'), and what it says."""
    day = DAY.match(point)
    return (day[0], point[day.end() :].removeprefix(": ")) if day else (otherwise, point)


@rests_on()
def breaks(context: Context) -> View:
    """Breaks in series, cycles that cannot be compared, and doubtful figures."""
    table = breaks_to_read(context.ask(about.all_breaks), context.ask(about.figures))
    return View(("breaks",), "Where do the figures change their meaning?", table=table, source=context.source_of_figures())


@rests_on(MEASURE)
def one_measure(context: Context) -> View:
    """The selected measure: every force, region and England, every year; for downloads only."""
    measure = context.measure
    frame = context.ask(figures.series, measure.measure_id)
    ends = frame.loc[frame["value"].notna(), "period_end"]
    frame = frame[frame["period_end"].between(ends.min(), ends.max())]
    first, last = ends.min().year, ends.max().year
    return View(
        name=("all-areas", measure.measure_id, f"{first}-{last}"),
        question=f"One measure: {measure.title}",
        answer=f"{len(frame):,} rows for forces, regions and England, years to March {first} to {last}. "
        "Choose another measure above.",
        data=to_take_away(frame),
        source=context.source(every_year=True),
    )


@rests_on(FORCE, MEASURE)
def api(context: Context) -> dict[str, str]:
    """Where the same figures lie as JSON: paths below the snapshots of the public site, by what each is of."""
    force, measure = context.selection.force, context.measure
    return {
        "all forces": FORCES_FILE,
        force.name: FORCE_FILE.format(code=force.code),
        f"“{measure.title}”": MEASURE_FILE.format(measure=measure.measure_id),
    }


@rests_on()
def citation(context: Context, build: str) -> str:
    """How to cite a build."""
    made: date = context.ask(about.build).iloc[0]["built_at"]
    sources = context.ask(about.sources)
    publishers = context.publishers_of(source_line(sources))
    return CITE.format(build=build, day=long_day(made), publishers=publishers, licence=licence_line(sources))
