"""Pages of judgments: each question, the matrix of each cycle, child protection inspections and their follow-up."""

from __future__ import annotations

import pandas as pd

from insight.format import is_missing, partial_date, slug
from insight.inspections.case_audits import METHOD, audits, audits_to_read, changes, changes_to_read
from insight.inspections.clock import MEANINGS, counted, follow_up
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN, RANGES
from insight.inspections.follow_up_tables import follow_up_list, spells_list
from insight.inspections.follow_up_words import counts_sentence
from insight.inspections.grade_tables import MARKS_KEY, SEAM, grade_matrix
from insight.inspections.grades import at_a_glance, comparable_groups, distribution, sorted_forces
from insight.inspections.knowledge import knowledge, knowledge_sentence, recommendations_sentence, recommendations_to_read
from insight.inspections.monitoring import CONCERN, ENGAGE, spells
from insight.queries import inspections
from insight.snapshot.drawings import audits_drawing, grade_map, grades_drawing
from insight.snapshot.edition import Book, Row
from insight.snapshot.render import Chart
from insight.snapshot.site import Page
from insight.tables.model import Table, table_of

NOT_ASKED = "not_in_cycle"


def question_pages(book: Book) -> list[Page]:
    """A page a question, and the list of them."""
    levels = {"area": "Areas, since 2021", "pillar": "Pillars, 2014 to 2018/19"}
    groups = {title: [row for row in book.questions if row["level"] == level] for level, title in levels.items()}
    listed = Page(
        "questions/index.html",
        "questions.html",
        "Inspection questions",
        "What the inspectorate grades police forces on.",
        {"groups": groups},
    )
    return [listed, *(_question(book, question) for question in book.questions)]


def _question(book: Book, question: Row) -> Page:
    name = str(question["question"])
    grades = book.grades[book.grades["question"] == name]
    seams = dict(book.ask(inspections.seams).itertuples(index=False))
    groups = []
    for cycles in comparable_groups(book.cycles, grades):
        numbers = distribution(grades[grades["cycle"].isin(cycles)], "cycle")
        span = cycles[0] if len(cycles) == 1 else f"{cycles[0]} to {cycles[-1]}"
        title = f"How were forces graded in {span}?"
        drawing = grades_drawing(book, f"grades-{slug(cycles[0])}", numbers, "cycle", title)
        chart = Chart(drawing, at_a_glance(numbers, "cycle", "Cycle").titled(f"{name}: {title}"), book.source_of("peel_grades"))
        groups.append({"seam": seams.get(cycles[0], ""), "chart": chart})
    newest = str(grades.sort_values("cycle_position")["cycle"].iloc[-1])
    shown = grades[grades["cycle"] == newest]
    return Page(
        f"questions/{question['slug']}.html",
        "question.html",
        name,
        f"{question['definition']} How the inspectorate graded each police force.",
        {
            "question": question,
            "groups": groups[::-1],
            "newest": newest,
            "map": grade_map(book, shown, "Grades on the map"),
            "forces": _by_cycle(book, grades).titled(f"{name}: every force, every cycle").linked(book.pages_of_forces),
            "source": book.source_of("peel_grades"),
        },
    )


def _by_cycle(book: Book, grades: pd.DataFrame) -> Table:
    """A row a force, a column a cycle that asks the question."""
    labels = {status: word.label for status, word in book.grade_words.items()}
    told = grades.assign(said=[labels[row.status] if is_missing(row.grade) else row.grade for row in grades.itertuples()])
    wide = told.pivot(index="force_name", columns="cycle", values="said")
    ordered = [cycle for cycle in book.cycles["cycle"] if cycle in wide.columns]
    return table_of(wide[ordered].reset_index().rename(columns={"force_name": "Force"}))


def grade_pages(book: Book) -> list[Page]:
    """The matrix of each cycle: every force on every question."""
    cycles = [str(cycle) for cycle in book.cycles["cycle"]][::-1]
    return [_matrix(book, cycle, cycles) for cycle in cycles]


