"""The directions of the house that import-linter cannot hold: where SQL may stand and how it is made, and no way around.

Read from the source by ``ast``, so that an import that only some path reaches counts too.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("etl", "insight", "ui", "pages")
FILES = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for name in OURS
    for path in sorted((PROJECT / name).rglob("*.py"))
} | {name: (PROJECT / name).read_text(encoding="utf-8") for name in ("dashboard.py", "lake.py")}
# Statements whose names and addresses no database takes as parameters: what is put in is quoted there, and never a reader's.
UNBINDABLE = {
    "etl/lake.py": ["CREATE TABLE lake.main.{} ({})", "ATTACH {} AS draft (READ_ONLY)"],
    "lake.py": ["ATTACH {} AS copy", "ATTACH {} AS lake ({})"],
}
# The start of a statement or of one of its parts: a word in capitals is enough, in small letters it takes what follows it in SQL.
SQL = re.compile(
    r"\b(SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(OR|TABLE|VIEW)|FROM\s+[\w({]|FROM\s*$|WHERE\s|JOIN\s"
    r"|GROUP\s+BY|ORDER\s+BY|COPY\s|ATTACH\s|PRAGMA\s"
    r"|(?i:select\s+([*\d(]|distinct\s|[\w.,\s\"{}*()]+\sfrom\s)|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s"
    r"|create\s+(or\s+replace\s+)?(temp\s+)?(table|view|macro)\s|where\s+[\w.{}]+\s*(=|<|>|in\s*\(|is\s+(not\s+)?null|like\s)"
    r"|join\s+\w+\s+(using|on)\b|(group|order)\s+by\s+(all\b|[\d{]|\w+\s*(,|$|asc\b|desc\b))))"
)
# A whole statement: it may stand in parentheses, after remarks, or begin with its table as DuckDB allows it.
BEFORE = r"\A(?:\s|\(|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*"
STATEMENT = re.compile(
    BEFORE + r"(?:(?:SELECT|WITH|INSERT|UPDATE|DELETE|CREATE|COPY|FROM|ATTACH|PRAGMA|VALUES|PIVOT|SUMMARIZE|DESCRIBE)\s"
    r"|select\s.+\sfrom\s|(?i:select\s+(?:[*\d(]|distinct\s)|with\s+(?:recursive\s+)?\w+\s+as\s+(?:materialized\s+)?\("
    r"|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s|create\s+(?:or\s+replace\s+)?(?:temp\s+)?(?:table|view|macro)\s"
    r"|copy\s+\S+\s+(?:to|from)\s|attach\s+'|from\s+\w+\s*(?:;|\s(?:where|join|select|group|order|limit|using|anti|semi)\b)))",
    re.DOTALL,
)
IN_STRINGS = re.compile(r"\b(import_module|__import__|run_path)\b")


def imports(source: str, package: str = "") -> Iterator[str]:
    """Every module that a source imports; ``from a import b`` counts as ``a.b``, for b may be a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            above = package.split(".")[: -node.level + 1 or None] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def evasive_imports(source: str, package: str = "") -> list[str]:
    """Imports that the contracts of pyproject.toml cannot follow: a package as a whole, or the means to import by a string."""
    return [m for m in imports(source, package) if m in ("insight", "insight.*", "importlib", "runpy") or m.startswith("tests.")]


def built_sql(source: str) -> list[str]:
    """SQL put together from pieces: an f-string, ``+``, ``%``, ``.format`` or ``.join``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        texts: list[str] = []
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
            texts = [_written(node)]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            texts = [*_constants(node.left), *_constants(node.right)]
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
            texts = _constants(node.value)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("format", "replace", "join")
        ):
            texts = _constants(node.func.value)
            if node.func.attr == "join":
                texts += [text for part in node.args for inner in ast.iter_child_nodes(part) for text in _constants(inner)]
        found += [text for text in texts if SQL.search(text)]
    return found


def _written(node: ast.JoinedStr) -> str:
    """An f-string with ``{}`` for each value."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _constants(node: ast.AST) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def sql_texts(source: str) -> list[str]:
    """Whole statements in a source, f-strings among them, docstrings aside."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    docstrings = {
        node.body[0].value
        for node in nodes
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    joined = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    parts = {part for node in joined for part in node.values}
    texts = [_written(node) for node in joined]
    texts += [text for node in nodes if node not in docstrings and node not in parts for text in _constants(node)]
    return [text for text in texts if STATEMENT.search(text)]


def module_calls(source: str) -> list[str]:
    """Calls of duckdb's shared default connection (``duckdb.sql`` and its like)."""
    return [
        node.func.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "duckdb"
        and node.func.attr in ("sql", "query", "execute", "read_csv", "read_parquet", "from_df")
    ]


# ------------------------------------------------------------------------------------------------ the house
def where(fault: Callable[[str], list[str]], among: Callable[[str], bool] = lambda file: True) -> dict[str, list[str]]:
    """Files in which a fault is found, each with what was found."""
    return {file: found for file, source in FILES.items() if among(file) and (found := fault(source))}


