"""Case files that inspectors audited: how many were good, required improvement or were inadequate."""

from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.cells import stack
from insight.charts.chart import Chart, Row, forces, hover, joined, missing, need, rows_of
from insight.charts.labels import line_count, wrap
from insight.charts.palette import Style

_AUDIT = {"Good": "good", "Requires improvement": "requires_improvement", "Inadequate": "inadequate"}
_UNGRADED = Style(palette.WHITE, palette.INK, palette.RULE, "/")
_KEY = "Lines: 95% interval of good (G, from the left) and inadequate (I, from the right)"


def case_audits(frame: pd.DataFrame, *, title: str, empty: str, my_force: str | None) -> Chart:
    """Audited case files by grade, as shares of the files, a bar an inspection, in the frame's order; n is in its label.

    frame: force_code (str), label (str, e.g. force, kind and month), audited (int), good, requires_improvement, inadequate
    (int, missing where not known); and where known good_lower_95, good_upper_95, inadequate_lower_95, inadequate_upper_95
    (per cent), drawn as lines under the bar.
    """
    need(frame, ("force_code", "label", "audited", *_AUDIT.values()), "case_audits")
    rows = [row for row in rows_of(frame) if not missing(row["audited"]) and int(row["audited"]) > 0]
    if not rows:
        return template.empty_chart(title, empty)
    labels = [wrap(f"{row['label']}, n\u00a0=\u00a0{int(row['audited'])}", 42) for row in rows]
    ranged = any(not missing(row.get(f"{name}_lower_95")) for row in rows for name in ("good", "inadequate"))
    pixels = 30 + 16 * max(line_count(label) for label in labels) + (36 if ranged else 8)
    below = (12 + (32 if ranged else 6)) / pixels  # what lies under a bar's middle; the label lies above it
    height, top = pixels * len(rows), 42 if ranged else 8  # the key takes two lines on a phone
    files = [int(row["audited"]) for row in rows]
    counts = {grade: [None if missing(row[name]) else int(row[name]) for row in rows] for grade, name in _AUDIT.items()}
    rest = [total - sum(counts[grade][at] or 0 for grade in counts) for at, total in enumerate(files)]
    columns: list[tuple[str, Style, list[int | None]]] = [(g, palette.grade_style(g), counts[g]) for g in counts]
    if any(rest):  # before the inadequate ones, so that these always end at the right, where their interval is measured from
        columns.insert(-1, ("Grade not published", _UNGRADED, list(rest)))
    traces = []
    for grade, style, numbers in columns:
        shares = [100 * (count or 0) / total for count, total in zip(numbers, files, strict=True)]
        hovers = [
            hover(str(row["label"]), f"{grade}: {_said(count)} of {total}")
            for row, count, total in zip(rows, numbers, files, strict=True)
        ]
        text = [f"{style.mark} {n}".strip() if s >= 10 else str(n or "") for n, s in zip(numbers, shares, strict=True)]
        name = f"{style.mark} {grade}".strip()
        traces.append(stack(name, style, list(range(len(rows))), shares, text, hovers, width=24 / pixels))
    whiskers = _whiskers(rows, pixels)
    named = [str(trace["name"]) for trace in traces]
    legend, legend_height = template.legend_below(named, height, 30)
    layout = {
        "barmode": "stack",
        "margin": {"l": 14, "r": 22, "t": top, "b": 38 + legend_height, "pad": 0},
        "xaxis": {
            "range": [-0.1, 100.1],
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0%", "25%", "50%", "75%", "100%"],
        },
        "yaxis": {"visible": False, "range": [len(rows) - 1 + below, below - 1]},
        "annotations": [
            *(
                _label(label, row, index - 12 / pixels, my_force)
                for index, (label, row) in enumerate(zip(labels, rows, strict=True))
            ),
            *([template.note_above(wrap(_KEY, 48), 4)] if whiskers else []),
        ],
        "showlegend": True,
        "legend": legend,
    }
    said = [
        f"{row['label']}: {', '.join(f'{grade.lower()} {_said(counts[grade][at])}' for grade in counts)} of {files[at]}"
        for at, row in enumerate(rows)
    ]
    own = [text for text, row in zip(said, rows, strict=True) if row["force_code"] == my_force]
    count = len({row["force_code"] for row in rows})
    alt = joined([*(own or said[:2]), f"{len(rows)} audits of {forces(count)}" if count > 1 else ""])
    return template.chart(traces + whiskers, title=title, alt=alt, height=height + top + 38 + legend_height, layout=layout)


def _said(count: int | None) -> str:
    """A number, which may be zero, or that it is not known, which is not zero."""
    return "not known" if count is None else str(count)


def _label(text: str, row: Row, y: float, my_force: str | None) -> dict[str, Any]:
    mine = row["force_code"] == my_force
    written = template.coloured(text, palette.ACCENT if mine else palette.INK, mine)
    return {
        "text": written,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "align": "left",
        "y": y,
        "yanchor": "bottom",
        "borderpad": 2,
    }


def _whiskers(rows: list[Row], pixels: int) -> list[dict[str, Any]]:
    """Intervals under the bar, each with its letter: of good from the left, of inadequate from the right."""
    traces: list[dict[str, Any]] = []
    for name, letter, mirrored, drop in (("good", "G", False, 20), ("inadequate", "I", True, 34)):
        lines = []
        for index, row in enumerate(rows):
            lower: Any = row.get(f"{name}_lower_95")
            upper: Any = row.get(f"{name}_upper_95")
            if not missing(lower) and not missing(upper):
                ends = [100 - float(upper), 100 - float(lower)] if mirrored else [float(lower), float(upper)]
                lines.append((ends, index + drop / pixels))
        if lines:
            traces += [_interval_lines(name, lines), _letters(letter, mirrored, lines)]
    return traces


def _interval_lines(name: str, lines: list[tuple[list[float], float]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"95% interval of {name}",
        "showlegend": False,
        "cliponaxis": False,
        "x": template.joined_with_gaps(ends for ends, _ in lines),
        "y": template.joined_with_gaps([y, y] for _, y in lines),
        "line": {"color": palette.INK, "width": 1.2},
        "marker": {"symbol": "line-ns-open", "size": 6, "color": palette.INK},
        "hoverinfo": "skip",
    }


def _letters(letter: str, mirrored: bool, lines: list[tuple[list[float], float]]) -> dict[str, Any]:
    """A trace of their own: beside gaps in a line Plotly puts texts to the wrong points."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": letter,
        "showlegend": False,
        "cliponaxis": False,
        "x": [ends[0] - 1 if mirrored else ends[1] + 1 for ends, _ in lines],
        "y": [y for _, y in lines],
        "text": [letter] * len(lines),
        "textposition": "middle left" if mirrored else "middle right",
        "textfont": {"size": template.SMALL, "color": palette.INK},
        "hoverinfo": "skip",
    }
