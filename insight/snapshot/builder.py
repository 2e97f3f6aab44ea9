"""From a build to a published snapshot: tables, charts, pages, interface, manifest, all or nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
from jinja2 import Environment
from markupsafe import Markup

from insight.addresses import FOLDER
from insight.charts.key import key_html
from insight.charts.render_svg.drawing import markup_of
from insight.charts.render_svg.strips import in_strips
from insight.charts.render_svg.vega import Renderer
from insight.fields import TableShape, table_shapes
from insight.findings.finding import Link
from insight.format import partial_date
from insight.queries.left_out import public_warehouse, refuse_given
from insight.snapshot import about_site, package, site
from insight.snapshot.addresses import address_of
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
from insight.snapshot.edition import Edition
from insight.snapshot.folder import follows
from insight.snapshot.manifest import NAME, SIGNATURE, manifest, read_manifest, verify
from insight.snapshot.page import Page, Part
from insight.snapshot.progress import Silent, Steps
from insight.snapshot.publish import (
    entry_of,
    holding,
    publishing,
    refresh_index,
    refuse_if_published,
    snapshot_before,
    with_compressed,
    write,
)
from insight.snapshot.render import HERE, environment
from insight.snapshot.signing import sign
from insight.sources import LICENCES, LICENSED, OGL
from insight.views import grades
from insight.views.render_html import render_blocks, sheet_rules, style_rules
from vocabulary import PRODUCT
from writing import clear_parts

STATIC = HERE / "static"


@dataclass(frozen=True)
class Made:
    """A published snapshot: where it is, how many files it has, how many charts were drawn and reused, what is withheld in words.

    ``completed`` says that an earlier run had made it, was killed before it was listed or signed, and that this one has done so.
    """

    folder: Path
    files: int
    drawn: int
    reused: int
    withheld: str
    changes: str
    completed: bool = False


@dataclass(frozen=True)
class Options:
    """How a snapshot is made: the cache of charts, processes at work, the public address, force codes that get a page, the key
    of GnuPG that signs it."""

    cache: Path | None = None
    workers: int = 2
    address: str = ""
    only: frozenset[str] | None = None
    steps: Steps = field(default_factory=Silent)
    key: str | None = None


def build(warehouse: Path, out: Path, day: date, options: Options | None = None) -> Made:
    """Make and publish the snapshot of a day; one that is whole and was never listed or signed, since its run was killed, is now.

    What is to be signed is signed before anybody can see it.

    Args:
        warehouse: the build's file.
        out: the folder that a web server serves; the snapshot goes to ``snapshots/<day>`` in it.
        day: the date under which it is published.
        options: how.

    Raises:
        AlreadyPublished: there is one of this date.
        OwnData, LeftOut: what was made and not listed holds what may not be given away now.
        CannotSign: GnuPG does not sign with the key; nothing was published.
        Undescribed: a table or column has no description. Nothing was written.
    """
    how = options or Options()
    if (completed := _completed(out, day, how)) is not None:
        return completed
    refuse_if_published(out, day)
    renderer = Renderer(how.cache, how.workers)
    with public_warehouse(warehouse) as source:
        edition = Edition(source, day, how.only)
        shapes = table_shapes(source)
        made = package.tables(edition, shapes)
        files, changes = _files(edition, shapes, made, snapshot_before(out, day), renderer, how)
        how.steps.begin("Compressing", 1)
        files = with_compressed(files, how.workers)
        files[NAME] = manifest(edition, files)
    how.steps.begin("Writing", 1)
    with holding(out):
        with publishing(out, day) as folder:
            write(folder, files)
            if how.key:
                sign(folder, how.key)
        refresh_index(out, PRODUCT, how.address)
    return Made(out / FOLDER / day.isoformat(), len(files), renderer.drawn, renderer.reused, edition.withheld.words, changes)


def _completed(out: Path, day: date, how: Options) -> Made | None:
    """The snapshot of a day that is whole and not listed, or not signed as it shall be, now both; None where there is none."""
    folder = out / FOLDER / day.isoformat()
    if folder.is_symlink() or not (folder / NAME).is_file():
        return None
    with holding(out):
        clear_parts(folder)  # of a signature
        unsigned = bool(how.key) and not (folder / SIGNATURE).exists()
        listed = follows(out)
        if (listed and not unsigned) or not verify(folder).whole:
            return None
        refuse_given(pd.read_csv(folder / "data" / "source.csv"))  # what may be published can be less than when it was made
        if how.key and unsigned:
            sign(folder, how.key)
        if not listed:
            refresh_index(out, PRODUCT, how.address)
        found, entry = read_manifest(folder), entry_of(folder)
        withheld = f"{found['withheld']['figures']} figures withheld"
        return Made(folder, len(found["files"]) + 1, 0, 0, withheld, str(entry["summary"]), completed=True)


def _files(
    edition: Edition,
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
    files["data/datapackage.json"] = package.datapackage(edition, made, files, PRODUCT)
    changes = _changes(edition, before, files)
    files["static/site.css"] = _style(edition)
    files["static/icon.svg"] = (STATIC / "icon.svg").read_bytes()
    how.steps.begin("Data files of the interface", 1)
    files |= dict(api_files(edition, shapes))
    how.steps.begin("Figures and sentences", 1)
    pages = [*site.pages(edition), *about_site.data_pages(edition, package.listed(made, files))]
    specs = [drawing.spec for page in pages for drawing in page.drawings]
    how.steps.begin("Charts", len(specs))
    renderer.prepare(specs, how.steps.advance)
    how.steps.begin("Pages", len(pages))
    templates = _templates(edition, renderer, dataset(edition, made, PRODUCT, how.address))

    def lay_out(page: Page) -> bytes:
        return templates.get_template(page.template).render(page=page, root=page.root).encode()

    for page in pages:
        files[page.path] = lay_out(page)
        how.steps.advance()
    if before:
        now = {page.path: said(files[page.path], edition.day.isoformat(), str(edition.build["build_id"])) for page in pages}
        changes.pages.extend(page_changes(pages_of(before), now))
    files["changes.json"] = package.to_json(changes.as_json(), indent=1)
    files[CHANGES_PAGE] = lay_out(_changes_page(before, changes))
    return files, changes.sentence if before else ""


def _style(edition: Edition) -> bytes:
    """The style sheet, with the foot of every printed sheet, which an edition's date is in."""
    foot = sheet_rules(edition.status, f"{PRODUCT}, {partial_date(edition.day.isoformat())}.", LICENSED)
    return (STATIC / "site.css").read_bytes() + f"{style_rules()}{foot}".encode()


