"""How all 43 briefings look: nothing overflows its box or is too small, slides and PDF have what they owe their readers."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu
from pypdf import PageObject, PdfReader

from insight.briefing import Briefing, pdf
from tests.data.conftest import WELSH

LIBERATION = Path("/usr/share/fonts/truetype/liberation")  # the metrics of Arial, in Debian's fonts-liberation
TOLERANCE = 1.01
SMALLEST = 12  # points on a slide
UPRIGHT_A4 = (595, 842)  # points
FULL = 0.6  # of a printed page, at least, that is written on; the last may be shorter


@pytest.fixture(scope="module")
def shown(decks: dict[str, bytes]) -> dict[str, Any]:
    return {name: Presentation(io.BytesIO(deck)) for name, deck in decks.items()}


@pytest.fixture(scope="module")
def prints(briefings: dict[str, Briefing]) -> dict[str, bytes]:
    chosen = ("Gwent", "City of London", "Leicestershire", "Gloucestershire", "Devon & Cornwall", "Metropolitan", "Wiltshire")
    return {name: pdf(briefings[name]) for name in chosen}


def measured_height(frame: Any, width: float) -> float:
    """Height in points of a text frame's paragraphs, each word measured with a font of Arial's metrics."""
    total = 0.0
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            name = "LiberationSans-Bold.ttf" if run.font.bold else "LiberationSans-Regular.ttf"
            size = run.font.size.pt
            font = ImageFont.truetype(str(LIBERATION / name), 1000)
            wide, lines = 0.0, 1
            for word in run.text.split():
                length = font.getlength(word) * size / 1000
                assert length <= width, f"the word {word!r} is wider than its box"
                space = font.getlength(" ") * size / 1000 if wide else 0.0
                if wide + space + length > width:
                    lines, wide = lines + 1, length
                else:
                    wide += space + length
            total += lines * size * 1.15
        total += paragraph.space_after.pt if paragraph.space_after else 0.0
    return total


@pytest.mark.skipif(not LIBERATION.is_dir(), reason="needs the fonts that are measured with (Debian: fonts-liberation)")
def test_no_text_overflows_its_box_in_any_force(shown: dict[str, Any]) -> None:
    assert len(shown) == 43
    for name, deck in shown.items():
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_text_frame and shape.text_frame.text:
                    tall = measured_height(shape.text_frame, Emu(shape.width).pt)
                    assert tall <= Emu(shape.height).pt * TOLERANCE + 10, (name, shape.text_frame.text[:80])
                if getattr(shape, "has_table", False) and shape.has_table:
                    check_table(name, shape)


def check_table(name: str, shape: Any) -> None:
    table = shape.table
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            inside = Emu(column.width - cell.margin_left - cell.margin_right).pt
            tall = measured_height(cell.text_frame, inside) + Emu(cell.margin_top + cell.margin_bottom).pt
            assert tall <= Emu(row.height).pt * TOLERANCE, (name, cell.text)


def test_no_cell_of_a_table_is_empty(shown: dict[str, Any]) -> None:
    """LibreOffice gives an empty cell its default of 18 points: tables of forces with hidden figures grew over their note."""
    for name, deck in shown.items():
        for slide in deck.slides:
            for shape in slide.shapes:
                if getattr(shape, "has_table", False) and shape.has_table:
                    assert all(cell.text for cell in shape.table.iter_cells()), (name, shape.name)


def test_nothing_on_a_slide_is_smaller_than_12_points(shown: dict[str, Any]) -> None:
    seen = set()
    for name, deck in shown.items():
        for slide in deck.slides:
            for size in slide._element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
                if size.get("sz"):
                    seen.add(int(size.get("sz")))
                    assert int(size.get("sz")) >= SMALLEST * 100, name
            for shape in slide.shapes:
                for frame in [shape.text_frame] if shape.has_text_frame else []:
                    assert all(run.font.size.pt >= SMALLEST for line in frame.paragraphs for run in line.runs), (name, frame.text)
                if getattr(shape, "has_chart", False) and shape.has_chart:
                    sizes = [int(one.get("sz")) for one in shape.chart._chartSpace.iter() if one.get("sz", "").isdigit()]
                    assert sizes
                    assert min(sizes) >= SMALLEST * 100, (name, shape.name)
    assert min(seen) == SMALLEST * 100


def test_every_shape_lies_on_its_slide_and_none_covers_another(shown: dict[str, Any]) -> None:
    for name, deck in shown.items():
        for slide in deck.slides:
            boxes = [
                (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height, shape.name)
                for shape in slide.shapes
                if shape.height
            ]
            for left, top, right, bottom, what in boxes:
                assert left >= 0
                assert top >= 0
                assert right <= deck.slide_width, (name, what)
                assert bottom <= deck.slide_height, (name, what)
            for place, one in enumerate(boxes):
                for other in boxes[place + 1 :]:
                    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                    assert apart, (name, one[4], other[4])


def test_the_cover_says_what_it_is_of_when_and_from_what(shown: dict[str, Any], briefings: dict[str, Briefing]) -> None:
    for name, deck in shown.items():
        made, cover = briefings[name], deck.slides[0]
        text = " ".join(shape.text_frame.text for shape in cover.shapes if shape.has_text_frame)
        for part in (made.organisation, made.date_line, made.build_id, *made.prepared_from):
            assert part in text, (name, part)
        assert ("Department for Education" in text) == (name not in WELSH), name


def test_every_slide_has_title_notes_force_day_and_number(shown: dict[str, Any], briefings: dict[str, Briefing]) -> None:
    for name, deck in shown.items():
        made = briefings[name]
        titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
        assert titles[0] == made.organisation
        assert list(dict.fromkeys(title.removesuffix(", continued") for title in titles[1:])) == list(
            dict.fromkeys(page.title for page in made.pages)
        ), name
        assert len(titles) <= 18, name
        for number, slide in enumerate(deck.slides, start=1):
            assert f"Build {made.build_id}" in slide.notes_slide.notes_text_frame.text
            text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            assert number == 1 or f"{made.foot} · {number}" in text, (name, number)


def test_a_slide_that_goes_on_holds_the_rest_and_nothing_is_lost(shown: dict[str, Any], briefings: dict[str, Briefing]) -> None:
    for name, deck in shown.items():
        texts, rows = [], 0
        for slide in deck.slides:
            for shape in slide.shapes:
                texts += [line.text for line in shape.text_frame.paragraphs] if shape.has_text_frame else []
                rows += len(shape.table.rows) - 1 if getattr(shape, "has_table", False) and shape.has_table else 0
        pages = briefings[name].pages
        assert [said for page in pages for said in page.sentences if said not in texts] == [], name
        assert rows == sum(len(table.rows) for page in pages for table in page.tables), name


def test_charts_and_tables_are_native_and_have_a_text_alternative(shown: dict[str, Any]) -> None:
    for name, deck in shown.items():
        held = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert not [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13], name  # a picture
        assert held
        assert all(shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in held)


def test_the_pdf_is_tagged_titled_and_in_english(prints: dict[str, bytes], briefings: dict[str, Briefing]) -> None:
    for name, content in prints.items():
        with pikepdf.open(io.BytesIO(content)) as document:
            root = document.Root
            assert bool(root.MarkInfo.Marked), name
            assert str(root.Lang) == "en-GB"
            assert bool(root.ViewerPreferences.DisplayDocTitle)
            assert str(document.docinfo["/Title"]) == briefings[name].title
            assert document.open_metadata().get("pdfuaid:part") == "1"
            assert all(page.get("/Tabs") == "/S" for page in document.pages)
            kinds = [str(node.S) for node in nodes(root.StructTreeRoot)]
            assert kinds.count("/H1") == 1
            blocks = sum(len(page.blocks) for page in briefings[name].pages)
            assert kinds.count("/H2") == len(briefings[name].pages) + blocks + 1, "and the list of sources"
            assert "/TH" in kinds
            pictures = [node for node in nodes(root.StructTreeRoot) if str(node.S) == "/Figure"]
            assert len(pictures) == sum(page.chart is not None for page in briefings[name].pages)
            assert all(str(node.Alt) for node in pictures)


def test_the_pdf_is_upright_a4_and_no_page_of_it_is_half_empty(prints: dict[str, bytes]) -> None:
    for name, content in prints.items():
        pages = PdfReader(io.BytesIO(content)).pages
        assert 3 <= len(pages) <= 9, name
        for number, page in enumerate(pages, start=1):
            assert (round(page.mediabox.width), round(page.mediabox.height)) == UPRIGHT_A4, name
            assert number == len(pages) or lowest(page) > FULL, (name, number)


def test_two_tables_beside_each_other_begin_at_one_height(briefings: dict[str, Briefing]) -> None:
    """At the head of a page, where Humberside has them, the first lost its margin and the two captions stood uneven."""
    tops: list[float] = []

    def note(text: str, outer: list[float], inner: list[float], *_: Any) -> None:
        tops.extend([inner[5] * outer[3] + outer[5]] if text.strip().startswith("PEEL 20") else [])

    for page in PdfReader(io.BytesIO(pdf(briefings["Humberside"]))).pages:
        page.extract_text(visitor_text=note)
    first, second = tops
    assert first == pytest.approx(second, abs=0.5)


def lowest(page: PageObject) -> float:
    """How far down the lowest text above the foot stands, as a part of the page."""
    places = []

    def note(text: str, outer: list[float], inner: list[float], *_: Any) -> None:
        if text.strip():
            places.append(1 - (inner[5] * outer[3] + outer[5]) / float(page.mediabox.height))

    page.extract_text(visitor_text=note)
    return max(place for place in places if place < 0.93)


def test_the_pdf_writes_what_the_slides_write(prints: dict[str, bytes], briefings: dict[str, Briefing]) -> None:
    for name, content in prints.items():
        text = "".join(re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages)
        for page in briefings[name].pages:
            for said in (page.title, *page.sentences, *(line for block in page.blocks for line in block.lines)):
                assert re.sub(r"\s+", "", said) in text, (name, said)


def nodes(node: Any) -> list[Any]:
    """The structure elements below a node."""
    kids = node.get("/K")
    if kids is None:
        return []
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid, *nodes(kid)]
    return found


def test_every_list_of_a_slide_has_real_bullets(shown: dict[str, Any], briefings: dict[str, Briefing]) -> None:
    for name, deck in shown.items():
        said = {text for page in briefings[name].pages if len(page.sentences) > 1 for text in page.sentences}
        for slide in deck.slides:
            for shape in slide.shapes:
                lines = shape.text_frame.paragraphs if shape.has_text_frame else ()
                if len(lines) > 1 and lines[0].text in said:
                    assert all(line._p.find(".//" + qn("a:buChar")) is not None for line in lines), (name, lines[0].text[:60])


def test_a_table_beside_another_has_its_caption_on_every_slide_that_it_goes_on_to(
    shown: dict[str, Any], briefings: dict[str, Briefing]
) -> None:
    """The rest of one cycle's grades stood alone on a slide, and nothing on it said of which cycle they are."""
    for name, deck in shown.items():
        captions = {table.caption for page in briefings[name].pages if len(page.tables) > 1 for table in page.tables}
        for slide in deck.slides:
            texts = {shape.text_frame.text.removesuffix(", continued") for shape in slide.shapes if shape.has_text_frame}
            drawn = {shape.name.removesuffix(", continued") for shape in slide.shapes if shape.has_table}
            assert drawn & captions <= texts, name
