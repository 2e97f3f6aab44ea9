"""Sources, coverage, checks, revisions and definitions as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import Words, is_missing, number, partial_date, upper_first, year_ending
from insight.glossary import MARKS, TERMS
from insight.records import named_rows, records
from insight.sources import licence_name
from insight.tables.model import Link, Number, Table, figure, grouped, table_of
from vocabulary import BreakKind, Origin, Status

Row = Mapping[str, Any]
COUNT = {"unit": "", "decimals": 0}
NOT_IN_RELEASE = "–"


def sources_to_read(frame: pd.DataFrame) -> Table:
    """Publications by publisher: releases (each a link), periods and what they cover; the newest release describes them."""
    shown = frame["origin"].nunique() > 1  # who added a release is said only where a user added one
    rows, publishers = [], []
    for _, releases in frame.groupby(["publication", "origin"], sort=False):
        newest = releases.iloc[-1].to_dict()
        publishers.append(str(newest["publisher"]))
        rows.append(
            {
                "Subject": newest["subject"],
                "Publication": newest["title"],
                "Releases": tuple(_release(row) for row in reversed(records(releases))),
                "Periods": _periods(releases),
                "Figures": Number(number(total)) if (total := int(releases["figures"].sum())) else "",
                "The newest covers": newest["coverage"],
                "Licence": licence_name(newest["licence"]),
            }
            | ({"Added by": "this project" if newest["origin"] == Origin.PUBLISHER else "a user"} if shown else {})
        )
    by_publisher = sorted(zip(publishers, rows, strict=True), key=lambda one: one[0])
    return grouped([publisher for publisher, _ in by_publisher], [row for _, row in by_publisher])


def _release(row: Row) -> Link | str:
    """A release by its name, with the date it was published where that is known."""
    text = str(row["release"]) if is_missing(row["published"]) else f"{row['release']} ({partial_date(row['published'])})"
    return text if is_missing(row["url"]) else Link(str(row["url"]), text, said=f"{row['title']}, release {text}")


def coverage_to_read(frame: pd.DataFrame, forces: int) -> Table:
    """Measures and years with the number of the ``forces`` that have a figure and the reasons of the others."""
    rows = [
        {
            "Measure": row["short_title"],
            "Year ending": f"{row['period_end']:%B %Y}",
            "Release": row["release"],
            "With a figure": int(row["with_value"]),
            "Of these, minimums": int(row["lower_bounds"]),
            "Suppressed": int(row[Status.SUPPRESSED]),
            "Not available": int(row[Status.NOT_AVAILABLE]),
            "Low reliability": int(row[Status.LOW_RELIABILITY]),
            "Reported jointly": int(row[Status.REPORTED_JOINTLY]),
            "Not covered": forces - int(row["forces"]) + int(row[Status.NOT_COVERED]),
        }
        for row in records(frame)
    ]
    return table_of(rows)


def checks_to_read(frame: pd.DataFrame) -> Table:
    """Checks, failures first."""
    return table_of(
        pd.DataFrame(
            {
                "Outcome": frame["passed"].map({True: "passed", False: "failed"}),
                "Check": frame["detail"],
                "Expected": frame["expected"],
                "Found": frame["found"],
            }
        )
    )


def revisions_to_read(frame: pd.DataFrame, figures: pd.DataFrame) -> Table:
    """Revised figures, largest change first."""
    names = _labels(figures)
    return table_of(
        pd.DataFrame(
            {
                "Figure": [upper_first(names[figure]) for figure in frame["figure_id"]],
                "Area": frame["area_name"],
                "Year ending": [f"{period:%B %Y}" for period in frame["period_end"]],
                "Earlier release": [f"{r.earlier_release}: {number(r.earlier_value)}" for r in named_rows(frame)],
                "Later release": [f"{r.later_release}: {number(r.later_value)}" for r in named_rows(frame)],
                "Change": [Number(f"{'+' if change > 0 else '−'}{number(abs(change))}") for change in frame["change"]],
            }
        )
    )


def _labels(figures: pd.DataFrame) -> dict[str, str]:
    """What each base figure counts."""
    return dict(zip(figures["figure_id"], figures["label"], strict=True))


def _periods(releases: pd.DataFrame) -> str:
    first, last = releases["first_period"].min(), releases["last_period"].max()
    if is_missing(first):
        return ""
    return f"{first:%B %Y}" if first == last else f"{first:%B %Y} to {last:%B %Y}"


def revised_years_to_read(frame: pd.DataFrame, words: Words) -> Table:
    """A base figure of one area: a row a year, a column a release; ``NOT_IN_RELEASE`` where one does not cover the year."""
    if frame.empty:
        return table_of([])
    rows = frame.assign(
        year=[f"March {period.year}" for period in frame["period_end"]],
        text=[figure(row, COUNT, words) for row in records(frame)],
        column="Release " + frame["release"],
    )
    wide = rows.pivot(index=["period_end", "year"], columns="column", values="text").sort_index()
    wide = wide.map(lambda held: NOT_IN_RELEASE if is_missing(held) else held)
    return table_of(wide.reset_index().drop(columns="period_end").rename(columns={"year": "Year ending"}))


def definitions_to_read(measures: pd.DataFrame, figures: pd.DataFrame) -> Table:
    """Measures with what they are made of and what to beware of."""
    names = _labels(figures)
    rows = [
        {
            "Measure": row["title"],
            "Topic": row["topic"],
            "Definition": row["definition"],
            "Made of": _made_of(row, names),
            "Caution": row["caveats"],
            "Covers": row["coverage"],
        }
        for row in records(measures)
    ]
    return table_of(rows)


def _made_of(row: Row, names: Mapping[str, str]) -> str:
    if is_missing(row["denominator"]):
        return names[row["numerator"]]
    times = "" if int(row["multiplier"]) == 1 else f", times {int(row['multiplier']):,}"
    return f"{names[row['numerator']]}, divided by {names[row['denominator']]}{times}"


def statuses_to_read(figures: pd.DataFrame, grades: pd.DataFrame) -> Table:
    """Symbols of figures and grades that are not there, and marks beside those that are."""
    words = {"symbol": "Symbol", "label": "Word", "meaning": "Meaning", "of": "Beside or in place of"}
    marks = pd.DataFrame(MARKS, columns=["of", "symbol", "label", "meaning"]).assign(order=1)
    absent = figures[figures["status"] != Status.REPORTED].assign(of="Figure", order=0)
    both = pd.concat([absent, grades.assign(of="Grade", order=0), marks], ignore_index=True)
    both["place"] = both["of"].map(["Figure", "Grade", "Trend", "Chart"].index)
    rows = both.sort_values(["place", "order"], kind="stable")[list(words)].rename(columns=words)
    return table_of(rows.assign(**{words["of"]: rows[words["of"]].str.lower()}))


def terms_to_read() -> Table:
    """The glossary."""
    return table_of([{"Term": term, "Meaning": meaning} for term, meaning in TERMS])


def breaks_to_read(frame: pd.DataFrame, figures: pd.DataFrame) -> Table:
    """Breaks of series, seams between cycles and doubtful figures."""
    names = _labels(figures)
    kinds = {
        BreakKind.BREAK: "Break in the series",
        BreakKind.DOUBTFUL: "Doubtful figure (†)",
        BreakKind.NOT_COMPARABLE: "Not comparable",
    }
    rows = [
        {
            "Series": upper_first(names.get(row["series"], "inspection grades")),
            "What": kinds[row["kind"]],
            "From": row["cycle"] if is_missing(row["starts"]) else year_ending(row["starts"]),
            "Area": "everywhere" if is_missing(row["force_name"]) else row["force_name"],
            "Why": row["reason"],
        }
        for row in records(frame)
    ]
    return table_of(rows)
