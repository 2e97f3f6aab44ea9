"""Pages about the publication itself: methods, hidden figures, data, accessibility, changes."""

from __future__ import annotations

from typing import Any

from insight.format import number
from insight.queries import about, figures, inspections
from insight.snapshot.edition import Book
from insight.snapshot.site import Page
from insight.tables.about import (
    breaks_to_read,
    checks_to_read,
    coverage_to_read,
    definitions_to_read,
    sources_to_read,
    statuses_to_read,
)


def about_pages(book: Book) -> list[Page]:
    """Pages that need nothing but the book."""
    return [_methods(book), _hidden(book), _accessibility(book)]


def _methods(book: Book) -> Page:
    return Page(
        "methods.html",
        "methods.html",
        "Methods",
        "How the figures are made comparable, in plain words and in detail.",
        {
            "methods": book.ask(about.methods).to_dict("records"),
            "definitions": definitions_to_read(book.measure_frame, book.figures).titled("Measures"),
            "breaks": breaks_to_read(book.ask(about.all_breaks), book.figures).titled("Breaks, seams and doubtful figures"),
        },
    )


def _hidden(book: Book) -> Page:
    statuses = statuses_to_read(book.ask(figures.statuses), book.ask(inspections.grade_statuses))
    return Page(
        "hidden-figures.html",
        "hidden.html",
        "Hidden figures and uncertainty",
        "Why some figures are hidden, what “at least” means, and how sure a figure is.",
        {"statuses": statuses.titled("Words for figures and grades that are not there"), "withheld": book.withheld},
    )


def _accessibility(book: Book) -> Page:
    return Page(
        "accessibility.html",
        "accessibility.html",
        "Accessibility statement",
        "How this publication can be read with any device and any aid.",
    )


def data_page(book: Book, files: list[dict[str, Any]]) -> Page:
    """What can be downloaded, where it is from, and what was left out.

    Args:
        files: title, description, rows, and for each format path and size in words.
    """
    checks = book.ask(about.checks)
    failed = checks[~checks["passed"]]
    return Page(
        "data.html",
        "data.html",
        "Data and downloads",
        "Every table of this publication as CSV and Parquet, with descriptions, licence and sources.",
        {
            "files": files,
            "sources": sources_to_read(book.sources).titled("Sources"),
            "coverage": coverage_to_read(book.ask(about.coverage)).titled("Forces with a figure, by measure and year"),
            "checks_passed": number(int(checks["passed"].sum())),
            "checks_made": number(len(checks)),
            "failed": checks_to_read(failed).titled("Checks that warn") if len(failed) else None,
            "withheld": book.withheld,
        },
    )


def changes_page(book: Book, before: str | None, changes: dict[str, Any] | None) -> Page:
    """What differs from the snapshot before.

    Args:
        before: the date of the snapshot before, or None for the first.
        changes: sentence and tables of ``insight.snapshot.differences``.
    """
    return Page(
        "changes.html",
        "changes.html",
        "What changed",
        "What differs from the snapshot before this one.",
        {"before": before, "changes": changes or {"sentence": "", "tables": []}},
    )
