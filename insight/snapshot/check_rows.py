"""Rows of `check_result`: they were written before anything was withheld, and print sums and figures."""

from __future__ import annotations

from collections.abc import Iterator

from insight.queries import gate, withholding
from insight.snapshot.disclosure.published_gaps import Leak, Way
from insight.snapshot.tables import Cell
from insight.warehouse import Warehouse

NOT_SHOWN = "not shown: checked before figures were withheld"


def mask_checks(copy: Warehouse) -> None:
    """Blank what checks expected and found, unless it holds no figure or one that is printed beside it."""
    for check_id in gate.checks_at_fault(copy, NOT_SHOWN):
        withholding.mask_check(copy, check_id, NOT_SHOWN)


def check_leaks(warehouse: Warehouse) -> Iterator[Leak]:
    """Rows that still print what they saw before the gate. Nothing is to be withheld for them: they are masked, or refused."""
    for check_id in gate.checks_at_fault(warehouse, NOT_SHOWN):
        yield Leak(Way.CHECK, Cell(check_id, "", "", ""), ())
