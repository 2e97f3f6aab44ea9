"""Inspections and monitoring as rows of ``insight.charts.inspections.inspection_timeline``: every force, or one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import is_missing, listed, partial_date, plural, spelt_plural
from insight.inspections.clock import planned, short_kind, span_or_none, visit_of
from insight.inspections.monitoring import REVISITED
from insight.inspections.partial_dates import Span, duration_text, span_of, span_text
from insight.records import named_rows, records
from vocabulary import SourceKind

COLUMNS = ["row", "kind", "start", "end", "shape", "detail", "certain_from", "certain_to"]
BY_REPORT = "Report only; date of the visit not known"
PEEL, VISITS, PLANNED, ENGAGE, CONCERNS = "PEEL reports", "Child protection", "Planned dates", "Engage", "Causes of concern"
# Which dates a row can hold, and the column that says who told each.
_TOLD = (
    ("started", "started_kind"), ("ended", "ended_kind"), ("visit", "source_kind"), ("published", "source_kind"),
    ("revisit_visit", "revisit_kind"), ("revisit_report", "revisit_kind"),
)  # fmt: skip
# An adjective of a kind stands before what the inspection is about.
_ABOUT_CHILDREN = {"graded inspection": "graded child protection inspection"}
Row = dict[str, Any]


def every_visit(inspections: pd.DataFrame) -> pd.DataFrame:
    """One row per dated visit, in the order of the inspections; a report where the visit has no date."""
    rows = []
    for row in records(inspections):
        kind, when = short_kind(row).capitalize(), visit_of(row)
        if when is not None:
            rows += _event(row["force_name"], kind, when, _detail(row))
        else:
            rows += _event(row["force_name"], BY_REPORT, span_or_none(row["published"]), f"{kind}, {_detail(row)}")
    return _frame(rows)


def undated(inspections: pd.DataFrame) -> pd.DataFrame:
    """Inspections and reviews of which neither the visit nor the report has a date in our sources."""
    kept = [visit_of(row) is None and span_or_none(row["published"]) is None for row in records(inspections)]
    return inspections[kept]


def strip(
    followed: pd.DataFrame,
    inspections: pd.DataFrame,
    grades: pd.DataFrame,
    counts: pd.DataFrame,
    engage: pd.DataFrame,
    concerns: pd.DataFrame,
    events: pd.DataFrame,
) -> pd.DataFrame:
    """Everything that is dated about one force, a line a subject.

    Args:
        followed: rows of ``insight.inspections.clock.follow_up`` of the force.
        inspections: all its inspections and reviews.
        grades: its grades.
        counts: its announced numbers of areas at each grade, which may be dated where grades are not.
        engage: spells of enhanced monitoring (``insight.inspections.monitoring.spells``).
        concerns: causes of concern, likewise.
        events: what the spells were made from, for the revisits between issue and closing.
    """
    rows = _peel(grades, counts)
    for row in records(inspections):
        kind = short_kind(row).capitalize()
        rows += _event(VISITS, f"{kind}: visit", visit_of(row), _detail(row))
        rows += _event(VISITS, "Report published", span_or_none(row["published"]), kind)
    for row in records(followed):
        name = f"of the {short_kind(row)} published {partial_date(row['published'])}"
        for kind, span in (("Action plan expected", planned(row, "response")), ("Return planned", planned(row, "revisit"))):
            rows += [] if span is None else [_row(PLANNED, kind, span, name)]
    rows += engage_bars(engage, ENGAGE)
    for row in records(concerns):
        rows += _event(CONCERNS, "Issued", row["started"], str(row["topic"]))
        rows += _event(CONCERNS, "Closed", row["ended"], f"{row['topic']}{', if not before' if row['at_latest'] else ''}")
    for row in records(events[events["event"] == REVISITED]):
        rows += _event(CONCERNS, "Revisited", row["date"], str(row["topic"]))
    return _frame(_together(rows))


def strips(of_forces: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The strips of several forces under one another, by name; of one alone its name need not stand before every line."""
    if len(of_forces) == 1:
        return next(iter(of_forces.values()))
    return pd.concat([one.assign(row=[f"{name}: {line}" for line in one["row"]]) for name, one in of_forces.items()])


def strip_sentence(frame: pd.DataFrame) -> str:
    """Every entry of ``strip``, line by line, for a reader who cannot see them."""
    lines = []
    for line, same in frame.groupby("row", sort=False):
        told = [f"{row['kind']} {_told(row)}" for row in records(same.sort_values("start"))]
        lines.append(f"{line}: {', '.join(told)}.")
    return " ".join(lines)


def engage_sentence(engage: pd.DataFrame) -> str:
    """Of how many forces our sources show enhanced monitoring, and of how many an end."""
    forces, ended = engage["force_code"].nunique(), engage.loc[engage["ended"].notna(), "force_code"].nunique()
    return f"We know of {plural(forces, 'force')} in enhanced monitoring, and of the end of it for {ended}." if forces else ""


def _told(row: Row) -> str:
    span = Span(row["start"], row["end"])
    return span_text(span) if row["shape"] == "spell" or span.exact else f"between {span_text(span, 'and')}"


