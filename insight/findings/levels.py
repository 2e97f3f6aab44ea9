"""How high a force's figures are: against England's average and its region, among forces, and how often children repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.charts.chart import ordinal
from insight.findings.finding import Finding, Link, Severity
from insight.findings.phrases import (
    NO_VERDICT,
    against_average,
    against_region,
    lockdown,
    said,
    short_noun,
    short_said,
    within_limits,
    without_region,
)
from insight.format import (
    WHY_A_MINIMUM,
    FigureFormat,
    amount_of,
    figure_text,
    is_lower_bound,
    is_missing,
    lower_first,
    noun_of,
    number,
    plural,
    reason_to_doubt,
    slug,
    why_partial,
)
from insight.profile.profile import Evidence, Profile, when
from insight.statistics import Comparison, Level, Verdict, VerdictBasis
from insight.verdicts import has_verdicts, is_compared

Row = Mapping[str, Any]
INCIDENTS_PER_CHILD = "incidents_per_missing_child"
REPEAT = ("missing_more_than_once_percent", INCIDENTS_PER_CHILD)
DOUBTFUL = " The figure is flagged as doubtful."


def levels(facts: Profile) -> list[Finding]:
    """Every measure that is compared, the two of repeat missing apart: figure, interval, average and region."""
    rows = [row for row in facts.newest() if has_verdicts(row) and row["measure_id"] not in REPEAT]
    return [level_of_measure(facts, row) for row in rows if says_something(row)]


def repeats(facts: Profile) -> list[Finding]:
    """How many missing children went missing again, and how often a child did."""
    rows = [row for row in facts.newest() if row["measure_id"] in REPEAT and says_something(row)]
    return [level_of_measure(facts, row, "repeat missing") for row in rows]


def says_something(row: Row) -> bool:
    """Whether there is a value, and more than 'at least nothing'."""
    return not is_missing(row["value"]) and not FigureFormat.of(row).bounds_nothing(row)


def level_of_measure(facts: Profile, row: Row, rule: str = "level") -> Finding:
    """One measure: what it is, what it is made of, and how it compares."""
    figure = figure_text(row, row, facts.words)
    doubtful = bool(reason_to_doubt(row))
    brackets = "; ".join(part for part in (made_of(row, facts.is_ranked), interval_of(row)) if part)
    opening = f"In {facts.area}, {said(row, figure)} {when(row)}" + (f" ({brackets})" if brackets else "")
    return Finding(
        rule=rule,
        headline=headline(facts, row, figure),
        sentence=opening + verdict(row) + (DOUBTFUL if doubtful else "") + _caveat(row) + lockdown(row),
        severity=severity(row) if facts.is_ranked and not doubtful else Severity.PLAIN,
        figures=(facts.figure(row, figure), *beside(facts, row)),
        link=Link("compare", (*choices_of(row), ("view", "funnel")) if by_limits(row) else choices_of(row)),
    )


def headline(facts: Profile, row: Row, figure: str) -> str:
    """The figure with its verdict against the average, without interval, level and region."""
    opening = f"In {facts.area}, {short_said(row, figure)} {when(row)}"
    if reason_to_doubt(row):
        return f"{opening} (flagged as doubtful)."
    return f"{opening}, {short_verdict(row)}{_if_zero(row)}."


def _if_zero(row: Row) -> str:
    """The measure's own caveat beside a figure of nothing at all, which is told apart from a good one only by it."""
    caveat = str(row["caveats"]).split(". ")[0].rstrip(".")
    return f"; {lower_first(caveat)}" if float(row["value"]) == 0 and caveat else ""


def by_limits(row: Row) -> bool:
    """Whether the verdict rests on the adjusted limits, which the funnel shows."""
    return bool(row["verdict_basis"] == VerdictBasis.ADJUSTED_LIMITS)


def short_verdict(row: Row) -> str:
    """'above the average of forces (3.3%)'."""
    if is_lower_bound(row):
        return f"not compared, as {WHY_A_MINIMUM}"
    return against_average(row)


def _caveat(row: Row) -> str:
    return f" {row['caveats']}" if float(row["value"]) == 0 and not is_missing(row["caveats"]) else ""


