"""Every sentence about every force in every year: grammar, numbers that are stored, words of the four different answers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from insight.comparing.spine import spine_rows, spine_to_read
from insight.findings import Finding, Profile, Severity, findings_of, headlines, opening, standing
from insight.findings.peel import ASKS, newest_cycle
from insight.findings.protecting import RULE
from insight.format import figure_text, grade_name, is_missing
from insight.statistics import Trend

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
def newest(all_facts: list[Profile], all_findings: dict[str, list[Finding]]) -> list[tuple[Profile, list[Finding]]]:
    """Every force as of now."""
    return [(facts, all_findings[facts.name]) for facts in all_facts]


@pytest.fixture(scope="module")
def every(newest: list[tuple[Profile, list[Finding]]]) -> list[tuple[Profile, list[Finding]]]:
    """Every force as of now and of a quarter of the years, so that neighbours in the list take all of them together."""
    dated = [
        replace(facts, until=year, as_of=year) for place, (facts, _) in enumerate(newest) for year in YEARS[1 + place % 4 :: 4]
    ]
    return [*newest, *((facts, findings_of(facts)) for facts in dated)]


def test_every_force_has_something_to_say_in_every_year(every: list[tuple[Profile, list[Finding]]]) -> None:
    assert {facts.until for facts, _ in every} == set(YEARS)
    assert len({facts.name for facts, _ in every}) == 43
    assert all(found for _, found in every)


@pytest.fixture(scope="module")
def texts(every: list[tuple[Profile, list[Finding]]]) -> set[str]:
    """Every sentence, headline and opening."""
    said = {text for _, findings in every for one in findings for text in (one.sentence, one.headline)}
    return said | {opening(facts, findings) for facts, findings in every}


@pytest.mark.parametrize("what", WRONG)
def test_no_sentence_has(what: str, texts: set[str]) -> None:
    assert len(texts) > 1000
    assert not {text for text in texts if re.search(WRONG[what], text)}


def test_sentences_begin_and_end_as_sentences_do(every: list[tuple[Profile, list[Finding]]]) -> None:
    for _, findings in every:
        for text in (text for one in findings for text in (one.sentence, one.headline)):
            assert text[0].isupper() or text[0].isdigit(), text
            assert text.endswith("."), text
            assert text.count("(") == text.count(")"), text


def test_no_sentence_says_good_or_bad_of_a_measure_without_polarity(every: list[tuple[Profile, list[Finding]]]) -> None:
    rules = ("level", "trend", "change", "repeat missing", "rank", "count")
    said = " ".join(one.sentence.lower() for _, findings in every for one in findings if one.rule in rules)
    assert not re.search(r"\b(better|worse|improv\w+|deteriorat\w+|good|bad|poor\w*)\b", said)


def test_the_four_answers_are_kept_apart(every: list[tuple[Profile, list[Finding]]]) -> None:
    words = {"no trend": "no statistically significant change", "unknown trend": "cannot be calculated"}
    for _, findings in every:
        for one in findings:
            for rule, word in words.items():
                assert (word in one.sentence) == (one.rule == rule), one.sentence
            if one.rule == "level":
                own = one.sentence.split("It is not compared with")[0]  # of the region, which may rest on a doubtful zero
                assert ("about the average" in own) + ("not compared" in own) < 2, one.sentence


def test_what_is_hidden_is_said_as_at_least_and_never_compared(every: list[tuple[Profile, list[Finding]]]) -> None:
    for facts, findings in every:
        for row in facts.newest():
            hidden = not is_missing(row["value"]) and int(row["hidden_parts"]) > 0
            for one in findings:
                if hidden and one.rule in ("level", "repeat missing") and one.figures[0].subject == row["measure_id"]:
                    assert figure_text(row, row, {}) in one.sentence
                    assert "not compared" in one.sentence


def test_every_number_of_a_measure_is_the_stored_one_as_printed(every: list[tuple[Profile, list[Finding]]]) -> None:
    for _, findings in every:
        for one in findings:
            if one.rule in ("level", "repeat missing", "change", "trend"):
                for figure in one.figures:
                    assert figure.text in one.sentence, (figure.text, one.sentence)
            for figure in one.figures:
                assert figure.value is None or (figure.period and figure.source != "source not known"), one


def test_findings_come_by_severity_and_few_open_the_page(every: list[tuple[Profile, list[Finding]]]) -> None:
    for _, findings in every:
        severities = [one.severity for one in findings]
        assert severities == sorted(severities, reverse=True)
        first = headlines(findings)
        assert 0 < len(first) <= 7 or all(one.severity == Severity.LIMIT for one in findings)
        assert all(one in findings for one in first)


def test_judgements_open_the_page_then_what_is_followed_up_then_figures(newest: list[tuple[Profile, list[Finding]]]) -> None:
    places = {"grades": 0, "child-protection": 0, "follow-up": 1}
    for facts, findings in newest:
        first = [one for one in headlines(findings) if one.severity > Severity.LIMIT]
        order = [places.get(one.link.page, 2) for one in first]
        assert order == sorted(order), facts.name
        assert all(one.figures and one.figures[0].period for one in first[:1]), facts.name


def test_a_welsh_force_says_why_and_shows_what_there_is(newest: list[tuple[Profile, list[Finding]]]) -> None:
    for facts, findings in newest:
        rules = {one.rule for one in findings}
        assert ("Wales" in rules) == facts.in_wales
        assert not (facts.in_wales and rules & {"level", "trend", "hidden figures", "no figure", "unknown trend"})


def test_a_force_that_is_its_region_is_not_compared_with_itself(newest: list[tuple[Profile, list[Finding]]]) -> None:
    for facts, findings in newest:
        if facts.force["region"] == "London":
            assert not any("London region" in one.sentence for one in findings)


def test_nothing_is_known_before_it_was_published(all_facts: list[Profile]) -> None:
    for facts in all_facts[:8]:
        then = findings_of(replace(facts, until=date(2020, 3, 31), as_of=date(2020, 3, 31)))
        for one in then:
            assert not re.search(r"\b202[1-9]\b|2023-25|2021/22", one.sentence), one.sentence


def test_the_newest_announced_cycle_is_told_though_no_grade_is_known_by_area(newest: list[tuple[Profile, list[Finding]]]) -> None:
    """West Midlands and Lincolnshire had no sentence about 2023-25: their grades by area are not in our sources."""
    by_name = {facts.name: findings for facts, findings in newest}
    for name, said in (
        ("West Midlands", "“inadequate” in 3 of 8 areas and “requires improvement” in 3. We do not know which areas."),
        ("Lincolnshire", "“inadequate” in 4 of 8 areas and “requires improvement” in 4. We do not know which areas."),
    ):
        low = next(one for one in by_name[name] if one.rule == "low grades")
        assert said in low.sentence
        assert low.severity == Severity.ACTION
        assert low in headlines(by_name[name])
        assert all(one.rule == RULE for one in by_name[name] if "2021/22" in one.headline)


def test_low_grades_are_as_many_as_announced_and_set_the_severity(every: list[tuple[Profile, list[Finding]]]) -> None:
    for facts, findings in every:
        counts = facts.published(facts.grade_counts)
        for one in findings:
            cycle = next((row for row in counts.to_dict("records") if f"PEEL {row['cycle']}, " in one.sentence), None)
            if one.rule == "low grades" and cycle is not None:
                assert one.severity == (Severity.ACTION if cycle["inadequate"] else Severity.MARKED)
                for grade in ASKS:
                    number = int(cycle[grade.lower().replace(" ", "_")])
                    assert not number or f"{grade_name(grade)} in {number}" in one.headline, one.headline


def test_no_finding_on_grades_not_found_contradicts_itself(every: list[tuple[Profile, list[Finding]]]) -> None:
    for facts, findings in every:
        for one in findings:
            if one.rule == "grades not found":
                cycle = newest_cycle(facts)
                assert cycle is not None
                assert one.figures, one.sentence
                asked = len(cycle.known) + len(cycle.lacking)
                differs = cycle.counts is not None and cycle.total != asked
                assert (f"asks about {asked} areas" in one.sentence) == differs, one.sentence


def test_the_headlines_are_few_words(newest: list[tuple[Profile, list[Finding]]]) -> None:
    for facts, findings in newest:
        first = headlines(findings)
        asks = sum(one.severity >= Severity.MARKED for one in first)
        assert sum(len(one.headline.split()) for one in first) <= (150 if asks < 4 else 170), facts.name


def test_headlines_tell_a_subject_once_whatever_its_unit(newest: list[tuple[Profile, list[Finding]]]) -> None:
    for facts, findings in newest:
        for rules in (("level", "repeat missing", "rank"), ("trend", "change", "count")):
            subjects = [one.figures[0].subject for one in headlines(findings) if one.rule in rules]
            stems = [re.sub(r"_(percent|number|per_\d+)$", "", subject) for subject in subjects]
            assert len(stems) == len(set(stems)), (facts.name, subjects)


def test_a_handful_of_children_never_stands_out(all_facts: list[Profile]) -> None:
    """One child made the first finding on the City of London; its counts were 14 and 1."""
    city = next(facts for facts in all_facts if not facts.is_ranked)
    found = findings_of(city)
    assert all(one.severity <= Severity.PLAIN for one in found if one.rule in ("level", "trend", "change", "repeat missing"))
    assert city.of("police_missing_per_10000", 2021)["recent_trend"] == Trend.DECREASING  # stored: from 14 children to 1
    assert not {one.rule for one in found} & {"trend", "change", "no trend"}
    assert {"never ranked", "no figure"} <= {one.rule for one in headlines(found)}
    assert "too few children to compare" in next(one.headline for one in found if one.rule == "never ranked")


def test_case_files_whose_grade_is_not_published_are_said_to_be_unknown(newest: list[tuple[Profile, list[Finding]]]) -> None:
    by_name = {facts.name: next((one for one in findings if one.rule == "case files"), None) for facts, findings in newest}
    for name, part in (("Gloucestershire", "the other 75 are not known"), ("Northamptonshire", "the other 10 are not known")):
        one = by_name[name]
        assert one is not None
        assert part in one.sentence
        assert part in one.headline
    # 9 "inadequate" and 12 "good" of 33: beside the 9 alone, the 12 that are not known are not "the others".
    told = by_name["Dyfed-Powys"]
    assert told is not None
    assert "the other 12 are not known" in told.sentence
    assert told.headline.endswith("; the grades of 12 are not known.")
    metropolitan, wiltshire = by_name["Metropolitan"], by_name["Wiltshire"]
    assert metropolitan is not None
    assert wiltshire is not None
    assert wiltshire.severity == Severity.MARKED
    assert metropolitan.severity == Severity.PLAIN  # 61 of 135, but of no known date, so it never leads
    assert all(one.link.page == "child-protection" for one in by_name.values() if one)


def test_a_visit_is_told_by_its_days_and_why_there_is_no_least(all_facts: list[Profile]) -> None:
    facts = next(facts for facts in all_facts if facts.name == "Metropolitan")
    clock = next(one for one in findings_of(facts) if one.rule == "clock")
    assert "from 8 to 19 October 2018" in clock.sentence
    assert (
        "at most 512 days after the planned return date (2 further reviews without a date may have come before)" in clock.sentence
    )


def test_where_five_years_and_the_last_one_point_apart_it_is_explained(every: list[tuple[Profile, list[Finding]]]) -> None:
    apart = {"rose": "fell over", "fell": "rose over"}
    for facts, findings in every:
        moved = {one.figures[0].subject: one for one in findings if one.rule == "trend"}
        for one in findings:
            trend = moved.get(one.figures[0].subject) if one.rule == "change" else None
            if trend is not None:
                against = any(f" {rose} from" in one.sentence and word in trend.sentence for rose, word in apart.items())
                assert ("Over all five years" in one.sentence) == against, (facts.name, one.sentence)


def test_a_doubtful_figure_is_marked_and_is_no_end_of_the_range(all_facts: list[Profile]) -> None:
    cheshire = next(facts for facts in all_facts if facts.name == "Cheshire")
    row = cheshire.of("police_missing_per_10000", 2021)
    assert row is not None
    assert row["doubtful"]
    assert row["maximum"] < row["value"]
    table = spine_to_read(spine_rows(cheshire), cheshire.name, cheshire.words)
    cells = next(cells for cells in table.records() if cells["Measure"] == row["short_title"])
    assert [cell for cell in cells.values() if "†" in cell] == ["124.5†"]
    assert "doubtful on 1" in standing(cheshire)


def test_a_headline_of_a_rate_says_of_how_many_and_a_trend_that_turned_says_so(
    newest: list[tuple[Profile, list[Finding]]],
) -> None:
    """Humberside's page said that a rate "fell over five years (17.1 in 2021, 14.9 in 2025)", which had just risen from 9.9."""
    seen = {"turned": 0, "rate": 0}
    for facts, findings in newest:
        for one in (one for one in findings if one.rule in ("trend", "change")):
            if "the rate of" in one.headline:
                assert re.search(r"\d per 10,000 children", one.headline), one.headline
                seen["rate"] += 1
        rows = {str(row["measure_id"]): row for row in facts.newest()}
        for one in (one for one in findings if one.rule == "trend"):
            row = rows[one.figures[-1].subject]
            turned = {"Increasing", "Decreasing"} == {str(row["recent_trend"]), str(row["change_from_previous"])}
            assert ("in the last year" in one.headline) == ("in the last year" in one.sentence) == turned, one.headline
            seen["turned"] += turned
    assert min(seen.values()) > 5, seen
