"""Files and functions stay short enough to be read in one sitting."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("benchmarks", "deploy", "docs", "etl", "insight", "pages", "tests/unit", "ui")
MOST_LINES, LONGEST = 350, 60


def files() -> list[Path]:
    return sorted([*PROJECT.glob("*.py"), *(path for folder in FOLDERS for path in (PROJECT / folder).rglob("*.py"))])


def too_long(text: str) -> Iterator[str]:
    """What of a file is longer than it may be, with its length."""
    if (lines := text.count("\n")) > MOST_LINES:
        yield f"the file: {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST:
                yield f"{node.name}: {lines} lines"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1\n" * 350, []),
        ("x = 1\n" * 351, ["the file: 351 lines"]),
        ("def f():\n" + "    x = 1\n" * 59, []),
        ("class C:\n    async def f():\n" + "        x = 1\n" * 60, ["f: 61 lines"]),
    ],
)
def test_a_file_or_function_that_is_too_long_is_found(text: str, found: list[str]) -> None:
    assert list(too_long(text)) == found


def test_no_file_and_no_function_is_too_long() -> None:
    found = [f"{path.relative_to(PROJECT)}: {one}" for path in files() for one in too_long(path.read_text("utf-8"))]
    assert found == []