def test_no_import_escapes_the_contracts() -> None:
    assert {file: found for file, source in FILES.items() if (found := evasive_imports(source, file.rpartition("/")[0]))} == {}
    assert where(IN_STRINGS.findall) == {}


def test_no_sql_is_put_together_from_pieces() -> None:
    assert {file: sorted(found) for file, found in where(built_sql).items()} == {
        file: sorted(statements) for file, statements in UNBINDABLE.items()
    }


def test_sql_stands_in_queries_and_etl_only() -> None:
    assert where(sql_texts, lambda file: not file.startswith(("etl/", "insight/queries/", "lake.py"))) == {}


def test_nobody_uses_the_shared_connection_of_duckdb() -> None:
    assert where(module_calls) == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("insight/statistics/intervals.py", "import duckdb", "Statistics know nobody"),
        ("etl/load.py", "from insight.format import number", "etl uses nothing of insight but the statistics"),
        ("insight/charts/bars.py", "from insight.queries import figures", "Charts and findings take rows, never a connection"),
        ("insight/views/view.py", "from insight.snapshot import builder", "Views know none of the outputs"),
        (
            "pages/about/data.py",
            "from insight.statistics import rate",
            "Pages and their components hold no SQL and no statistics",
        ),
        ("insight/format.py", "import streamlit", "insight never imports etl nor what stands on it"),
    ],
)
def test_a_contract_breaks_when_its_direction_is_broken(file: str, line: str, contract: str, tmp_path: Path) -> None:
    for part in OURS:
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    planted = tmp_path / file
    planted.write_text(f"{planted.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    # The copy alone: pages/ has no __init__.py, so that one on the path of whoever runs the tests would be a part of it.
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout


def test_no_page_lies_directly_in_pages() -> None:
    """Streamlit would take the folder for its own automatic navigation."""
    assert list((PROJECT / "pages").glob("*.py")) == []
    assert list((PROJECT / "pages").glob("*/*.py"))


def test_the_parts_of_the_house_are_all_there() -> None:
    """A folder that is renamed would make the rules above hold for nothing."""
    for part in (
        "insight/statistics/",
        "insight/charts/",
        "insight/findings",
        "insight/queries/",
        "etl/sources/",
        "pages/",
        "ui/",
    ):
        assert any(file.startswith(part) for file in FILES), part


# ------------------------------------------------------------------------------------------------ the rules can be broken
@pytest.mark.parametrize("source", ["import insight", "from insight import *", "import importlib", "from tests import conftest"])
def test_an_import_that_would_escape_is_seen(source: str) -> None:
    assert evasive_imports(source)


@pytest.mark.parametrize(
    "source",
    [
        'f"SELECT * FROM {table}"',
        'f"SELECT {columns} FROM indicator"',
        '"SELECT * FROM %s" % table',
        '"SELECT * FROM " + table',
        'query + " WHERE force_code = 1"',
        '"SELECT {} FROM a".format(column)',
        'f"{query} ORDER BY {column}"',
        'f"DELETE FROM {table}"',
        'f"FROM {table}"',
        '"select * from " + table',
        'f"select a, b from {table}"',
        'query + " where force_code = 1"',
        'query += " ORDER BY 1"',
        '" ".join(["SELECT *", "FROM " + table])',
        '" ".join(["select *", rest])',
    ],
)
def test_sql_from_pieces_is_seen(source: str) -> None:
    assert built_sql(source)


@pytest.mark.parametrize(
    "source", ['f"{count} figures from {year}"', '"SELECT * FROM a"', '"Where " + place', 'f"Select {name}"', '", ".join(names)']
)
def test_what_is_no_sql_from_pieces_is_let_through(source: str) -> None:
    assert built_sql(source) == []


def test_sql_of_a_page_is_seen_and_a_docstring_is_not() -> None:
    assert sql_texts('def f():\n    """SELECT what you like."""\n    return "SELECT 1"') == ["SELECT 1"]


@pytest.mark.parametrize(
    "text",
    [
        "select 1", "Select * from force", "  SELECT 1", "-- a remark\nSELECT 1", "/* a\nremark */ select 1", "(SELECT 1)", "FROM force",
        "from force where a = 1", "with a as (select 1) select * from a", "((select 1))", "insert into a values (1)",
    ],
)  # fmt: skip
def test_a_statement_is_seen_however_it_is_written(text: str) -> None:
    assert sql_texts(f"x = {text!r}") == [text]


def test_a_statement_in_an_f_string_is_seen() -> None:
    assert sql_texts('x = f"FROM {table}"') == ["FROM {}"]
    assert sql_texts('x = f"select {a} from force"') == ["select {} from force"]


@pytest.mark.parametrize("text", ["From 2018 to 2024", "With a chart", "Select a force from the list", "from January"])
def test_a_sentence_is_no_statement(text: str) -> None:
    assert sql_texts(f"x = {text!r}") == []


def test_the_shared_connection_is_seen() -> None:
    assert module_calls('import duckdb\nduckdb.sql("SELECT 1")\nduckdb.connect("a")') == ["sql"]
