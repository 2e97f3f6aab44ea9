"""Every sentence about every force in every year: grammar, numbers that are stored, words of the four different answers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from insight.findings import Facts, Finding, Severity, findings_of, headlines
from insight.gather import asking, gather
from insight.questions import figures
from insight.warehouse import Warehouse
from insight.words import figure_text, is_missing

YEARS = [None, *(date(year, 3, 31) for year in range(2015, 2026))]
COUNTABLE = "measure|area|pillar|force|day|figure|grade|case file|authority|authoritie|cause|newest figure"
WRONG = {
    "a gap in the text": r"\bnan\b|None|NaT|<NA>|\{|\}|  | ,| \.|\(\)|\.\.|,,|;\.|: \.",
    "one of many": rf"(?<![\d.,])1 (?:{COUNTABLE})s\b",
    "many of one": r"(?<![\d.,])(?!1 )\d[\d,]* (?:measure|area|pillar|force|day|case file|authority|grade)\b(?!s)",
    "doubled words": r"\b(the|in|of|is|was|and|as) \1\b",
    "a name that is no place": r"\bIn Metropolitan\b|\bMetropolitan is\b|\bFor Metropolitan\b|In City of London",
    "verb that does not agree": r"\b1 measures? show\b|\b[2-9] measures shows\b|\bmeasures has\b|\b1 measure have\b",
    "per cent for a difference of shares": r"by [\d.]+%",
    "a hyphen for a minus": r" -\d",
    "an ordinal that is wrong": r"\b\d*(?:1st|2nd|3rd)(?<=11st)|12nd|13rd|\d*[04-9](?:st|nd|rd)\b",
}


@pytest.fixture(scope="module")
def all_facts(real: Warehouse) -> list[Facts]:
    ask = asking(real)
    return [gather(ask, code) for code in ask(figures.forces)["force_code"]]


@pytest.fixture(scope="module")
def every(all_facts: list[Facts]) -> list[tuple[Facts, list[Finding]]]:
    dated = [facts if year is None else replace(facts, until=year, as_of=year) for facts in all_facts for year in YEARS]
    return [(facts, findings_of(facts)) for facts in dated]


def test_every_force_has_something_to_say_in_every_year(every: list[tuple[Facts, list[Finding]]]) -> None:
    assert len(every) == 43 * len(YEARS)
    assert all(found for _, found in every)


@pytest.mark.parametrize("what", WRONG)
def test_no_sentence_has(what: str, every: list[tuple[Facts, list[Finding]]]) -> None:
    found = {one.sentence for _, findings in every for one in findings if re.search(WRONG[what], one.sentence)}
    assert not found


def test_sentences_begin_and_end_as_sentences_do(every: list[tuple[Facts, list[Finding]]]) -> None:
    for _, findings in every:
        for one in findings:
            assert one.sentence[0].isupper(), one.sentence
            assert one.sentence.endswith("."), one.sentence
            assert one.sentence.count("(") == one.sentence.count(")"), one.sentence


def test_no_sentence_says_good_or_bad_of_a_measure_without_polarity(every: list[tuple[Facts, list[Finding]]]) -> None:
    rules = ("level", "trend", "change", "repeat missing", "rank", "count")
    said = " ".join(one.sentence.lower() for _, findings in every for one in findings if one.rule in rules)
    assert not re.search(r"\b(better|worse|improv\w+|deteriorat\w+|good|bad|poor\w*)\b", said)


def test_the_four_answers_are_kept_apart(every: list[tuple[Facts, list[Finding]]]) -> None:
    words = {"no trend": "no significant change", "unknown trend": "cannot be calculated"}
    for _, findings in every:
        for one in findings:
            for rule, word in words.items():
                assert (word in one.sentence) == (one.rule == rule), one.sentence
            if one.rule == "level":
                assert ("similar to" in one.sentence) + ("not compared" in one.sentence) < 2, one.sentence


def test_what_is_hidden_is_said_as_at_least_and_never_compared(every: list[tuple[Facts, list[Finding]]]) -> None:
    for facts, findings in every:
        for row in facts.newest():
            hidden = not is_missing(row["value"]) and int(row["hidden_parts"]) > 0
            for one in findings:
                if hidden and one.rule in ("level", "repeat missing") and one.figures[0].subject == row["measure_id"]:
                    assert figure_text(row, int(row["decimals"]), str(row["unit"]), {}) in one.sentence
                    assert "not compared" in one.sentence


def test_every_number_of_a_measure_is_the_stored_one_as_printed(every: list[tuple[Facts, list[Finding]]]) -> None:
    for _, findings in every:
        for one in findings:
            if one.rule in ("level", "repeat missing", "change", "trend"):
                for figure in one.figures:
                    assert figure.text in one.sentence, (figure.text, one.sentence)
            for figure in one.figures:
                assert figure.value is None or (figure.period and figure.source != "source not known"), one


def test_findings_come_by_severity_and_few_open_the_page(every: list[tuple[Facts, list[Finding]]]) -> None:
    for _, findings in every:
        severities = [one.severity for one in findings]
        assert severities == sorted(severities, reverse=True)
        first = headlines(findings)
        assert 0 < len(first) <= 7 or all(one.severity == Severity.LIMIT for one in findings)
        assert [one for one in findings if one in first] == first


def test_a_welsh_force_says_why_and_shows_what_there_is(all_facts: list[Facts]) -> None:
    for facts in all_facts:
        rules = {one.rule for one in findings_of(facts)}
        assert ("Wales" in rules) == facts.in_wales
        assert not (facts.in_wales and rules & {"level", "trend", "hidden figures", "no figure", "unknown trend"})


def test_a_force_that_is_its_region_is_not_compared_with_itself(all_facts: list[Facts]) -> None:
    for facts in all_facts:
        if facts.force["region"] == "London":
            assert not any("Against its region" in one.sentence for one in findings_of(facts))


def test_nothing_is_known_before_it_was_published(all_facts: list[Facts]) -> None:
    for facts in all_facts[:8]:
        then = findings_of(replace(facts, until=date(2020, 3, 31), as_of=date(2020, 3, 31)))
        for one in then:
            assert not re.search(r"\b202[1-9]\b|2023-25|2021/22", one.sentence), one.sentence
