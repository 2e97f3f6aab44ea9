"""The spine chart: every measure of one force on the range of all forces, their average in the middle."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pandas as pd

from insight.charts import marks, palette, template
from insight.charts.chart import PARTLY_HIDDEN, Chart, Row, hover, joined, listed, need, partial, whole
from insight.charts.labels import line_count, wrap
from insight.charts.model.common import KeyItem
from insight.format import FigureFormat, Words, is_missing, lower_first, plural, upper_first
from insight.format import listed as in_words
from insight.records import records
from insight.statistics import Verdict

ROW, LINE = 68, 17  # pixels of a measure (its name, its figures, its bar), of another line of its name
NAME, NAME_WIDE = 44, 80  # letters of a name in one line: what a phone has room for, and a desk
FIGURES, FIGURES_WIDE = 54, 112  # letters of the line of figures likewise
BAR = 14  # pixels of half a bar
FOOT = 16  # pixels under the middle of a bar
EDGE = 1.06  # where a mark stands that lies beyond the range of all forces
BEYOND = "Beyond the range of the forces that are ranked"
# Where the range ends before a value. Only a force that is not ranked can lie there, so that the mark is hollow.
ARROWS = {
    "arrow-left": ("◁", "Lower than every force that is ranked"),
    "arrow-right": ("▷", "Higher than every force that is ranked"),
}
RANGE, MIDDLE_HALF, INTERVAL = "Lowest to highest force", "Middle half of forces", "95% interval"
SYMBOLS = dict.fromkeys("▲△▴", "triangle-up") | dict.fromkeys("▼▽▾", "triangle-down")
_COLUMNS = (
    "measure_id", "short_title", "unit", "decimals", "period_end", "value", "status", "hidden_parts", "lower_95", "upper_95",
    "verdict", "average", "forces_compared", "minimum", "p25", "p50", "p75", "maximum",
)  # fmt: skip


def spine(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    force_name: str,
    words: Words,
    others: pd.DataFrame | None = None,
    compared: Sequence[str] = (),
    narrow: bool = False,
) -> Chart:
    """A row a measure, in the frame's order: range and middle half of the forces, their average, my force with its verdict.

    frame, one row a measure: measure_id, short_title, unit (str), decimals (int), period_end (date), value, lower_95, upper_95
    (float, NaN for none), status (str), hidden_parts (int), verdict (a word of insight.statistics), and of the forces compared:
    average, minimum, p25, p50, p75, maximum (float, NaN for none), forces_compared (int). Every row has its own scale: the
    average is the middle, the extreme that lies further from it is the edge. `others`: area_code, area_name, measure_id, verdict
    and the figures of the chosen forces in the same periods, whose codes in the order of choice are `compared`; one that is not
    compared has no place on the range and is told in words. `narrow`: for a phone.
    """
    need(frame, _COLUMNS, "spine")
    rows = records(frame)
    if all(is_missing(row["value"]) for row in rows):
        return template.empty_chart(title, empty)
    writing = [FigureFormat.of(row, words) for row in rows]
    names = [wrap(str(row["short_title"]), NAME if narrow else NAME_WIDE) for row in rows]
    beside = [] if others is None else records(others)
    letters = FIGURES if narrow else FIGURES_WIDE
    aside = [_aside(row, write, beside, compared) for row, write in zip(rows, writing, strict=True)]
    told = [_figures(row, write, said, letters) for row, write, said in zip(rows, writing, aside, strict=True)]
    # Each row as tall as its text needs; the unit of the axis is a row of two lines.
    tall = [ROW + LINE * (line_count(f"{name}<br>{figures}") - 2) for name, figures in zip(names, told, strict=True)]
    height, half = sum(tall), BAR / ROW
    middles = [(end - FOOT) / ROW - 0.5 for end in accumulate(tall)]  # of bars, under their texts
    placed = [(row, middle, _Scale(row), write) for row, middle, write in zip(rows, middles, writing, strict=True)]
    traces = [
        *_bars(placed, "minimum", "maximum", RANGE, palette.GRID, half),
        *_bars(placed, "p25", "p75", MIDDLE_HALF, palette.OTHER, half),
        *_intervals(placed),
        *(trace for code, hue in palette.hues(compared).items() for trace in _other(placed, beside, code, hue)),
        *_marks(placed),
    ]
    layout = {
        "margin": {"t": 24, "r": 8, "b": 10, "l": 8},
        "xaxis": {"visible": False, "range": [-1.12, 1.12]},
        "yaxis": {"visible": False, "range": [height / ROW - 0.5, -0.5]},
        "shapes": [_average(place, half) for _, place, scale, _ in placed if scale.known],
        "annotations": [
            template.note_above("lower", 2),
            template.note_above("higher", 2, "right"),
            {**template.note_above("average of forces", 2), "x": 0.5, "xanchor": "center"},
            *(_text(middle - half, name, figures) for middle, name, figures in zip(middles, names, told, strict=True)),
        ],
        "barmode": "overlay",
    }
    alt = _alt(rows, force_name, words, aside)
    return template.chart(traces, title=title, alt=alt, height=height + 34, layout=layout, key=_key(placed, beside, compared))


def _key(placed: "_Placed", beside: Sequence[Row], compared: Sequence[str]) -> tuple[KeyItem, ...]:
    """Bars, line and marks that are drawn; a mark has the shape of its side."""
    held = [row for row, _, scale, _ in placed if scale.known]
    kinds = [_kind(row) for row in held if not is_missing(row["value"])]
    items = [KeyItem("box", RANGE, palette.GRID), KeyItem("box", MIDDLE_HALF, palette.OTHER)] if held else []
    items += [KeyItem("line", INTERVAL, palette.INK)] if any(not is_missing(row["lower_95"]) for row in held) else []
    for name, style in palette.verdict_entries(kinds):
        items.append(palette.point_item(name, style, SYMBOLS.get(style.mark, "circle")))
    shown = [(row, scale) for row, _, scale, _ in placed if scale.known and not is_missing(row["value"])]
    ends = {_beyond(scale.at(row["value"])) for row, scale in shown if _kind(row) != PARTLY_HIDDEN}
    items += [KeyItem(sign, told, palette.INK) for shape, (sign, told) in ARROWS.items() if shape in ends]
    items += [KeyItem("bound", PARTLY_HIDDEN, palette.INK)] if PARTLY_HIDDEN in kinds else []
    drawn = {row["area_code"]: str(row["area_name"]) for row in beside if _comparable(row)}
    return (*items, *palette.hue_items(drawn, compared))


class _Scale:
    """From a value of one measure to a place between -1 and 1, its average at 0."""

    def __init__(self, row: Row) -> None:
        self.known = not any(is_missing(row[column]) for column in ("average", "minimum", "maximum"))
        self._middle = float(row["average"]) if self.known else 0.0
        reach = max(self._middle - float(row["minimum"]), float(row["maximum"]) - self._middle) if self.known else 0.0
        self._reach = reach or 1.0

    def at(self, value: Any) -> float:
        return (float(value) - self._middle) / self._reach

    def inside(self, value: Any) -> float:
        return max(-EDGE, min(EDGE, self.at(value)))


_Placed = list[tuple[Row, float, _Scale, FigureFormat]]  # the place is the middle of the row's bar


def _bars(placed: _Placed, low: str, high: str, name: str, colour: str, half: float) -> list[dict[str, Any]]:
    held = [(row, place, scale, write) for row, place, scale, write in placed if scale.known and not is_missing(row[low])]
    if not held:
        return []
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "base": [scale.at(row[low]) for row, _, scale, _ in held],
            "x": [scale.at(row[high]) - scale.at(row[low]) for row, _, scale, _ in held],
            "y": [place for _, place, _, _ in held],
            "width": half * 2,
            "marker": {"color": colour, "line": {"width": 0}},
            "hovertext": [
                hover(
                    str(row["short_title"]),
                    f"{name}: {write.amount(row[low])} to {write.amount(row[high])}",
                    f"Average {write.amount(row['average'])}, median {write.amount(row['p50'])}, "
                    f"{plural(int(row['forces_compared']), 'force')}",
                )
                for row, _, _, write in held
            ],
            "hovertemplate": template.HOVER,
        }
    ]


def _intervals(placed: _Placed) -> list[dict[str, Any]]:
    """One thin line for all intervals of my force."""
    held = [(row, place, scale) for row, place, scale, _ in placed if scale.known and not is_missing(row["lower_95"])]
    if not held:
        return []
    ends = [[scale.inside(row["lower_95"]), scale.inside(row["upper_95"])] for row, _, scale in held]
    return [
        template.scatter(
            INTERVAL,
            "lines",
            template.joined_with_gaps(ends),
            template.joined_with_gaps([[place] * 2 for _, place, _ in held]),
            line={"color": palette.INK, "width": 1.5},
        )
    ]


def _marks(placed: _Placed) -> list[dict[str, Any]]:
    """My force's value, a trace for each verdict so that the legend names them; an asterisk where it is a lower bound."""
    held = [(row, place, scale, write) for row, place, scale, write in placed if scale.known and not is_missing(row["value"])]
    names = [name for name in (*palette.VERDICTS, PARTLY_HIDDEN) if any(_kind(row) == name for row, _, _, _ in held)]
    return [_mark(name, [entry for entry in held if _kind(entry[0]) == name]) for name in names]


