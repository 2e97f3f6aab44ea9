"""Opening a page without a browser, and reading all that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.app.surface import DASHBOARD, Page
from ui.view import DATA, MORE

SECONDS = 60
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
# What a missing value looks like when no one thought of it.
LEAKED = re.compile(r"\b(nan|NaT|NaN|inf|True|False)\b|\bNone\b(?! of)|<NA>|Timestamp\(")


def open_page(page: Page, query: Mapping[str, str] | None = None) -> AppTest:
    """A new session that comes in with an address and goes to a page."""
    session = AppTest.from_file(DASHBOARD, default_timeout=SECONDS)
    for key, value in (query or {}).items():
        session.query_params[key] = value
    session.run()
    if not page.default:
        session.switch_page(page.path).run()
    return session


def choose(session: AppTest, query: Mapping[str, str]) -> AppTest:
    """The same session with other choices, as if its address had been changed."""
    for key, value in query.items():
        session.session_state[key] = value
    return session.run()


def problems(session: AppTest) -> list[str]:
    """Exceptions and errors that are on screen."""
    return [one.message for one in session.exception] + [one.value for one in session.error]


def opening(session: AppTest) -> str:
    """The sentence that answers the page's question: the first bold paragraph after the title."""
    return next((one.value for one in session.main.markdown if one.value.startswith("**")), "").strip("*")


def words(session: AppTest) -> Iterator[str]:
    """Every text on the page: titles, paragraphs, notes, table cells, HTML, the text alternatives of charts."""
    for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success"):
        yield from (one.value for one in getattr(session.main, kind))
    yield from alternatives(session)
    yield from (STYLE.sub("", one.proto.body) for one in session.get("html"))
    for table in session.table:
        yield from map(str, table.value.columns)
        yield from (str(cell) for row in table.value.itertuples(index=False) for cell in row)


def unfold(session: AppTest) -> AppTest:
    """The same session with the data (or downloads alone) opened under every view that has them."""
    for one in session.get("button_group"):
        if str(one.key).startswith(f"{MORE}-") and {"data", "download"} & {option.lower() for option in one.options}:
            session.session_state[one.key] = DATA
    return session.run()


class _Tables(HTMLParser):
    """The tables of a piece of HTML as lists of rows of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.rows.append([])
        elif tag == "tr":
            self.rows[-1].append([])
        elif tag in ("th", "td"):
            self.rows[-1][-1].append("")
        self._inside = tag in ("th", "td") or (self._inside and tag not in ("caption", "style"))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1][-1] += data


def tables(session: AppTest) -> list[pd.DataFrame]:
    """The plain tables of the page, cells as they are read, those under charts opened."""
    parser = _Tables()
    unfold(session)
    for one in session.get("html"):
        if 'class="figures' in one.proto.body:
            parser.feed(STYLE.sub("", one.proto.body))
    return [pd.DataFrame(body, columns=head) for head, *body in parser.rows]


def alternatives(session: AppTest) -> list[str]:
    """The text alternative of each chart."""
    return [one.proto.alt for one in session.get("plotly_chart")]


def leaks(texts: Iterator[str]) -> list[str]:
    """Texts in which a missing value shows as code would print it."""
    return [text[:200] for text in texts if LEAKED.search(re.sub(r"<[^>]*>", " ", text))]
