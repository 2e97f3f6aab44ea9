"""The paragraph that opens a force's page: grammatical, short, and true to the warehouse for every force and year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from insight.findings import Finding, Profile, opening
from insight.findings.protecting import RULE, judgements
from insight.format import grade_name, is_lower_bound, is_missing, short_value
from insight.sources import REPORTERS
from insight.warehouse import Warehouse
from vocabulary import GRADES as SCALE
from vocabulary import PROTECTING

YEARS = [None, *(date(year, 3, 31) for year in range(2015, 2026))]
GRADES = "SELECT cycle, grade FROM grade WHERE force_code = ? AND question = ? AND grade IS NOT NULL"
FIGURE = """
SELECT i.value, i.verdict, i.hidden_parts, c.average FROM indicator i
LEFT JOIN comparison c USING (measure_id, period_end)
WHERE area_code = ? AND measure_id = 'children_missing_percent' ORDER BY period_end DESC LIMIT 1
"""


@pytest.fixture(scope="module")
def openings(all_facts: list[Profile]) -> dict[str, str]:
    return {facts.name: opening(facts, []) for facts in all_facts}


def test_every_opening_in_every_year_is_under_75_words_of_whole_sentences(all_facts: list[Profile]) -> None:
    for facts in all_facts:
        for year in YEARS:
            text = opening(facts if year is None else replace(facts, until=year, as_of=year), [])
            assert len(text.split()) < 75, text
            assert ":" not in text, text
            for sentence in re.split(r"(?<=\.) ", text):
                assert sentence[0].isupper(), text
                assert sentence.endswith("."), text
                assert sentence.count("(") == sentence.count(")"), text
            assert not re.search(r"\bnan\b|None|NaT|  | ,|\(\)|\.\.|;\.|\bone of 1\b|1 of 1\b", text), text


def test_the_judgement_comes_first_then_the_status_then_the_figure(openings: dict[str, str]) -> None:
    assert openings["Wiltshire"] == (
        "HMICFRS graded Wiltshire Police “requires improvement” for protecting vulnerable people (2023-25; “inadequate” in "
        "2021/22; both as reported by the press; the two cycles are not comparable). It left enhanced monitoring in May 2024 "
        "(as reported by the press). In the year to March 2024, 12.7% of looked-after children went missing, about the average of "
        "forces (11.2%) and above the South West (10.8%)."
    )
    for name, text in openings.items():
        assert re.match(r"HMICFRS graded |We have not found ", text), name
        parts = [text.find(word) for word in ("enhanced monitoring", "In the year to") if word in text]
        assert parts == sorted(parts), name


def test_every_known_grade_for_protecting_vulnerable_people_is_told_and_no_other(
    all_facts: list[Profile], all_findings: dict[str, list[Finding]], openings: dict[str, str], real: Warehouse
) -> None:
    for facts in all_facts:
        stored = dict(real.connection.execute(GRADES, [facts.force["force_code"], PROTECTING]).fetchall())
        assert {one.cycle: one.grade for one in judgements(facts) if one.grade} == stored
        for cycle, grade in stored.items():
            assert grade_name(grade) in openings[facts.name], (facts.name, cycle)
            assert cycle in openings[facts.name], (facts.name, cycle)
        found = [one for one in all_findings[facts.name] if one.rule == RULE]
        assert [one.figures[0].period for one in sorted(found, key=lambda one: one.figures[0].period)] == ["2021/22", "2023-25"]


def test_a_grade_read_in_the_press_is_said_to_be(all_facts: list[Profile], openings: dict[str, str]) -> None:
    for facts in all_facts:
        newest, *earlier = judgements(facts)
        told = [newest, *[one for one in earlier if one.grade is not None][:1]]
        if newest.grade is not None:
            for kind, reporter in REPORTERS.items():
                is_told = kind in {one.source_kind for one in told}
                assert (f"as reported by {reporter}" in openings[facts.name]) == is_told, facts.name


def test_where_the_grade_is_not_found_the_totals_of_the_cycle_are_told(
    all_facts: list[Profile], openings: dict[str, str]
) -> None:
    lacking = [facts for facts in all_facts if judgements(facts)[0].grade is None and len(facts.grade_counts)]
    assert len(lacking) > 5
    for facts in lacking:
        totals = facts.grade_counts[facts.grade_counts["cycle"] == judgements(facts)[0].cycle].iloc[0]
        lowest = next(grade for grade in SCALE[::-1] if totals[grade.lower().replace(" ", "_")])
        assert f"{grade_name(lowest)} in {totals[lowest.lower().replace(' ', '_')]}" in openings[facts.name], facts.name
    assert openings["Cumbria"].startswith(
        "HMICFRS graded Cumbria Police “adequate” in 2, “good” in 6 and “outstanding” in 1 of 9 areas (2023-25, as reported by the "
        "press), but we have not found its grade for protecting vulnerable people in 2023-25 or 2021/22."
    )


def test_the_figure_and_the_average_are_those_of_the_warehouse(
    all_facts: list[Profile], openings: dict[str, str], real: Warehouse
) -> None:
    for facts in all_facts:
        row = real.connection.execute(FIGURE, [facts.force["force_code"]]).fetchone()
        text = openings[facts.name]
        if row is None or is_missing(row[0]) or not facts.is_ranked:
            assert "looked-after children went missing" not in text, facts.name
            continue
        value, verdict, hidden, average = row
        assert f"{short_value(value, 1, '%')} of looked-after children went missing" in text
        if is_lower_bound({"value": value, "hidden_parts": hidden}):
            assert "at least" in text
            assert "average" not in text
        else:
            word = str(verdict).split()[0].lower()
            assert f"{word} " in text, (facts.name, verdict)
            assert short_value(average, 1, "%") in text, facts.name


def test_a_welsh_force_is_told_where_its_figures_are_and_none_is_claimed(
    all_facts: list[Profile], openings: dict[str, str]
) -> None:
    for facts in all_facts:
        assert ("Welsh Government" in openings[facts.name]) == facts.in_wales


def test_the_city_of_london_has_too_few_children_to_compare(openings: dict[str, str]) -> None:
    assert "too few children to compare" in openings["City of London"]
    assert not re.search(r"average of forces|unusually", openings["City of London"])


def test_an_earlier_year_knows_no_later_judgement(all_facts: list[Profile]) -> None:
    for facts in all_facts:
        text = opening(replace(facts, until=date(2020, 3, 31), as_of=date(2020, 3, 31)), [])
        assert not re.search(r"202[1-9]|2021/22|2023-25", text), text


def test_force_and_region_of_one_name_are_told_apart(openings: dict[str, str]) -> None:
    assert "the West Midlands region (8.7%)" in openings["West Midlands"]
    assert not re.search(r"West Midlands(?! Police| region)", openings["West Midlands"])
