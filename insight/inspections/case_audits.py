"""Case files that inspectors audited: shares with their intervals, and a review beside the inspection that it returns to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from insight.format import grade_name, is_missing, number, plural
from insight.inspections.clock import day_of, month_of, short_kind, span_or_none, visit_of
from insight.records import records
from insight.statistics import ShareChange, proportion
from insight.tables.model import Link, Number, Table, link_to, source_of, table_of

GRADES = ("good", "requires_improvement", "inadequate")
TESTED = ("good", "inadequate")  # shares of files that are given an interval and tested at a review
METHOD = "How changes are tested: see Methods, “Case files of two visits”."
Row = dict[str, Any]


def name_of(inspection: Row) -> str:
    """'Wiltshire, review of April 2023', by the month in which the visit ended; 'report of' where its report alone is dated.

    One without any date goes by its own name, where it has one: 'Lincolnshire, progress report, date not known'.
    """
    joint, kind = " of " if visit_of(inspection) else ", ", short_kind(inspection)
    if not day_of(inspection):
        kind = span_or_none(inspection["review_name"]) or kind
    return f"{inspection['force_name']}, {kind}{joint}{month_of(inspection)}"


def audits(inspections: pd.DataFrame) -> pd.DataFrame:
    """Audits with at least one published number of files at a grade, by force and date.

    Args:
        inspections: rows of ``insight.queries.inspections.inspections``.

    Returns:
        inspection_id, force_code, force_name, region, label, audited, good, requires_improvement, inadequate (counts, missing
        where not published), and for good and inadequate their share in per cent with ``_lower_95`` and ``_upper_95``;
        source_url, source_kind, origin.
    """
    rows = [row for row in records(inspections) if _has_result(row)]
    rows.sort(key=lambda row: (row["force_name"], day_of(row)))
    frame = pd.DataFrame(
        [
            {
                **{name: row[name] for name in ("inspection_id", "force_code", "force_name", "region")},
                "label": name_of(row),
                "audited": row["cases_audited"],
                **{grade: row[f"cases_{grade}"] for grade in GRADES},
                **{name: row[name] for name in ("source_url", "source_kind", "origin")},
            }
            for row in rows
        ],
        columns=[
            "inspection_id",
            "force_code",
            "force_name",
            "region",
            "label",
            "audited",
            *GRADES,
            "source_url",
            "source_kind",
            "origin",
        ],
    )
    frame = frame.astype(dict.fromkeys(("audited", *GRADES), "Int64"))
    for grade in TESTED:
        shares = proportion(_floats(frame[grade]), _floats(frame["audited"]), multiplier=100)
        frame[f"{grade}_share"], frame[f"{grade}_lower_95"], frame[f"{grade}_upper_95"] = shares.value, shares.lower, shares.upper
    return frame


def changes(inspections: pd.DataFrame, tested: pd.DataFrame) -> pd.DataFrame:
    """Each review beside the inspection that it returns to, where at least one of them published audited files.

    Pairs with files on both sides come first.

    Args:
        inspections: rows of ``insight.queries.inspections.inspections``.
        tested: rows of ``insight.queries.inspections.case_audit_changes``; those of other inspections are left out.

    Returns:
        One row per pair and grade (good, inadequate): the columns of ``tested`` (counts missing where not published, difference
        and limits in percentage points, ``verdict`` a ``ShareChange``) with force_name, inspection, review (names), and url,
        kind and origin of the source of each side (``inspection_url``, ``review_url`` …).
    """
    by_id = {row["inspection_id"]: row for row in records(inspections)}
    held = records(tested[tested["review_id"].isin(by_id)])
    found = [(row, by_id[row["inspection_id"]], by_id[row["review_id"]]) for row in held]
    found.sort(
        key=lambda one: (
            not all(_has_result(side) for side in one[1:]),
            one[2]["force_name"],
            day_of(one[2]),
            one[2]["inspection_id"],
            TESTED.index(one[0]["grade"]),
        )
    )
    made = [{**row, **_sides(before, after)} for row, before, after in found]
    return pd.DataFrame(made, columns=list(_CHANGE)).astype(dict.fromkeys(_COUNTS, "Int64"))


_COUNTS = ("files_before", "audited_before", "files_after", "audited_after")
_CHANGE = (
    "force_code", "force_name", "inspection_id", "review_id", "inspection", "review", "grade", *_COUNTS, "difference",
    "lower_95", "upper_95", "p_value", "verdict", "inspection_url", "inspection_kind", "inspection_origin", "review_url",
    "review_kind", "review_origin",
)  # fmt: skip
_SOURCE = {"url": "source_url", "kind": "source_kind", "origin": "origin"}


def change_sentence(changed: pd.DataFrame) -> str:
    """Whether the newest review differs from its inspection, share by share, in words; nothing without a review."""
    if changed.empty:
        return ""
    newest = changed[changed["review_id"] == changed.iloc[-1]["review_id"]].set_index("grade")
    if (newest["verdict"] == ShareChange.CANNOT_BE_CALCULATED).all():
        known = "review" if newest["audited_after"].notna().any() else "inspection"
        return f"We cannot say whether that is a change: results are known for the {known} only."
    parts = [
        f"the share graded {grade_name(str(grade))} {_moved(row)} ({str(row['verdict']).lower()})"
        for grade, row in newest.iterrows()
        if not is_missing(row["p_value"])
    ]
    return f"Since the inspection {' and '.join(parts)}."


def _moved(row: pd.Series) -> str:
    before, after = (f"{row[f'files_{when}'] / row[f'audited_{when}']:.0%}" for when in ("before", "after"))
    return f"stayed at {before}" if before == after else f"{'rose' if row['difference'] > 0 else 'fell'} from {before} to {after}"


def in_part_note(audited: pd.DataFrame, inspections: pd.DataFrame) -> tuple[str, ...]:
    """Audits of which the results were published in part, or not at all: each by name, none left out without a word.

    Args:
        audited: rows of ``audits``.
        inspections: what they were made from.
    """
    part = audited[audited[list(GRADES)].isna().any(axis=1)]["label"].tolist()
    bare = [
        f"{name_of(row)} ({int(row['cases_audited'])} files)"
        for row in records(inspections)
        if not is_missing(row["cases_audited"]) and not _has_result(row)
    ]
    notes = [f"Results published in part, the rest hatched: {'; '.join(part)}."] if part else []
    return (*notes, *([f"Not shown, because only the number of files is known: {'; '.join(bare)}."] if bare else []))


def audits_to_read(audited: pd.DataFrame) -> Table:
    """Audits as a table to read: counts, shares and intervals."""
    return table_of(
        [
            {
                "Visit": row["label"],
                "Files audited": int(row["audited"]),
                **{grade.replace("_", " ").capitalize(): _count(row[grade]) for grade in GRADES},
                **{f"% {grade} (95% interval)": _share(row, grade) for grade in TESTED},
                "Source": source_of(row),
            }
            for row in records(audited)
        ]
    )


def changes_sentence(changed: pd.DataFrame) -> str:
    """How many reviews can be compared with their inspection, and how many shares changed beyond chance.

    Args:
        changed: rows of ``changes``.
    """
    known = changed[changed["p_value"].notna()]
    beyond = int(known["verdict"].isin([ShareChange.BETTER, ShareChange.WORSE]).sum())
    found = "None" if beyond == 0 else f"{beyond}"
    return (
        f"Of {changed['review_id'].nunique()} reviews and re-inspections with audited files on at least one side, "
        f"{known['review_id'].nunique()} have results of both. {found} of the {plural(len(known), 'change')} tested "
        f"{'were' if beyond > 1 else 'was'} statistically significant."
    )


def changes_to_read(changed: pd.DataFrame) -> Table:
    """Inspection beside review: what share of files was good or inadequate, the change and what the test says."""
    return table_of(
        [
            {
                "Inspection": _told(row, "inspection"),
                "Review": _told(row, "review"),
                "Share": row["grade"],
                "Then": _part(row["files_before"], row["audited_before"]),
                "At the review": _part(row["files_after"], row["audited_after"]),
                "Change, percentage points (95% interval)": _points(row),
                "Verdict": row["verdict"],
            }
            for row in records(changed)
        ]
    )


def _told(row: Row, side: str) -> Link | str:
    """The name of an inspection or review as a link to its source, with who reported it."""
    return link_to(row[f"{side}_url"], row[f"{side}_kind"], row[f"{side}_origin"], str(row[side]))


def _part(count: Any, total: Any) -> str:
    if is_missing(count) or is_missing(total):
        return "not published"
    return f"{int(count)} of {int(total)} ({int(count) / int(total):.0%})"


def _points(row: Row) -> str:
    if is_missing(row["difference"]):
        return ""  # the verdict beside it says so
    value, lower, upper = (_signed(row[name]) for name in ("difference", "lower_95", "upper_95"))
    return f"{value} ({lower} to {upper})"


def _signed(value: float) -> str:
    sign = "−" if round(value) < 0 else "+" if round(value) > 0 else ""
    return f"{sign}{number(abs(value))}"


def _sides(before: Row, after: Row) -> Row:
    """What the table of tests does not hold: names and sources of both visits."""
    return {
        "force_name": after["force_name"],
        "inspection": name_of(before),
        "review": name_of(after),
        **{f"inspection_{name}": before[column] for name, column in _SOURCE.items()},
        **{f"review_{name}": after[column] for name, column in _SOURCE.items()},
    }


def _has_result(row: Row) -> bool:
    return not is_missing(row["cases_audited"]) and any(not is_missing(row[f"cases_{grade}"]) for grade in GRADES)


def _floats(column: pd.Series) -> np.ndarray[Any, np.dtype[np.float64]]:
    return column.to_numpy(dtype=float, na_value=np.nan)


def _count(value: Any) -> Number:
    return Number("not published") if is_missing(value) else Number(f"{int(value)}", int(value))


def _share(row: Row, grade: str) -> str:
    if is_missing(row[f"{grade}_share"]):
        return "cannot be calculated"
    limits = f"{number(row[f'{grade}_lower_95'])} to {number(row[f'{grade}_upper_95'])}"
    return f"{number(row[f'{grade}_share'])}% ({limits})"