def _other(placed: _Placed, rows: Sequence[Row], code: str, hue: palette.Hue) -> list[dict[str, Any]]:
    """A chosen force on every measure on which it is compared, as small marks under my force's."""
    own = {row["measure_id"]: row for row in rows if row["area_code"] == code and _comparable(row)}
    held = [
        (own[row["measure_id"]], place, scale, write)
        for row, place, scale, write in placed
        if row["measure_id"] in own and scale.known
    ]
    if not held:
        return []
    return [
        template.scatter(
            str(held[0][0]["area_name"]),
            "markers",
            [scale.inside(row["value"]) for row, _, scale, _ in held],
            [place for _, place, _, _ in held],
            [hover(str(row["area_name"]), upper_first(write.text(row))) for row, _, _, write in held],
            cliponaxis=False,
            marker={"symbol": hue.shape, "size": 10, "color": hue.colour, "line": {"color": palette.WHITE, "width": 1}},
        )
    ]


def _comparable(row: Row) -> bool:
    """Whether a chosen force's figure has a place on the range: it is complete, not doubtful and not of too few children."""
    return whole(row) and str(row["verdict"]) not in (Verdict.NOT_COMPARED, Verdict.TOO_FEW)


def _aside(row: Row, write: FigureFormat, rows: Sequence[Row], compared: Sequence[str]) -> str:
    """'Cheshire 124.5†, not compared': figures of the chosen forces on a measure that are not drawn; nothing where all are."""
    of_measure = {other["area_code"]: other for other in rows if other["measure_id"] == row["measure_id"]}
    held = [of_measure[code] for code in compared if code in of_measure]
    left_out = [other for other in held if not is_missing(other["value"]) and not _comparable(other)]
    by_reason: dict[str, list[str]] = {}
    for other in left_out:
        reason = str(other["verdict"] if whole(other) else Verdict.NOT_COMPARED)
        by_reason.setdefault(lower_first(reason), []).append(f"{other['area_name']} {_in_short(other, write)}")
    return "; ".join(f"{in_words(said)}, {reason}" for reason, said in by_reason.items())


