"""What the 43 briefings say: titles that state something, what is compared and what is not, a term spelt out where it is first used."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

from pptx import Presentation

from insight.briefing import Briefing, briefing_of
from insight.charts.model.bars import BarChart
from insight.charts.model.lines import LineChart
from insight.findings import Finding
from insight.findings.protecting import judgements
from insight.glossary import SHORT_FORMS
from insight.queries import figures
from insight.statistics import Comparison, Trend, Verdict
from insight.tables.model import Table
from insight.verdicts import NOT_TESTED
from insight.views.context import Context
from insight.warehouse import Warehouse
from tests.data.conftest import WELSH

VERBS = re.compile(
    r"\b(is|are|was|were|has|have|had|did|do|fell|rose|graded|left|entered|returned|published|closed|audited|went|changed|says?|"
    r"planned|found|cover|cannot|compare|reported|recorded|stayed|shows?|advises|inspected)\b"
)

MOVED_OR_COMPARED = re.compile(
    r"\b(rose|fell|rising|falling|increase[ds]?|decrease[ds]?|increasing|decreasing|unusual|usual range|(above|below|about) (the )?average)",
    re.I,
)


def tables_of(made: Briefing, heading: str) -> list[Table]:
    return [table for page in made.pages for table in page.tables if heading in table.headings]


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


def test_a_welsh_force_shows_its_judgements_and_says_where_its_figures_are(briefings: dict[str, Briefing]) -> None:
    for name in WELSH:
        made = briefings[name]
        assert not any(page.chart for page in made.pages)
        assert "Welsh Government" in " ".join(line for block in made.pages[0].blocks for line in block.lines)
        assert any(table.caption.startswith("PEEL until 2018/19, by pillar") for table in tables_of(made, "Question")), name


def test_the_city_of_london_is_not_compared(briefings: dict[str, Briefing]) -> None:
    made = briefings["City of London"]
    texts = [text for page in made.pages for text in (page.title, *page.sentences)]
    assert any("too few children to compare" in text or "too few children to be compared" in text for text in texts)
    assert not any(re.search(r"\d(st|nd|rd|th) highest", text) for text in texts)
    chart = next(page.chart for page in made.pages if isinstance(page.chart, BarChart))
    assert not any("City of London" in bar.name for bar in chart.bars)


def test_the_slides_of_the_city_of_london_tell_no_trend_and_no_verdict(decks: dict[str, bytes]) -> None:
    """Read from the file: each row of its measures, its big figure, its own figures beside other forces', its charts."""
    few, said = str(Verdict.TOO_FEW), [str(one) for one in (*Verdict, *Trend, *Comparison)]
    words = [word for word in said if word not in (few, str(Trend.CANNOT_BE_CALCULATED))]
    deck, rows = Presentation(io.BytesIO(decks["City of London"])), []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                rows += [[cell.text for cell in row.cells] for row in shape.table.rows]
            if shape.has_chart:
                assert not any("City of London" in name for plot in shape.chart.plots for name in plot.categories)
                assert not any("City of London" in one.name for plot in shape.chart.plots for one in plot.series)
            chips = shape.has_text_frame and few.lower() in shape.text_frame.text and "Other forces" in shape.text_frame.text
            for sentence in re.split(r"(?<=[.;])\s", shape.text_frame.text) if shape.has_text_frame else ():
                assert not ((chips or "City of London" in sentence) and MOVED_OR_COMPARED.search(sentence)), sentence
    compared = [row for row in rows if few in row]
    assert len(compared) == 13
    assert not [(row, word) for row in compared for word in words if word in row]
    assert {row[-1] for row in compared} == {few, NOT_TESTED}
    beside = [row for row in rows if re.search(r", \d{4}$", row[0])]
    assert len(beside) == 13
    assert not [row for row in beside if re.search("[↑↓→]", row[1])]


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


def test_the_cover_tells_the_newest_grade_for_protecting_vulnerable_people(
    briefings: dict[str, Briefing], contexts: dict[str, Context]
) -> None:
    """Humberside's told that one of eight areas requires improvement, of a force graded outstanding for what it is about."""
    seen = 0
    for name, made in briefings.items():
        newest = judgements(contexts[name].profile())[0]
        if newest.grade is not None:
            assert f"“{newest.grade.lower()}” for protecting vulnerable people (PEEL {newest.cycle}" in made.pages[0].title, name
            seen += 1
    assert seen > 30


def test_no_sentence_of_a_page_repeats_its_title_or_another_one(briefings: dict[str, Briefing]) -> None:
    """Titles broke off at a colon ('… stayed the same 6 times. Changed'); what followed an inspection stood as title and as text."""
    for name, made in briefings.items():
        titles = [page.title for page in made.pages]
        assert not [title for title in titles if title.endswith("Changed")], name
        assert made.pages[0].title not in titles[1:2], name  # of a force without figures it stands just below
        said = [part for page in made.pages for text in page.sentences for part in re.split(r"(?<=[.]) (?=[A-Z])", text)]
        followed = [one for one in said if re.match("(Whether a force sent|HMICFRS (returned|published its review))", one)]
        assert len(followed) == len(set(followed)), (name, followed)
        assert not [one for one in followed for title in titles if one.rstrip(".") in title], (name, followed)
        assert sum(one.startswith("With so few children") for one in said) <= 1, name
