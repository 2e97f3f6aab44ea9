"""A briefing as content: pages of text, one chart, one table. Slides and PDF are drawn from it, so they cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from insight.charts.model.bars import BarChart
from insight.charts.model.lines import LineChart


@dataclass(frozen=True)
class Table:
    """Cells as printed. ``shares`` are the widths of the columns, in any unit; ``caption`` says what the table is."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


Chart = LineChart | BarChart


@dataclass(frozen=True)
class Page:
    """One slide or page: ``title`` states the finding, ``notes`` are the speaker's: method and source."""

    title: str
    bullets: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    foot: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Briefing:
    """All pages of one force, and what stands at the foot of each.

    ``day`` is that of the build; ``figures_as_of`` says the year after which figures are left out, empty for none.
    """

    force: str
    organisation: str
    build_id: str
    releases: str
    day: date
    figures_as_of: str
    pages: tuple[Page, ...]

    @property
    def title(self) -> str:
        """The document's title."""
        return f"{self.organisation}: protecting children, a briefing"

    def foot(self, place: int) -> str:
        """What stands at the foot of a page, counted from 1."""
        day = f"{self.day.day} {self.day:%B %Y}"
        parts = [self.organisation, self.figures_as_of, self.releases, f"Build {self.build_id} of {day}"]
        return " · ".join([*(part for part in parts if part), f"{place} of {len(self.pages)}"])
