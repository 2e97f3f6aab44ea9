"""All 43 briefings: nothing overflows its box, slides and PDF have what they owe their readers, honest where figures lack."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from insight.briefing import Briefing, briefing_of, pdf, slides
from insight.charts.model.bars import BarChart
from insight.charts.model.lines import LineChart
from insight.findings import findings_of
from insight.profile.reading import gather
from insight.queries import figures
from insight.queries.ask import asking
from insight.warehouse import Warehouse

LIBERATION = Path("/usr/share/fonts/truetype/liberation")  # the metrics of Arial, in Debian's fonts-liberation
TOLERANCE = 1.01


@pytest.fixture(scope="module")
def briefings(real: Warehouse) -> dict[str, Briefing]:
    ask = asking(real)
    forces = ask(figures.forces)
    return {row.force_name: briefing_of(gather(ask, row.force_code)) for row in forces.itertuples()}


@pytest.fixture(scope="module")
def decks(briefings: dict[str, Briefing]) -> dict[str, Any]:
    return {name: Presentation(io.BytesIO(slides(made))) for name, made in briefings.items()}


@pytest.fixture(scope="module")
def prints(briefings: dict[str, Briefing]) -> dict[str, bytes]:
    chosen = ("Gwent", "City of London", "Leicestershire", "Gloucestershire", "Devon & Cornwall")
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
def test_no_text_overflows_its_box_in_any_force(decks: dict[str, Any]) -> None:
    assert len(decks) == 43
    for name, deck in decks.items():
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


def test_no_cell_of_a_table_is_empty(decks: dict[str, Any]) -> None:
    """LibreOffice gives an empty cell its default of 18 points: tables of forces with hidden figures grew over their note."""
    for name, deck in decks.items():
        for slide in deck.slides:
            for shape in slide.shapes:
                if getattr(shape, "has_table", False) and shape.has_table:
                    assert all(cell.text for cell in shape.table.iter_cells()), (name, shape.name)


def test_a_figure_that_is_not_there_is_not_compared(briefings: dict[str, Briefing]) -> None:
    for name, word in (("City of London", "Too few children to compare"), ("West Mercia", "Not compared")):
        table = briefings[name].pages[1].table
        assert table is not None
        absent = [row for row in table.rows if row[2][:1].isalpha() and not row[2].startswith("at least")]
        assert absent, name
        assert {row[-1] for row in absent} == {word}, name


def test_every_shape_lies_on_its_slide_and_none_covers_another(decks: dict[str, Any]) -> None:
    for name, deck in decks.items():
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


def test_every_slide_has_title_notes_force_build_release_and_date(decks: dict[str, Any], briefings: dict[str, Briefing]) -> None:
    for name, deck in decks.items():
        made = briefings[name]
        assert 6 <= len(deck.slides) <= 8
        for place, slide in enumerate(deck.slides, start=1):
            assert slide.shapes.title.text_frame.text == made.pages[place - 1].title
            assert "Source:" in slide.notes_slide.notes_text_frame.text
            text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            for part in (made.organisation, made.build_id, made.releases, str(made.day.year)):
                assert part in text, (name, place, part)


def test_charts_and_tables_are_native_and_have_a_text_alternative(decks: dict[str, Any]) -> None:
    for name, deck in decks.items():
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
            assert kinds.count("/H2") == len(briefings[name].pages) - 1
            assert "/TH" in kinds
            pictures = [node for node in nodes(root.StructTreeRoot) if str(node.S) == "/Figure"]
            assert len(pictures) == sum(page.chart is not None for page in briefings[name].pages)
            assert all(str(node.Alt) for node in pictures)


def test_the_pdf_has_a_page_for_each_slide_with_its_foot(prints: dict[str, bytes], briefings: dict[str, Briefing]) -> None:
    for name, content in prints.items():
        with pikepdf.open(io.BytesIO(content)) as document:
            assert len(document.pages) == len(briefings[name].pages), name


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


def test_a_welsh_force_has_no_figure_and_says_why(briefings: dict[str, Briefing]) -> None:
    for name in ("Gwent", "South Wales", "North Wales", "Dyfed-Powys"):
        made = briefings[name]
        assert len(made.pages) == 6
        assert not any(page.chart for page in made.pages)
        assert "England only" in made.pages[1].title


def test_the_city_of_london_is_said_to_be_never_ranked(briefings: dict[str, Briefing]) -> None:
    texts = [text for page in briefings["City of London"].pages for text in page.bullets]
    assert any("never ranked" in text for text in texts)
    assert not any(re.search(r"\d(st|nd|rd|th) highest", text) for text in texts)


def test_hidden_figures_are_at_least_and_break_the_line(briefings: dict[str, Briefing]) -> None:
    made = briefings["Leicestershire"]
    texts = [text for page in made.pages for text in page.bullets]
    assert any("lower bound" in text for text in texts)
    assert any("at least" in cell for page in made.pages if page.table for row in page.table.rows for cell in row)
    lines = [line for page in made.pages if page.chart for line in getattr(page.chart, "lines", ()) if line.role == "mine"]
    assert not any(line.bounds and line.newest is line.bounds[-1] for line in lines), "its newest figure is hidden in part"
    assert any("No line is drawn" in text for text in made.pages[4].bullets)
    bars = made.pages[2].chart
    assert isinstance(bars, BarChart)
    mine = bars.bars[-1]
    assert (mine.role, mine.bound, mine.text) == ("mine", True, "at least 9.1%"), "a lower bound has no place among the quarters"


def test_the_chart_of_trends_draws_what_its_title_tells(briefings: dict[str, Briefing], real: Warehouse) -> None:
    """Wiltshire's title told of three measures that moved, its chart showed one that did not."""
    ask = asking(real)
    for row in ask(figures.forces).itertuples():
        if row.country == "Wales":
            continue
        facts = gather(ask, row.force_code)
        chart = briefings[row.force_name].pages[3].chart
        moved = [one for one in findings_of(facts) if one.rule == "trend"]
        if moved:
            assert chart is not None
            assert chart.title.startswith(moved[0].figures[0].title), row.force_name
            assert isinstance(chart, LineChart)
            mine = next(line for line in chart.lines if line.role == "mine")
            assert set(chart.periods[-5:]) <= {point.when for run in mine.runs for point in run}
        elif chart is None:
            assert any("No line is drawn" in text for text in briefings[row.force_name].pages[3].bullets)