def matrix_path(cycle: str) -> str:
    """Where a cycle's matrix stands."""
    return f"grades/{slug(cycle)}.html"


def _matrix(book: Book, cycle: str, cycles: list[str]) -> Page:
    grades = book.grades[(book.grades["cycle"] == cycle) & (book.grades["status"] != NOT_ASKED)]
    caption = f"Grades of {grades['force_code'].nunique()} forces in {cycle}. Each letter opens the page it was read from."
    order = sorted_forces(grades, "name")
    numbers = distribution(grades, "short_title")
    title = f"How are the grades of {cycle} spread over forces?"
    return Page(
        matrix_path(cycle),
        "grades.html",
        f"Inspection grades, {cycle}",
        f"Every police force on every question of the inspection cycle {cycle}.",
        {
            "cycle": cycle,
            "cycles": [{"name": one, "path": matrix_path(one)} for one in cycles],
            "matrix": grade_matrix(grades, _asked(book, grades), order, "", book.grade_words, caption, "ascending"),
            "seam": dict(book.ask(inspections.seams).itertuples(index=False)).get(cycle, ""),
            "marks": MARKS_KEY,
            "scale": book.ask(inspections.grade_scale).to_dict("records"),
            "statuses": [row for row in book.ask(inspections.grade_statuses).to_dict("records") if row["status"] != NOT_ASKED],
            "spread": Chart(
                grades_drawing(book, "spread", numbers, "short_title", title),
                at_a_glance(numbers, "short_title", "Question").titled(title),
                book.source_of("peel_grades"),
            ),
            "source": book.source_of("peel_grades"),
        },
    )


def _asked(book: Book, grades: pd.DataFrame) -> pd.DataFrame:
    """The questions that were asked in a cycle."""
    questions = pd.DataFrame(book.questions)
    return questions[questions["question"].isin(grades["question"])]


def protection_page(book: Book) -> Page:
    """Child protection inspections of every force and what followed."""
    held, told = book.ask(inspections.inspections), book.ask(inspections.recommendations)
    events = book.ask(inspections.events)
    followed = follow_up(held, book.known_on, book.known_on)
    found, changed = audits(held), changes(held, book.ask(inspections.case_audit_changes))
    title = "What did inspectors find in the case files they audited?"
    drawing = audits_drawing("audits", found, title)
    source = book.source_of("child_protection_inspections")
    chart = None if drawing is None else Chart(drawing, audits_to_read(found).titled(title), source, (METHOD,))
    return Page(
        "child-protection.html",
        "protection.html",
        "Child protection inspections and follow-up",
        "Inspections of how police forces protect children, what inspectors found in case files, and what followed.",
        {
            "known": knowledge_sentence(held),
            "counted": counts_sentence(counted(followed)),
            "meanings": [(str(state), meaning) for state, meaning in MEANINGS.items()],
            "plan": f"{NO_ACTION_PLANS} {PLAN} {RANGES}",
            "known_on": partial_date(book.known_on.isoformat()),
            "clock": follow_up_list(followed, "", "newest", "What HMICFRS planned after each inspection, and what came"),
            "audits": chart,
            "changes": changes_to_read(changed).titled("Reviews beside the inspections they return to"),
            "engage": spells_list(
                spells(events, ENGAGE, book.known_on), "", "Enhanced monitoring (Engage)", "Began", "Ended", False
            ),
            "concerns": spells_list(spells(events, CONCERN, book.known_on), "", "Causes of concern", "Issued", "Closed", True),
            "recommendations_said": recommendations_sentence(told, held),
            "recommendations": recommendations_to_read(told).titled("Recommendations by theme"),
            "knowledge": knowledge(held, told).titled("What our sources show of inspections"),
            "marks": MARKS_KEY,
            "seam": SEAM,
            "source": book.source_of("child_protection_inspections", "child_protection_recommendations", "monitoring_events"),
        },
    )