def _changes(edition: Edition, before: Path | None, files: dict[str, bytes]) -> Differences:
    """What differs from the snapshot before; for the first one, nothing."""
    day = edition.day.isoformat()
    if before is None:
        return Differences("", day)
    new = {
        path.removeprefix("data/").removesuffix(".csv"): as_text(io.BytesIO(content))
        for path, content in files.items()
        if path.endswith(".csv")
    }
    return between(before.name, read_tables(before), day, new)


def _changes_page(before: Path | None, changes: Differences) -> Page:
    if before is None:
        return about_site.changes_page(None, {})
    return about_site.changes_page(partial_date(before.name), {"sentence": changes.sentence, "tables": changes.tables()})


def _templates(edition: Edition, renderer: Renderer, described: str) -> Environment:
    newest, first = grades.newest_cycle(edition.context()), str(edition.measures[0]["measure_id"])
    navigation = [
        ("index.html", "National"), ("forces/index.html", "Forces"), ("measures/index.html", "Measures"),
        (site.cycle_path(newest), "Grades"), ("questions/index.html", "Questions"),
        ("child-protection.html", "Child protection"), ("methods.html", "Methods"), ("hidden-figures.html", "Hidden figures"),
        ("data.html", "Data"),
    ]  # fmt: skip
    return environment(
        site_name=PRODUCT,
        day=edition.day.isoformat(),
        day_said=partial_date(edition.day.isoformat()),
        navigation=navigation,
        status=edition.status,
        withheld=edition.withheld,
        draw=lambda part, page: _drawn(part, page, edition, renderer),
        key=lambda marks: Markup(key_html(marks)),
        blocks=lambda page: _blocks(page, edition, newest, first),
        dataset=Markup(described),
        licensed=_linked_licence(),
    )


def _linked_licence() -> Markup:
    """The sentence that the licence asks for, its name a link to it."""
    before, name, after = LICENSED.partition(LICENCES["OGL-UK-3.0"])
    return Markup('{}<a href="{}">{}</a>{}').format(before, OGL, name, after)


def _force_address(page: Page, edition: Edition) -> Callable[[str], str]:
    """The address of a force's page by its name; of the list of all where it has none."""
    return lambda name: page.root + edition.pages_of_forces.get(name, "forces/index.html")


def _drawn(part: Part, page: Page, edition: Edition, renderer: Renderer) -> tuple[Markup, Markup]:
    """The chart of a view, and strips of it for paper where it is high."""
    drawn = Markup(renderer.inline(part.drawing)) if part.drawing else markup_of(part.chart, _force_address(page, edition))
    return in_strips(drawn, part.key)


def _blocks(page: Page, edition: Edition, newest_cycle: str, first_measure: str) -> Markup:
    """The blocks of a page."""

    def address(link: Link) -> str:
        path = address_of(link, newest_cycle, first_measure, page.path.startswith("forces/"))
        return path if path.startswith("#") else page.root + path

    return render_blocks(page.blocks, address, _force_address(page, edition)) if page.blocks else Markup()
