"""A view: one question with its answer, composed once and shown by every output."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from insight.charts.chart import Chart


@dataclass(frozen=True, eq=False)
class View:
    """A question with all that answers it. A plain value: nothing of it is changed once it is made, so it can be kept.

    ``name``: parts of the names of its files and of its id on a page: what, which force or measure, which period. ``answer``: a
    sentence. ``table`` is for reading, in words; ``data`` is for downloads, every stored column with nothing rounded and no
    markup. ``narrow``: the chart in another shape for a phone, or a sentence in its place. ``empty``: in words why there is
    nothing to show.
    """

    name: tuple[str, ...]
    question: str
    answer: str = ""
    chart: Chart | None = None
    table: pd.DataFrame | None = None
    data: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    narrow: Chart | str | None = None
    empty: str = ""

    @property
    def key(self) -> str:
        """Its id on a page."""
        return "-".join(part for part in self.name if part)
