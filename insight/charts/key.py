"""The key under a chart, in HTML: every mark as a small drawing with its words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from insight.charts import hatches, marks, palette
from insight.charts.model.common import KeyItem

WIDTH, HEIGHT = 24, 14  # pixels of a drawn mark
# For a line of text, where nothing can be drawn. A sign that a chart writes, '[c]' or '▲', stands for itself.
SIGNS = {
    "line": "—", "dash": "╌", "point": "●", "open": "○", "bound": marks.BOUND_SIGN, "band": "▬", "box": "■", "hollow": "□",
    "wide": "▭",
    **hatches.SIGNS, **marks.SIGNS,
}  # fmt: skip


def key_html(items: Sequence[KeyItem], as_images: bool = False) -> str:
    """A list of marks and words; nothing for no items. It has no style attribute, which a strict policy would forbid.

    Args:
        items: the key of a chart.
        as_images: marks as pictures that lie in the page, for a place that removes SVG elements.
    """
    if not items:
        return ""
    entries = "".join(f"<li>{_mark(item, as_images)} {escape(item.label)}</li>" for item in items)
    return f'<ul class="key" aria-label="Key">{entries}</ul>'


def key_text(items: Sequence[KeyItem]) -> str:
    """The key as one line of coloured text, as Plotly writes it; nothing for no items."""
    return "\N{EM SPACE}".join(
        f'<span style="color:{_visible(item.colour)}">{SIGNS.get(item.mark, item.mark)}</span> {escape(item.label)}'
        for item in items
    )


def _mark(item: KeyItem, as_images: bool) -> str:
    if item.mark not in SIGNS:
        return f"<b>{escape(item.mark)}</b>"
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    if not as_images:
        return f'<svg {size} aria-hidden="true">{_drawn(item)}</svg>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{_drawn(item)}</svg>'
    return f'<img src="data:image/svg+xml,{quote(svg)}" width="{WIDTH}" height="{HEIGHT}" alt="">'


def _drawn(item: KeyItem) -> str:
    """The mark as SVG; strokes and fills are attributes, so that no policy forbids them."""
    colour = escape(item.colour)
    match item.mark:
        case "line" | "dash":
            dashes = ' stroke-dasharray="5 3"' if item.mark == "dash" else ""
            return f'<path d="M1 7H23" stroke="{colour}" stroke-width="2.5"{dashes}/>'
        case "point":
            return f'<circle cx="12" cy="7" r="4" fill="{colour}"/>'
        case "open":
            return f'<circle cx="12" cy="7" r="4.5" fill="{palette.WHITE}" stroke="{colour}" stroke-width="2"/>'
        case "bound":
            return f'<path d="{marks.PATHS[marks.BOUND]}" transform="translate(12 7)" stroke="{colour}" stroke-width="1.8"/>'
        case "hollow" | "wide":
            x, width = (2, 20) if item.mark == "wide" else (6, 12)
            return f'<rect x="{x}" y="2" width="{width}" height="10" fill="{palette.WHITE}" stroke="{colour}" stroke-width="2"/>'
        case shape if shape in marks.PATHS:
            return f'<path d="{marks.PATHS[shape]}" transform="translate(12 7)" fill="{colour}" stroke="{colour}"/>'
        case hatch if hatch in hatches.SIGNS:
            frame = f'<rect x="2.5" y="1.5" width="19" height="11" fill="{palette.WHITE}" stroke="{colour}"/>'
            return f'{frame}<path d="{hatches.swatch(hatch)}" stroke="{colour}"/>'
        case _:
            edge = f' stroke="{palette.RULE}" stroke-width="0.5"'
            return f'<rect x="2" y="1" width="20" height="12" fill="{colour}"{edge}/>'


def _visible(colour: str) -> str:
    """A pale fill would not be seen as a sign on white."""
    return palette.RULE if colour in (palette.ACCENT_PALE, palette.WHITE) else colour
