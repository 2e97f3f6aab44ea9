"""A row that a user added is marked as that on every output that shows it, and one setting keeps it off all that are given away."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from environment import OWN_DATA, WAREHOUSE
from etl.build import build
from etl.paths import DataFolder
from insight.briefing import briefing_bytes, briefing_of
from insight.downloads.files import csv_bytes, with_source, xlsx_bytes
from insight.downloads.whole_set import whole_set
from insight.queries import figures
from insight.queries.ask import remembering
from insight.queries.left_out import OwnData
from insight.snapshot.builder import Options
from insight.snapshot.builder import build as publish
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import open_warehouse
from tests.app.driving import open_page, unfold
from tests.app.surface import pages
from tests.exampland import MEASURES, write_published, write_reference
from tests.hard.country import Place
from tests.needs import needs
from ui import blocks, view

pytestmark = pytest.mark.slow
CODE, ADDRESS, MARK = "E99000003", "https://example.org/mine", "added by a user"
OWN_GRADE = "force_code,cycle,level,question,grade,status,published,source_url,source_kind\n" + (
    f"{CODE},2021/22,area,Investigating crime,Good,graded,2022-04-05,{ADDRESS},hmicfrs\n"
)
NAMED_BY_PAGES = {"children_missing_percent", "missing_more_than_once_percent", "children_missing_per_10000"}
DAY = date(2026, 1, 31)


@dataclass(frozen=True)
class Own:
    """A build with a grade that a user added, and its force as addresses name it."""

    path: Path
    force: str

    @property
    def context(self) -> Context:
        ask = remembering(open_warehouse(self.path))
        return Context(ask, register(ask).newest(self.force))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Own:
    root = tmp_path_factory.mktemp("own")
    data = DataFolder(root / "data", root / "warehouse")
    write_reference(data.reference, MEASURES | NAMED_BY_PAGES)
    write_published(data.published)
    build(data)
    file = root / "mine.csv"
    file.write_text(OWN_GRADE, encoding="utf-8")
    (root / "tmp").mkdir()
    place = Place(data, root / "tmp")
    for arguments in (("ingest", str(file)), ("build",)):
        code, said = place.run("etl", *arguments)
        assert code == 0, said
    current = (data.warehouse / "current").resolve()
    forces = figures.forces(open_warehouse(current)).set_index("force_code")["force_name"]
    return Own(current, str(forces[CODE]).lower().replace(" ", "-"))


def test_pages_and_the_files_of_their_views(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[tuple[pd.DataFrame, str]] = []
    for module in (view, blocks):
        monkeypatch.setattr(module, "buttons", lambda frame, name, title, source, notes=None: taken.append((frame, source)))
    monkeypatch.setenv(WAREHOUSE.name, str(own.path.parent))
    shown = 0
    for page in pages():
        if page.url not in ("force", "grades", "data"):
            continue
        session = unfold(open_page(page, {"force": own.force}))
        html = " ".join(one.proto.body for one in session.get("html"))
        if ADDRESS in html:
            shown += 1
            assert MARK in html, page.url
    assert shown >= 1
    held = [(frame, source) for frame, source in taken if frame.astype(str).eq(ADDRESS).any(axis=None)]
    assert held
    for frame, source in held:
        told = with_source(frame, source, "own")
        rows = told[told.astype(str).eq(ADDRESS).any(axis=1)]
        assert rows.astype(str).apply(lambda row: row.str.contains(MARK).any(), axis=1).all(), list(frame.columns)
        assert MARK in csv_bytes(rows).decode("utf-8")
        book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(rows, "Grades", source, "own", [])))
        assert any(MARK in str(cell) for line in book.worksheets[0].iter_rows(values_only=True) for cell in line)


def test_public_site_json_package_and_feed(own: Own, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(tmp_path / "charts", 1, "https://example.org/", frozenset({CODE}))
    out = tmp_path / "public"
    with pytest.raises(OwnData):
        publish(own.path, out, DAY, options)
    assert not [path for path in out.rglob("*") if path.is_file() and ADDRESS.encode() in path.read_bytes()]
    monkeypatch.setenv(OWN_DATA.name, "publish")
    folder = publish(own.path, out, DAY, options).folder
    shown = [path for path in out.rglob("*.html") if ADDRESS in path.read_text(encoding="utf-8")]
    assert shown
    assert [path for path in shown if MARK not in path.read_text(encoding="utf-8")] == []
    unmarked = []
    for path in folder.rglob("api/v1/**/*.json"):
        unmarked += [path.name for row in rows_of(json.loads(path.read_text(encoding="utf-8"))) if MARK not in row.values()]
    assert unmarked == []
    assert any(rows_of(json.loads(path.read_text(encoding="utf-8"))) for path in folder.rglob("api/v1/**/*.json"))
    tables = {path.stem: pd.read_csv(path, dtype="str", keep_default_na=False) for path in folder.glob("data/*.csv")}
    assert any(frame.eq(ADDRESS).any(axis=None) for frame in tables.values())
    assert [name for name, frame in tables.items() if not marked_in(tables, frame)] == []
    feeds = [path.read_text(encoding="utf-8") for path in out.rglob("feed.xml")]
    assert feeds
    assert all(ADDRESS not in feed or MARK in feed for feed in feeds)


def rows_of(content: Any) -> list[dict[str, Any]]:
    """Every object of a JSON file that has the address of the user's row."""
    inner = list(content.values()) if isinstance(content, dict) else content if isinstance(content, list) else []
    found = [content] if isinstance(content, dict) and ADDRESS in inner else []
    return found + [row for one in inner for row in rows_of(one)]


def marked_in(tables: dict[str, pd.DataFrame], frame: pd.DataFrame) -> bool:
    """Whether each row of the user's in a table of a package leads to a source that is marked, or is marked itself."""
    own_rows = frame[frame.astype(str).eq(ADDRESS).any(axis=1)]
    sources = tables["source"].set_index("source_id")["origin"]
    return all(MARK in map(str, row.values()) or sources[row["source_id"]] == MARK for row in own_rows.to_dict("records"))


@needs("pdftotext", "poppler-utils")
def test_briefing_as_slides_and_pdf(own: Own, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OwnData):
        briefing_of(own.context)
    monkeypatch.setenv(OWN_DATA.name, "publish")
    made = briefing_of(own.context)
    deck = Presentation(io.BytesIO(briefing_bytes(made, "pptx")))
    slides = " ".join(
        [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
        + [cell.text for slide in deck.slides for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()]
    )
    assert MARK in slides
    (tmp_path / "x.pdf").write_bytes(briefing_bytes(made, "pdf"))
    told = subprocess.run(["pdftotext", str(tmp_path / "x.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    assert MARK in " ".join(told.split())


def test_the_whole_set_as_csv_and_parquet(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    held = open_warehouse(own.path)
    with pytest.raises(OwnData):
        whole_set(held)
    monkeypatch.setenv(OWN_DATA.name, "publish")
    with zipfile.ZipFile(io.BytesIO(whole_set(held))) as archive:
        for kind, reader in (("csv", pd.read_csv), ("parquet", pd.read_parquet)):
            names = [name for name in archive.namelist() if name.endswith(f".{kind}")]
            tables = {Path(name).stem: reader(io.BytesIO(archive.read(name))) for name in names}
            assert tables["grade"].astype(str).eq(ADDRESS).any(axis=None)
            assert [name for name, frame in tables.items() if not marked_in(tables, frame)] == []
        assert MARK in archive.read("README.txt").decode("utf-8")
