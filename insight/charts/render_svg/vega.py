"""Vega-Lite specifications rendered to small inline SVG, the same bytes for the same specification, and kept in a cache.

Why Vega-Lite and not Plotly: a snapshot has hundreds of charts that are looked at and not operated. ``vl-convert`` is one wheel
without a browser, draws a chart in a tenth of a second, and gives the same text for the same input; Plotly's export starts a
Chromium, takes three times as long, and puts random ids into its SVG. Colours come from ``insight.charts.palette`` in both.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import vl_convert

from insight.charts import hatches, palette

Spec = dict[str, Any]
WIDTH = 360  # of every chart: what a phone shows without shrinking the type
# Changes whenever the same specification gives other bytes.
LAYOUT = f"4 {version('vl-convert-python')}"
KEPT = frozenset(
    [
        "d",
        "transform",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "fill-opacity",
        "stroke-linecap",
        "text-anchor",
        "font-size",
        "font-weight",
        "x",
        "y",
        "x2",
        "y2",
        "x1",
        "y1",
        "width",
        "height",
        "points",
    ]
)
DECIMAL = re.compile(r"-?\d+\.\d+")
_HATCHED = re.compile(r"url\(#(hatch[a-z-]*)\)")  # a fill by a hatch, before it is known what its drawing is called
SMALL = 12  # pixels of type


@dataclass(frozen=True)
class Drawing:
    """A chart before it is drawn.

    ``key`` is its id on its page, ``title`` the question that it answers, ``description`` what it shows in words,
    ``spec`` what it is made of.
    """

    key: str
    title: str
    description: str
    spec: Spec


class Renderer:
    """Draws specifications, and draws none twice.

    Args:
        cache: a folder that keeps what was drawn, by content; None keeps nothing.
        workers: processes that draw at the same time.
    """

    def __init__(self, cache: Path | None, workers: int = 2) -> None:
        self.cache = cache
        self.workers = workers
        self.drawn = self.reused = 0
        self._bodies: dict[str, str] = {}

    def prepare(self, specs: Iterable[Spec], on_each: Callable[[], None] = lambda: None) -> None:
        """Draw what the cache does not have, several at a time."""
        wanted = {_key(spec): json.dumps(spec, sort_keys=True) for spec in specs}
        missing = {}
        for key, text in wanted.items():
            held = self._held(key)
            if held is None:
                missing[key] = text
            else:
                self._bodies[key] = held
                self.reused += 1
                on_each()
        if not missing:
            return
        if self.workers == 1 or len(missing) < 2 * self.workers:
            for key, text in missing.items():
                self._keep(key, draw(text))
                on_each()
            return
        with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn")) as pool:
            for key, body in zip(missing, pool.map(draw, missing.values(), chunksize=4), strict=True):
                self._keep(key, body)
                on_each()

    def inline(self, drawing: Drawing) -> str:
        """The SVG element of a prepared drawing, with title and description for those who cannot see it."""
        body = self._bodies[_key(drawing.spec)]
        width, height = size_of(drawing.spec)
        box = f"0 0 {width} {height}"
        name = drawing.key
        defs, inside = _with_hatches(body, name)
        return (
            f'<svg class="chart" viewBox="{box}" role="img" aria-labelledby="{name}-t {name}-d">'
            f'<title id="{name}-t">{escape(drawing.title)}</title><desc id="{name}-d">{escape(drawing.description)}</desc>'
            f"{defs}{inside}</svg>"
        )

    def _held(self, key: str) -> str | None:
        if key in self._bodies:
            return self._bodies[key]
        if self.cache is None or not (self.cache / key).is_file():
            return None
        return (self.cache / key).read_text(encoding="utf-8")

    def _keep(self, key: str, body: str) -> None:
        self.drawn += 1
        self._bodies[key] = body
        if self.cache is not None:
            self.cache.mkdir(parents=True, exist_ok=True)
            part = self.cache / f"{key}.{os.getpid()}.part"
            part.write_text(body, encoding="utf-8")
            part.replace(self.cache / key)


def _key(spec: Spec) -> str:
    return hashlib.sha256(f"{LAYOUT}\n{json.dumps(spec, sort_keys=True)}".encode()).hexdigest()


def size_of(spec: Spec) -> tuple[int, int]:
    """Width and height of a whole drawing in pixels."""
    room = spec["padding"]
    return spec["width"] + room["left"] + room["right"], spec["height"] + room["top"] + room["bottom"]


def standing_alone(spec: Spec) -> str:
    """An SVG document, for a place that shows it as an image."""
    width, height = size_of(spec)
    body = draw(json.dumps(spec, sort_keys=True))
    defs, inside = _with_hatches(body, "alone")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="Liberation Sans, Arial, DejaVu Sans, sans-serif">{defs}{inside}</svg>'
    )


def fill_of(style: palette.Style) -> str:
    """The fill of an area in a specification: its colour or its hatch."""
    return f"url(#{hatches.mark_of(style.pattern)})" if style.pattern else style.fill


def _with_hatches(body: str, name: str) -> tuple[str, str]:
    """The patterns that a drawing uses, under names of its own, and the drawing."""
    return hatches.patterns(_HATCHED.findall(body), name, palette.RULE), _HATCHED.sub(rf"url(#{name}-\1)", body)


def draw(text: str) -> str:
    """What stands inside the SVG element of a specification given as JSON."""
    return lean(vl_convert.vegalite_to_svg(text, allowed_base_urls=[]))


def lean(svg: str) -> str:
    """The marks of an SVG without namespaces, classes, fonts and empty groups: a third of its size."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {name: _short(value) for name, value in element.attrib.items() if name in KEPT}
        if element.attrib.get("transform") in ("translate(0,0)", ""):
            del element.attrib["transform"]
    _prune(root)
    if len(root) and root[0].tag == "rect" and root[0].attrib.get("fill") in ("white", palette.WHITE):
        root.remove(root[0])
    return "".join(ElementTree.tostring(child, encoding="unicode") for child in root)


def _short(value: str) -> str:
    """Numbers with at most one decimal."""
    return DECIMAL.sub(lambda match: f"{round(float(match[0]), 1) + 0.0:g}", value)


def _prune(element: ElementTree.Element) -> None:
    for child in list(element):
        _prune(child)
        empty_path = child.tag == "path" and child.attrib.get("d", "") in ("", "M0,0h0v0h0Z")
        empty_text = child.tag == "text" and not (child.text or "").strip() and len(child) == 0
        if (child.tag == "g" and len(child) == 0) or empty_path or empty_text:
            element.remove(child)
            continue
        if child.tag == "g" and not child.attrib:
            place = list(element).index(child)
            element.remove(child)
            for offset, inner in enumerate(list(child)):
                element.insert(place + offset, inner)


def house_spec(layers: list[Spec], width: int, height: int, padding: Spec) -> Spec:
    """Layers in house style. Nothing is fitted to the width of a text, so that no font changes the drawing."""
    axis = {
        "domain": False, "ticks": False, "labelFontSize": SMALL, "labelColor": palette.MUTED, "gridColor": palette.GRID,
        "labelLimit": 0, "labelOverlap": False, "labelPadding": 6,
    }  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "padding": padding,
        "autosize": {"type": "none"},
        "background": None,
        "layer": layers,
        "config": {
            "font": "Arial",
            "view": {"stroke": None},
            "axis": axis,
            "axisX": {"grid": False},
            "axisY": {"labelColor": palette.INK},
        },
    }
