"""Names that attack, in every output: of a made-up country whose forces, councils and judgements are named to become markup, a formula,
a link or a template, nothing becomes anything but the text that it is.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pikepdf
import pytest

from environment import WAREHOUSE
from etl.build import build
from etl.paths import DataFolder
from insight.briefing import briefing_bytes, briefing_of
from insight.downloads.files import FORMULA_STARTS, csv_bytes, xlsx_bytes
from insight.downloads.whole_set import whole_set
from insight.format import slug
from insight.queries import figures
from insight.queries.ask import remembering
from insight.snapshot.builder import Options
from insight.snapshot.builder import build as publish
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import Warehouse, open_warehouse
from tests.app.driving import open_page, problems, unfold
from tests.app.surface import pages
from tests.exampland import MEASURES, write_published, write_reference
from ui.citation import SCRIPT

pytestmark = pytest.mark.slow
RUN = "document.title='run'"
NAMES = [
    f"<script>{RUN}</script> One",
    f'"><img src=x onerror={RUN}> Two',
    "=cmd|'/C calc'!A0 Three",
    f"]]></title></svg><script>{RUN}</script> Four",
    f"javascript:{RUN}// Five",
    "{figure} {0} {{ 7*7 }} {% raw %} %s %(x)s ${7*7} Six",
    f"[go](javascript:{RUN}) **b** `c` $d$ :red[e] :material/home: Seven",
    "@SUM(1+1) Eight",
    "+1+1 Nine",
    "-2+3 Ten",
    "'; DROP TABLE force; -- Eleven",
    "&lt;b&gt;&#60;b&#62; Twelve",
    "../../etc/passwd Thirteen",
    f"Fourteen {'long' * 75}",
    "<b>Fifteen</b> *so*",
    '=HYPERLINK("http://attacker.example","go") Sixteen',
]
DAY = date(2026, 1, 31)
FIRST, WELSH = "E99000001", "W99000001"
ATTACKER = "https://attacker.example/"
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"}
NAMED_BY_PAGES = {"children_missing_percent", "missing_more_than_once_percent", "children_missing_per_10000"}
OUR_SCRIPT = f"<script>{SCRIPT}</script>"  # copies an address; nothing of the data is in it
HARMLESS = re.compile(r"(https?://|mailto:|#|data:image/(svg\+xml|png)|[\w.%~-]*(/|$|\?|\.)|\?)", re.IGNORECASE)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the country."""
    root = tmp_path_factory.mktemp("hostile")
    data = DataFolder(root, root / "warehouse")
    write_reference(data.reference, MEASURES | NAMED_BY_PAGES)
    write_published(data.published)
    _rename(data.reference / "forces.csv", {"force_name": "{}", "organisation_name": "{} Police"})
    _rename(data.reference / "local_authorities.csv", {"la_name": "{} A"})
    for file, column, text in (
        ("child_protection_grades/2025.csv", "area", NAMES[0]),
        ("child_protection_recommendations/2025.csv", "theme", NAMES[1]),
        ("child_protection_recommendations/2025.csv", "due", NAMES[2]),
        ("monitoring_events/2025.csv", "topic", NAMES[6]),
        ("peel_grades/2025.csv", "source_url", f'{ATTACKER}"><script>{RUN}</script>'),
        ("child_protection_inspections/2025.csv", "source_url", f"{ATTACKER}javascript:{RUN}"),
    ):
        frame = pd.read_csv(data.published / file, dtype="str", keep_default_na=False)
        frame[column] = text
        frame.to_csv(data.published / file, index=False)
    return build(data).path


def _rename(file: Path, columns: dict[str, str]) -> None:
    """Names of the first forces, of the first Welsh one the one of braces, and of their councils."""
    frame = pd.read_csv(file, dtype="str", keep_default_na=False)
    english = [place for place, code in enumerate(frame["force_code"]) if code.startswith("E")]
    places = [
        *english[:5],
        list(frame["force_code"]).index(WELSH) if WELSH in set(frame["force_code"]) else english[5],
        *english[6:],
    ]
    for column, form in columns.items():
        for place, name in zip(places, NAMES, strict=False):
            frame.loc[place, column] = form.format(name)
    frame.to_csv(file, index=False)


@pytest.fixture(scope="module")
def held(hostile: Path) -> Warehouse:
    """The same, open."""
    return open_warehouse(hostile)


