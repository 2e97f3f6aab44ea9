"""The tartan rug: forces by measures, each cell with its verdict, its value and the direction of its recent trend."""

from collections.abc import Sequence

import pandas as pd

from insight.charts import palette, template
from insight.charts.cells import Cell, cells
from insight.charts.chart import Chart, Row, bare_bound_key, doubt_key, hover, joined, listed, need, partial
from insight.charts.labels import line_count, text_width, wrap
from insight.charts.model.common import KeyItem
from insight.charts.palette import Style
from insight.format import AT_LEAST, FigureFormat, Words, is_missing, label_of, upper_first
from insight.records import records
from insight.statistics import Verdict

ROW = 24
LEVEL_HEADS = 6  # more headings than these stand on end, to keep clear of one another
_COLUMNS = (
    "area_code", "area_name", "measure_id", "value", "status", "hidden_parts", "verdict", "recent_trend",
)  # fmt: skip


def rug(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    measures: pd.DataFrame,
    words: Words,
    compared: Sequence[str] = (),
) -> Chart:
    """One row per force in the frame's order, my force and the chosen ones first and apart; one column per measure.

    frame: area_code, area_name, measure_id (str), value (float, NaN for none), status (str), hidden_parts (int), verdict (a
    word of insight.statistics), recent_trend (likewise; missing where there is none). measures, in the order of the columns:
    measure_id, short_title, unit (str), decimals (int). Needs about 60 px a measure beside 130 px of names.
    """
    need(frame, _COLUMNS, "rug")
    need(measures, ("measure_id", "short_title", "unit", "decimals"), "rug measures")
    if frame.empty or measures.empty:
        return template.empty_chart(title, empty)
    rows = records(frame)
    columns = {row["measure_id"]: index for index, row in enumerate(records(measures))}
    writing = {r["measure_id"]: FigureFormat.of(r, words) for r in records(measures)}
    heads = {row["measure_id"]: str(row["short_title"]) for row in records(measures)}
    rows = [row for row in rows if row["measure_id"] in columns]
    names = {row["area_code"]: str(row["area_name"]) for row in rows}
    mine = my_force if my_force in names else None
    hues = {**palette.hues([code for code in compared if code in names]), **({mine: palette.MINE} if mine else {})}
    pinned = [*([mine] if mine else []), *(code for code in hues if code != mine)]
    order = [code for code in names if code not in pinned]
    place: dict[str, float] = {code: index for index, code in enumerate(pinned)}
    place |= {code: index + len(pinned) + (0.4 if pinned else 0) for index, code in enumerate(order)}
    others = [_cell(row, columns, place, heads, writing) for row in rows if row["area_code"] != mine]
    own = [_cell(row, columns, place, heads, writing) for row in rows if row["area_code"] == mine]
    traces = [
        trace
        for name, group, bold in (("Forces", others, False), ("My force", own, True))
        for trace in cells(group, name=name, width=0.95, height=0.88, bold=bold)
    ]
    lowest = max(place.values()) + 0.5
    height = round((lowest + 0.5) * ROW)
    headings, head_height = _headings(list(heads.values()))
    labels = {place[code]: _row_name(names[code], hues.get(code)) for code in place}
    layout = {
        "margin": {"t": head_height + 16, "r": 4, "b": 8},
        "xaxis": {
            "side": "top",
            "range": [-0.5, len(columns) - 0.5],
            "tickvals": list(columns.values()),
            "ticktext": headings,
            "tickangle": 0 if len(heads) <= LEVEL_HEADS else -90,
            "tickfont": {"size": template.SMALL, "color": palette.INK},
        },
        "yaxis": {"range": [lowest, -0.5], "tickvals": list(labels), "ticktext": list(labels.values())},
    }
    total = height + head_height + 24
    return template.chart(
        traces, title=title, alt=_alt(rows, mine, heads, len(names)), height=total, layout=layout, key=_key(rows, writing, words)
    )


