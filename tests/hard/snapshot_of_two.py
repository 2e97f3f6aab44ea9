"""``python -m insight.snapshot`` as it is, but with pages of two forces, compressed fast: publishing is what is tried, and a whole site takes
minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from faults import run
from insight.snapshot import __main__ as command
from insight.snapshot import publish
from insight.snapshot.builder import Options, build


def of_two(warehouse: Any, out: Any, day: Any, options: Options) -> Any:
    """``build`` with two forces."""
    return build(warehouse, out, day, replace(options, only=frozenset({"E99000001", "W99000001"})))


if __name__ == "__main__":
    command.build = of_two
    publish.LARGE = 0
    run(command.app)