def _in_short(row: Row, write: FigureFormat) -> str:
    """'124.5†' or '≥17.0', without the unit, which stands in the same line; 'hidden in part' where a bound has no number."""
    return write.text(row) if write.bounds_nothing(row) else write.short(row)


def _kind(row: Row) -> str:
    return PARTLY_HIDDEN if partial(row) else str(row["verdict"])


def _mark(name: str, held: _Placed) -> dict[str, Any]:
    open_mark = name == PARTLY_HIDDEN
    # of an open symbol it is the outline
    fill = palette.INK if open_mark else palette.point_colour(palette.verdict_style(name))
    return template.scatter(
        name,
        "markers",
        [scale.inside(row["value"]) for row, _, scale, _ in held],
        [place for _, place, _, _ in held],
        [
            hover(
                str(row["short_title"]),
                upper_first(write.text(row)),
                write.interval(row),
                str(row["verdict"]),
                name if open_mark else "",
                BEYOND if _beyond(scale.at(row["value"])) else "",
            )
            for row, _, scale, write in held
        ],
        cliponaxis=False,
        marker={
            "symbol": [marks.PLOTLY_BOUND if open_mark else _symbol(name, scale.at(row["value"])) for row, _, scale, _ in held],
            "size": 15,
            "color": fill,
            "line": {"color": palette.INK, "width": 1.5},
        },
    )


