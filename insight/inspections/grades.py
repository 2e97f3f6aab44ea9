"""Grades as frames for charts and tables: counts by question or cycle, a force's own, the order of forces, what is announced."""

from __future__ import annotations

import pandas as pd

from insight.format import is_missing, plural, slug
from insight.sources import source_name
from insight.tables.model import PartialDate, Table, source_of, table_of

SCALE = ("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate")
LOW, HIGH = ("Requires improvement", "Inadequate"), ("Outstanding", "Good")


def distribution(grades: pd.DataFrame, group: str) -> pd.DataFrame:
    """How many forces stand at each grade, or at each reason for none: columns group, grade, status, forces."""
    order = {"short_title": "question_position", "cycle": "cycle_position"}[group]
    counted = grades.groupby([group, order, "grade", "grade_order", "status"], dropna=False).size().reset_index(name="forces")
    return counted.sort_values([order, "grade_order", "status"])[[group, "grade", "status", "forces"]].reset_index(drop=True)


def mine_by(grades: pd.DataFrame, force_code: str, group: str) -> dict[str, str]:
    """A force's grade, or status, in each group."""
    mine = grades[grades["force_code"] == force_code]
    return {row[group]: row["status"] if is_missing(row["grade"]) else row["grade"] for row in mine.to_dict("records")}


def at_a_glance(counted: pd.DataFrame, group: str, heading: str) -> Table:
    """Counts as a table: a row a group, how many forces' grades are known, a column a grade or reason."""
    named = counted.assign(
        word=counted["grade"].fillna(counted["status"].str.replace("_", " ").str.capitalize()), place=range(len(counted))
    )
    wide = named.pivot_table(index=group, columns="word", values="forces", aggfunc="sum", sort=False).fillna(0).astype(int)
    known = [grade for grade in SCALE if grade in wide.columns]
    rest = [column for column in wide.columns if column not in known]
    total = pd.DataFrame({"Forces": wide.sum(axis=1), "Known": wide[known].sum(axis=1)})
    wide = pd.concat([total, wide[known + rest]], axis=1)
    return table_of(wide.reset_index().rename(columns={group: heading}))


def known_sentence(grades: pd.DataFrame, place: str) -> str:
    """How many grades of a cycle are known: in all, and of how many forces every one.

    Args:
        grades: grades of one cycle.
        place: where the forces are: 'England and Wales', 'the South West'.
    """
    known = grades["status"].isin(["graded", "not_graded", "not_in_report"]).groupby(grades["force_code"]).agg(["all", "any"])
    forces, whole = len(known), int(known["all"].sum())
    unknown = int((~known["any"]).sum())
    some = f", of {plural(forces - whole - unknown, 'force')} some" if forces - whole - unknown else ""
    none = f", of {plural(unknown, 'force')} none" if unknown else ""
    found = int(grades["grade"].notna().sum())
    return f"{place}: {found:,} grades are known. Of {whole} of {forces} forces every one is known{some}{none}."


def incomplete(grades: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Announced numbers of areas at each grade, of forces some of whose grades are not found; with ``known``, how many are.

    Args:
        grades: grades of one cycle.
        counts: rows of ``insight.queries.inspections.grade_counts`` of the cycle.
    """
    lacking = set(grades.loc[grades["status"] == "not_found", "force_code"])
    known = grades[grades["grade"].notna()].groupby("force_code").size()
    kept = counts[counts["force_code"].isin(lacking)]
    return kept.assign(known=kept["force_code"].map(known).fillna(0).astype(int)).reset_index(drop=True)


def counts_to_read(counts: pd.DataFrame) -> Table:
    """Announced numbers with how many of the grades are known by area, and who told them."""
    return table_of(
        [
            {
                "Force": row["force_name"],
                "Areas graded": int(row["areas_graded"]),
                "Known by area": int(row["known"]),
                **{grade: int(row[grade.lower().replace(" ", "_")]) for grade in SCALE},
                "Announced": PartialDate(row["published"]),
                "Source": source_of(row),
            }
            for row in counts.to_dict("records")
        ]
    )


def own_grades(grades: pd.DataFrame, labels: dict[str, str]) -> Table:
    """One force's grades to read: question, cycle, grade or the word for none, date, who told, address."""
    rows = [
        {
            "Cycle": row["cycle"],
            "Question": row["question"],
            "Grade": labels[row["status"]] if is_missing(row["grade"]) else row["grade"],
            "Published": PartialDate(row["published"]),
            "Source": source_of(row),
        }
        for row in grades.sort_values(["cycle_position", "question_position"], ascending=[False, True]).to_dict("records")
    ]
    return table_of(rows)


def grades_to_take_away(grades: pd.DataFrame) -> pd.DataFrame:
    """Grades as stored, a row a question and cycle: the grade or why there is none, who told it and the page it was read from."""
    columns = [
        "force_code", "force_name", "region", "cycle", "level", "question", "grade", "status", "published", "source_kind",
        "source_url", "origin",
    ]  # fmt: skip
    ordered = grades.sort_values(["force_name", "cycle_position", "question_position"])
    told = [
        "" if is_missing(row["source_url"]) else source_name(row["source_kind"], row["origin"])
        for row in ordered.to_dict("records")
    ]
    return ordered[columns].assign(told_by=told).reset_index(drop=True)


def comparable_groups(cycles: pd.DataFrame, grades: pd.DataFrame) -> list[list[str]]:
    """The cycles in which a question was asked, parted wherever the inspectorate allows no comparison."""
    groups: list[list[str]] = []
    asked = set(grades["cycle"])
    for row in cycles.to_dict("records"):
        if row["cycle"] in asked:
            if not groups or row["comparable_with_previous"] is not True:
                groups.append([])
            groups[-1].append(str(row["cycle"]))
    return groups


def force_orders(grades: pd.DataFrame) -> dict[str, str]:
    """The orders in which forces can stand, with their words: by name, region, and number at each grade of the cycle."""
    found = [grade for grade in SCALE if (grades["grade"] == grade).any()]
    return {
        "name": "Name",
        "region": "Region",
        "low": "Most requiring improvement or inadequate",
        "high": "Most good or outstanding",
        **{slug(grade): f"Most {grade.lower()}" for grade in found},
        "known": "Most grades known",
    }


def sorted_forces(grades: pd.DataFrame, by: str) -> list[str]:
    """Force codes in the reader's order (a key of ``force_orders``); of equal ones by name.

    Counting says nothing of how bad a grade is: forces are ordered by a number of areas, grades are never averaged.
    """
    per_force = grades.groupby("force_code").agg(name=("force_name", "first"), region=("region", "first"))
    if by in ("name", "region"):
        return list(per_force.sort_values([by, "name"]).index)
    wanted = {"low": LOW, "high": HIGH, "known": SCALE, **{slug(grade): (grade,) for grade in SCALE}}[by]
    counted = grades["grade"].isin(wanted).groupby(grades["force_code"]).sum()
    return list(per_force.assign(count=counted).sort_values(["count", "name"], ascending=[False, True]).index)
