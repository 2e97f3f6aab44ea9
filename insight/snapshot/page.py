"""A page of the public site before it is laid out: sections of views, blocks, sentences and links, in the order of reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from insight.charts.model.areas import AreaMap
from insight.charts.model.common import ChartModel
from insight.charts.model.timeline import Timeline
from insight.charts.render_svg.drawing import drawing_of, markup_of
from insight.charts.render_svg.vega import Drawing
from insight.tables.model import Table
from insight.views.block import Block
from insight.views.view import View

# A table of up to so many columns takes a third of a screen's width, of up to so many half of it; of more the whole.
COLUMNS_OF_A_THIRD, COLUMNS_OF_A_HALF = 3, 6


class Link(NamedTuple):
    """A page of the site, and what stands on it."""

    path: str
    text: str
    what: str = ""


@dataclass(frozen=True)
class Part:
    """A view on a page.

    ``anchor`` is the id of its heading where an address ends in it, ``fold`` whether a table that is all there is is folded,
    ``tall`` whether the views after it stand beside it, one below the other, ``opens`` whether it is the first of a page, whose
    cautions stand under its chart so that a phone's first screen shows it, ``pages`` the pages of names in the first column of
    its tables.
    """

    view: View
    anchor: str = ""
    fold: bool = False
    tall: bool = False
    opens: bool = False
    pages: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """Its id on the page."""
        return self.anchor or self.view.key.lower()

    @cached_property
    def _drawn(self) -> tuple[ChartModel | None, Drawing | None]:
        """The chart that has a drawing, with it: the shape for a phone where there is one, for that is how wide a drawing is."""
        for one in (self.view.narrow, self.view.chart):
            if isinstance(one, ChartModel):
                drawing = drawing_of(self.key, one)
                if drawing is not None or markup_of(one, str):
                    return one, drawing
        return None, None

    @property
    def chart(self) -> ChartModel | None:
        """What is drawn."""
        return self._drawn[0]

    @property
    def drawing(self) -> Drawing | None:
        """Its chart as a drawing that takes time; None where there is none."""
        return self._drawn[1]

    @property
    def reading(self) -> str:
        """The chart's unit and scale, and what else a reader must know of it; empty without a chart that is drawn."""
        chart = self.chart
        if chart is None or isinstance(chart, Timeline):
            return ""
        if isinstance(chart, AreaMap):
            return chart.attribution
        scale = getattr(chart, "scale", "")
        unit = f"Unit: {chart.unit}{f'; {scale}' if scale else ''}." if chart.unit else ""
        return f"{unit} {chart.note}".strip()

    @cached_property
    def table(self) -> Table | None:
        """Its table under the view's question."""
        return None if self.view.table is None else self.view.table.titled(self.view.question).linked(self.pages)

    @cached_property
    def grid(self) -> Table | None:
        """The table that is itself the picture."""
        return None if self.view.grid is None else self.view.grid.linked(self.pages)

    @property
    def room(self) -> str:
        """The class for how much of a screen's width it takes; empty for a third. What is folded takes little until opened."""
        shown = self.grid or (None if self.chart else self.table)
        if self.tall or (self.fold and shown is not None):
            return "tall" if self.tall else "fold"
        columns = 0 if shown is None else len(shown.columns)
        return "" if columns <= COLUMNS_OF_A_THIRD else "half" if columns <= COLUMNS_OF_A_HALF else "wide"

    @property
    def is_empty(self) -> bool:
        """Whether there is neither anything to show nor a reason why not."""
        return not (self.view.answer or self.view.empty or self.chart or self.table or self.grid)


def parts_of(*views: View, pages: Mapping[str, str] | None = None, fold: bool = False) -> tuple[Part, ...]:
    """Views one below the other, all in the same manner."""
    return tuple(Part(view, fold=fold, pages=pages or {}) for view in views)


@dataclass(frozen=True)
class Section:
    """Views under one heading; without a heading each view's question is one.

    ``folded``: all of it is folded under its heading or, without one, under the question of its only view, with ``inside``, a few
    words of what a reader finds. ``lines`` is a list of sentences; ``links`` are lists of pages by heading, ``by_letter`` whether
    the headings are letters, which the head of the page leads to; ``notes`` stand below them, and then the sections of ``below``,
    of lines only, each folded.
    """

    anchor: str = ""
    heading: str = ""
    parts: tuple[Part, ...] = ()
    intro: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    folded: bool = False
    inside: str = ""
    by_letter: bool = False
    below: tuple[Section, ...] = ()

    @property
    def title(self) -> str:
        """What it is folded under."""
        return self.heading or self.shown[0].view.question

    @property
    def key(self) -> str:
        """Its id on the page."""
        return self.anchor or self.shown[0].key

    @property
    def shown(self) -> tuple[Part, ...]:
        """Its views that have something to say."""
        return tuple(part for part in self.parts if not part.is_empty)

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to show."""
        return not (self.shown or self.lines or self.links or self.intro or any(not one.is_empty for one in self.below))


@dataclass(frozen=True)
class Page:
    """A page before it is laid out.

    ``path`` is relative to the edition; ``description`` is for search engines; ``lead`` answers first, in a paragraph or
    several; ``data`` is the path of a file with everything on the page; ``context`` is what a template of its own needs.
    """

    path: str
    title: str
    description: str
    lead: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    data: str = ""
    jumps: bool = False
    template: str = "page.html"
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Section, ...]:
        """Its sections that have something to show."""
        return tuple(section for section in self.sections if not section.is_empty)

    @property
    def drawings(self) -> list[Drawing]:
        """Its drawings, which are made before any page is laid out."""
        return [part.drawing for section in self.shown for part in section.shown if part.drawing]

    @property
    def root(self) -> str:
        """The way from the page to the edition's top."""
        return "../" * self.path.count("/")
