"""A briefing as pages of views: slides and PDF are laid out from the same ones, so they cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from insight.charts.model.bars import BarChart
from insight.charts.model.lines import LineChart
from insight.format import long_day
from insight.tables.model import Table
from insight.views.block import Block

Chart = LineChart | BarChart


@dataclass(frozen=True)
class Page:
    """A fact with what shows it: one slide or more, one part of the document.

    ``title`` states the fact, ``sentences`` say more of it. Two ``tables`` stand side by side. ``cautions``: what changes the
    reading, a line each; ``source`` is one line; ``notes`` are the speaker's: method, sources in full, build.
    """

    title: str
    sentences: tuple[str, ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()
    cautions: tuple[str, ...] = ()
    source: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Briefing:
    """All pages of one force, and what its cover says.

    ``prepared_from``: the sources, one line each. ``day`` is that of the build; ``figures_as_of`` says the year after which
    figures are left out, empty for none.
    """

    force: str
    organisation: str
    build_id: str
    prepared_from: tuple[str, ...]
    day: date
    figures_as_of: str
    pages: tuple[Page, ...]

    @property
    def subject(self) -> str:
        """What it is about."""
        return "Protecting children: a briefing"

    @property
    def title(self) -> str:
        """The document's title."""
        return f"{self.organisation}: protecting children, a briefing"

    @property
    def date_line(self) -> str:
        """'27 November 2026', with the year after which figures are left out."""
        day = long_day(self.day)
        return f"{day} · {self.figures_as_of}" if self.figures_as_of else day

    @property
    def foot(self) -> str:
        """What stands at the foot of every page, before its number."""
        return f"{self.organisation} · {self.date_line}"
