"""The caterpillar plot: each force's rank with its interval, in place of a league table."""

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import Chart, Row, forces, hover, joined, listed, missing, need, ordinal, rows_of

ROW = 20


def caterpillar(frame: pd.DataFrame, *, title: str, empty: str, my_force: str | None) -> Chart:
    """One row a ranked force: its rank as a dot, the interval of the rank as a line. Rank 1 is the highest value.

    frame: area_code, area_name (str), rank, rank_lower, rank_upper (int, missing where a force is not ranked).
    """
    need(frame, ("area_code", "area_name", "rank", "rank_lower", "rank_upper"), "caterpillar")
    every = rows_of(frame)
    rows = [row for row in every if not missing(row["rank"])]
    if not rows:
        return template.empty_chart(title, empty)
    rows.sort(key=lambda row: (int(row["rank"]), str(row["area_name"])))
    place = {row["area_code"]: index for index, row in enumerate(rows)}
    last = max(int(row["rank"] if missing(row["rank_upper"]) else row["rank_upper"]) for row in rows)
    traces = []
    for name, colour, size, group in (
        ("Other forces", palette.COMPARED, 7, [row for row in rows if row["area_code"] != my_force]),
        ("My force", palette.ACCENT, 11, [row for row in rows if row["area_code"] == my_force]),
    ):
        if not group:
            continue
        ranged = [row for row in group if not missing(row["rank_lower"]) and not missing(row["rank_upper"])]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": f"{name}, intervals",
                "x": template.joined_with_gaps([int(row["rank_lower"]), int(row["rank_upper"])] for row in ranged),
                "y": template.joined_with_gaps([place[row["area_code"]]] * 2 for row in ranged),
                "line": {"color": colour if size > 7 else palette.OTHER, "width": 4 if size > 7 else 2.5},
                "hoverinfo": "skip",
            }
        )
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [int(row["rank"]) for row in group],
                "y": [place[row["area_code"]] for row in group],
                "marker": {"color": colour, "size": size, "line": {"color": palette.WHITE, "width": 1}},
                "hovertext": [hover(str(row["area_name"]), f"Rank {row['rank']}", _interval(row)) for row in group],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    labels = []
    for row in rows:
        mine = row["area_code"] == my_force
        text = f"{row['area_name']}  {str(int(row['rank'])).rjust(2, template.FIGURE_SPACE)}"
        labels.append(template.coloured(text, palette.ACCENT if mine else palette.INK, bold=mine))
    ticks = [1, *range(10, last + 1, 10)]
    layout = {
        "margin": {"t": 48, "r": 12, "b": 8},
        "showlegend": False,
        "xaxis": {"side": "top", "range": [0, last + 1], "tickvals": ticks, "showgrid": True},
        "yaxis": {"range": [len(rows) - 0.4, -0.6], "tickvals": list(range(len(rows))), "ticktext": labels},
        "annotations": [template.note_above("Rank, 1 is the highest value; line: 95% interval", 24, "right")],
    }
    return template.chart(traces, title=title, alt=_alt(every, rows, my_force), height=ROW * len(rows) + 56, layout=layout)


def _interval(row: Row) -> str:
    if missing(row["rank_lower"]) or missing(row["rank_upper"]):
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
    absent = [str(row["area_name"]) for row in every if missing(row["rank"])]
    parts.append(f"{forces(len(absent))} not ranked: {listed(absent)}" if absent else "")
    return joined(parts)
