"""What the inspectorate judged on child protection: grades of graded inspections, case files."""

from __future__ import annotations

from typing import Any

from insight.findings.finding import Finding, Link, Severity
from insight.findings.peel import ASKS, told
from insight.format import grade_name, is_missing, listed, partial_date, plural
from insight.inspections.graded_inspections import teller_of
from insight.inspections.partial_dates import span_of
from insight.profile.profile import Evidence, Profile
from insight.records import named_rows, records
from vocabulary import InspectionKind

CASES, PROTECTION = "child_protection_inspections", "child_protection_grades"
LINK = Link("child-protection")
RESULTS = (
    ("cases_inadequate", "Inadequate"), ("cases_requires_improvement", "Requires improvement"), ("cases_good", "Good"),
)  # fmt: skip
MUCH, SOME = 1 / 3, 1 / 5  # of audited files inadequate: stands out, or is worth a word
OLD_AFTER = 5  # years; an older audit asks for less
FEW = 10  # case files


def protection_grades(facts: Profile) -> list[Finding]:
    """Grades of the newest graded child protection inspection, worst first."""
    visits = {row["inspection_id"]: row for row in records(facts.inspections)}
    held = facts.inspection_grades
    dates = {key: row["published"] for key, row in visits.items()}
    held = facts.published(held.assign(published=held["inspection_id"].map(dates)))
    if held.empty:
        return []
    days = held["inspection_id"].map(lambda key: _day(visits[key]))  # empty where neither is known: such a one comes first
    newest = held[held["inspection_id"] == held.loc[days.sort_values(kind="stable").index[-1], "inspection_id"]]
    rows = newest.sort_values(["grade_order", "area"], ascending=[False, True])
    visit = visits[rows["inspection_id"].iloc[0]]
    when = _day(visit)
    dated = "" if not when else _held(visit) if is_missing(visit["published"]) else f" published in {_month(when)}"
    by_grade = [(str(grade), list(same["area"])) for grade, same in rows.groupby("grade", sort=False)]
    who = facts.organisation
    what = f"its child protection inspection{dated}" if dated else "its child protection inspection, whose date we do not know"
    parts = [f"{grade_name(grade)} in {plural(len(areas), 'area')} ({'; '.join(areas)})" for grade, areas in by_grade]
    sentence = f"HMICFRS graded {who} {listed(parts)} in {what}."
    brackets = f"child protection inspection, {_month(when)}" if dated else "child protection inspection, date not known"
    if len(rows) == 1:
        headline = f"HMICFRS graded {who} {grade_name(by_grade[0][0])} in the only area whose grade we know ({brackets})."
    else:
        short = listed([f"{grade_name(grade)} in {len(areas)}" for grade, areas in by_grade])
        headline = f"HMICFRS graded {who} {short} of {len(rows)} areas known ({brackets})."
    figures = tuple(
        Evidence(
            row.area, row.area, when, None, row.grade,
            told(facts.source_named(PROTECTION), teller_of(str(row.source_url))),
        )
        for row in named_rows(rows)
    )  # fmt: skip
    severity = ASKS.get(by_grade[0][0], Severity.PLAIN) if dated else Severity.PLAIN
    return [Finding("child protection grades", headline, sentence, severity, figures, LINK)]


def case_files(facts: Profile) -> list[Finding]:
    """How the case files of the newest audit with results were judged, and how many grades are not known."""
    rows = facts.published(facts.inspections)
    held = [row for row in records(rows) if not is_missing(row["cases_audited"]) and _results(row)]
    if not held:
        return []
    row = max(held, key=lambda one: _day(one) or "")
    total, results = int(row["cases_audited"]), _results(row)
    files = plural(total, "case file")
    when = "" if is_missing(row["published"]) else f" published in {_month(row['published'])}"
    found = listed([f"{count or 'none'} {grade_name(word)}" for count, word in results])
    what = f"{kind(row)}{when or _held(row)}"
    unknown = _rest(total, results, named=results)
    sentence = f"Inspectors audited {files} of {facts.organisation} for the {what}, and graded {found}{unknown}."
    count, word = results[0]
    headline = (
        f"Inspectors graded {count or 'none'} of {files} of {facts.organisation} {grade_name(word)} ({_dated(row)})"
        f"{_rest(total, results, named=results[:1])}."
    )
    figures = tuple(
        Evidence(
            "case files",
            f"Case files {what.lower()}",
            _day(row),
            None,
            f"{number}",
            told(facts.source_named(CASES), row["source_kind"]),
        )
        for number, what in (*results, (total, "audited"))
    )
    return [Finding("case files", headline, sentence, _asks(facts, row), figures, LINK)]


def _results(row: dict[str, Any]) -> list[tuple[int, str]]:
    """Files at each grade that was published, worst first."""
    return [(int(row[column]), word) for column, word in RESULTS if not is_missing(row[column])]


def _rest(total: int, results: list[tuple[int, str]], named: list[tuple[int, str]]) -> str:
    """That the grades of the other files are not known; nothing where the published ones are all.

    Args:
        named: those of the results that the sentence tells; where it tells not all, the rest are not "the others".
    """
    rest = total - sum(count for count, _ in results)
    if rest <= 0:
        return ""
    others = "the other " if rest == total - sum(count for count, _ in named) else ""
    which = f"{others}{'one' if rest == 1 else rest}"
    return f"; the grade of {which} is not known" if rest == 1 else f"; the grades of {which} are not known"


def _asks(facts: Profile, row: dict[str, Any]) -> Severity:
    """By the share that was inadequate; a step less where the audit is old. Without a date, or of a few files, it never leads."""
    if is_missing(row["cases_inadequate"]) or not _day(row) or int(row["cases_audited"]) < FEW:
        return Severity.PLAIN
    share = int(row["cases_inadequate"]) / int(row["cases_audited"])
    asks = Severity.MARKED if share >= MUCH else Severity.NOTABLE if share >= SOME else Severity.PLAIN
    held = span_of(_day(row) or None)
    recent = held is not None and held.last.year + OLD_AFTER >= facts.as_of.year
    return asks if recent else Severity(max(asks - 1, Severity.PLAIN))


def _day(row: dict[str, Any]) -> str:
    """When an audit came out, or was made, as precise as known; empty where neither is."""
    return next((str(row[name]) for name in ("published", "inspected_to", "inspected_from") if not is_missing(row[name])), "")


def _dated(row: dict[str, Any]) -> str:
    """'report of June 2023', or the month of the audit where that alone is known."""
    if not is_missing(row["published"]):
        return f"report of {_month(row['published'])}"
    return _month(_day(row)) if _day(row) else "date not known"


def _held(row: dict[str, Any]) -> str:
    return f" held in {_month(_day(row))}" if _day(row) else ", whose date we do not know"


def kind(row: dict[str, Any]) -> str:
    """The kind of an inspection in running text."""
    names: dict[str, str] = {
        InspectionKind.NATIONAL: "national child protection inspection",
        InspectionKind.REVIEW: "post-inspection review of child protection",
        InspectionKind.GRADED: "graded child protection inspection",
    }
    return names.get(str(row["kind"]), str(row["kind"]).lower())


def _month(text: Any) -> str:
    """Month and year of a date, as far as it is known."""
    return partial_date(str(text)[:7])
