"""The first screen of every force, the forces side by side and the overview of measures: one figure and one verdict on all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from insight.findings import findings_of, headlines, opening
from insight.format import slug
from insight.inspections.grade_and_measure import association_note
from insight.queries import figures
from insight.queries.ask import Ask
from insight.statistics import Verdict
from insight.statistics.rank_correlation import RankCorrelation
from insight.tables.model import Kind, is_heading, text_of
from insight.verdicts import has_verdicts, is_compared, shown_verdict
from insight.views import (
    every_measure,
    forces_compared,
    national,
    neighbours,
    over_time,
    police,
    profile,
    side_by_side,
)
from insight.views.context import Context
from insight.views.force_blocks import force_blocks
from insight.views.opening import level_sentence
from insight.views.selection import register
from insight.views.view import View
from insight.warehouse import Warehouse
from tests.data.contexts import context
from vocabulary import MOST_SIMILAR

DAY = date(2026, 11, 1)
AVERAGES = """
SELECT s.*, m.multiplier, m.kind, i.lower_95 AS lower, i.upper_95 AS upper FROM similar_average s JOIN measure m USING (measure_id)
JOIN indicator i ON i.area_code = s.force_code AND i.measure_id = s.measure_id AND i.period_end = s.period_end
"""
PARTS = """
SELECT n.force_code, i.measure_id, i.period_end, i.numerator, i.denominator FROM nearest_neighbour n
JOIN indicator i ON i.area_code = n.neighbour_code AND i.area_level = 'force'
WHERE n.position <= $most AND i.value IS NOT NULL AND i.hidden_parts = 0
AND (i.measure_id, i.area_code, i.period_end) NOT IN (
    SELECT (measure_id, area_code, period_end) FROM doubtful_figure WHERE area_level = 'force')
