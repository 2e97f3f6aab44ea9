"""Grades as frames for charts and tables: counts by question or cycle, a force's own, the matrix of a cycle."""

from __future__ import annotations

from html import escape

import pandas as pd

from insight.charts.chart import Words
from insight.charts.palette import grade_cell_style
from insight.tables import SOURCE_KINDS, source_link
from insight.words import is_missing, partial_date


def distribution(grades: pd.DataFrame, group: str) -> pd.DataFrame:
    """How many forces stand at each grade, or at each reason for none: columns group, grade, status, forces."""
    order = {"short_title": "question_position", "cycle": "cycle_position"}[group]
    counted = grades.groupby([group, order, "grade", "grade_order", "status"], dropna=False).size().reset_index(name="forces")
    return counted.sort_values([order, "grade_order", "status"])[[group, "grade", "status", "forces"]].reset_index(drop=True)


def mine_by(grades: pd.DataFrame, force_code: str, group: str) -> dict[str, str]:
    """A force's grade, or status, in each group."""
    mine = grades[grades["force_code"] == force_code]
    return {row[group]: row["status"] if is_missing(row["grade"]) else row["grade"] for row in mine.to_dict("records")}


def at_a_glance(counted: pd.DataFrame, group: str, heading: str) -> pd.DataFrame:
    """Counts as a table: a row a group, a column a grade or reason."""
    named = counted.assign(
        word=counted["grade"].fillna(counted["status"].str.replace("_", " ").str.capitalize()), place=range(len(counted))
    )
    wide = named.pivot_table(index=group, columns="word", values="forces", aggfunc="sum", sort=False).fillna(0).astype(int)
    order = ["Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"]
    known = [grade for grade in order if grade in wide.columns]
    wide = wide[known + [column for column in wide.columns if column not in known]]
    return wide.rename_axis(columns=None).reset_index().rename(columns={group: heading})


def own_grades(grades: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """One force's grades to read: question, cycle, grade or the word for none, date, who told, address."""
    rows = [
        {
            "Cycle": row["cycle"],
            "Question": row["question"],
            "Grade": labels[row["status"]] if is_missing(row["grade"]) else row["grade"],
            "Published": partial_date(row["published"]),
            "Source": source_link(row["source_url"], row["source_kind"]),
        }
        for row in grades.sort_values(["cycle_position", "question_position"], ascending=[False, True]).to_dict("records")
    ]
    return pd.DataFrame(rows)


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


def sorted_forces(grades: pd.DataFrame, by: str) -> list[str]:
    """Force codes in the reader's order: by name, by region, or by how many of their grades are of the lower two kinds.

    Counting says nothing of how bad a grade is: forces are ordered by a number of areas, grades are never averaged.
    """
    per_force = grades.groupby("force_code").agg(
        name=("force_name", "first"),
        region=("region", "first"),
        low=("grade", lambda grade: int(grade.isin(["Requires improvement", "Inadequate"]).sum())),
        high=("grade", lambda grade: int(grade.isin(["Outstanding", "Good"]).sum())),
        known=("grade", "count"),
    )
    keys: dict[str, tuple[list[str], list[bool]]] = {
        "name": (["name"], [True]),
        "region": (["region", "name"], [True, True]),
        "low": (["low", "name"], [False, True]),
        "high": (["high", "name"], [False, True]),
        "known": (["known", "name"], [False, True]),
    }
    columns, ascending = keys[by]
    return list(per_force.sort_values(columns, ascending=ascending).index)


def matrix_html(grades: pd.DataFrame, order: list[str], my_force: str, words: Words, caption: str) -> str:
    """A real table of forces and questions: each cell has the grade's letter, its full name and a link to its source.

    Args:
        grades: grades of one cycle.
        order: force codes in the order of the rows.
        my_force: its row is marked.
        words: labels and symbols of the statuses.
        caption: what the table is, read out before it.
    """
    questions = grades.drop_duplicates("question").sort_values("question_position")
    head = "".join(
        f'<th scope="col" title="{escape(row.question)}"><span>{escape(row.short_title)}</span></th>'
        for row in questions.itertuples()
    )
    cells = {(row["force_code"], row["question"]): row for row in grades.to_dict("records")}
    names = grades.drop_duplicates("force_code").set_index("force_code")["force_name"]
    body = []
    for force in order:
        row = "".join(_cell(cells[(force, question)], words) for question in questions["question"])
        mine = ' class="mine"' if force == my_force else ""
        body.append(f'<tr{mine}><th scope="row">{escape(names[force])}</th>{row}</tr>')
    return (
        f'<div class="matrix" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption>"
        f'<thead><tr><th scope="col">Force</th>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>'
    )


def _cell(row: dict[str, object], words: Words) -> str:
    graded = not is_missing(row["grade"])
    style = grade_cell_style(str(row["grade"] if graded else row["status"]), words)
    css = ";".join(f"{name}:{value}" for name, value in style.css.items())
    said = f"{style.name}: {row['question']}, {row['force_name']}"
    inside = f'<span aria-hidden="true">{escape(style.letter)}</span><span class="said">{escape(style.name)}</span>'
    if not is_missing(row["source_url"]):
        told = SOURCE_KINDS.get(str(row["source_kind"]), "")
        title = escape(f"{said}. Told by {told}. Opens the source.")
        inside = f'<a href="{escape(str(row["source_url"]))}" target="_blank" rel="noopener" title="{title}">{inside}</a>'
    return f'<td style="{escape(css)}">{inside}</td>'
