"""No verdict, flag or trend word stands as a literal outside the module of words."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from contract import BUILD, CURRENT, FILE, SHARED
from insight.statistics import (
    OUTSIDE_95,
    OUTSIDE_998,
    TREND_POINTS,
    Comparison,
    FunnelFlag,
    ShareChange,
    Trend,
    Verdict,
    VerdictBasis,
)
from vocabulary import LEADING_MEASURE, PRODUCT, Basis, Origin, Revision, Status

PROJECT = Path(__file__).resolve().parents[2]
HOME = PROJECT / "insight" / "statistics"
FOLDERS = ("insight", "ui", "pages", "etl")
WORDS = {str(word) for enum in (Comparison, FunnelFlag, ShareChange, Trend, Verdict) for word in enum}
# In a statement of SQL a word stands in quotes; there a basis of a verdict is none of the words of findings.
IN_QUOTES = sorted(WORDS | set(VerdictBasis), key=len, reverse=True)
QUOTED = re.compile("|".join(re.escape(f"'{word}'") for word in IN_QUOTES))


def files() -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((PROJECT / folder).rglob("*.py"))]
    return [path for path in [*found, PROJECT / "dashboard.py"] if HOME not in path.parents]


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string; texts of documentation are none."""
    tree = ast.parse(source)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is a word, or a statement with one in quotes."""
    return ((line, text) for line, text in strings(source) if text in WORDS or QUOTED.search(text))


@pytest.mark.parametrize(
    "source",
    [
        "x = frame['outlier'] == 'Not significant'",
        'words = {"Increasing": "up"}',
        "SQL = \"SELECT coalesce(verdict, 'Not compared') FROM indicator\"",
        "f\"{name}{'Similar'}\"",
    ],
)
def test_a_word_that_stands_as_a_literal_is_found(source: str) -> None:
    assert list(literals(source))


@pytest.mark.parametrize(
    "source",
    [
        "x = Trend.INCREASING",
        "def f():\n    'A force is Not compared where it has no figure.'",
        'title = "Higher than the average and increasing"',
        "order = 'Highest first'",
    ],
)
def test_a_sentence_or_an_enum_is_no_such_literal(source: str) -> None:
    assert not list(literals(source))


def test_no_word_stands_as_a_literal_outside_the_module_of_words() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{line} {word:.60}" for path in files() for line, word in literals(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_statement_in_a_sql_file_holds_a_word() -> None:
    texts = {path: path.read_text("utf-8") for folder in FOLDERS for path in (PROJECT / folder).rglob("*.sql")}
    assert [str(path) for path, text in texts.items() if QUOTED.search(text)] == []


def test_the_statuses_are_those_of_the_reference() -> None:
    told = yaml.safe_load((PROJECT / "data" / "reference" / "statuses.yaml").read_text("utf-8"))
    assert [*Status] == [entry["status"] for part in ("figures", "grades") for entry in told[part]]


def test_a_status_a_basis_or_an_origin_is_named_in_one_module() -> None:
    """“not_covered” stood in six modules beside its constant, “not_available” in eight."""
    words = {word for word in Status if "_" in word} | {Basis.SUMMED, Basis.POOLED, Origin.USER, Revision.PROVISIONAL}
    default = re.compile(rf"coalesce\([^)]*'({'|'.join(Status)})'")
    found = [
        f"{path.relative_to(PROJECT)}:{line} {text:.60}"
        for path in files()
        for line, text in strings(path.read_text("utf-8"))
        if (text in words and (path.stem, text) != ("years", "provisional")) or default.search(text)
    ]
    assert found == []


def test_who_reported_a_grade_stands_in_one_module() -> None:
    """It read 'reported by the press' in some places and 'reported in the press' in others."""
    said = re.compile(r"reported (?:in|by) the (?:press|force)")
    held = [path for path in [*files(), *sorted((PROJECT / "insight").rglob("*.html"))] if path.name != "sources.py"]
    found = []
    for path in held:
        text = path.read_text("utf-8")
        told = [one for _, one in strings(text)] if path.suffix == ".py" else [text]
        found += [str(path.relative_to(PROJECT)) for one in told if said.search(one)]
    assert found == []


def test_why_a_figure_is_a_minimum_stands_in_one_module() -> None:
    """Five labels said it in five ways, one of them ('hidden') with a word that no page explains."""
    said = re.compile(r"(?i)part (?:of the figure )?is (?:hidden|suppressed|missing|not known)|lower bound only")
    found = [
        str(path.relative_to(PROJECT))
        for path in files()
        if path.parts[-2:] != ("insight", "format.py")
        for _, text in strings(path.read_text("utf-8"))
        if said.search(text)
    ]
    assert found == []


def test_the_leading_measure_is_the_first_and_named_in_one_module() -> None:
    """Seven modules named it, so that another first measure would have led some pages and not others."""
    measures = yaml.safe_load((PROJECT / "data" / "reference" / "measures.yaml").read_text("utf-8"))
    assert measures[0]["measure_id"] == LEADING_MEASURE
    names = {LEADING_MEASURE, LEADING_MEASURE.replace("_", "-")}
    found = [str(path.relative_to(PROJECT)) for path in files() for _, text in strings(path.read_text("utf-8")) if text in names]
    assert found == []


def test_how_a_build_is_named_stands_in_the_contract_alone() -> None:
    """Loading, reading and the shared warehouse each had the prefix of its file's name, and a function that takes it off."""
    parts = {CURRENT, BUILD, FILE, SHARED}
    held = [*files(), PROJECT / "lake.py"]
    found = [path.name for path in held for _, text in strings(path.read_text("utf-8")) if text in parts]
    assert found == []


