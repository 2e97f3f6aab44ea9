"""What findings are made from: the frames of one force, read from one build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from insight.format import Words, figure_text, is_missing, partial_date
from insight.records import records
from insight.verdicts import has_verdicts

Row = Mapping[str, Any]
PUBLISHED_FIRST = 10  # characters of an ISO date


@dataclass(frozen=True)
class Evidence:
    """A figure that a finding rests on.

    ``subject`` is a measure's id, or what a judgement is about; ``period`` is sortable (ISO date, or an inspection cycle);
    ``text`` is the figure as the sentence prints it, ``value`` the stored one, None for a judgement or a figure that is absent.
    """

    subject: str
    title: str
    period: str
    value: float | None
    text: str
    source: str


@dataclass(frozen=True)
class Profile:
    """One force in one build.

    ``rows`` are those of ``insight.queries.force.figures``, by measure and year; ``breaks`` and the inspection frames are those
    of the questions of the same name; ``sources`` is table source, ``words`` are those of the statuses of a figure. ``as_of`` is
    the day on which it is asked what is due, ``known_on`` the day of the build, up to which sources can have known anything;
    ``until`` leaves out later years (None: the newest of everything).
    """

    force: Row
    rows: tuple[dict[str, Any], ...]
    breaks: pd.DataFrame
    grades: pd.DataFrame
    grade_counts: pd.DataFrame
    cycles: pd.DataFrame
    inspections: pd.DataFrame
    inspection_grades: pd.DataFrame
    events: pd.DataFrame
    sources: pd.DataFrame
    words: Words
    as_of: date
    known_on: date
    build_id: str
    until: date | None = None

    @property
    def name(self) -> str:
        """The force's short name."""
        return str(self.force["force_name"])

    @property
    def organisation(self) -> str:
        """The force's full name as the actor of a sentence."""
        return str(self.force["organisation_in_text"])

    @property
    def area(self) -> str:
        """The area in running text: 'Wiltshire', 'the City of London'."""
        return str(self.force["in_text"])

    @property
    def is_ranked(self) -> bool:
        """Whether the force may be ranked; the figures of one that never is rest on a handful of children."""
        return is_missing(self.force["unranked_because"])

    @property
    def in_wales(self) -> bool:
        """Whether the force lies in Wales, whose figures other publishers count."""
        return bool(self.force["country"] == "Wales")

    @property
    def held(self) -> list[str]:
        """Short titles of the measures of which the force has a figure."""
        return titles_held(pd.DataFrame(self._rows, columns=["short_title", "value"]))

    @property
    def judgements_only(self) -> bool:
        """Whether no measure that forces are compared on has a figure of the force, because it lies in Wales."""
        return self.in_wales and all(not has_verdicts(row) or is_missing(row["value"]) for row in self._rows)

    def of_measures(self, *, wider: bool) -> Profile:
        """The same force with the figures of the measures of the wider picture of child protection alone, or without them."""
        return replace(self, rows=tuple(row for row in self.rows if bool(row["wider"]) == wider))

    @property
    def period(self) -> str:
        """The years that findings are about, for a file's name: '2025', or 'to-2020' where later ones are left out."""
        if self.until is not None:
            return f"to-{self.until.year}"
        return f"{max((row['period_end'].year for row in self.newest()), default=self.known_on.year)}"

    def newest(self) -> list[dict[str, Any]]:
        """The newest row of every measure, in the order of the measures."""
        return list({row["measure_id"]: row for row in self._rows}.values())

    def of(self, measure_id: str, year: int) -> dict[str, Any] | None:
        """The row of a measure and year, or None."""
        return self._by_year.get((measure_id, year))

    def series(self, measure_id: str) -> list[dict[str, Any]]:
        """All rows of a measure, oldest first."""
        return [row for row in self._rows if row["measure_id"] == measure_id]

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        """Those of the years that are asked about."""
        return [row for row in self.rows if self.until is None or row["period_end"].date() <= self.until]

    @cached_property
    def _by_year(self) -> dict[tuple[str, int], dict[str, Any]]:
        return {(row["measure_id"], row["period_end"].year): row for row in self._rows}

    def source_of(self, row: Row) -> str:
        """'Department for Education, release 2024 (published November 2024)' for a figure's row."""
        return self._source(str(row["publication"]), row.get("release"))

    def source_named(self, publication: str) -> str:
        """The newest source of a publication."""
        return self._source(publication, None)

    def published(self, frame: pd.DataFrame, column: str = "published") -> pd.DataFrame:
        """Rows of judgements that were known by ``until``; all of them where nothing is left out."""
        if self.until is None or frame.empty:
            return frame
        limit = self.until.isoformat()
        return frame[frame[column].map(lambda text: not is_missing(text) and str(text)[:PUBLISHED_FIRST] <= limit)]

    @cached_property
    def known_grades(self) -> pd.DataFrame:
        """Grades known by ``until``; one without a date is known once the last report of its cycle is out."""
        known = self.grades[self.grades["grade"].notna()]
        if self.until is None or known.empty:
            return known
        ends = dict(zip(self.cycles["cycle"], self.cycles["last_published"], strict=True))
        dated = zip(known["cycle"], known["published"], strict=True)
        return self.published(known.assign(published=[ends[cycle] if is_missing(day) else day for cycle, day in dated]))

    def figure(self, row: Row, text: str | None = None) -> Evidence:
        """A figure's row as what a finding rests on."""
        return Evidence(
            subject=str(row["measure_id"]),
            title=str(row["short_title"]),
            period=f"{row['period_end']:%Y-%m-%d}",
            value=None if is_missing(row["value"]) else float(row["value"]),
            text=figure_text(row, row, self.words) if text is None else text,
            source=self.source_of(row),
        )

    def _source(self, publication: str, release: Any) -> str:
        found = self._sources.get((publication, release)) or self._sources.get((publication, None))
        return found or "source not known"

    @cached_property
    def _sources(self) -> dict[tuple[str, Any], str]:
        """Each release by publication, and the newest of each under no release."""
        said: dict[tuple[str, Any], str] = {}
        for row in records(self.sources.sort_values(["publication", "release"])):
            when = "" if is_missing(row["published"]) else f" (published {partial_date(row['published'])})"
            text = f"{row['publisher']}, {row['title']}, release {row['release']}{when}"
            said[(row["publication"], row["release"])] = said[(row["publication"], None)] = text
        return said


def year_to(row: Row) -> str:
    """'year to March 2024' of a figure's row, for a headline."""
    return f"year to {row['period_end']:%B %Y}"


def titles_held(figures: Any) -> list[str]:
    """Short titles of the measures of which a force has a figure in any year.

    Args:
        figures: rows with ``short_title`` and ``value``.
    """
    return [] if figures.empty else list(dict.fromkeys(figures.loc[figures["value"].notna(), "short_title"]))


def when(row: Row, measure: Row | None = None) -> str:
    """'in the year to March 2024' of a figure's row in a sentence; 'on 31 March 2024' where its title names that day.

    Args:
        row: with ``period_end``.
        measure: has the title where the row has none.
    """
    end = row["period_end"]
    day = f"on {end.day} {end:%B}"
    return f"{day} {end.year}" if day in str((measure or row)["title"]) else f"in the {year_to(row)}"
