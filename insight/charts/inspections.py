"""Inspections and monitoring in time: one force or all, with every date drawn as precisely as it is known."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import Chart, Row, hover, joined, missing, need, rows_of

ROW = 26
NOTE = 30  # pixels for the line about open marks
_UNSURE = "Open mark: known to the month or year only"
# One mark a kind, so that it means the same in every figure and whichever kinds a force has.
MARKS = {
    "Report published": ("circle", palette.INK),
    "Report only, visit not known": ("x", palette.COMPARED),
    "Inspection": ("diamond", palette.INK),
    "Re-inspection": ("hexagon", palette.INK),
    "Graded inspection": ("star", palette.INK),
    "Review": ("square", palette.COMPARED),
    "Action plan expected": ("triangle-up", palette.COMPARED),
    "Return planned": ("triangle-down", palette.INK),
    "Issued": ("cross", palette.INK),
    "Revisited": ("hash", palette.INK),
    "Closed": ("x", palette.COMPARED),
    "Began; end not in our sources": ("triangle-right", palette.INK),
    "Ended; beginning not in our sources": ("triangle-left", palette.COMPARED),
}
_OTHER_MARKS = ("hourglass", "bowtie", "pentagon", "diamond-tall")


def inspection_timeline(
    frame: pd.DataFrame, *, title: str, empty: str, my_row: str | None = None, as_of: Any = None, finding: str = ""
) -> Chart:
    """Events and spells on a time axis, a line for each value of `row` (forces, or kinds of one force), in the frame's order.

    frame: row, kind (str, the words of the legend), start, end (dates), shape ('event' or 'spell'), detail (str, for the
    hover label). An event known to the day has start = end; one known to the month or year has the first and last day of it
    and is drawn as an open mark on a bar that long. A spell is a bar from start to end; where its ends are not known to the
    day, optional certain_from and certain_to bound its solid part. `as_of` is drawn as a line. `finding`: what it shows, for
    the text alternative.
    """
    need(frame, ("row", "kind", "start", "end", "shape", "detail"), "inspection_timeline")
    if frame.empty:
        return template.empty_chart(title, empty)
    rows = [{**row, "start": pd.Timestamp(row["start"]), "end": pd.Timestamp(row["end"])} for row in rows_of(frame)]
    places = {name: index for index, name in enumerate(dict.fromkeys(str(row["row"]) for row in rows))}
    kinds = list(dict.fromkeys(str(row["kind"]) for row in rows))
    traces: list[dict[str, Any]] = []
    for kind in kinds:
        same = [row for row in rows if row["kind"] == kind]
        spells = [row for row in same if row["shape"] == "spell"]
        events = [row for row in same if row["shape"] != "spell"]
        if spells:
            traces += _spells(kind, spells, places)
        if events:
            traces += _events(kind, events, places, *_mark(kind, kinds))
    unsure = any(row["shape"] != "spell" and row["start"] != row["end"] for row in rows)
    height = ROW * len(places)
    named = [str(trace["name"]) for trace in traces if trace["showlegend"]]
    legend, legend_height = template.legend_below(named, height, 30 + (NOTE if unsure else 0))
    labels = [template.coloured(name, palette.ACCENT if name == my_row else palette.INK, bold=name == my_row) for name in places]
    stamps = [*(row["start"] for row in rows), *(row["end"] for row in rows)]
    last = max([*stamps, *([pd.Timestamp(as_of)] if as_of is not None else [])])
    room = (last - min(stamps)) * 0.03 + pd.Timedelta(days=20)
    layout = {
        "margin": {"t": 30, "r": 12, "b": 34 + (NOTE if unsure else 0) + legend_height},
        "xaxis": {
            "type": "date",
            "range": [min(stamps) - room, last + room],
            "showgrid": True,
            "nticks": 6,
            "showline": True,
        },
        "yaxis": {"range": [len(places) - 0.4, -0.6], "tickvals": list(places.values()), "ticktext": labels},
        "shapes": [
            *([_my_band(places[my_row])] if my_row in places else []),
            *([template.vertical(_day(as_of), 0, 1, "dot", palette.INK)] if as_of is not None else []),
        ],
        "annotations": [
            *([_as_of_label(as_of)] if as_of is not None else []),
            *([_below(_UNSURE)] if unsure else []),
        ],
        "showlegend": True,
        "legend": legend,
    }
    total = height + 64 + (NOTE if unsure else 0) + legend_height
    alt = " ".join(part for part in (finding, _alt(rows, my_row, len(places))) if part)
    return template.chart(traces, title=title, alt=alt, height=total, layout=layout)


def _mark(kind: str, kinds: list[str]) -> tuple[str, str]:
    """Symbol and colour of a kind; a visit is marked as the kind of inspection that it is."""
    plain = kind.removesuffix(": visit")
    others = [one for one in kinds if one.removesuffix(": visit") not in MARKS]
    return MARKS[plain] if plain in MARKS else (_OTHER_MARKS[others.index(kind) % len(_OTHER_MARKS)], palette.INK)


def _day(date: Any) -> str:
    return f"{pd.Timestamp(date):%Y-%m-%d}"


def _long_day(date: Any) -> str:
    stamp = pd.Timestamp(date)
    return f"{stamp.day} {stamp:%B %Y}"


def _when(row: Row) -> str:
    """A day, or the span within which it lies."""
    if row["start"] == row["end"]:
        return _long_day(row["start"])
    joint = "to" if row["shape"] == "spell" else "and"
    between = "" if row["shape"] == "spell" else "some day between "
    return f"{between}{_long_day(row['start'])} {joint} {_long_day(row['end'])}"


def _hover(row: Row) -> str:
    return hover(str(row["row"]), str(row["kind"]), _when(row), "" if missing(row["detail"]) else str(row["detail"]))


def _bar(name: str, rows: list[Row], spans: Sequence[tuple[Any, Any]], places: dict[str, int], **look: Any) -> dict[str, Any]:
    """Horizontal bars from one date to another; Plotly measures a bar on a date axis in milliseconds."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "legendgroup": name,
        "showlegend": False,
        "base": [_day(start) for start, _ in spans],
        "x": [(end - start).total_seconds() * 1000 + 86_400_000 for start, end in spans],
        "y": [places[str(row["row"])] for row in rows],
        "hovertext": [_hover(row) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        **look,
    }