def test_names_of_forces_and_publishers_stand_in_the_reference_alone() -> None:
    """How a force is named in a sentence and how a publisher is named in short stood in two dictionaries of the reading side."""
    names = set()
    for file, columns in (("forces.csv", ("force_name", "organisation_name")), ("publishers.csv", ("publisher", "short_name"))):
        with (PROJECT / "data" / "reference" / file).open(encoding="utf-8", newline="") as stream:
            names |= {row[column] for row in csv.DictReader(stream) for column in columns}
    names -= {"", "HMICFRS"}  # the inspectorate is the subject of sentences
    found = [str(path.relative_to(PROJECT)) for path in files() for _, text in strings(path.read_text("utf-8")) if text in names]
    assert found == []


@pytest.mark.parametrize(
    "said",
    [
        PRODUCT,
        "public sector information",
        "the Home Office's most similar groups",
        "looked-after children per 10,000 children, and children per council",
    ],
)
def test_what_readers_are_told_in_several_places_is_written_once(said: str) -> None:
    """The name of the product stood in five modules, what similar forces are in three sentences."""
    everywhere = [*files(), PROJECT / "vocabulary.py"]
    found = [path.name for path in everywhere for _, text in strings(path.read_text("utf-8")) if said in text]
    assert len(found) == 1, found


def test_thresholds_of_the_methods_stand_with_the_methods() -> None:
    """The watch list had the levels of the intervals, findings, loading and series the points of a trend, each once more."""
    held = [path for folder in ("comparing", "findings", "views") for path in sorted((PROJECT / "insight" / folder).glob("*.py"))]
    found = []
    for path in [*held, PROJECT / "insight" / "notes.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            level = isinstance(node, ast.Constant) and node.value in (OUTSIDE_95, OUTSIDE_998)
            if level:
                found.append(f"{path.name}:{node.lineno}")
    of_a_trend = re.compile(rf"(?m)^\w*(?:POINTS|TREND_YEARS)\w* = {TREND_POINTS}$")
    found += [path.name for path in files() if of_a_trend.search(path.read_text("utf-8"))]
    assert found == []


def test_judgement_has_one_spelling_but_in_the_public_key_and_check() -> None:
    """Modules and functions had the one, texts and other modules the other; what a program may read keeps its name."""
    other = re.compile(r"\w*judgment\w*", re.IGNORECASE)
    found = {word for path in files() for text in (path.stem, path.read_text("utf-8")) for word in other.findall(text)}
    assert found == {"judgments", "judgments_of_their_inspections_force"}