def test_a_briefing_of_an_earlier_year_has_the_day_of_the_build_and_says_the_year(real: Warehouse) -> None:
    ask = asking(real)
    facts = gather(ask, "E23000038", date(2020, 3, 31))
    made = briefing_of(facts)
    assert made.day == facts.known_on
    assert "Figures as of the year ending March 2020" in made.foot(1)
    assert "31 March 2020" not in made.foot(1)
    assert facts.period == "to-2020"


def test_grades_told_by_the_press_are_marked_and_counted(briefings: dict[str, Briefing]) -> None:
    page = next(page for page in briefings["Wiltshire"].pages if page.title.startswith("PEEL") and page.table)
    assert page.table is not None
    assert all(grade.endswith("(p)") for _, grade, *_ in page.table.rows)
    assert "by the press for 9 of 9 known grades" in page.notes
    assert "reported by the press" in page.foot


def test_every_list_of_a_slide_has_real_bullets(decks: dict[str, Any]) -> None:
    for name, deck in decks.items():
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_text_frame and len(shape.text_frame.paragraphs) > 1:
                    marks = [paragraph._p.find(".//" + qn("a:buChar")) for paragraph in shape.text_frame.paragraphs]
                    assert all(mark is not None for mark in marks), (name, shape.text_frame.text[:60])


def test_the_last_page_has_method_and_every_source_and_a_welsh_one_only_its_own(briefings: dict[str, Briefing]) -> None:
    for made in briefings.values():
        assert made.pages[-1].notes.startswith("Method: ")
        assert made.pages[-1].foot.startswith("Source: ")
    gwent = briefings["Gwent"].pages[-1]
    assert "Department for Education" not in gwent.foot + gwent.notes
    assert "Department for Education" not in briefings["Gwent"].releases