class Read(HTMLParser):
    """What a piece of HTML is to a browser: its text, and what in it would run, load or lead somewhere it should not."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.faults = "", list[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag in ("script", "iframe", "object", "embed", "base", "form") and held.get("type") != "application/ld+json":
            self.faults.append(f"<{tag}>")
        self.faults += [f"{name}={value}" for name, value in held.items() if name.startswith("on")]
        addresses = {name: held[name] for name in ("href", "src", "action", "xlink:href") if name in held}
        self.faults += [f"{name}={value[:80]}" for name, value in addresses.items() if not HARMLESS.match(value)]
        for value in addresses.values():
            if value.startswith("data:image/svg+xml;base64,"):
                self.faults += Read(base64.b64decode(value.partition(",")[2]).decode()).faults

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str, where: object) -> str:
    """Its text; nothing in it attacks."""
    found = Read(html)
    assert found.faults == [], f"{where}: {found.faults}"
    return found.text


def cells(content: bytes) -> list[str]:
    """Every cell of a CSV."""
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def formulas(content: bytes) -> list[str]:
    """Cells that a spreadsheet takes for a formula; a negative number is none."""
    return [cell for cell in cells(content) if cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)]


def test_public_site_feed_json_and_data(hostile: Path, tmp_path: Path) -> None:
    made = publish(hostile, tmp_path, DAY, Options(tmp_path / "charts", 1, "https://example.org/", frozenset({FIRST})))
    assert made.folder.is_dir()
    said = {path: read(path.read_text(encoding="utf-8"), path) for path in tmp_path.rglob("*.html")}
    assert len(said) > 20
    for name in NAMES:
        assert any(name in text for text in said.values()), name
    for path in [*tmp_path.rglob("*.xml"), *tmp_path.rglob("*.svg")]:
        ElementTree.parse(path)
    told = [json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*.json")]
    assert any(NAMES[0] in json.dumps(one, ensure_ascii=False).replace('\\"', '"') for one in told)
    tables = list(tmp_path.rglob("*.csv"))
    assert any(NAMES[0] in cells(path.read_bytes()) for path in tables)
    assert [path.name for path in tables if formulas(path.read_bytes())] == []


def test_slides_and_pdf(held: Warehouse) -> None:
    ask = remembering(held)
    known = register(ask)
    for code in (FIRST, WELSH):
        force = next(one for one in known.forces.values() if one.code == code)
        made = briefing_of(Context(ask, known.newest(force.slug)))
        with zipfile.ZipFile(io.BytesIO(briefing_bytes(made, "pptx"))) as archive:
            parts = {
                name: ElementTree.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.endswith((".xml", ".rels"))
            }
        assert any(force.name in "".join(part.itertext()) for part in parts.values())
        links = [
            one for name, part in parts.items() if name.endswith(".rels") for one in part if one.get("TargetMode") == "External"
        ]
        assert [one.get("Target") for one in links if not str(one.get("Target")).startswith(("https://", "http://"))] == []
        with pikepdf.open(io.BytesIO(briefing_bytes(made, "pdf"))) as document:
            assert force.name in str(document.docinfo["/Title"])
            faults = [
                str(one) for one in document.objects if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) in ACTIONS
            ]
            addresses = [str(one["/URI"]) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/URI" in one]
        assert faults == []
        assert [one for one in addresses if not one.startswith(("https://", "http://"))] == []


def test_whole_set_and_files_of_a_view(held: Warehouse) -> None:
    with zipfile.ZipFile(io.BytesIO(whole_set(held))) as archive:
        tables = {name: archive.read(name) for name in archive.namelist() if name.endswith(".csv")}
    assert [name for name, content in tables.items() if formulas(content)] == []
    forces = cells(tables["csv/force.csv"])
    assert {NAMES[0], f"'{NAMES[2]}", f"'{NAMES[7]}", f"'{NAMES[15]}"} <= set(forces)
    frame = figures.forces(held)
    assert formulas(csv_bytes(frame)) == []
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame, NAMES[2], NAMES[15], "build", [NAMES[7]])))
    held_cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert NAMES[2] in [cell.value for cell in held_cells]
    assert [cell.coordinate for cell in held_cells if cell.data_type == "f" or cell.hyperlink] == []


def test_no_text_of_the_dashboard_reads_a_name_as_markdown(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE.name, str(hostile.parent))
    for page in pages():
        session = unfold(open_page(page, {"force": slug(NAMES[6]), "tab": "none"}))
        plain = [one.value for one in session.markdown if not one.allow_html]
        told = [one.value for kind in ("title", "header", "subheader", "caption", "info") for one in session.get(kind)]
        links = [text for text in (*plain, *told) if re.search(r"(?<!\\)\[go", text)]
        assert links == [], page


def test_every_page_of_the_dashboard(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE.name, str(hostile.parent))
    for name, shown in ((NAMES[0], pages()), (NAMES[5], [page for page in pages() if page.url == "force"])):
        said = ""
        for page in shown:
            session = unfold(open_page(page, {"force": slug(name)}))
            assert problems(session) == [], f"{page}"
            markup = [one.proto.body for one in session.get("html")] + [one.value for one in session.markdown if one.allow_html]
            said += "".join(read(one.replace(OUR_SCRIPT, ""), page) for one in markup)
            said += "".join(one.value for one in session.title)
        assert name in said
