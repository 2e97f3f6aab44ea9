"""A page for each force: what is said of it, every measure, its series, its grades, its inspections and what followed."""

from __future__ import annotations

import pandas as pd

from insight.findings import Severity, headlines, opening, welsh
from insight.format import partial_date, year_ending
from insight.inspections.clock import follow_up
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN
from insight.inspections.follow_up_tables import follow_up_list, spells_list
from insight.inspections.grade_tables import GRID_KEY, MARKS_KEY, SEAM, force_grades
from insight.inspections.monitoring import CONCERN, ENGAGE, spells
from insight.notes import break_notes
from insight.over_time.changes import shown_by
from insight.over_time.series import only_named, with_roles
from insight.queries import figures, inspections
from insight.snapshot.edition import Book, Row
from insight.snapshot.render import Chart
from insight.snapshot.series_drawing import series_drawing
from insight.snapshot.site import Page
from insight.tables.figures import areas_to_read, measures_to_read, years_to_read
from insight.tables.judgments import inspections_to_read
from insight.tables.model import Table


def force_pages(book: Book) -> list[Page]:
    """A page a force, and the list of them."""
    listed = Page(
        "forces/index.html",
        "forces.html",
        "Police forces",
        "The 43 territorial police forces of England and Wales.",
        {},
    )
    return [listed, *(force_page(book, one) for one in book.forces_with_pages)]


def force_page(book: Book, one: Row) -> Page:
    """The page of one force."""
    code, name = str(one["force_code"]), str(one["force_name"])
    found = book.findings(code)
    leading = [finding for finding in headlines(found) if finding.severity > Severity.PLAIN]
    limits = [finding for finding in found if finding.severity == Severity.LIMIT and finding not in leading]
    measured = book.ask(figures.force_all_measures, code)
    drawn = shown_by(book.measure_frame, "force_series")
    return Page(
        f"forces/{one['slug']}.html",
        "force.html",
        str(one["organisation_name"]),
        f"Missing children, inspection grades and follow-up in {name}: published figures with their uncertainty.",
        {
            "force": one,
            "opening": opening(book.facts(code), found),
            "leading": leading,
            "others": [finding for finding in found if finding.severity != Severity.LIMIT],
            "limits": limits,
            "welsh": welsh(book.facts(code).held) if one["country"] == "Wales" else "",
            "measures": measures_to_read(measured, book.england, book.labels).titled(f"Every measure of {name}, newest year")
            if len(measured)
            else None,
            "series": [chart for chart in (_series(book, one, measure_id) for measure_id in drawn) if chart is not None],
            "authorities": _authorities(book, one),
            **_inspections(book, one),
        },
    )


def _series(book: Book, one: Row, measure_id: str) -> Chart | None:
    measure = next(row for row in book.measures if row["measure_id"] == measure_id)
    named = only_named(with_roles(book.series(measure_id), one["force_code"], one["region_code"], book.nation, []))
    if named[named["role"] == "mine"]["value"].notna().sum() == 0:
        return None
    breaks = book.breaks(measure_id)
    mine = breaks[breaks["area_code"].isna() | (breaks["area_code"] == one["force_code"])]
    title = str(measure["title"])
    drawing = series_drawing(book, f"line-{measure['slug']}", named, measure, str(one["force_code"]), title)
    if drawing is None:
        return None
    table = years_to_read(named, measure, book.labels).titled(f"{title}: {one['force_name']}, its region and England")
    return Chart(drawing, table, book.source_of_measure(measure_id), tuple(break_notes(mine, str(measure["publication"]))))


def _authorities(book: Book, one: Row) -> Table | None:
    """The authorities of the force in the newest year of the first measure."""
    if one["country"] == "Wales":
        return None
    measure = book.measures[0]
    year = book.newest_year(measure["measure_id"])
    parts = book.ask(figures.parts, one["force_code"], measure["measure_id"], year)
    parts = parts[parts["status"] != "not_applicable"]
    if len(parts) < 2:
        return None
    caption = f"{measure['title']}, {year_ending(year)}, by authority"
    return areas_to_read(parts, measure, book.labels, "Authority").titled(caption)


def _inspections(book: Book, one: Row) -> dict[str, object]:
    code, name = str(one["force_code"]), str(one["force_name"])
    grades = book.grades[book.grades["force_code"] == code]
    held = book.ask(inspections.inspections, code)
    events = book.ask(inspections.events, code)
    engage, concerns = spells(events, ENGAGE, book.known_on), spells(events, CONCERN, book.known_on)
    followed = follow_up(held, book.known_on, book.known_on)
    questions = pd.DataFrame(book.questions)
    caption = f"Grades of {name} by question and cycle. Each letter opens the page it was read from."
    return {
        "grades": force_grades(grades, book.cycles, questions, book.grade_words, caption),
        "marks": MARKS_KEY,
        "seam": SEAM,
        "grid_key": GRID_KEY,
        "inspections": inspections_to_read(held).titled(f"Child protection inspections of {name}") if len(held) else None,
        "clock": follow_up_list(followed, "", "newest", f"What HMICFRS planned after each inspection of {name}, and what came")
        if len(followed)
        else None,
        "plan": f"{NO_ACTION_PLANS} {PLAN}",
        "engage": spells_list(engage, "", f"Enhanced monitoring of {name}", "Began", "Ended", False) if len(engage) else None,
        "concerns": spells_list(concerns, "", f"Causes of concern about {name}", "Issued", "Closed", True)
        if len(concerns)
        else None,
        "inspection_source": book.source_of("peel_grades"),
        "protection_source": book.source_of("child_protection_inspections", "monitoring_events"),
        "known_on": partial_date(book.known_on.isoformat()),
    }
