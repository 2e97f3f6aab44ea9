"""The directions of the house: who may import whom, where SQL may stand and how it is made.

Read from the source by ``ast``, so that an import that only some path reaches counts too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("etl", "insight", "ui", "pages")
FILES = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for name in OURS
    for path in sorted((PROJECT / name).rglob("*.py"))
} | {"dashboard.py": (PROJECT / "dashboard.py").read_text(encoding="utf-8")}
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
# What each part of the house may not import. A name stands for itself and all below it.
FORBIDDEN = {
    "insight/statistics/": ["etl", "ui", "pages", "dashboard", "streamlit", "duckdb", "plotly"],
    "insight/": ["etl", "ui", "pages", "dashboard", "streamlit"],
    "insight/charts/": ["duckdb", "insight.warehouse", "insight.queries", "insight.snapshot", "insight.briefing"],
    "insight/findings": ["duckdb", "insight.warehouse", "insight.queries", "insight.snapshot", "insight.briefing"],
    "insight/snapshot": ["insight.briefing"],
    "insight/briefing": ["insight.snapshot"],
    "etl/": ["ui", "pages", "dashboard", "streamlit", "plotly"],
    "pages/": ["duckdb", "etl", "pages", "dashboard", "insight.statistics", "insight.snapshot", "insight.briefing"],
    "ui/": ["duckdb", "etl", "pages", "dashboard", "insight.statistics", "insight.snapshot", "insight.briefing"],
    "dashboard.py": ["duckdb", "etl", "insight.statistics", "insight.snapshot", "insight.briefing"],
    "": [
        "tests",
        "benchmarks",
        "importlib.import_module",
        "importlib.util",
        "runpy",
    ],  # a module imported by a name in a string escapes these rules
}
# What is allowed all the same, and why.
EXCEPTIONS = {
    (
        "ui/briefing.py",
        "insight.briefing",
    ): "The button on the Force page makes the briefing, which pages otherwise know nothing of.",
}


def imports(source: str, package: str = "") -> Iterator[str]:
    """Every module that a source imports; ``from a import b`` counts as ``a.b``, for b may be a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            above = package.split(".")[: -node.level + 1 or None] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def package_of(file: str) -> str:
    return ".".join(Path(file).parent.parts)


def within(module: str, name: str) -> bool:
    return module == name or module.startswith(f"{name}.")


def forbidden_imports(file: str, source: str) -> list[str]:
    """Imports of a file that the directions forbid."""
    banned = [name for part, names in FORBIDDEN.items() if file.startswith(part) for name in names]
    banned = [name for name in banned if (file, name) not in EXCEPTIONS]
    modules = list(imports(source, package_of(file)))
    found = [module for module in modules if any(within(module, name) for name in banned)]
    if file.startswith(("insight/statistics/", "etl/")):
        found += [m for m in modules if within(m, "insight") and not within(m, "insight.statistics")]
    # A package as a whole, through which every part of it can be reached, and the means to import by a name in a string.
    return found + [module for module in modules if module in ("insight", "insight.*", "importlib")]


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
@pytest.mark.parametrize("file", FILES)
def test_a_file_imports_only_what_its_place_allows(file: str) -> None:
    assert forbidden_imports(file, FILES[file]) == []


@pytest.mark.parametrize("file", FILES)
def test_no_module_is_imported_by_a_name_in_a_string(file: str) -> None:
    assert not re.search(r"\b(import_module|__import__|run_path)\b", FILES[file])


def test_every_exception_is_still_needed() -> None:
    for file, name in EXCEPTIONS:
        assert any(within(module, name) for module in imports(FILES[file], package_of(file))), (file, name)


@pytest.mark.parametrize("file", FILES)
def test_no_sql_is_put_together_from_pieces(file: str) -> None:
    assert built_sql(FILES[file]) == []


@pytest.mark.parametrize("file", [file for file in FILES if not file.startswith(("etl/", "insight/"))])
def test_what_a_reader_looks_at_holds_no_sql(file: str) -> None:
    assert sql_texts(FILES[file]) == []


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(("insight/charts/", "insight/findings"))])
def test_charts_and_findings_hold_no_sql(file: str) -> None:
    assert sql_texts(FILES[file]) == []


@pytest.mark.parametrize("file", FILES)
def test_nobody_uses_the_shared_connection_of_duckdb(file: str) -> None:
    assert module_calls(FILES[file]) == []


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
@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("pages/overview/a.py", "from insight.briefing import briefing_bytes"),
        ("pages/overview/a.py", "from insight.snapshot import builder"),
        ("pages/overview/a.py", "import importlib"),
        ("ui/a.py", "from insight.snapshot.edition import Book"),
        ("ui/a.py", "from insight.briefing import briefing_bytes"),
        ("ui/briefing.py", "from insight.snapshot.edition import Book"),
        ("ui/a.py", "from insight.statistics import rate"),
        ("dashboard.py", "from insight.statistics import rate"),
        ("dashboard.py", "import insight.briefing"),
        ("dashboard.py", "from insight import snapshot"),
        ("insight/charts/a.py", "import insight"),
        ("insight/charts/a.py", "from insight import *"),
        ("insight/charts/a.py", "from .. import *"),
        ("insight/findings/a.py", "from insight import *"),
        ("insight/snapshot/a.py", "from pages import about"),
        ("etl/a.py", "from tests import conftest"),
        ("insight/statistics/a.py", "from insight.format import b"),
        ("insight/statistics/a.py", "from insight import words"),
        ("insight/statistics/a.py", "from .. import words"),
        ("insight/statistics/a.py", "import duckdb"),
        ("insight/format.py", "from etl.paths import PROJECT"),
        ("insight/format.py", "def f():\n    import streamlit as st"),
        ("insight/queries/a.py", "import ui"),
        ("insight/charts/a.py", "from insight.warehouse import Warehouse"),
        ("insight/charts/a.py", "from insight import warehouse"),
        ("insight/charts/a.py", "import duckdb.typing"),
        ("insight/findings.py", "from insight.queries.figures import series"),
        ("etl/load.py", "from insight.format import b"),
        ("etl/load.py", "import insight.charts"),
        ("etl/sources/a.py", "from ...insight import charts"),
        ("pages/overview/a.py", "import duckdb"),
        ("ui/a.py", "from pages.overview import national"),
    ],
)
def test_a_forbidden_import_is_seen(file: str, source: str) -> None:
    assert forbidden_imports(file, source)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("insight/statistics/a.py", "from insight.statistics.words import Trend\nimport numpy"),
        ("insight/statistics/a.py", "from .words import Trend\nfrom . import words"),
        ("etl/load.py", "from insight.statistics import rate\nfrom etl.paths import PROJECT\nimport duckdb"),
        ("insight/charts/a.py", "from insight.charts import palette\nimport plotly.graph_objects as go"),
        ("pages/overview/a.py", "import streamlit as st\nfrom insight.queries import figures\nfrom ui import blocks"),
    ],
)
def test_an_import_that_is_allowed_is_let_through(file: str, source: str) -> None:
    assert forbidden_imports(file, source) == []


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
