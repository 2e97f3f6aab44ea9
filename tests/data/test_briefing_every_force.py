"""All 43 briefings: nothing overflows its box or is too small, slides and PDF have what they owe their readers."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu
from pypdf import PageObject, PdfReader

from insight.briefing import Briefing, briefing_of, pdf
from insight.charts.model.bars import BarChart
from insight.charts.model.lines import LineChart
from insight.findings import Finding
from insight.glossary import SHORT_FORMS
from insight.queries import figures
from insight.tables.model import Table
from insight.views.context import Context
from insight.warehouse import Warehouse

LIBERATION = Path("/usr/share/fonts/truetype/liberation")  # the metrics of Arial, in Debian's fonts-liberation
TOLERANCE = 1.01
WELSH = ("Gwent", "South Wales", "North Wales", "Dyfed-Powys")
SMALLEST = 12  # points on a slide
UPRIGHT_A4 = (595, 842)  # points
FULL = 0.45  # of a printed page, at least, that is written on; the last may be shorter
VERBS = re.compile(
    r"\b(is|are|was|were|has|have|had|did|do|fell|rose|graded|left|entered|returned|published|closed|audited|went|changed|says?|"
    r"planned|found|cover|cannot|compare|reported|recorded|stayed|shows?|advises|inspected)\b"
)


@pytest.fixture(scope="module")
def shown(decks: dict[str, bytes]) -> dict[str, Any]:
    return {name: Presentation(io.BytesIO(deck)) for name, deck in decks.items()}


@pytest.fixture(scope="module")
def prints(briefings: dict[str, Briefing]) -> dict[str, bytes]:
    chosen = ("Gwent", "City of London", "Leicestershire", "Gloucestershire", "Devon & Cornwall", "Metropolitan", "Wiltshire")
    return {name: pdf(briefings[name]) for name in chosen}


def tables_of(made: Briefing, heading: str) -> list[Table]:
    return [table for page in made.pages for table in page.tables if heading in table.headings]


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


def test_a_title_states_something(briefings: dict[str, Briefing]) -> None:
    for name, made in briefings.items():
        for page in made.pages:
            assert VERBS.search(page.title), (name, page.title)
            assert not page.title.endswith("."), (name, page.title)


def test_a_figure_that_is_not_there_is_not_compared(briefings: dict[str, Briefing]) -> None:
    for name, word in (("City of London", "Too few children to compare"), ("West Mercia", "Not compared")):
        (table,) = tables_of(briefings[name], "Recent trend")
        absent = [row for row in table.records() if row[name][:1].isalpha() and not row[name].startswith("at least")]
        assert absent, name
        assert {list(row.values())[-2] for row in absent} == {word}, name


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


def test_a_welsh_force_shows_its_judgments_and_says_where_its_figures_are(briefings: dict[str, Briefing]) -> None:
    for name in WELSH:
        made = briefings[name]
        assert not any(page.chart for page in made.pages)
        assert "Welsh Government" in " ".join(line for block in made.pages[0].blocks for line in block.lines)
        assert any(table.caption.startswith("PEEL until 2018/19") for table in tables_of(made, "Question")), name


def test_the_city_of_london_is_not_compared(briefings: dict[str, Briefing]) -> None:
    made = briefings["City of London"]
    texts = [text for page in made.pages for text in (page.title, *page.sentences)]
    assert any("too few children to compare" in text or "too few children to be compared" in text for text in texts)
    assert not any(re.search(r"\d(st|nd|rd|th) highest", text) for text in texts)
    chart = next(page.chart for page in made.pages if isinstance(page.chart, BarChart))
    assert not any("City of London" in bar.name for bar in chart.bars)


def test_bars_name_the_highest_and_the_lowest_force_and_the_place_of_my_own(briefings: dict[str, Briefing]) -> None:
    chart = next(page.chart for page in briefings["Wiltshire"].pages if isinstance(page.chart, BarChart))
    names = [bar.name for bar in chart.bars]
    assert names[0] == "1st Metropolitan"
    assert names[-1] == "36th Lincolnshire"
    assert "9th Wiltshire" in names
    assert any(name.startswith("England") for name in names)


def test_a_lower_bound_is_at_least_and_has_no_place_among_the_bars(briefings: dict[str, Briefing]) -> None:
    made = briefings["Leicestershire"]
    (table,) = tables_of(made, "Recent trend")
    assert any("at least" in cell for row in table.records() for cell in row.values())
    chart = next(page.chart for page in made.pages if isinstance(page.chart, BarChart))
    mine = chart.bars[-1]
    assert (mine.role, mine.bound, mine.name, mine.text) == ("mine", True, "Leicestershire", "at least 9.1%")


def test_the_chart_of_trends_draws_what_its_title_tells(
    briefings: dict[str, Briefing], all_findings: dict[str, list[Finding]]
) -> None:
    """Wiltshire's title told of three measures that moved, its chart showed one that did not."""
    seen = 0
    for name, made in briefings.items():
        moved = [one for one in all_findings[name] if one.rule == "trend" and not one.wider]
        page = next((page for page in made.pages if moved and page.title == moved[0].headline.rstrip(".")), None)
        if page is None:
            assert not moved or name in WELSH, name
            continue
        assert isinstance(page.chart, LineChart), name
        mine = next(line for line in page.chart.lines if line.role == "mine")
        assert set(page.chart.periods[-5:]) <= {point.when for run in mine.runs for point in run}, name
        assert moved[0].figures[-1].text == mine.end[1], name
        seen += 1
    assert seen > 20


