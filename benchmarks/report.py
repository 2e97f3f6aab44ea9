"""What a benchmark says: parts with a table each, as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field

Row = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One part of the report.

    ``missed`` names each bar that did not hold, with what was measured; ``skipped`` says why nothing was measured.
    """

    title: str
    method: str
    header: Row = ()
    rows: tuple[Row, ...] = ()
    missed: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    skipped: str = ""

    def markdown(self) -> str:
        """The part as it stands in the report."""
        lines = [f"## {self.title}", "", self.method, ""]
        if self.skipped:
            lines += [f"**Skipped**: {self.skipped}", ""]
        if self.rows:
            lines += [_line(self.header), _line(("---", *("---:" for _ in self.header[1:]))), *map(_line, self.rows), ""]
        for note in self.notes:
            lines += [note, ""]
        if self.missed:
            lines += ["Bars that did not hold:", "", *(f"- {one}" for one in self.missed), ""]
        return "\n".join(lines)


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |"
