"""From a build to a published snapshot: tables, charts, pages, interface, manifest, all or nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from insight.charts.key import key_html
from insight.charts.render_svg.vega import Renderer
from insight.fields import TableShape, table_shapes
from insight.format import partial_date
from insight.snapshot import package
from insight.snapshot.api import api_files
from insight.snapshot.dataset import dataset
from insight.snapshot.differences import (
    CHANGES_PAGE,
    Differences,
    as_text,
    between,
    page_changes,
    pages_of,
    read_tables,
    said,
)
from insight.snapshot.edition import Book
from insight.snapshot.manifest import NAME, manifest
from insight.snapshot.progress import Silent, Steps
from insight.snapshot.publish import (
    FOLDER,
    publishing,
    refresh_index,
    refuse_if_published,
    snapshot_before,
    with_compressed,
    write,
)
from insight.snapshot.render import HERE, environment, style_rules
from insight.snapshot.site import Page
from insight.snapshot.site.about import about_pages, changes_page, data_page
from insight.snapshot.site.force import force_pages
from insight.snapshot.site.home import home
from insight.snapshot.site.judgments import grade_pages, matrix_path, protection_page, question_pages
from insight.snapshot.site.measure import measure_pages
from insight.warehouse import Warehouse, open_warehouse

SITE_NAME = "Force performance: protecting children"
STATIC = HERE / "static"


@dataclass(frozen=True)
class Made:
    """A published snapshot: where it is, how many files it has, how many charts were drawn and reused."""

    folder: Path
    files: int
    drawn: int
    reused: int
    withheld: int
    changes: str


@dataclass(frozen=True)
class Options:
    """How a snapshot is made: the cache of charts, processes at work, the public address, force codes that get a page."""

    cache: Path | None = None
    workers: int = 2
    address: str = ""
    only: frozenset[str] | None = None
    steps: Steps = field(default_factory=Silent)


def build(warehouse: Path, out: Path, day: date, options: Options | None = None) -> Made:
    """Make and publish the snapshot of a day.

    Args:
        warehouse: the build's file.
        out: the folder that a web server serves; the snapshot goes to ``snapshots/<day>`` in it.
        day: the date under which it is published.
        options: how.

    Raises:
        AlreadyPublished: there is one of this date.
        Undescribed: a table or column has no description. Nothing was written.
    """
    how = options or Options()
    refuse_if_published(out, day)
    renderer = Renderer(how.cache, how.workers)
    with opened(warehouse) as source:
        book = Book(source, day, how.only)
        shapes = table_shapes(source)
        made = package.tables(book, shapes)
        files, changes = _files(book, shapes, made, snapshot_before(out, day), renderer, how)
        how.steps.begin("Compressing", 1)
        files = with_compressed(files, how.workers)
        files[NAME] = manifest(book, files)
    how.steps.begin("Writing", 1)
    with publishing(out, day) as folder:
        write(folder, files)
    refresh_index(out, SITE_NAME, how.address)
    return Made(out / FOLDER / day.isoformat(), len(files), renderer.drawn, renderer.reused, book.withheld.figures, changes)


@contextmanager
def opened(path: Path) -> Iterator[Warehouse]:
    """A build, open for reading as long as it is needed."""
    warehouse = open_warehouse(path)
    try:
        yield warehouse
    finally:
        warehouse.connection.close()


def _files(
    book: Book,
    shapes: Mapping[str, TableShape],
    made: list[package.DataTable],
    before: Path | None,
    renderer: Renderer,
    how: Options,
) -> tuple[dict[str, bytes], str]:
    """Every file of the snapshot but the manifest, and what changed in a sentence."""
    how.steps.begin("Tables", len(made))
    files: dict[str, bytes] = {}
    for table in made:
        files[f"data/{table.name}.csv"] = package.csv_of(table)
        files[f"data/{table.name}.parquet"] = package.parquet_of(table)
        how.steps.advance()
    files["data/datapackage.json"] = package.datapackage(book, made, files, SITE_NAME)
    changes = _changes(book, before, files)
    files["static/site.css"] = (STATIC / "site.css").read_bytes() + style_rules().encode()
    files["static/icon.svg"] = (STATIC / "icon.svg").read_bytes()
    how.steps.begin("Data files of the interface", 1)
    files |= dict(api_files(book, shapes))
    how.steps.begin("Figures and sentences", 1)
    pages = [*_pages(book), data_page(book, package.listed(made, files))]
    specs = [chart.drawing.spec for page in pages for chart in page.charts]
    how.steps.begin("Charts", len(specs))
    renderer.prepare(specs, how.steps.advance)
    how.steps.begin("Pages", len(pages))
    templates = _templates(book, renderer, dataset(book, made, SITE_NAME, how.address))

    def lay_out(page: Page) -> bytes:
        return templates.get_template(page.template).render(**page.context, page=page, root=page.root).encode()

    for page in pages:
        files[page.path] = lay_out(page)
        how.steps.advance()
    if before:
        now = {page.path: said(files[page.path], book.day.isoformat(), str(book.build["build_id"])) for page in pages}
        changes.pages.extend(page_changes(pages_of(before), now))
    files["changes.json"] = package.to_json(changes.as_json(), indent=1)
    files[CHANGES_PAGE] = lay_out(_changes_page(book, before, changes))
    return files, changes.sentence if before else ""


def _pages(book: Book) -> list[Page]:
    return [
        home(book), *force_pages(book), *measure_pages(book), *question_pages(book), *grade_pages(book), protection_page(book),
        *about_pages(book),
    ]  # fmt: skip


def _changes(book: Book, before: Path | None, files: dict[str, bytes]) -> Differences:
    """What differs from the snapshot before; for the first one, nothing."""
    day = book.day.isoformat()
    if before is None:
        return Differences("", day)
    new = {
        path.removeprefix("data/").removesuffix(".csv"): as_text(io.BytesIO(content))
        for path, content in files.items()
        if path.endswith(".csv")
    }
    return between(before.name, read_tables(before), day, new)


def _changes_page(book: Book, before: Path | None, changes: Differences) -> Page:
    if before is None:
        return changes_page(book, None, None)
    return changes_page(book, partial_date(before.name), {"sentence": changes.sentence, "tables": changes.tables()})


def _templates(book: Book, renderer: Renderer, described: str) -> Environment:
    navigation = [
        ("index.html", "Home"), ("forces/index.html", "Forces"), ("measures/index.html", "Measures"),
        (matrix_path(str(book.cycles.iloc[-1]["cycle"])), "Grades"), ("questions/index.html", "Questions"),
        ("child-protection.html", "Child protection"), ("methods.html", "Methods"), ("hidden-figures.html", "Hidden figures"),
        ("data.html", "Data"),
    ]  # fmt: skip
    return environment(
        site_name=SITE_NAME,
        day=book.day.isoformat(),
        day_said=partial_date(book.day.isoformat()),
        build_id=str(book.build["build_id"]),
        navigation=navigation,
        forces=book.forces_with_pages,
        pages={force["slug"] for force in book.forces_with_pages},
        draw=lambda drawing: Markup(renderer.inline(drawing)),
        key=lambda marks: Markup(key_html(marks)),
        dataset=Markup(described),
    )
