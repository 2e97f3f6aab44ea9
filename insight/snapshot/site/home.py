"""The home page: what this is, England's headline figures, the forces on the map and by name."""

from __future__ import annotations

from insight.findings import ENGLAND_ONLY
from insight.format import year_ending
from insight.over_time.changes import headlines
from insight.queries import figures
from insight.snapshot.drawings import value_map
from insight.snapshot.edition import Book
from insight.snapshot.site import Page


def home(book: Book) -> Page:
    """The page."""
    measure = book.measures[0]
    mapped = str(measure["measure_id"])
    year = book.newest_year(mapped)
    made = headlines(book.england, book.measure_frame)
    regions: dict[str, list[dict[str, object]]] = {}
    for force in book.forces:
        regions.setdefault(str(force["region"]), []).append(force)
    return Page(
        "index.html",
        "home.html",
        "Missing children and police inspections, force by force",
        "Published figures on looked-after children who go missing and inspection grades of the 43 police forces of England and "
        "Wales, as they stood on one day.",
        {
            "headlines": made,
            "headline_year": made[0].year if made else "",
            "map": value_map(book, book.ask(figures.forces_in_year, mapped, year), measure, "Forces on the map"),
            "mapped": measure,
            "mapped_year": year_ending(year),
            "mapped_source": book.source_of_measure(mapped),
            "regions": dict(sorted(regions.items())),
            "welsh": ENGLAND_ONLY,
            "newest_cycle": str(book.cycles.iloc[-1]["cycle"]),
        },
    )
