"""Grades as frames for charts and tables: counts by question or cycle, a force's own, the order of forces, what is announced."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from insight.cycles import are_apart
from insight.format import Words, grade_name, is_missing, label_of, listed, lower_first, plural, slug
from insight.records import records
from insight.sources import with_reporter
from insight.tables.model import Column, Grade, Look, PartialDate, Table, source_of, table_from, table_of
from vocabulary import GRADES, LOW_GRADES, SourceKind, Status

HIGH = GRADES[:2]


def distribution(grades: pd.DataFrame, group: str) -> pd.DataFrame:
    """How many forces stand at each grade, or at each reason for none.

    Returns:
        group, grade, status, forces (how many), names (which), read_in_press and names_in_press (how many of the grades were,
        and of which forces).
    """
    order = {"short_title": "question_position", "cycle": "cycle_position"}[group]
    key = [order, "grade_order", "status"]
    held: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in records(grades[[group, *key, "grade", "force_name", "source_kind"]].sort_values([*key, "force_name"])):
        held.setdefault((row[group], str(row["grade"]), row["status"]), []).append(row)
    counted = [{**{name: same[0][name] for name in (group, "grade", "status")}, **_counted(same)} for same in held.values()]
    kinds = {**grades.dtypes[[group, "grade", "status"]], "forces": int, "names": "str", "read_in_press": int}
    return pd.DataFrame(counted, columns=[*kinds, "names_in_press"]).astype({**kinds, "names_in_press": "str"})


def _counted(same: list[dict[str, Any]]) -> dict[str, Any]:
    """How many grades these are and of which forces, and the same of those read in the press."""
    names = [row["force_name"] for row in same]
    press = [row["force_name"] for row in same if not is_missing(row["grade"]) and row["source_kind"] == SourceKind.PRESS]
    return {"forces": len(names), "names": ", ".join(names), "read_in_press": len(press), "names_in_press": ", ".join(press)}


def mine_by(grades: pd.DataFrame, force_code: str, group: str) -> dict[str, str]:
    """A force's grade, or status, in each group."""
    mine = grades[grades["force_code"] == force_code]
    return {row[group]: row["status"] if is_missing(row["grade"]) else row["grade"] for row in records(mine)}


def at_a_glance(counted: pd.DataFrame, group: str, heading: str, words: Words) -> Table:
    """Counts as a table: one row per group, how many forces' grades are known, a column a grade or reason."""
    named = counted.assign(
        word=counted["grade"].astype(object).fillna(counted["status"].map(lambda status: label_of(status, words))),
        place=range(len(counted)),
    )
    wide = named.pivot_table(index=group, columns="word", values="forces", aggfunc="sum", sort=False).fillna(0).astype(int)
    known = [grade for grade in GRADES if grade in wide.columns]
    rest = [column for column in wide.columns if column not in known]
    total = pd.DataFrame({"Forces": wide.sum(axis=1), "Known": wide[known].sum(axis=1)})
    wide = pd.concat([total, wide[known + rest]], axis=1)
    return table_of(wide.reset_index().rename(columns={group: heading}))


def known_sentence(grades: pd.DataFrame) -> str:
    """How many grades of a cycle are known: in all, and of how many forces every one.

    Args:
        grades: grades of one cycle.
    """
    known = (
        grades["status"]
        .isin([Status.GRADED, Status.NOT_GRADED, Status.NOT_IN_REPORT])
        .groupby(grades["force_code"])
        .agg(["all", "any"])
    )
    forces, whole = len(known), int(known["all"].sum())
    unknown = int((~known["any"]).sum())
    parts = [f"all for {whole} of the {plural(forces, 'force')}"]
    parts += [f"some for {forces - whole - unknown}"] if forces - whole - unknown else []
    parts += [f"none for {unknown}"] if unknown else []
    return f"We know {plural(int(grades['grade'].notna().sum()), 'grade')}: {listed(parts)}."


