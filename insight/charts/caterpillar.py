"""The caterpillar plot: each force's rank with its interval, in place of a league table."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import Chart, Row, hover, joined, listed, need, ordinal
from insight.format import is_missing, plural
from insight.records import records

ROW = 20


def caterpillar(frame: pd.DataFrame, *, title: str, empty: str, my_force: str | None, compared: Sequence[str] = ()) -> Chart:
    """One row a ranked force: its rank as a dot, the interval of the rank as a line. Rank 1 is the highest value.

    frame: area_code, area_name (str), rank, rank_lower, rank_upper (int, missing where a force is not ranked). `compared`:
    codes of the chosen forces in the order of choice.
    """
    need(frame, ("area_code", "area_name", "rank", "rank_lower", "rank_upper"), "caterpillar")
    every = records(frame)
    rows = [row for row in every if not is_missing(row["rank"])]
    if not rows:
        return template.empty_chart(title, empty)
    rows.sort(key=lambda row: (int(row["rank"]), str(row["area_name"])))
    place = {row["area_code"]: index for index, row in enumerate(rows)}
    last = max(int(row["rank"] if is_missing(row["rank_upper"]) else row["rank_upper"]) for row in rows)
    chosen = {code: hue for code, hue in palette.hues(compared).items() if code in place}
    groups: list[tuple[str, palette.Hue | None, list[Row]]] = [
        ("Other forces", None, [row for row in rows if row["area_code"] not in {*chosen, my_force}])
    ]
    groups += [(str(rows[place[code]]["area_name"]), hue, [rows[place[code]]]) for code, hue in chosen.items()]
    groups += [("My force", palette.MINE, [row for row in rows if row["area_code"] == my_force])]
    traces = [trace for name, hue, group in groups if group for trace in _traces(name, hue, group, place)]
    labels = []
    for row in rows:
        hue = palette.MINE if row["area_code"] == my_force else chosen.get(row["area_code"])
        sign = f"{hue.sign} " if hue and hue is not palette.MINE else ""
        text = f"{sign}{row['area_name']}  {str(int(row['rank'])).rjust(2, template.FIGURE_SPACE)}"
        labels.append(template.coloured(text, hue.ink if hue else palette.INK, bold=hue is not None))
    ticks = [1, *range(10, last + 1, 10)]
    layout = {
        "margin": {"t": 48, "r": 12, "b": 8},
        "showlegend": False,
        "xaxis": {"side": "top", "range": [0, last + 1], "tickvals": ticks, "showgrid": True},
        "yaxis": {"range": [len(rows) - 0.4, -0.6], "tickvals": list(range(len(rows))), "ticktext": labels},
        "annotations": [template.note_above("Rank, 1 is the highest value; line: 95% interval", 24, "right")],
    }
    return template.chart(traces, title=title, alt=_alt(every, rows, my_force), height=ROW * len(rows) + 56, layout=layout)


def _traces(name: str, hue: palette.Hue | None, group: list[Row], place: dict[str, int]) -> list[dict[str, Any]]:
    """Intervals as lines and ranks as marks; those of a named force are heavier."""
    ranged = [row for row in group if not is_missing(row["rank_lower"]) and not is_missing(row["rank_upper"])]
    colour = hue.colour if hue else palette.COMPARED
    return [
        template.scatter(
            f"{name}, intervals",
            "lines",
            template.joined_with_gaps([int(row["rank_lower"]), int(row["rank_upper"])] for row in ranged),
            template.joined_with_gaps([place[row["area_code"]]] * 2 for row in ranged),
            line={"color": hue.colour if hue else palette.OTHER, "width": 4 if hue else 2.5},
        ),
        template.scatter(
            name,
            "markers",
            [int(row["rank"]) for row in group],
            [place[row["area_code"]] for row in group],
            [hover(str(row["area_name"]), f"Rank {row['rank']}", _interval(row)) for row in group],
            marker={
                "color": colour,
                "size": 11 if hue else 7,
                "symbol": hue.shape if hue else "circle",
                "line": {"color": palette.WHITE, "width": 1},
            },
        ),
    ]


def _interval(row: Row) -> str:
    if is_missing(row["rank_lower"]) or is_missing(row["rank_upper"]):
        return ""
    return f"95% interval {int(row['rank_lower'])} to {int(row['rank_upper'])}"


def _alt(every: list[Row], rows: list[Row], my_force: str | None) -> str:
    parts = []
    for row in rows:
        if row["area_code"] == my_force:
            between = _interval(row)
            parts.append(
                f"{row['area_name']} ranks {ordinal(int(row['rank']))} highest of {len(rows)}"
                + (f", {between}" if between else "")
            )
    parts.append(f"first {rows[0]['area_name']} ({_interval(rows[0]) or 'no interval'})")
    parts.append(f"last {rows[-1]['area_name']} ({_interval(rows[-1]) or 'no interval'})")
    absent = [str(row["area_name"]) for row in every if is_missing(row["rank"])]
    parts.append(f"{plural(len(absent), 'force')} not ranked: {listed(absent)}" if absent else "")
    return joined(parts)