"""


def test_the_average_of_similar_forces_is_that_of_the_complete_ones_summed_first(real: Warehouse) -> None:
    stored = real.rows("averages", AVERAGES).set_index(["force_code", "measure_id", "period_end"])
    parts = real.rows("parts", PARTS, {"most": MOST_SIMILAR}).groupby(["force_code", "measure_id", "period_end"])
    sums, counted = parts[["numerator", "denominator"]].sum().loc[stored.index], parts.size().loc[stored.index]
    assert len(stored) > 2000
    assert (counted == stored["forces_compared"]).all()
    again = sums["numerator"] / sums["denominator"] * stored["multiplier"].astype(float)
    assert ((again - stored["average"]).abs() < 1e-9).all()
    above, below = stored["lower"] > stored["average"], stored["upper"] < stored["average"]
    assert set(stored.loc[above, "verdict"]) == {"Above average"}
    assert set(stored.loc[below, "verdict"]) == {"Below average"}


def test_every_force_opens_with_its_two_grades_its_figure_and_what_is_due(ask: Ask) -> None:
    for row in ask(figures.forces).to_dict("records"):
        judged, missing, act = force_blocks(context(ask, slug(row["force_name"])))
        assert [chip.label for chip in judged.chips] == ["2023-25", "2021/22"], row["force_name"]
        assert act.lines
        if row["country"] == "Wales":
            assert not missing.big
            assert not missing.chips
            assert "Welsh Government" in " ".join(missing.lines)
        elif row["unranked_because"] is not None and isinstance(row["unranked_because"], str):
            assert [chip.word for chip in missing.chips] == [str(Verdict.TOO_FEW)]
            assert missing.picture is None
        else:
            assert missing.picture is not None, row["force_name"]
            assert missing.chips[0].label.startswith("Average of forces")


def test_a_grade_known_from_the_press_alone_is_said_to_be(ask: Ask) -> None:
    assert "2023-25 and 2021/22: as reported by the press." in force_blocks(context(ask, "wiltshire"))[0].lines[0]
    assert not any("press" in line for line in force_blocks(context(ask, "lincolnshire"))[0].lines)


def test_a_judgement_does_not_vanish_when_an_earlier_year_of_figures_is_chosen(ask: Ask) -> None:
    now, then = (force_blocks(context(ask, "wiltshire", year=year)) for year in (-1, 2))
    assert now[0] == then[0]
    assert now[1].big != then[1].big


def test_in_every_year_the_opening_tells_the_newest_judgement_and_the_figure_of_the_block(ask: Ask) -> None:
    for name in ("wiltshire", "kent"):
        for year in register(ask).years["children_missing_per_10000"]:
            whole = context(ask, name, measure_id="children_missing_per_10000")
            selected = replace(whole, selection=replace(whole.selection, period_end=year))
            said = opening(selected.profile(), [], selected.profile(newest=True))
            assert "(2023-25" in said, (name, year)
            block = force_blocks(selected)[1]
            assert block.big in said, (name, year)
            if year.year == 2016:
                assert block.unit == "looked-after children went missing per 10,000 resident children"


@pytest.mark.parametrize("year", [-1, 2])
def test_the_overview_shows_the_figure_and_year_of_the_force_page(ask: Ask, year: int) -> None:
    selected = context(ask, "wiltshire", year=year)
    newest = [row for row in selected.profile().newest() if row["kind"] != "count"]
    tables = [every_measure.rug_of_measures(selected, group).table for group in every_measure.groups(selected)]
    headings = [heading for table in tables if table for heading in table.headings[1:]]
    cells = [cell for table in tables if table for cell in table.rows[0][1:]]
    assert [heading.rsplit(", ", 1)[1] for heading in headings] == [f"{row['period_end']:%Y}" for row in newest]
    assert {text_of(table.rows[0][0]) for table in tables if table} == {"Wiltshire"}
    for row, cell in zip(newest, cells, strict=True):
        if isinstance(row["value"], float) and row["hidden_parts"] == 0:
            assert shown_verdict(row) in text_of(cell)


def test_a_group_of_measures_names_its_own_publishers_and_a_single_year_once(ask: Ask) -> None:
    """'DfE, NCA and ONS, years to March 2025 to 2025' stood under groups that rest on no figure of the NCA."""
    kent = context(ask, "kent")
    told = {group: every_measure.rug_of_measures(kent, group) for group in every_measure.groups(kent)}
    for view in told.values():
        assert ("NCA" in view.short_source) is ("National Crime Agency" in view.source)
    one_year = [view for view in told.values() if view.data is not None and view.data["period_end"].nunique() == 1]
    assert [view.short_source for view in one_year] == ["DfE and ONS, year to March 2025"] * len(one_year)
    assert one_year


def test_the_overview_opens_with_the_group_of_the_measure_that_an_address_names(ask: Ask) -> None:
    selected = context(ask, "wiltshire")
    assert list(every_measure.groups(selected)) == ["children-missing", "child-protection-process", "what-assessments-found"]
    assert every_measure.group_of(selected) == "children-missing"
    every = {slug: group for group in every_measure.groups(selected) for slug in every_measure.orders(selected, group)}
    del every["name"]
    assert len(every) > 20
    assert {measure: every_measure.group_of(selected, measure) for measure in every} == every
    other = Context(ask, register(ask).with_measure(selected.selection, "neglect_per_10000"))
    assert every_measure.group_of(other) == "what-assessments-found"
    assert every_measure.group_of(other, "second-plans-percent") == "child-protection-process"
    assert every_measure.group_of(other, "no-such-measure") == "what-assessments-found"
    incidents = Context(ask, register(ask).with_measure(selected.selection, "police_missing_number"))
    assert every_measure.group_of(incidents) == "children-missing", "a measure of no group has the first"
    assert "second-plans-percent" in every_measure.orders(selected, "child-protection-process")


GROUPS = ["Children missing", "Child protection process", "What assessments found"]


@pytest.mark.parametrize(
    ("view", "groups"),
    [
        (profile.every_measure, GROUPS),
        (national.every_measure, GROUPS),
        (side_by_side.beside_similar, [GROUPS[0], GROUPS[2]]),  # the main measures; the wider picture is a choice of Compare
    ],
)
def test_tables_of_every_measure_name_the_groups_in_order(ask: Ask, view: Callable[[Context], View], groups: list[str]) -> None:
    table = view(context(ask, "wiltshire")).table
    assert table is not None
    named = [text_of(row[0]).partition(":")[0] for row in table.rows if is_heading(row)]
    assert named[: len(groups)] == groups
    assert len(table.records()) == len(table.rows) - len(named)


@pytest.mark.parametrize("force", ["wiltshire", "kent", "metropolitan"])
def test_the_wider_measures_are_told_in_full_and_never_among_what_opens_a_page(ask: Ask, force: str) -> None:
    facts = context(ask, force).profile()
    found = findings_of(facts)
    wider = {row["measure_id"] for row in facts.rows if row["wider"]}
    assert len(wider) == 14
    about = {one.figures[0].subject for one in found if one.wider and one.figures}
    assert len(about & wider) > 8
    assert not [one for one in headlines(found) if one.wider]
    assert headlines(found) == headlines(findings_of(facts.of_measures(wider=False)))


def test_side_by_side_has_the_own_force_first_then_the_chosen_ones_as_its_columns(ask: Ask) -> None:
    codes = ask(figures.forces).set_index("force_name")["force_code"]
    chosen = (codes["Kent"], codes["Avon and Somerset"])
    table = side_by_side.beside_others(context(ask, "wiltshire", chosen)).table
    assert table is not None
    assert table.headings[1:] == ["Wiltshire", "Kent", "Avon and Somerset", "Average of similar forces", "England"]
    rows = {text_of(row[0]).split(";")[0]: [text_of(cell) for cell in row] for row in table.rows}
    first = next(row for row in rows.values() if row[0].endswith(", 2024"))
    assert first[1] == "12.7% →; About average"
    assert first[4:] == ["11.5%; Wiltshire: about average", "11.2% →"]
    assert rows["Enhanced monitoring (Engage)"][1] == "ended 21 May 2024"
    assert rows["Last dated child protection visit"][1] == "April 2023"
    grades = [[text_of(cell) for cell in row] for row in table.rows if text_of(row[0]) == "Protecting vulnerable people"]
    assert [row[1] for row in grades] == ["Requires improvement", "Inadequate"]


def test_a_force_counted_in_the_average_and_never_ranked_is_told(ask: Ask) -> None:
    """27 forces stood in the name of the average over 26 ranked bars."""
    seen = context(ask, "kent", measure_id="police_missing_per_10000")
    average, view = seen.comparison().iloc[0]["forces_compared"], police.all_forces(seen)
    (told,) = (note for note in view.notes if "is not ranked" in note)
    assert told.endswith(f"It is counted in the average of {average} forces; the other {average - 1} are compared.")
    ranked = [row for row in seen.forces().to_dict("records") if is_compared(row)]
    assert len(ranked) == average - 1


def test_a_chosen_welsh_force_is_said_to_be_not_covered(ask: Ask) -> None:
    """Its cells were blank, and pictures without a figure of it did not say so."""
    welsh = str(ask(figures.forces).set_index("force_name")["force_code"]["South Wales"])
    kent = context(ask, "kent", (welsh,))
    said = "Not drawn: South Wales (not covered)."
    views = forces_compared.ranked(kent), forces_compared.ranks(kent), forces_compared.spread(kent), over_time.is_it_rising(kent)
    assert [view.answer.endswith(said) for view in views] == [True] * 4
    for view in (profile.every_measure(kent), every_measure.rug_of_measures(kent)):
        assert view.answer == "Without figures: South Wales (not covered)."
    table = side_by_side.beside_others(kent).table
    assert table is not None
    rows = {text_of(row[0]): text_of(row[2]) for row in table.rows}
    assert {said for name, said in rows.items() if name[-4:].isdigit()} == {"Not covered"}
    assert rows["Last dated child protection visit"] == "February 2016; one other has no known date"


def test_a_force_that_is_never_compared_stands_beside_others_with_its_figures(ask: Ask) -> None:
    table = side_by_side.beside_others(context(ask, "city-of-london")).table
    assert table is not None
    rows = {text_of(row[0]): text_of(row[1]) for row in table.rows}
    assert {said.split("; ")[-1] for name, said in rows.items() if name[-4:].isdigit()} <= {"Suppressed", str(Verdict.TOO_FEW)}
    assert rows["Looked-after children who went missing (%), 2024"] == "Suppressed"
    reported = next(said for name, said in rows.items() if name.startswith("Children reported missing to police"))
    assert reported == "15.3; Too few children to compare"


def test_figures_of_councils_stand_to_the_right_with_a_symbol_among_them(ask: Ask) -> None:
    table = profile.council_percentages(context(ask, "metropolitan")).table
    assert table is not None
    columns = list(zip(*[[text_of(cell) for cell in row] for row in table.rows], strict=True))
    assert any("[" in said for column in columns[1:] for said in column)
    assert {column.kind for column in table.columns[1:]} == {Kind.NUMBER}


def test_without_a_choice_similar_forces_stand_beside_and_those_of_the_region_where_there_are_none(ask: Ask) -> None:
    def beside(force: str) -> list[str]:
        table = side_by_side.beside_others(context(ask, force)).table
        assert table is not None
        return table.headings

    assert beside("wiltshire")[2 : 2 + MOST_SIMILAR] == list(neighbours.nearest(context(ask, "wiltshire"))["area_name"])
    assert beside("south-wales")[2:5] == ["Dyfed-Powys", "Gwent", "North Wales"]


def test_the_force_is_set_against_its_similar_forces_in_a_sentence(ask: Ask) -> None:
    said = neighbours.against_similar(context(ask, "wiltshire"))
    assert said == (
        "In Wiltshire, 12.7% of looked-after children went missing in the year to March 2024, about the average of the four of "
        "its five similar forces whose figures are complete (11.5%)."
    )
    assert neighbours.against_similar(context(ask, "south-wales")) == ""
    shown = side_by_side.beside_similar(context(ask, "wiltshire"))
    assert any("not the Home Office's most similar groups" in note for note in shown.notes)


def test_the_source_line_beside_similar_forces_names_what_the_table_rests_on(ask: Ask) -> None:
    """It named every table of figures that is loaded, those of measures on other pages too."""
    here = context(ask, "wiltshire")
    source = side_by_side.beside_similar(here).source
    main = here.profile().of_measures(wider=False).newest()
    assert source != here.source_of_figures()
    assert len(source) < len(here.source_of_figures())
    assert source == here.source_of_figures([row["measure_id"] for row in main if has_verdicts(row)])


def test_councils_stand_highest_first_each_with_its_figure_and_verdict(ask: Ask) -> None:
    view = profile.councils(context(ask, "wiltshire"))
    assert view.question == "How do the councils in Wiltshire Police's area compare?"
    assert view.table is not None
    rows = view.table.records()
    assert {row["Council"] for row in rows} == {"Swindon", "Wiltshire"}
    assert all(row["Compared with England"] in {"Above average", "Below average", "About average"} for row in rows)


def test_the_number_behind_a_minimum_is_a_minimum_too(ask: Ask) -> None:
    """Compare opened with "at least 11.4% … (452 of 3,957 …)", of which one council's number is suppressed."""
    assert "(at least 452 of 3,957; England 11.2%)" in level_sentence(context(ask, "thames-valley"))
    assert "(312 of 2,828; England 11.2%)" in level_sentence(context(ask, "avon-and-somerset"))