def _beyond(place: float) -> str:
    """The arrow of a place beyond the range of the ranked forces; nothing within it."""
    if abs(place) <= EDGE:
        return ""
    return "arrow-right" if place > 0 else "arrow-left"


def _symbol(verdict: str, place: float) -> str:
    """A shape for each side, so that no colour stands alone; an arrow where the range ends before the value."""
    return _beyond(place) or SYMBOLS.get(palette.verdict_style(verdict).mark, "circle")


def _average(place: float, half: float) -> dict[str, Any]:
    line = {"color": palette.INK, "width": 2}
    return {"type": "line", "x0": 0, "x1": 0, "y0": place - half - 0.05, "y1": place + half + 0.05, "line": line}


def _figures(row: Row, write: FigureFormat, aside: str, letters: int) -> str:
    """My force's figure, the average, the verdict (also where there is no figure to compare) and the year, in 1 or 2 lines.

    After them ``aside``, the chosen forces' figures that are not drawn: in the same line where it has room, else under it.
    """
    own = upper_first(write.text(row))
    average = "" if is_missing(row["average"]) else f" · average {write.amount(row['average'])}"
    verdict = f"{row['verdict']} · {pd.Timestamp(row['period_end']):%Y}"
    between = " · " if len(f"{own}{average} · {verdict}") <= letters else "<br>"
    beside = len(f"{own}{average} · {verdict} · {aside}") <= letters
    after = "" if not aside else f" · {aside}" if beside else f"<br>{wrap(aside, letters)}"
    return f"{template.coloured(own, palette.ACCENT, bold=True)}{average}{between}{verdict}{after}"


def _text(top: float, name: str, figures: str) -> dict[str, Any]:
    """The measure's name, and under it my force and the average, above a bar."""
    bold = "<br>".join(f"<b>{line}</b>" for line in name.split("<br>"))
    text = f"{template.coloured(bold, palette.INK)}<br>{figures}"
    place_above = {"x": 0, "xref": "paper", "xanchor": "left", "y": top - 0.03, "yanchor": "bottom"}
    return {**place_above, "text": text, "align": "left", "font": {"size": template.SMALL, "color": palette.MUTED}}


def _alt(rows: list[Row], force_name: str, words: Words, aside: list[str]) -> str:
    by_word: dict[str, list[str]] = {}
    for row in rows:
        write = FigureFormat.of(row, words)
        if is_missing(row["value"]):
            by_word.setdefault(write.text(row), []).append(str(row["short_title"]))
        else:
            by_word.setdefault(_kind(row), []).append(f"{row['short_title']} {write.text(row)}")
    parts = [f"{word}: {listed(names, 6)}" for word, names in by_word.items()]
    parts += [f"{row['short_title']}, {said}" for row, said in zip(rows, aside, strict=True) if said]
    return joined([f"{force_name} on {len(rows)} measures, each on the range of all forces", *parts])