def only_read_from(grades: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Grades with those that were read elsewhere as not found: who reported, and the page, are left out with them."""
    others = grades["grade"].notna() & (grades["source_kind"] != kind)
    nothing = ["grade", "grade_order", "letter", "published", "source_url", "source_kind", "source_id", "origin"]
    nothing = [name for name in nothing if name in grades.columns]
    kept = grades.copy()
    kept[nothing] = kept[nothing].astype(object).mask(others)
    kept.loc[others, "status"] = Status.NOT_FOUND
    return kept.astype({"grade_order": "Int64"})


def totals_only_sentence(grades: pd.DataFrame, counts: pd.DataFrame) -> tuple[str, ...]:
    """'8 “inadequate” grades are not in these bars …': those of which the total alone is known, if there are any.

    Args:
        grades: grades of one cycle.
        counts: rows of ``insight.queries.inspections.grade_counts`` of the cycle.
    """
    known = grades[grades["grade"] == GRADES[-1]].groupby("force_code").size()
    here = counts[counts["force_code"].isin(grades["force_code"])]
    lacking = {row["force_name"]: int(row["inadequate"]) - int(known.get(row["force_code"], 0)) for row in records(here)}
    lacking = {name: number for name, number in lacking.items() if number > 0}
    if not lacking:
        return ()
    total = sum(lacking.values())
    name = grade_name(GRADES[-1])
    verb, whose = ("grade is", "its area is") if total == 1 else ("grades are", "their areas are")
    forces = listed([f"{force} {number}" for force, number in sorted(lacking.items(), key=lambda one: -one[1])])
    return (f"{total} {name} {verb} not shown, because {whose} not known to us: {forces}.",)


def spread_sentence(grades: pd.DataFrame, question: str, cycle: str) -> str:
    """'For protecting vulnerable people in 2023-25, HMICFRS graded 2 forces “outstanding” …; 34 of 43 grades are known.'

    Args:
        grades: grades of one question and cycle.
        question: its name.
        cycle: its name.
    """
    counts = grades[grades["grade"].notna()].sort_values("grade_order")["grade"].value_counts(sort=False)
    said = listed([f"{plural(count, 'force')} {grade_name(str(grade))}" for grade, count in counts.items()])
    known = f"{int(counts.sum())} of {plural(len(grades), 'grade')} {'is' if counts.sum() == 1 else 'are'} known"
    about = f"For {lower_first(question)} in {cycle}"
    return f"{about}, HMICFRS graded {said}; {known}." if said else f"{about}, {known}."


def known_from_totals(grades: pd.DataFrame, counts: pd.DataFrame, grade: str) -> list[str]:
    """Forces that are not known by area to have a grade, but whose announced totals have it: their codes.

    Args:
        grades: grades of one cycle.
        counts: rows of ``insight.queries.inspections.grade_counts`` of the cycle.
        grade: a grade of the scale.
    """
    by_area = set(grades.loc[grades["grade"] == grade, "force_code"])
    here = counts[counts["force_code"].isin(set(grades["force_code"]) - by_area)]
    return list(here.loc[here[slug(grade).replace("-", "_")] > 0, "force_code"])


def held_sentence(
    grades: pd.DataFrame, question: str, grade: str, cycle: str, after: pd.DataFrame, counts: pd.DataFrame | None = None
) -> str:
    """Which forces were given a grade, and what they were given since: the answer to a choice of question and grade.

    Args:
        grades: grades of one cycle.
        question: a question of the cycle, or nothing for any.
        grade: a grade of the scale.
        cycle: its name.
        after: grades of the question in later cycles.
        counts: announced totals of the cycle, which are of every question together: not read where one is chosen.
    """
    asked = grades[grades["question"] == question] if question else grades
    held = asked["grade"] == grade
    totals = pd.Series(False, index=asked.index)
    if counts is not None and not question:
        totals = asked["force_code"].isin(known_from_totals(asked, counts, grade))
    names = sorted(asked.loc[held | totals, "force_name"].unique())
    about = f" for {lower_first(question)}" if question else " in at least one area"
    unknown = int((asked["status"] == Status.NOT_FOUND).sum())
    rest = (
        f" {unknown} of {plural(len(asked), 'grade')} of {cycle} {'is' if unknown == 1 else 'are'} not known." if unknown else ""
    )
    if not names:
        return f"We know of no force that HMICFRS graded {grade_name(grade)}{about} in {cycle}.{rest}"
    said = f"HMICFRS graded {plural(len(names), 'force')} {grade_name(grade)}{about} in {cycle}: {listed(names)}."
    alone = listed(sorted(asked.loc[totals, "force_name"].unique()))
    not_by_area = f" For {alone} we know only how many areas, not which." if alone else ""
    return f"{said}{not_by_area}{_since(after[after['force_name'].isin(names)])}{rest}"


def _since(after: pd.DataFrame) -> str:
    """' Since then (2023-25): Wiltshire “requires improvement”; Gloucestershire not known.'"""
    said = ""
    for cycle, same in after.groupby("cycle", sort=False):
        by_grade = same[same["grade"].notna()].sort_values("grade_order").groupby("grade", sort=False)["force_name"].apply(list)
        parts = [f"{listed(names)} {grade_name(str(grade))}" for grade, names in by_grade.items()]
        lacking = sorted(same.loc[same["grade"].isna(), "force_name"])
        parts += [f"{listed(lacking)} not known"] if lacking else []
        said += f" Since then ({cycle}): {'; '.join(parts)}."
    return said


def holders(grades: pd.DataFrame, cycles: Sequence[str], parted: bool, my_force: str, words: Words, caption: str) -> Table:
    """The forces at each grade of one question, worst grade first, a cycle beside the other.

    Args:
        grades: grades of one question, the forces in the order in which they are named.
        cycles: the cycles to show, in order.
        parted: whether they cannot be compared, which a double line says.
        my_force: the row with its grade in the first cycle is marked.
        words: labels and symbols of grade statuses.
        caption: what the table is, read out before it.
    """
    columns = [Column("Grade")]
    for place, cycle in enumerate(cycles):
        same = grades[grades["cycle"] == cycle]
        known = f"{int(same['grade'].notna().sum())} of {len(same)} known"
        columns += [Column(cycle, seam=parted and place > 0), Column(f"Forces in {cycle}", note=known)]
    keys = [*reversed(GRADES), *dict.fromkeys(grades.loc[grades["grade"].isna(), "status"])]
    rows, mine = [], []
    for key in keys:
        cells: list[Any] = []
        for cycle in cycles:
            same = grades[(grades["cycle"] == cycle) & (grades["grade"].fillna(grades["status"]) == key)]
            cells += [Grade(key, str(len(same)), f"{len(same)}") if len(same) else "", ", ".join(same["force_name"])]
        rows.append([key if key in GRADES else label_of(key, words), *cells])
        own = grades[(grades["force_code"] == my_force) & (grades["cycle"] == cycles[0])]
        mine.append(bool((own["grade"].fillna(own["status"]) == key).any()))
    return table_from(caption, columns, rows, mine, Look.LISTING_NAMES)


def incomplete(grades: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Announced numbers of areas at each grade, of forces some of whose grades are not found; with ``known``, how many are.

    Args:
        grades: grades of one cycle.
        counts: rows of ``insight.queries.inspections.grade_counts`` of the cycle.
    """
    lacking = set(grades.loc[grades["status"] == Status.NOT_FOUND, "force_code"])
    known = grades[grades["grade"].notna()].groupby("force_code").size()
    kept = counts[counts["force_code"].isin(lacking)]
    return kept.assign(known=kept["force_code"].map(known).fillna(0).astype(int)).reset_index(drop=True)


def counts_to_read(counts: pd.DataFrame) -> Table:
    """Announced numbers with how many of the grades are known by area, and who reported them."""
    return table_of(
        [
            {
                "Force": row["force_name"],
                "Areas graded": int(row["areas_graded"]),
                "Known by area": int(row["known"]),
                **{grade: int(row[grade.lower().replace(" ", "_")]) for grade in GRADES},
                "Announced": PartialDate(row["published"]),
                "Source": source_of(row),
            }
            for row in records(counts)
        ]
    )


def own_grades(grades: pd.DataFrame, words: Words) -> Table:
    """One force's grades to read: question, cycle, grade or the word for none, date, who reported it, address."""
    rows = [
        {
            "Cycle": row["cycle"],
            "Question": row["question"],
            "Grade": label_of(row["status"], words) if is_missing(row["grade"]) else row["grade"],
            "Published": PartialDate(row["published"]),
            "Source": source_of(row),
        }
        for row in records(grades.sort_values(["cycle_position", "question_position"], ascending=[False, True]))
    ]
    return table_of(rows)


def statuses_without_grade(grades: pd.DataFrame) -> tuple[str, ...]:
    """Why grades are missing among these rows: each status once."""
    return tuple(grades.loc[grades["grade"].isna(), "status"].unique())


def grades_to_take_away(grades: pd.DataFrame) -> pd.DataFrame:
    """Grades as stored, one row per question and cycle: the grade or why there is none, who reported it and on which page."""
    columns = [
        "force_code", "force_name", "region", "cycle", "level", "question", "grade", "status", "published", "source_kind",
        "source_url", "origin",
    ]  # fmt: skip
    ordered = grades.sort_values(["force_name", "cycle_position", "question_position"])
    return with_reporter(ordered[columns]).reset_index(drop=True)


def comparable_groups(cycles: pd.DataFrame, grades: pd.DataFrame) -> list[list[str]]:
    """The cycles in which a question was asked, parted wherever the inspectorate allows no comparison."""
    asked = set(grades["cycle"])
    names = [str(row["cycle"]) for row in records(cycles.sort_values("position")) if row["cycle"] in asked]
    groups = [[name] for name in names[:1]]
    for before, name in pairwise(names):
        if are_apart(cycles, before, name):
            groups.append([])
        groups[-1].append(name)
    return groups


def force_orders(grades: pd.DataFrame) -> dict[str, str]:
    """The orders in which forces can stand, with their words: by name, region, and number at each grade of the cycle."""
    found = [grade for grade in GRADES if (grades["grade"] == grade).any()]
    return {
        "name": "Name",
        "region": "Region",
        "low": "Most grades of “requires improvement” or “inadequate”",
        "high": "Most grades of “good” or “outstanding”",
        **{slug(grade): f"Most grades of {grade_name(grade)}" for grade in found},
        "known": "Most grades known",
    }


def sorted_forces(grades: pd.DataFrame, by: str) -> list[str]:
    """Force codes in the reader's order (a key of ``force_orders``); of equal ones by name.

    Counting says nothing of how bad a grade is: forces are ordered by a number of areas, grades are never averaged.
    """
    per_force = grades.groupby("force_code").agg(name=("force_name", "first"), region=("region", "first"))
    if by in ("name", "region"):
        return list(per_force.sort_values([by, "name"]).index)
    wanted = {"low": LOW_GRADES, "high": HIGH, "known": GRADES, **{slug(grade): (grade,) for grade in GRADES}}[by]
    counted = grades["grade"].isin(wanted).groupby(grades["force_code"]).sum()
    return list(per_force.assign(count=counted).sort_values(["count", "name"], ascending=[False, True]).index)