def test_the_trend_of_a_handful_of_children_is_told_nowhere(ask: Ask) -> None:
    """From 14 children to 1 is stored as a decrease; Trends puts the panel last, and tables say why."""
    city = context(ask, "city-of-london", measure_id="police_missing_per_10000")
    elsewhere = over_time.every_force(context(ask, "kent", measure_id="police_missing_per_10000"))
    assert elsewhere.chart.panels[-1].line.name == "City of London"
    assert str(Verdict.TOO_FEW) in elsewhere.chart.panels[-1].trend
    told = next(row for row in elsewhere.table.records() if row["Force"] == "City of London")
    assert str(told["Recent trend"]) == str(Verdict.TOO_FEW)
    reported = next(row for row in profile.missing_children(city).table.records() if "reported missing" in str(row["Measure"]))
    assert str(reported["Recent trend"]) == str(Verdict.TOO_FEW)
    assert not {one.rule for one in city.findings()} & {"trend", "change"}
    block = force_blocks(city)[1]
    assert (block.big, block.unit) == ("Suppressed", "share of looked-after children who went missing, year to March 2024")


def test_a_welsh_force_is_not_asked_whether_its_two_series_agree(ask: Ask) -> None:
    """It has no figure of children in care here, so that "no year in common" would say the obvious."""
    known = register(ask)
    for force, said in (("south-wales", False), ("kent", True), ("city-of-london", True)):
        reported, care = (known.newest(force, one) for one in (police.POLICE, police.CARE))
        assert bool(police.same_trend(Context(ask, reported), care)) == said, force


def test_no_note_of_a_picture_names_a_test_or_its_symbols(ask: Ask) -> None:
    own = context(ask, "wiltshire")
    for notes in (
        forces_compared.funnel_plot(own, adjusted=True).notes,
        (association_note(RankCorrelation(-0.2, -0.4, -0.1, 30)),),
    ):
        said = " ".join(notes)
        assert not [word for word in ("φ", "τ", "Kendall", "tau-b", "square-root", "arcsine") if word in said], said


def test_a_picture_that_is_not_drawn_and_a_figure_that_is_not_compared_say_why(ask: Ask) -> None:
    count = context(ask, "wiltshire", measure_id="missing_incidents_number")
    why = "This measure is a count, so no funnel is drawn. Choose a rate or percentage."
    assert forces_compared.funnel_plot(count, adjusted=True).empty == why
    bare = []
    for measure_id in register(ask).measures:
        for force in ("kent", "wiltshire", "lincolnshire", "metropolitan"):
            said = forces_compared.standing_among(context(ask, force, measure_id=measure_id))
            bare += [(measure_id, force, said)] if said.endswith("is not compared.") else []
    assert bare == []
