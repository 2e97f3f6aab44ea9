"""Every page with every choice, fast: a page's own code runs, Streamlit only listens, and a pure function asked again with
the same arguments is not run again. That makes thousands of renders cheap enough to test; ``AppTest`` holds the real thing.
"""

from __future__ import annotations

import inspect
import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from insight.tables.model import Table
from insight.warehouse import open_warehouse
from tests.app.surface import PROJECT, Page
from ui import blocks, data_access, own_data, selectors, url_state, view

PURE = "insight."
REMEMBERED = 60  # answers a function: more than there are forces, few enough to hold their charts
TEXTS = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "html")


@dataclass
class Seen:
    """What a page put on screen in one render."""

    texts: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    tables: list[pd.DataFrame] = field(default_factory=list)
    controls: dict[str, list[str]] = field(default_factory=dict)

    @property
    def words(self) -> Iterator[str]:
        """Every text, the cells of tables included."""
        yield from (text for text in self.texts if not text.startswith("<style>"))
        yield from self.alternatives
        for table in self.tables:
            yield from map(str, table.columns)
            yield from (str(cell) for row in table.itertuples(index=False) for cell in row)


class Product:
    """The pages of the entry, rendered with any choices from one build."""

    def __init__(self, patch: pytest.MonkeyPatch, build: Path) -> None:
        self._patch, self._seen, self._picked = patch, Seen(), dict[str, str]()
        self._answers: dict[Any, Any] = {}
        self._chosen: dict[Any, selectors.Selection] = {}
        self._pages: dict[str, Callable[[], None]] = {}
        self._warehouse = open_warehouse(build)
        st.session_state[data_access.BUILD] = str(build)
        patch.setattr(data_access, "_answer", self._answer)
        patch.setattr(url_state, "choose_one", self._choose_one)
        patch.setattr(url_state, "choose_many", lambda key, *rest: self._slugs(key))
        self._listen()

    def render(self, page: Page, query: Mapping[str, str]) -> Seen:
        """Run a page with choices given as in an address."""
        self._seen, self._picked = Seen(), dict(query)
        url_state.begin()
        key = tuple(sorted(query.items()))
        if key not in self._chosen:
            self._chosen[key] = selectors.choose()
        st.session_state[selectors.CHOSEN] = self._chosen[key]
        self._seen = Seen()
        if page.path not in self._pages:
            self._pages[page.path] = self._load(page)
        try:
            self._pages[page.path]()
        except Exception as error:
            error.add_note(f"{page.path}: {dict(query)}")
            raise
        return self._seen

    def variants(self, page: Page, queries: Iterator[Mapping[str, str]]) -> Iterator[tuple[dict[str, str], Seen]]:
        """Every option of every control of the page's own, one at a time, those that an option brings to light included; each with
        what it put on screen for the next of the choices."""
        found: list[dict[str, str]] = [{}]
        known: set[tuple[str, str]] = set()
        for variant in found:
            query = {**next(queries), **variant}
            seen = self.render(page, query)
            for key, options in seen.controls.items():
                for option in options:
                    if key not in variant and (key, option) not in known:
                        known.add((key, option))
                        found.append({**variant, key: option})
            yield query, seen

    def _load(self, page: Page) -> Callable[[], None]:
        module = ModuleType(page.path)
        source = (PROJECT / page.path).read_text()
        head, _, last = source.rstrip().rpartition("\n")
        assert last == "render()", f"{page.path} does not end with render()"
        exec(compile(head, page.path, "exec"), module.__dict__)
        for name, value in list(vars(module).items()):
            if inspect.isfunction(value) and value.__module__.startswith(PURE):
                setattr(module, name, self._once(value))
        return module.__dict__["render"]

    def _once(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if function.__module__.startswith("insight.queries"):
            return function  # asked through ui.data_access, which needs the function itself

        held: OrderedDict[bytes, Any] = OrderedDict()

        @wraps(function)
        def remembered(*arguments: Any, **named: Any) -> Any:
            key = blake2b(pickle.dumps((arguments, named)), digest_size=16).digest()
            if key not in held:
                held[key] = function(*arguments, **named)
                if len(held) > REMEMBERED:
                    held.popitem(last=False)
            answer = held[key]
            return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer

        return remembered

    def _answer(
        self, *, path: str, name: str, arguments: tuple[Any, ...], _question: Callable[..., pd.DataFrame]
    ) -> pd.DataFrame:
        key = (path, name, arguments)
        if key not in self._answers:
            self._answers[key] = _question(self._warehouse, *arguments)
        return self._answers[key]

    def _choose_one(self, key: str, label: str, options: Mapping[str, str], default: str, *rest: Any, **named: Any) -> str:
        self._seen.controls[key] = [option for option in options if option != default]
        picked = self._picked.get(key, default)
        return picked if picked in options else default

    def _slugs(self, key: str) -> list[str]:
        return [one for one in self._picked.get(key, "").split(url_state.SEPARATOR) if one]

    def _keep(self, table: Table) -> None:
        """A table as it is read."""
        self._seen.tables.append(pd.DataFrame(table.records(), columns=table.headings))

    def _keep_line(self, shown: view.Shown) -> None:
        """What is behind the line under a view."""
        whole = shown.whole()
        self._seen.texts += [*whole.notes, whole.source]
        if whole.table is not None:
            self._keep(whole.table)

    def _listen(self) -> None:
        for name in TEXTS:
            self._patch.setattr(st, name, lambda body, *rest, **named: self._seen.texts.append(str(body)))
        self._patch.setattr(st, "plotly_chart", lambda figure, alt="", **named: self._seen.alternatives.append(alt))
        self._patch.setattr(blocks, "show_table", self._keep)
        self._patch.setattr(own_data, "show_table", self._keep)
        self._patch.setattr(view, "_line", self._keep_line)
        self._patch.setattr(st, "download_button", lambda *rest, **named: None)


@contextmanager
def product(build: Path) -> Iterator[Product]:
    """A product over a build; Streamlit and the interface are themselves again afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        yield Product(patch, build)
