"""A page for each measure: what it is, every force in the newest year, England and the regions over the years."""

from __future__ import annotations

import pandas as pd

from insight.format import year_ending
from insight.notes import break_notes, comparison_note, doubt_notes, hidden_note, unranked_notes
from insight.queries import figures
from insight.snapshot.drawings import bars_drawing, value_map
from insight.snapshot.edition import Book, Row
from insight.snapshot.render import Chart
from insight.snapshot.series_drawing import series_drawing
from insight.snapshot.site import Page
from insight.tables.about import definitions_to_read
from insight.tables.figures import areas_to_read, years_to_read
from insight.tables.model import Table
from insight.verdicts import has_verdicts


def measure_pages(book: Book) -> list[Page]:
    """A page a measure, and the list of them."""
    return [_list(book), *(_measure(book, measure) for measure in book.measures)]


def _list(book: Book) -> Page:
    topics: dict[str, list[Row]] = {}
    for measure in book.measures:
        topics.setdefault(str(measure["topic"]), []).append(measure)
    return Page(
        "measures/index.html",
        "measures.html",
        "Measures",
        "Every measure of this publication with its definition.",
        {"topics": topics},
    )


def _measure(book: Book, measure: Row) -> Page:
    measure_id = str(measure["measure_id"])
    year = book.newest_year(measure_id)
    forces = book.ask(figures.forces_in_year, measure_id, year)
    areas = book.ask(figures.areas_in_year, measure_id, year)
    return Page(
        f"measures/{measure['slug']}.html",
        "measure.html",
        str(measure["title"]),
        f"{measure['definition']} Every police force, {year_ending(year)}.",
        {
            "measure": measure,
            "year": year_ending(year),
            "forces": _forces(book, measure, forces, year_ending(year)),
            "map": value_map(book, forces, measure, f"Forces on the map, {year_ending(year)}"),
            "regions": areas_to_read(areas, measure, book.labels, "Area").titled(
                f"{measure['title']}: England and its regions, {year_ending(year)}"
            ),
            "series": _series(book, measure),
            "made_of": definitions_to_read(pd.DataFrame([measure]), book.figures).records()[0]["Made of"],
            "breaks": break_notes(book.breaks(measure_id), str(measure["publication"])),
            "source": book.source_of_measure(measure_id),
        },
    )


def _forces(book: Book, measure: Row, forces: pd.DataFrame, year: str) -> Chart | Table:
    """Every force in the newest year as bars and a table."""
    title = f"How do forces differ? {measure['title']}, {year}"
    rest = book.ask(figures.comparison, measure["measure_id"], forces["period_end"].iloc[0])
    average = pd.DataFrame([("Average", "average", one) for one in rest["average"]], columns=["area_name", "area_level", "value"])
    notes = [hidden_note(forces, book.labels), *unranked_notes(forces[forces["value"].notna()]), *doubt_notes(forces)]
    if has_verdicts(measure):
        notes.insert(0, comparison_note(rest, measure))
    table = areas_to_read(forces, measure, book.labels).titled(title).linked(book.pages_of_forces)
    drawing = bars_drawing(book, "forces", forces, measure, average, title)
    return table if drawing is None else Chart(drawing, table, book.source_of_measure(str(measure["measure_id"])), tuple(notes))


def _series(book: Book, measure: Row) -> Chart | None:
    """England over the years as a line; the regions beside it in the table."""
    series = book.series(str(measure["measure_id"]))
    title = f"How has England changed? {measure['title']}"
    rows = series[series["area_level"].isin(["country", "region"])]
    rows = rows.assign(role=rows["area_code"].map({book.nation: "nation"}))
    nation = rows[rows["role"].notna()]
    drawing = series_drawing(book, "series", nation, measure, None, title)
    if drawing is None:
        return None
    table = years_to_read(rows, measure, book.labels).titled(f"{title}, and its regions")
    return Chart(drawing, table, book.source_of_measure(str(measure["measure_id"])))