def made_of(row: Row, ranked: bool = True) -> str:
    """'137 of 1,080', for a share whose parts are whole; of a force that is never ranked the count behind a rate too."""
    if is_missing(row["numerator"]) or is_missing(row["denominator"]) or is_lower_bound(row):
        return ""
    if row["kind"] == "rate":
        return "" if ranked else f"a count of {number(row['numerator'])}"
    if row["kind"] == "ratio":
        words = ("incidents", "children") if row["measure_id"] == INCIDENTS_PER_CHILD else ("in all", "to share them")
        return f"{number(row['numerator'])} {words[0]}, {number(row['denominator'])} {words[1]}"
    return f"{number(row['numerator'])} of {number(row['denominator'])}"


def interval_of(row: Row) -> str:
    """'95% interval 10.8% to 14.8%', where there is one."""
    if is_missing(row["lower_95"]) or is_missing(row["upper_95"]):
        return ""
    return f"95% interval {amount_of(row['lower_95'], row)} to {amount_of(row['upper_95'], row)}"


def verdict(row: Row) -> str:
    """The rest of the sentence: against the average of the forces compared, the adjusted limits, and the region."""
    if is_lower_bound(row):
        return f"; it is not compared, because {why_partial(row)}."
    if not is_compared(row):
        return f"; {NO_VERDICT[Verdict(row['verdict'])]}."
    region = against_region(row)
    beside = f" It is {region}." if region else without_region(row)
    return f". That is {against_average(row, plural(int(row['forces_compared']), 'force'))}{within_limits(row)}.{beside}"


def severity(row: Row) -> Severity:
    """Outliers on the adjusted 99.8% limits stand out; on the 95% ones, or where only the interval says so, they differ."""
    if row["verdict_level"] == Level.P998:
        return Severity.MARKED
    far_off = is_compared(row) and Comparison(row["compared_with_nation"]).level is Level.P998
    return Severity.NOTABLE if far_off or row["verdict_level"] == Level.P95 else Severity.PLAIN


def beside(facts: Profile, row: Row) -> tuple[Evidence, ...]:
    """The average and the region's figure as figures that a finding rests on."""
    found: list[Evidence] = []
    if is_lower_bound(row) or not is_compared(row):
        return ()
    for column, title in (("average", "average of the forces compared"), ("region_value", str(row["region_name"]))):
        if not is_missing(row[column]) and (column == "average" or row["compared_with_region"] != Comparison.NOT_COMPARED):
            text = amount_of(row[column], row)
            period = f"{row['period_end']:%Y-%m-%d}"
            label = f"{row['short_title']}, {title}"
            found.append(Evidence(str(row["measure_id"]), label, period, float(row[column]), text, facts.source_of(row)))
    return tuple(found)


def choices_of(row: Row) -> tuple[tuple[str, str], ...]:
    """Measure and year of a row, as an address names them."""
    return ("measure", slug(str(row["measure_id"]))), ("year", str(row["period_end"].year))


def ranks(facts: Profile) -> list[Finding]:
    """Where a force stands in order, and how far chance alone could move it."""
    return [_rank(facts, row) for row in facts.newest() if not is_missing(row["rank"])]


def rank_sentence(row: Row, area: str) -> str:
    """Where a force's figure of a measure stands in order, and how far chance alone could move it."""
    where, range_of = _rank_in_words(row)
    return (
        f"For {noun_of(row)}, {area} has {where} figure of {plural(int(row['forces_ranked']), 'force')} {when(row)}; "
        f"allowing for chance, {range_of}."
    )


def _rank_in_words(row: Row) -> tuple[str, str]:
    """'the 9th highest', 'it could be anywhere from 1st to 28th'."""
    place, low, high = (int(row[column]) for column in ("rank", "rank_lower", "rank_upper"))
    where = "the highest" if place == 1 else "the lowest" if place == row["forces_ranked"] else f"the {ordinal(place)} highest"
    return where, f"it is {ordinal(low)}" if low == high else f"it could be anywhere from {ordinal(low)} to {ordinal(high)}"


def _rank(facts: Profile, row: Row) -> Finding:
    where, range_of = _rank_in_words(row)
    forces = int(row["forces_ranked"])
    short = f"For {short_noun(row)}, {facts.area} has {where} figure of {forces}; allowing for chance, {range_of}."
    link = Link("compare", (*choices_of(row), ("view", "ranks")))
    return Finding("rank", short, rank_sentence(row, facts.area), Severity.PLAIN, (facts.figure(row),), link)
