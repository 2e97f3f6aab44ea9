"""What findings are made from: the frames of one force, read from one build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from insight.findings.finding import Figure
from insight.findings.phrases import area_phrase
from insight.words import figure_text, is_missing, partial_date, year_ending

Row = Mapping[str, Any]
PUBLISHED_FIRST = 10  # characters of an ISO date


@dataclass(frozen=True)
class Facts:
    """One force in one build.

    ``figures`` are rows of ``insight.questions.force.figures``; ``parts``, ``breaks`` and the inspection frames are those of
    the questions of the same name; ``sources`` is table source. ``as_of`` is the day on which it is asked what is due;
    ``until`` leaves out later years (None: the newest of everything).
    """

    force: Row
    figures: pd.DataFrame
    parts: pd.DataFrame
    breaks: pd.DataFrame
    grades: pd.DataFrame
    grade_counts: pd.DataFrame
    cycles: pd.DataFrame
    inspections: pd.DataFrame
    inspection_grades: pd.DataFrame
    events: pd.DataFrame
    sources: pd.DataFrame
    labels: Mapping[str, str]
    forces_ranked_in_region: int
    as_of: date
    build_id: str
    until: date | None = None

    @property
    def name(self) -> str:
        """The force's short name."""
        return str(self.force["force_name"])

    @property
    def organisation(self) -> str:
        """The force's full name as the actor of a sentence."""
        name = str(self.force["organisation_name"])
        return f"the {name}" if name.endswith("Service") else name

    @property
    def area(self) -> str:
        """The area in running text: 'Wiltshire', 'the City of London'."""
        return area_phrase(self.name)

    @property
    def in_wales(self) -> bool:
        """Whether the Department for Education's figures leave the force out."""
        return bool(self.force["country"] == "Wales")

    def newest(self) -> list[dict[str, Any]]:
        """The newest row of every measure, in the order of the measures."""
        rows = self.known()
        return rows.sort_values(["position", "period_end"]).groupby("measure_id", sort=False).tail(1).to_dict("records")

    def known(self) -> pd.DataFrame:
        """Rows of years that are asked about."""
        if self.until is None:
            return self.figures
        return self.figures[self.figures["period_end"] <= pd.Timestamp(self.until)]

    def of(self, measure_id: str, year: int) -> dict[str, Any] | None:
        """The row of a measure and year, or None."""
        rows = self.known()
        rows = rows[(rows["measure_id"] == measure_id) & (rows["period_end"].dt.year == year)]
        return None if rows.empty else rows.iloc[0].to_dict()

    def source_of(self, row: Row) -> str:
        """'Department for Education, release 2024 (published November 2024)' for a figure's row."""
        return self._source(str(row["publication"]), row.get("release"))

    def source_named(self, publication: str) -> str:
        """The newest source of a publication."""
        return self._source(publication, None)

    def published(self, frame: pd.DataFrame, column: str = "published") -> pd.DataFrame:
        """Rows of judgments that were known by ``until``; all of them where nothing is left out."""
        if self.until is None or frame.empty:
            return frame
        limit = self.until.isoformat()
        return frame[frame[column].map(lambda text: not is_missing(text) and str(text)[:PUBLISHED_FIRST] <= limit)]

    def figure(self, row: Row, text: str | None = None) -> Figure:
        """A figure's row as what a finding rests on."""
        return Figure(
            subject=str(row["measure_id"]),
            title=str(row["short_title"]),
            period=f"{row['period_end']:%Y-%m-%d}",
            value=None if is_missing(row["value"]) else float(row["value"]),
            text=figure_text(row, int(row["decimals"]), str(row["unit"]), self.labels) if text is None else text,
            source=self.source_of(row),
        )

    def _source(self, publication: str, release: Any) -> str:
        rows = self.sources[self.sources["publication"] == publication]
        exact = rows[rows["release"] == release]
        rows = rows if exact.empty else exact
        if rows.empty:
            return "source not known"
        row = rows.iloc[-1]
        when = "" if is_missing(row["published"]) else f" (published {partial_date(row['published'])})"
        return f"{row['publisher']}, {row['title']}, release {row['release']}{when}"


def year_of(row: Row) -> str:
    """'year ending March 2024' of a figure's row."""
    return year_ending(row["period_end"])