def engage_rows(engage: pd.DataFrame) -> pd.DataFrame:
    """Spells of enhanced monitoring, a line a force; one whose end is not known is a mark at its beginning, not a bar."""
    return _frame(engage_bars(engage, None))


def engage_bars(engage: pd.DataFrame, line: str | None) -> list[Row]:
    """Bars of the spells: solid where it is certain that the force was in, hatched where only the month or year is known."""
    rows: list[Row] = []
    for row in records(engage):
        name = line or str(row["force_name"])
        start, end = span_of(row["started"]), span_of(row["ended"])
        if start is not None and end is not None:
            days = duration_text((int(row["least"]), int(row["most"])))
            lasted = f"{partial_date(row['started'])} to {partial_date(row['ended'])}, {days}"
            bar = {"row": name, "kind": "In enhanced monitoring", "start": start.first, "end": end.last, "shape": "spell"}
            rows.append({**bar, "detail": lasted, "certain_from": start.last, "certain_to": end.first})
        else:
            rows += _event(name, "Began; end not known", row["started"], "")
            rows += _event(name, "Ended; beginning not known", row["ended"], "")
    return rows


def kinds_of_dates(*shown: pd.DataFrame) -> list[str]:
    """The ``source_kind`` of every date that a view shows: of spells, inspections with their returns, or published grades.

    A day on which grades of a cycle came out is one date, and HMICFRS's own where it told any of them.
    """
    kinds = []
    for frame in shown:
        rows = frame
        if "grade" in frame:
            graded = frame[frame["grade"].notna()]
            own_first = graded.sort_values("source_kind", key=lambda column: column != SourceKind.HMICFRS, kind="stable")
            rows = own_first.drop_duplicates(["cycle", "published"])
        for row in records(rows):
            when = visit_of(row) if "inspected_to" in row else None
            dates = {**row, "visit": when}
            kinds += [str(row[told]) for date, told in _TOLD if not is_missing(dates.get(date))]
    return kinds


def undated_cycles(grades: pd.DataFrame, counts: pd.DataFrame) -> list[str]:
    """Cycles of which a force has grades, none of them dated, in their order."""
    known = grades[grades["grade"].notna()].sort_values("cycle_position")
    dated = {*known.loc[known["published"].notna(), "cycle"], *counts.loc[counts["published"].notna(), "cycle"]}
    return [cycle for cycle in dict.fromkeys(known["cycle"]) if cycle not in dated]


def undated_words(grades: pd.DataFrame, counts: pd.DataFrame, inspections: pd.DataFrame) -> str:
    """'PEEL 2014, one graded child protection inspection and two child protection reviews'; nothing where all is dated."""
    cycles = undated_cycles(grades, counts)
    peel = [f"PEEL {listed(cycles)}"] if cycles else []
    kinds = Counter(short_kind(row) for row in records(undated(inspections)))
    visits = [spelt_plural(count, _ABOUT_CHILDREN.get(kind, f"child protection {kind}")) for kind, count in kinds.items()]
    return listed([*peel, *visits])


def _peel(grades: pd.DataFrame, counts: pd.DataFrame) -> list[Row]:
    """A mark a day on which grades, or how many areas got which, came out."""
    dated = grades[grades["published"].notna() & grades["grade"].notna()].sort_values(["published", "question_position"])
    rows: list[Row] = []
    for (cycle, published), same in dated.groupby(["cycle", "published"], sort=False):
        said = listed([f"{row.short_title} {row.grade.lower()}" for row in named_rows(same)])
        rows += _event(PEEL, "Report published", published, f"PEEL {cycle}: {said}")
    for row in records(counts[~counts["cycle"].isin(dated["cycle"])]):
        areas = f"PEEL {row['cycle']}: grades of {int(row['areas_graded'])} areas announced"
        rows += _event(PEEL, "Report published", row["published"], areas)
    return rows


def _event(line: str, kind: str, when: Any, detail: str) -> list[Row]:
    span = span_of(when)
    return [] if span is None else [_row(line, kind, span, detail)]


def _row(line: str, kind: str, span: Span, detail: str) -> Row:
    return {"row": line, "kind": kind, "start": span.first, "end": span.last, "shape": "event", "detail": detail}


def _together(rows: list[Row]) -> list[Row]:
    """What fell on the same day on the same line as one mark, its details joined."""
    joined: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = (row["row"], row["kind"], row["start"], row["end"], row["shape"])
        if key in joined:
            joined[key] = {**row, "detail": f"{joined[key]['detail']}; {row['detail']}"}
        else:
            joined[key] = row
    return list(joined.values())


def _detail(row: Row) -> str:
    parts = []
    if not is_missing(row["published"]):
        parts.append(f"report published {partial_date(row['published'])}")
    if not is_missing(row["cases_audited"]):
        parts.append(f"{int(row['cases_audited'])} case files audited")
    if not is_missing(row["recommendations"]):
        parts.append(f"{int(row['recommendations'])} recommendations")
    return ", ".join(parts)


def _frame(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)
