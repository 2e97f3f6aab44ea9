"""Recommendations by theme and deadline: how many of each our sources show."""

from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.cells import stack
from insight.charts.chart import Chart, hover, joined, need
from insight.charts.palette import Style
from insight.format import is_missing
from insight.records import records

ROW = 46
NOT_STATED, OTHER = "Deadline not stated", "Other deadline"
_STYLES = (
    Style("#58636f", palette.WHITE, "#58636f"),
    Style("#b0b8c0", palette.INK, "#b0b8c0"),
    Style("#d5dade", palette.INK, "#848f9a"),
)
_OPEN = Style(palette.WHITE, palette.INK, palette.RULE, "/")


def recommendation_themes(frame: pd.DataFrame, *, title: str, empty: str, deadlines: tuple[str, str]) -> Chart:
    """Stacked bars of recommendations, a bar a theme, most frequent first, parted by deadline.

    frame: theme (str), due (str, missing where not stated), one row a recommendation. `deadlines`: the two that are named
    apart, the nearer first; every other is an "Other deadline".
    """
    need(frame, ("theme", "due"), "recommendation_themes")
    rows = records(frame)
    if not rows:
        return template.empty_chart(title, empty)
    named = [{"theme": str(row["theme"]), "due": _deadline(row["due"], deadlines)} for row in rows]
    themes = sorted({row["theme"] for row in named}, key=lambda theme: (-_count(named, theme), theme))
    styles = [*zip((*deadlines, OTHER), _STYLES, strict=True), (NOT_STATED, _OPEN)]
    traces: list[dict[str, Any]] = []
    key = []
    for due, style in styles:
        counts = [_count(named, theme, due) for theme in themes]
        if any(counts):
            key.append(palette.key_item(due, style))
            hovers = [hover(theme, f"{due}: {count}") for theme, count in zip(themes, counts, strict=True)]
            text = [str(count or "") for count in counts]
            traces.append(stack(due, style, list(range(len(themes))), counts, text, hovers, width=0.45))
    height = ROW * len(themes)
    widest = max(_count(named, theme) for theme in themes)
    layout = {
        "barmode": "stack",
        "margin": {"l": 4, "r": 4, "t": 8, "b": 8, "pad": 0},
        "xaxis": {"visible": False, "range": [0, widest * 1.004]},  # or the outline at the right is cut off
        "yaxis": {"visible": False, "range": [len(themes) - 0.6, -0.75]},
        "annotations": [_above(theme, index) for index, theme in enumerate(themes)],
    }
    top = [f"{theme} {_count(named, theme)}" for theme in themes[:4]]
    alt = joined([f"{len(rows)} recommendations on {len(themes)} themes, most on {', '.join(top)}"])
    return template.chart(traces, title=title, alt=alt, height=height + 16, layout=layout, key=tuple(key))


def _deadline(due: Any, deadlines: tuple[str, str]) -> str:
    if is_missing(due):
        return NOT_STATED
    return str(due) if due in deadlines else OTHER


def _count(rows: list[dict[str, str]], theme: str, due: str | None = None) -> int:
    return sum(row["theme"] == theme and due in (None, row["due"]) for row in rows)


def _above(text: str, index: int) -> dict[str, Any]:
    return {"text": text, "x": 0, "xref": "paper", "xanchor": "left", "y": index - 0.24, "yanchor": "bottom"}