def test_the_chart_beside_repeat_missing_is_of_the_measure_in_its_title(briefings: dict[str, Briefing]) -> None:
    """Lincolnshire's title told of incidents per child, its chart showed the share missing more than once."""
    seen = set()
    for name, made in briefings.items():
        for page in made.pages:
            for title, unit in (("went missing more than once", "%"), ("times on average", "incidents")):
                if title in page.title and page.chart is not None:
                    assert isinstance(page.chart, LineChart), name
                    assert unit in page.chart.unit.lower(), (name, page.chart.unit)
                    seen.add(title)
    assert len(seen) == 2


def test_a_briefing_of_an_earlier_year_says_so_and_knows_nothing_later(contexts: dict[str, Context]) -> None:
    context = contexts["Wiltshire"]
    made = briefing_of(replace(context, selection=replace(context.selection, period_end=date(2020, 3, 31))))
    assert made.day == context.profile().known_on
    assert "figures as of the year ending March 2020" in made.foot
    texts = [text for page in made.pages for text in (page.title, *page.sentences)]
    texts += [cell for page in made.pages for table in page.tables for row in table.records() for cell in row.values()]
    texts += [
        text for page in made.pages for block in page.blocks for text in (*block.lines, *(chip.label for chip in block.chips))
    ]
    later = re.compile(r"2021/22|2023-25|(March|April|July|August|June|December|May) 202[1-9]")
    assert [text for text in texts if later.search(text)] == []
    for page in made.pages:
        if isinstance(page.chart, LineChart):
            assert max(page.chart.periods) <= date(2020, 3, 31)


def test_the_forces_that_the_reader_compares_with_are_in_table_and_bars(real: Warehouse, contexts: dict[str, Context]) -> None:
    context = contexts["Wiltshire"]
    codes = figures.forces(real).set_index("force_name")["force_code"]
    chosen = ("Kent", "Avon and Somerset")
    made = briefing_of(replace(context, selection=replace(context.selection, compared=tuple(codes[name] for name in chosen))))
    assert any(table.headings[1:4] == ["Wiltshire", *chosen] for table in tables_of(made, "Kent"))
    bars = next(page.chart for page in made.pages if isinstance(page.chart, BarChart))
    assert [bar.name.split(" ", 1)[1] for bar in bars.bars if bar.role == "compared"] == list(reversed(chosen))
    lines = next(page.chart for page in made.pages if isinstance(page.chart, LineChart))
    assert {line.name for line in lines.lines if line.role == "compared"} == set(chosen)


def test_both_cycles_stand_side_by_side_with_who_reported_their_grades(briefings: dict[str, Briefing]) -> None:
    page = next(page for page in briefings["Wiltshire"].pages if len(page.tables) == 2)
    assert [table.caption for table in page.tables] == ["PEEL 2023-25, source: the press", "PEEL 2021/22, source: the press"]
    grades = [{row["Question"]: row["Grade"] for row in table.records()} for table in page.tables]
    assert [one["Protecting vulnerable people"] for one in grades] == ["Requires improvement", "Inadequate"]


def test_a_term_is_spelt_out_on_the_first_page_that_uses_it(briefings: dict[str, Briefing]) -> None:
    for name, made in briefings.items():
        for term, meaning in SHORT_FORMS.items():
            using = [
                place
                for place, page in enumerate(made.pages)
                if re.search(
                    rf"\b{term}\b", " ".join([page.title, *page.sentences, *(line for one in page.blocks for line in one.lines)])
                )
            ]
            spelt = [place for place, page in enumerate(made.pages) if any(f"{term}: {meaning}" in one for one in page.cautions)]
            assert not using or spelt, (name, term)
            assert not using or spelt[0] <= using[0], (name, term)
            assert len(spelt) <= 1, (name, term)


def test_what_our_sources_do_not_show_is_said_before_what_followed_an_inspection(briefings: dict[str, Briefing]) -> None:
    for name, made in briefings.items():
        page = next(page for page in made.pages if any("action plan" in said for said in page.sentences))
        assert "action plan" in page.sentences[0], name
        assert not re.search(r"\blate\b|overdue", " ".join(page.sentences)), name


def test_every_list_of_a_slide_has_real_bullets(shown: dict[str, Any], briefings: dict[str, Briefing]) -> None:
    for name, deck in shown.items():
        said = {text for page in briefings[name].pages if len(page.sentences) > 1 for text in page.sentences}
        for slide in deck.slides:
            for shape in slide.shapes:
                lines = shape.text_frame.paragraphs if shape.has_text_frame else ()
                if len(lines) > 1 and lines[0].text in said:
                    assert all(line._p.find(".//" + qn("a:buChar")) is not None for line in lines), (name, lines[0].text[:60])


def test_the_last_page_says_what_the_figures_cannot(briefings: dict[str, Briefing]) -> None:
    for name, made in briefings.items():
        last = made.pages[-1]
        assert last.title.startswith("Limits of the data")
        assert last.sentences, name
    assert "Department for Education" not in " ".join(briefings["Gwent"].prepared_from)


def test_the_number_of_measures_in_the_title_is_that_of_the_table_below(briefings: dict[str, Briefing]) -> None:
    counted = 0
    for name, made in briefings.items():
        for page in made.pages:
            if said := re.match(r"Of (\d+) measures", page.title):
                rows = [row for row in page.tables[0].records() if row.get("Verdict")]
                assert len(rows) == int(said[1]), name
                counted += 1
    assert counted == 38  # all English forces but the City of London, which is not compared