def _headings(heads: list[str]) -> tuple[list[str], int]:
    """Headings in lines, and the pixels that they need above the columns."""
    level = len(heads) <= LEVEL_HEADS
    wrapped = [wrap(head, 12 if level else 22) for head in heads]
    return wrapped, round(max(line_count(head) * 16 if level else text_width(head) for head in wrapped)) + 8


def _row_name(name: str, hue: palette.Hue | None) -> str:
    if hue is None:
        return template.coloured(name, palette.INK)
    return template.coloured(name if hue is palette.MINE else f"{hue.sign} {name}", hue.ink, bold=True)


def _style(row: Row, words: Words) -> Style:
    if is_missing(row["value"]):
        return palette.status_style(row["status"], words)
    if partial(row):
        return palette.lower_bound_style()
    return palette.verdict_style(str(row["verdict"]))


def _cell(
    row: Row, columns: dict[str, int], place: dict[str, float], heads: dict[str, str], writing: dict[str, FigureFormat]
) -> Cell:
    write = writing[row["measure_id"]]
    style = _style(row, write.words)
    trend = "" if is_missing(row["recent_trend"]) else str(row["recent_trend"])
    arrow = palette.TREND_ARROWS.get(trend, "")
    text = style.mark if is_missing(row["value"]) else f"{style.mark} {write.short(row)} {arrow}".strip()
    verdict = str(row["verdict"])
    moved = "" if trend == verdict else trend  # "too few children" says both
    lines = (str(row["area_name"]), heads[row["measure_id"]], upper_first(write.text(row)), verdict, moved)
    return Cell(columns[row["measure_id"]], place[row["area_code"]], style, text, hover(*lines))


def _key(rows: list[Row], writing: dict[str, FigureFormat], words: Words) -> tuple[KeyItem, ...]:
    there = {str(row["verdict"]) for row in rows if not is_missing(row["value"]) and not partial(row)}
    entries = palette.verdict_entries(there - {Verdict.TOO_FEW})
    few = listed(dict.fromkeys(str(row["area_name"]) for row in rows if row["verdict"] == Verdict.TOO_FEW))
    if few:
        entries.append((f"{Verdict.TOO_FEW}: {few}", palette.VERDICTS[Verdict.TOO_FEW]))
    if any(partial(row) for row in rows):
        entries.append((f"≥ {upper_first(AT_LEAST)}", palette.lower_bound_style()))
    for status in dict.fromkeys(row["status"] for row in rows if is_missing(row["value"])):
        entries.append((label_of(status, words), palette.status_style(status, words)))
    trends = {row["recent_trend"] for row in rows if not is_missing(row["recent_trend"])}
    arrows = [KeyItem(arrow, trend, palette.INK) for trend, arrow in palette.TREND_ARROWS.items() if trend in trends]
    bare = bare_bound_key([(row, writing[row["measure_id"]]) for row in rows])
    doubts = doubt_key(writing[row["measure_id"]].short(row) for row in rows if not is_missing(row["value"]))
    return (*(palette.key_item(name, style) for name, style in entries), *bare, *doubts, *arrows)


def _alt(rows: list[Row], mine: str | None, heads: dict[str, str], count: int) -> str:
    parts: list[str] = []
    own = [row for row in rows if row["area_code"] == mine]
    by_verdict: dict[str, list[str]] = {}
    for row in own:
        if not is_missing(row["value"]) and not partial(row):
            by_verdict.setdefault(str(row["verdict"]), []).append(heads[row["measure_id"]])
    if own:
        found = [f"{word} in {listed(by_verdict[word])}" for word in palette.VERDICTS if word in by_verdict]
        parts.append(f"{own[0]['area_name']}: {'; '.join(found) or 'no measure compared'}")
    parts.append(f"{len(heads)} measures beside {count - 1} other forces" if own else f"{len(heads)} measures, {count} forces")
    return joined(parts)
