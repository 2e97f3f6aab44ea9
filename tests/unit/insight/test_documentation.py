"""The page on the warehouse is the one that is made, and its statements run."""

from __future__ import annotations

import re

import pytest

from insight.documentation import FILE, HEAD, warehouse_page
from insight.fields import table_shapes
from insight.queries import about
from insight.warehouse import Warehouse

STATEMENTS = re.findall(r"```sql\n(.*?)```", HEAD.read_text(encoding="utf-8"), re.DOTALL)[0].split(";")[:-1]


def test_the_page_on_the_warehouse_is_not_stale(real: Warehouse) -> None:
    made = warehouse_page(table_shapes(real))
    assert FILE.read_text(encoding="utf-8") == made, "Run `python -m insight.documentation`."


def test_every_table_of_the_build_has_a_section(real: Warehouse) -> None:
    sections = set(re.findall(r"^### (\w+)$", FILE.read_text(encoding="utf-8"), re.MULTILINE))
    stored = set(re.findall(r'"(\w+)":', str(about.build(real)["rows_by_table"].iloc[0])))
    assert stored
    assert stored <= sections


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_of_the_page_finds_rows(statement: str, real: Warehouse) -> None:
    assert len(real.rows("a statement of docs/warehouse.md", statement)) > 30