def _spells(kind: str, rows: list[Row], places: dict[str, int]) -> list[dict[str, Any]]:
    """The whole span pale and hatched, and on it the part that is certain."""
    pale = {"color": palette.WHITE, "line": {"color": palette.COMPARED, "width": 1}}
    hatch = {**pale, "pattern": {"shape": "/", "fgcolor": palette.COMPARED}}
    certain = []
    for row in rows:
        start = row["start"] if missing(row.get("certain_from")) else pd.Timestamp(row["certain_from"])
        end = row["end"] if missing(row.get("certain_to")) else pd.Timestamp(row["certain_to"])
        if start <= end:
            certain.append((row, (start, end)))
    whole = _bar(kind, rows, [(row["start"], row["end"]) for row in rows], places, width=0.5, marker=hatch)
    solid = _bar(
        kind,
        [row for row, _ in certain],
        [span for _, span in certain],
        places,
        width=0.5,
        marker={"color": palette.OTHER, "line": {"color": palette.COMPARED, "width": 1}},
    )
    (solid if certain else whole)["showlegend"] = True
    return [whole, solid] if certain else [whole]


def _events(kind: str, rows: list[Row], places: dict[str, int], symbol: str, colour: str) -> list[dict[str, Any]]:
    """Filled marks for days that are known; open ones, on a bar as long as the month or year, for those that are not."""
    vague = [row for row in rows if row["start"] != row["end"]]
    traces = []
    if vague:
        spans = [(row["start"], row["end"]) for row in vague]
        look = {"color": palette.GRID, "line": {"color": palette.RULE, "width": 1}}
        traces.append(_bar(kind, vague, spans, places, width=0.3, marker=look))
    exact = [row["start"] == row["end"] for row in rows]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": kind,
            "legendgroup": kind,
            "showlegend": True,
            "x": [_day(row["start"] + (row["end"] - row["start"]) / 2) for row in rows],
            "y": [places[str(row["row"])] for row in rows],
            "marker": {
                "symbol": symbol,
                "size": 10,
                "color": [colour if known else palette.WHITE for known in exact],
                "line": {"color": colour, "width": 1.5},
            },
            "hovertext": [_hover(row) for row in rows],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )
    return traces


def _my_band(place: int) -> dict[str, Any]:
    span = {"type": "rect", "layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": place - 0.5, "y1": place + 0.5}
    return {**span, "fillcolor": palette.ACCENT_PALE, "line": {"width": 0}}


def _as_of_label(as_of: Any) -> dict[str, Any]:
    return {
        "text": f"As of {_long_day(as_of)}",
        "x": _day(as_of),
        "y": 1,
        "yref": "paper",
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": 2,
        "font": {"size": template.SMALL, "color": palette.MUTED},
    }


def _below(text: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -28,
        "font": {"size": template.SMALL, "color": palette.MUTED},
    }


def _alt(rows: list[Row], my_row: str | None, lines: int) -> str:
    own = sorted((row for row in rows if row["row"] == my_row), key=lambda row: row["start"])
    shown = own or (sorted(rows, key=lambda row: row["start"]) if lines == 1 else [])
    parts = [f"{row['kind']}: {_when(row)}" for row in shown[-4:]]
    if parts and shown is own:
        parts[0] = f"{my_row}, {parts[0]}"
    newest = max(rows, key=lambda row: row["end"])
    name = newest["kind"] if newest["kind"] == newest["row"] else f"{newest['row']}, {newest['kind']}"
    parts.append(f"{len(rows)} entries on {lines} lines, the newest {name} ({_when(newest)})")
    return joined(parts)
