"""Titles are questions that read, for every measure and every force: no pronoun without its noun, no adjective for a name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from insight.queries import about
from insight.queries.ask import Ask
from insight.tables.model import text_of
from insight.views import (
    child_protection,
    follow_up,
    force_grades,
    forces_compared,
    grades,
    national,
    neighbours,
    one_question,
    over_time,
    profile,
    protecting,
    side_by_side,
)
from insight.views.context import Context
from insight.views.selection import Register, register
from insight.views.view import View
from vocabulary import MOST_SIMILAR, PROTECTING

OF_A_MEASURE = (
    forces_compared.ranked,
    forces_compared.on_the_map,
    lambda context: forces_compared.funnel_plot(context, True),
    forces_compared.ranks,
    over_time.is_it_rising,
    over_time.of_one_force,
    over_time.england_and_regions,
    over_time.every_force,
)
OF_A_FORCE = (
    profile.every_measure,
    profile.grades_by_cycle,
    profile.monitoring,
    neighbours.what_they_are_alike_by,
    side_by_side.beside_similar,
    follow_up.own_grades,
    force_grades.newest_cycles,
    forces_compared.spread,
    side_by_side.beside_others,
)
NOUN = re.compile(r"the (share|rate|number|average number) of ")
SOME_MEASURES = (
    "children_missing_percent",
    "missing_incidents_number",
    "incidents_per_missing_child",
    "section_47_enquiries_per_10000",
)


@pytest.fixture(scope="module")
def known(ask: Ask) -> Register:
    return register(ask)


def test_every_measure_is_a_singular_noun(known: Register) -> None:
    for measure in known.measures.values():
        assert NOUN.match(measure.named), measure.measure_id


@pytest.mark.parametrize("measure_id", SOME_MEASURES)
def test_titles_of_a_measure_are_questions_that_name_it(ask: Ask, known: Register, measure_id: str) -> None:
    assert measure_id in known.measures
    context = Context(ask, known.newest("wiltshire", measure_id))
    for compose in OF_A_MEASURE:
        said = compose(context).question
        assert context.measure.named in said
        assert said.endswith("?")
        assert ": " not in said
        assert not re.search(r"\bit\b", said)


@pytest.mark.slow
def test_titles_of_a_force_name_its_organisation_or_its_area(contexts: dict[str, Context]) -> None:
    for context in contexts.values():
        force = context.selection.force
        for compose in OF_A_FORCE:
            said = compose(context).question
            assert force.actor in said or force.area in said, said


def compared(ask: Ask, known: Register, *slugs: str) -> View:
    chosen = known.newest("wiltshire")
    codes = tuple(known.forces[slug].code for slug in slugs)
    return side_by_side.beside_others(Context(ask, replace(chosen, compared=codes)))


def test_the_answer_is_about_the_forces_that_are_on_screen(ask: Ask, known: Register) -> None:
    none, two = compared(ask, known), compared(ask, known, "kent", "avon-and-somerset")
    assert none.answer.startswith("Shown: the five forces most similar to Wiltshire Police. The figure for Wiltshire is")
    assert re.fullmatch(
        r"For comparison, in the year to \w+ \d{4} the figure was [\d.]+% in Kent and [\d.]+% in Avon and Somerset\.", two.answer
    )
    assert two.question == "How does Wiltshire Police compare with Kent Police, Avon and Somerset Police and England?"
    similar = neighbours.nearest(Context(ask, known.newest("wiltshire")))["area_code"]
    slugs = {force.code: slug for slug, force in known.forces.items()}
    picked = compared(ask, known, *(slugs[code] for code in list(similar)[:MOST_SIMILAR]))
    assert picked.answer.startswith("The figure for Wiltshire is")
    welsh = side_by_side.beside_others(Context(ask, known.newest("south-wales")))
    assert welsh.answer == "Shown: the other forces of Wales."


def test_funnel_ranks_and_map_are_answered(ask: Ask, known: Register) -> None:
    context = Context(ask, known.newest("wiltshire"))
    for view in (forces_compared.on_the_map(context), forces_compared.funnel_plot(context, True)):
        assert re.match(r"Of \d+ forces, .* The figure for Wiltshire is ", view.answer)
    assert "outside the limits of chance alone" in forces_compared.funnel_plot(context, False).answer
    assert re.search(
        r"Wiltshire has the \w+ highest figure of \d+ forces .* anywhere from", forces_compared.ranks(context).answer
    )
    without_a_force = Context(ask, known.newest())
    assert forces_compared.ranked(without_a_force).answer == ""
    assert "Wiltshire" not in forces_compared.on_the_map(without_a_force).answer
    assert national.forces_on_the_map(without_a_force).answer == forces_compared.on_the_map(without_a_force).answer


def test_a_question_is_answered_as_on_the_page_of_its_cycle(ask: Ask, known: Register) -> None:
    """The page of a question opened with what the question is, and its map had "?" for forces whose totals are known."""
    context = Context(ask, known.newest())
    for name, question in grades.questions(context).items():
        said, newest = one_question.answer(context, question), one_question.newest_cycle(context, question)
        assert said == grades.answer(context, newest, grades.EVERY, grades.EVERY, name), question
        assert re.search(r"\d+ of \d+ grades (is|are) known", said), question
    told = one_question.on_the_map(context, PROTECTING).cautions[0]
    assert re.match(r"\d+ “inadequate” grades are not shown, because their areas are not known to us: ", told)


def test_what_inspectors_judged_is_told_of_every_force(contexts: dict[str, Context]) -> None:
    for context in contexts.values():
        said = child_protection.opening(context)
        assert context.selection.force.actor in said
        assert said.endswith(".")


def test_trends_says_which_years_a_later_release_changed(contexts: dict[str, Context]) -> None:
    for context in contexts.values():
        view = over_time.revisions(context)
        if view.table is None:
            continue
        assert re.match(r"(Yes, for|No: no year|We cannot say: no year has a number in) ", view.answer)
        assert "number of looked-after children who went missing" in view.answer
        assert view.answer.startswith("We cannot say") == (context.selection.force.slug == "city-of-london")  # suppressed in all
        assert all(text_of(cell) for row in view.table.rows for cell in row)


def test_a_count_is_compared_with_nothing(ask: Ask, known: Register) -> None:
    """Neither an average in a question nor a line of England among bars; without a force the series is England's."""
    counts = [measure for measure in known.measures.values() if measure.kind == "count"]
    for measure in counts:
        chosen = known.with_measure(known.newest("kent"), measure.measure_id)
        context = Context(ask, chosen)
        texts = (forces_compared.on_the_map(context).question, national.where_to_look(context).lines[0])
        assert not any("average" in text for text in (*texts, national.forces_on_the_map(context).question)), measure.measure_id
        assert not forces_compared.ranked(context).chart.references
    without_a_force = Context(ask, known.with_measure(known.newest(), "missing_incidents_number"))
    assert [line.role for line in over_time.is_it_rising(without_a_force).chart.lines] == ["nation"]


