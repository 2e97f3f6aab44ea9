"""A view: one question with its answer, composed once and shown by every output."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from insight.charts.chart import Chart
from insight.charts.model.common import ChartModel
from insight.tables.model import Table
from vocabulary import Status

Picture = Chart | ChartModel


@dataclass(frozen=True, eq=False)
class View:
    """A question with all that answers it. A plain value: nothing of it is changed once it is made, so it can be kept.

    ``name``: parts of the names of its files and of its id on a page: what, which force or measure, which period. ``answer``: a
    sentence. ``table`` is for reading, in words; ``data`` is for downloads, every stored column with nothing rounded and no
    markup. ``narrow``: the chart in another shape for a phone, or a sentence in its place, and ``narrow_question``
    what that answers where it is another question. ``empty``: in words why there is
    nothing to show; a view with neither content nor a reason is left out. ``grid``: a table that is itself the picture.
    ``cautions``: what changes the reading (a lower bound, a doubtful figure, a break, grades read in the press), one short line
    each, never folded. ``short_source``: publisher and period for the line under the chart ("DfE, year to March 2024");
    ``notes`` and ``source``, the whole of it, may be folded.
    """

    name: tuple[str, ...]
    question: str
    answer: str = ""
    chart: Picture | None = None
    table: Table | None = None
    data: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    narrow: Picture | str | None = None
    narrow_question: str = ""
    empty: str = ""
    grid: Table | None = None
    cautions: tuple[str, ...] = ()
    short_source: str = ""

    @property
    def can_be_taken_away(self) -> bool:
        """Whether there is anything for its downloads, without making it."""
        return self.data is not None or self.table is not None

    @property
    def to_take_away(self) -> pd.DataFrame | None:
        """What its downloads hold: its data, or the plain values of its table where those are all there is."""
        return self.table.plain() if self.data is None and self.table is not None else self.data

    @property
    def has_content(self) -> bool:
        """Whether there is anything to look at."""
        known = self.chart is not None or self.table is not None or self.grid is not None
        return known or (self.data is not None and not self.data.empty)

    @property
    def shows_symbols(self) -> bool:
        """Whether a sign or word that the glossary explains stands in its table or grid, or in its chart by what its data say."""
        if any(table.has_symbols for table in (self.table, self.grid) if table is not None):
            return True
        return self.data is not None and "status" in self.data and bool((self.data["status"] != Status.REPORTED).any())

    @property
    def key(self) -> str:
        """Its id on a page."""
        return "-".join(part for part in self.name if part)
