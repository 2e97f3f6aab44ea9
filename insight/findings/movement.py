"""What moved: recent trends, changes since the year before, counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.findings.finding import Finding, Link, Severity
from insight.findings.levels import choices_of
from insight.findings.phrases import difference, lockdown, rate_of, short_noun
from insight.format import amount_of, doubt_mark, is_lower_bound, is_missing, noun_of, number, spelt_plural
from insight.profile.profile import Profile, when
from insight.statistics import TREND_POINTS, Trend
from insight.verdicts import ROSE, has_verdicts, is_tested, shown_change, shown_trend
from vocabulary import Status

Row = Mapping[str, Any]
STILL, UNKNOWN = Trend.NO_SIGNIFICANT_CHANGE, Trend.CANNOT_BE_CALCULATED
COUNTS = ("missing_incidents_number", "children_missing_number")


def trends(facts: Profile) -> list[Finding]:
    """Measures with a significant trend over five years, each with its first and last figure; none of a handful of children."""
    return [_trend(facts, row) for row in facts.newest() if shown_trend(row) in ROSE]


def _trend(facts: Profile, row: Row) -> Finding:
    first = facts.of(str(row["measure_id"]), row["period_end"].year - TREND_POINTS + 1)
    ends = [one for one in (first, row) if one is not None]
    rose, last = ROSE[row["recent_trend"]], _last_year_against(row)
    sentence = (
        f"In {facts.area}, {noun_of(row)} {rose} over the five years to {row['period_end']:%B %Y} ({_years(ends)}), a "
        f"statistically significant trend{f'; {last}' if last else ''}.{lockdown(*ends)}"
    )
    headline = f"In {facts.area}, {short_noun(row)} {rose} over five years ({_years(ends, rate_of(row))})"
    headline += f", though {last}." if last else "."
    return Finding("trend", headline, sentence, Severity.NOTABLE, tuple(facts.figure(one) for one in ends), _to_trends(row))


def _years(rows: list[Row], unit: str = "") -> str:
    """'17.1 per 10,000 children in 2021, 14.9 in 2025': figures with their years, the unit after the first."""
    return ", ".join(f"{_value(row)}{'' if place else unit} in {row['period_end'].year}" for place, row in enumerate(rows))


def _to_trends(row: Row) -> Link:
    return Link("trends", choices_of(row))


def no_trend(facts: Profile) -> list[Finding]:
    """All measures without a significant trend in one sentence."""
    rows = [row for row in facts.newest() if has_verdicts(row) and shown_trend(row) == STILL]
    if not rows:
        return []
    show = spelt_plural(len(rows), "measure shows", "measures show")
    headline = f"In {facts.area}, {show} no statistically significant change over five years."
    sentence = f"{headline.rstrip('.')} (this does not rule out a real change). {_named(rows)}"
    return [Finding("no trend", headline, sentence, Severity.PLAIN, _figures(facts, rows), _to_trends(rows[0]))]


def unknown_trend(facts: Profile) -> list[Finding]:
    """All measures whose trend cannot be calculated in one sentence."""
    rows = [row for row in facts.newest() if _could_trend(row) and row["recent_trend"] == UNKNOWN and is_tested(row)]
    if not rows:
        return []
    headline = f"For {facts.area}, a five-year trend cannot be calculated for {spelt_plural(len(rows), 'measure')}."
    sentence = f"{headline} A trend needs complete figures for five consecutive years. {_named(rows)}"
    return [Finding("unknown trend", headline, sentence, Severity.LIMIT, _figures(facts, rows), _to_trends(rows[0]))]


def _could_trend(row: Row) -> bool:
    return has_verdicts(row) and row["status"] != Status.NOT_COVERED


def changes(facts: Profile) -> list[Finding]:
    """Measures whose interval does not overlap that of the year before."""
    found = []
    for row in facts.newest():
        before = facts.of(str(row["measure_id"]), row["period_end"].year - 1)
        if shown_change(row) in ROSE and before is not None and not is_missing(before["value"]):
            found.append(_change(facts, row, before))
    return found


def _change(facts: Profile, row: Row, before: Row) -> Finding:
    decimals, unit = int(row["decimals"]), str(row["unit"])
    moved = round(float(row["value"]), decimals) - round(float(before["value"]), decimals)
    by = "" if round(moved, decimals) == 0 else f", by {difference(moved, decimals, unit)}"
    rose = ROSE[row["change_from_previous"]]
    sentence = (
        f"In {facts.area}, {noun_of(row)} {rose} from {_value(before)} {when(before)} to {_value(row)} "
        f"{when(row)}{by}. This is more than chance would explain.{_against_the_trend(row)}"
    )
    sentence += lockdown(row, before)
    years = f"{before['period_end'].year} and {row['period_end'].year}"
    ends = f"{_value(before)} to {_value(row)}{rate_of(row)}"
    headline = f"In {facts.area}, {short_noun(row)} {rose} from {ends} (years to March {years})."
    return Finding("change", headline, sentence, Severity.NOTABLE, (facts.figure(before), facts.figure(row)), _to_trends(row))


def _against_the_trend(row: Row) -> str:
    """One year against the five: said where the two point apart."""
    return f" Over all five years it {ROSE[row['recent_trend']]}." if _point_apart(row) else ""


def _last_year_against(row: Row) -> str:
    """The five years against the last one: a clause where the two point apart, lest a reader take the newest figure to go on."""
    return f"it {ROSE[row['change_from_previous']]} in the last year" if _point_apart(row) else ""


def _point_apart(row: Row) -> bool:
    """Whether a trend and the change since the year before are both significant and opposite."""
    trend, change = str(row["recent_trend"]), str(shown_change(row))
    return trend in ROSE and change in ROSE and trend != change


def counts(facts: Profile) -> list[Finding]:
    """Incidents and children, this year and the year before: plain numbers, not tested."""
    found = []
    for row in facts.newest():
        if row["measure_id"] not in COUNTS or is_missing(row["value"]) or is_lower_bound(row):
            continue
        before = facts.of(str(row["measure_id"]), row["period_end"].year - 1)
        if before is not None and not is_missing(before["value"]) and not is_lower_bound(before):
            found.append(_count(facts, row, before))
    return found


def _count(facts: Profile, row: Row, before: Row) -> Finding:
    now, then = int(row["value"]), int(before["value"])
    if now == then:
        moved = f"was {number(now)} {when(row)}, the same as the year before"
    else:
        word = "rose" if now > then else "fell"
        share = percent(now, then)
        moved = (
            f"{word} from {number(then)} {when(before)} to {number(now)} {when(row)}, by "
            f"{number(abs(now - then))}{f' ({share})' if share else ''}"
        )
    untested = f"Changes in counts are not tested for significance.{lockdown(row, before)}"
    sentence = f"In {facts.area}, {noun_of(row)} {moved}. {untested}"
    figures = (facts.figure(before), facts.figure(row))
    headline = f"In {facts.area}, {short_noun(row)} was {number(then)} {when(before)} and {number(now)} {when(row)}."
    return Finding("count", headline, sentence, Severity.PLAIN, figures, _to_trends(row))


def percent(now: int, then: int) -> str:
    """A change of a count in per cent of where it came from; nothing from zero."""
    if then == 0:
        return ""
    share = abs(now - then) / then * 100
    return f"{number(share)}%" if share >= 1 else "less than 1%"


def _named(rows: list[dict[str, Any]]) -> str:
    return f"{'It is' if len(rows) == 1 else 'They are'} {titles(rows)}."


def titles(rows: list[dict[str, Any]]) -> str:
    """Names of measures one after the other; they have commas of their own."""
    return "; ".join(f"“{row['short_title']}”" for row in rows)


def _figures(facts: Profile, rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(facts.figure(row) for row in rows)


def _value(row: Row) -> str:
    return amount_of(row["value"], row) + doubt_mark(row)