def test_a_measure_of_one_year_has_one_box_in_place_of_empty_charts(ask: Ask, known: Register) -> None:
    context = Context(ask, known.newest("kent", "missing_related_calls_number"))
    assert over_time.is_it_rising(context).empty == "This measure is published for one year only, the year ending March 2021."
    assert not any(one(context).has_content for one in (over_time.is_it_rising, over_time.every_force, over_time.revisions))
    assert not over_time.every_force(context).empty


def test_a_doubtful_figure_among_years_is_told_with_its_year(ask: Ask, known: Register) -> None:
    """Three figures of Suffolk are doubtful for the same reason: without their years the lines say nothing apart."""
    told = over_time.is_it_rising(Context(ask, known.newest("suffolk", "physical_abuse_by_child_per_10000"))).cautions
    assert [one[:21] for one in told if "Suffolk" in one] == [f"† March {year}: Suffolk" for year in (2022, 2023, 2024)]


def test_notes_of_main_pages_name_no_test(ask: Ask, known: Register) -> None:
    """φ, τ² and tau-b are for Methods and downloads; a note says what they come to in plain words."""
    context = Context(ask, known.newest("kent"))
    funnel = " ".join(forces_compared.funnel_plot(context, True).notes)
    link = " ".join(protecting.grade_beside_measure(context, "2023-25").notes)
    assert re.search(r"vary about [\d.]+ times as much as chance", funnel)
    assert "on a scale from −1 to 1" in link
    assert not re.search("φ|τ|tau|Kendall|arcsine|square-root", funnel + link)


def test_methods_says_that_incidents_are_compared_with_limits_alone(ask: Ask) -> None:
    said = ask(about.methods).set_index("title")["plain"]["Children, not incidents, are compared"]
    assert "Ranks and trends use numbers of children." in said
    assert "compared only with limits that allow for how widely forces differ" in said
