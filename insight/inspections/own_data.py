"""The templates for figures of one's own: header files to take away, their columns, and a worked example of a made-up force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from environment import PROJECT
from insight.downloads.files import csv_bytes

FOLDER = PROJECT / "data" / "templates"
TITLES = {
    "peel_grades": "Grades",
    "peel_grade_counts": "Announced numbers of areas at each grade",
    "child_protection_inspections": "Child protection inspections and reviews",
    "child_protection_grades": "Grades of graded child protection inspections",
    "child_protection_recommendations": "Recommendations",
    "monitoring_events": "Enhanced monitoring and causes of concern",
}


@dataclass(frozen=True)
class Template:
    """A kind of file that can be filled in: what a row is, its columns with meaning and example, the header as a file."""

    name: str
    title: str
    grain: str
    columns: pd.DataFrame
    header: bytes

    @property
    def example(self) -> bytes:
        """The example values as a file of one row: a made-up force, which the loader refuses."""
        return csv_bytes(pd.DataFrame([dict(zip(self.columns["Column"], self.columns["Example"], strict=True))]))


def templates(folder: Path = FOLDER) -> list[Template]:
    """The templates in the order of ``TITLES``, read from their folder and its README, where they are described once."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\.csv\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL))
    return [
        Template(name, title, _grain(sections[name]), _columns(sections[name]), (folder / f"{name}.csv").read_bytes())
        for name, title in TITLES.items()
    ]


def _grain(section: str) -> str:
    """The sentences before the table."""
    return " ".join(section.split("|")[0].split())


def _columns(section: str) -> pd.DataFrame:
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    frame = pd.DataFrame(rows, columns=["Column", "Meaning", "Allowed", "Example"])
    return frame.assign(Column=frame["Column"].str.strip("`"), Example=frame["Example"].str.strip("`"))
