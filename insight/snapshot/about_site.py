"""Pages of the public site about the publication itself: methods, hidden figures, accessibility, data, what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from insight.queries import about as about_queries
from insight.records import records
from insight.snapshot.edition import Edition
from insight.snapshot.page import Link, Page, Part, Section
from insight.views import about


def about_pages(edition: Edition) -> list[Page]:
    """Methods, hidden figures, accessibility."""
    context = edition.context()
    methods = records(edition.ask(about_queries.methods))
    return [
        Page(
            "methods.html",
            "Methods",
            "How the figures are made comparable, in plain words and in detail.",
            sections=(
                Section(parts=(Part(about.definitions(context), "definitions"),), folded=True),
                Section(parts=(Part(about.breaks(context), "breaks"),), folded=True),
            ),
            template="methods.html",
            context={"methods": methods},
        ),
        Page(
            "hidden-figures.html",
            "Hidden figures and uncertainty",
            "Why some figures are hidden, what “at least” means, and how sure a figure is.",
            sections=(Section(parts=(Part(about.statuses(context), "words"),)),),
            template="hidden.html",
            context={"methods": {str(one["title"]): one["plain"] for one in methods}},
        ),
        Page(
            "accessibility.html",
            "Accessibility statement",
            "How this publication can be read with any device and any aid.",
            template="accessibility.html",
        ),
    ]


def data_pages(edition: Edition, files: list[dict[str, Any]]) -> list[Page]:
    """What can be downloaded and where it is from; and an index of each folder of files.

    Args:
        edition: the edition.
        files: title, description, rows, and for each format path and size in words.
    """
    context = edition.context()
    made = Page(
        "data.html",
        "Data and downloads",
        "Every table of this publication as CSV and Parquet, with descriptions, licence and sources.",
        sections=(
            *(
                Section(parts=(part,), folded=True)
                for part in (
                    Part(about.sources(context), "sources"),
                    Part(replace(about.checks(context), table=None), "checks"),
                    Part(about.coverage(context), "coverage"),
                )
            ),
        ),
        template="data.html",
        context={"files": files},
    )
    tables = tuple(Link(one["formats"][0]["path"], one["name"], one["description"]) for one in files)
    return [made, *(_folder(path, title, links) for path, title, links in (
        ("data/index.html", "Tables", (*tables, Link("data.html", "Data and downloads"))),
        ("api/index.html", "Plain JSON files", (Link("data.html#api", "Data and downloads", "What each file holds."),)),
    ))]  # fmt: skip


def _folder(path: str, title: str, links: tuple[Link, ...]) -> Page:
    return Page(path, title, f"{title} of this publication.", sections=(Section(links={"": links}),))


def changes_page(before: str | None, changes: dict[str, Any]) -> Page:
    """What differs from the edition before.

    Args:
        before: the date of the edition before, or None for the first.
        changes: sentence and tables of ``insight.snapshot.differences``.
    """
    return Page(
        "changes.html",
        "What changed",
        "What differs from the edition before this one.",
        template="changes.html",
        context={"before": before, "changes": changes},
    )
