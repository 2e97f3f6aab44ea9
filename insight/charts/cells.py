"""Cells, from which tile maps, rugs and grade grids are made, and parts of stacked bars: filled or hatched, with text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from insight.charts import palette, template
from insight.charts.palette import Style

_HATCH = {"fgcolor": palette.HATCH, "size": 7, "solidity": 0.2}  # pale and wide: a symbol is read on top of it
_WITHIN = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none"}  # of a cell's text


@dataclass(frozen=True)
class Cell:
    """One rectangle around (x, y), its style, the text in it, the text of its hover label, the colour of a bold outline."""

    x: float
    y: float
    style: Style
    text: str
    hover: str
    edge: str = palette.INK


def cells(
    drawn: Sequence[Cell], *, name: str, width: float = 0.92, height: float = 0.92, bold: bool = False
) -> list[dict[str, Any]]:
    """Bar traces for all cells, plain ones and hatched ones; `bold` gives the outline of my force.

    Bars, because only they have a hatch; two traces, because with a list of colours Plotly chooses the hatch's own.
    """
    groups = ([cell for cell in drawn if not cell.style.pattern], [cell for cell in drawn if cell.style.pattern])
    return [_cells(group, name, width, height, bold) for group in groups if group]


def _cells(drawn: Sequence[Cell], name: str, width: float, height: float, bold: bool) -> dict[str, Any]:
    hatched = bool(drawn[0].style.pattern)
    return {
        "type": "bar",
        "name": name,
        "showlegend": False,
        "x": [cell.x for cell in drawn],
        "y": [height] * len(drawn),
        "base": [cell.y - height / 2 for cell in drawn],
        "width": width,
        "marker": {
            "color": palette.WHITE if hatched else [cell.style.fill for cell in drawn],
            "line": {
                "color": [cell.edge if bold else cell.style.outline for cell in drawn],
                "width": 3 if bold else [2.5 if cell.style.hollow else 1 for cell in drawn],
            },
            **({"pattern": {**_HATCH, "shape": [cell.style.pattern for cell in drawn]}} if hatched else {}),
        },
        "text": [cell.text for cell in drawn],
        **_WITHIN,
        "textfont": {"size": template.SMALL, "color": [cell.style.text for cell in drawn]},
        "hovertext": [cell.hover for cell in drawn],
        "hovertemplate": template.HOVER,
    }


def stack(
    name: str,
    style: Style,
    y: Sequence[float],
    lengths: Sequence[float],
    text: Sequence[str],
    hovers: Sequence[str],
    width: float = 0.7,
) -> dict[str, Any]:
    """One category of stacked horizontal bars, with text in its parts; needs barmode 'stack'."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "showlegend": True,
        "y": list(y),
        "x": list(lengths),
        "width": width,
        "marker": {
            "color": style.fill,
            "line": {"color": palette.WHITE if style.fill != palette.WHITE else style.outline, "width": 2 if style.hollow else 1},
            "pattern": {**_HATCH, "shape": style.pattern},
        },
        "text": list(text),
        **_WITHIN,
        "textfont": {"size": template.SMALL, "color": style.text},
        "hovertext": list(hovers),
        "hovertemplate": template.HOVER,
    }
