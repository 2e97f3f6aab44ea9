"""Every colour of this house and what it stands for. No colour stands alone: a style has a mark or a pattern too."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from insight.charts import hatches, marks
from insight.charts.model.common import KeyItem
from insight.format import Words, label_of, lower_first, symbol_of
from insight.sources import reported
from insight.statistics import FunnelFlag, Level, Trend, Verdict
from insight.verdicts import with_level
from vocabulary import SourceKind, Status

WHITE = "#ffffff"
INK = "#1a1f24"
MUTED = "#4b5560"  # text of second rank: 7.6:1 on white
RULE = "#8a939c"  # outlines and axis lines
GRID = "#e3e7ea"
BAND = "#f5f6f8"
HATCH = "#bcc5cd"  # pale enough for a symbol to be read on top of it

ACCENT = "#1f5ba8"  # the reader's own force, and nothing else in a chart
ACCENT_PALE = "#d3e0f0"  # its interval band
COMPARED = "#737e89"  # forces that the reader compares it with, from the fourth on
OTHER = "#b3bbc3"  # everyone else
OTHER_LINE = "#d3d9de"  # forty thin lines behind the ones that matter

SEQUENCE = ("#f1f2f4", "#d5dade", "#b0b8c0", "#848f9a", "#58636f")  # five classes, lowest first, without polarity


@dataclass(frozen=True)
class Style:
    """How a category is drawn: fill, text on it, outline, hatch (a Plotly pattern shape), and its mark.

    ``hollow``: its outline has the colour that its fill would have.
    """

    fill: str
    text: str
    outline: str
    pattern: str = ""
    mark: str = ""
    hollow: bool = False


def _scale(strong: str, dark_one: str, pale: str, marks: str, *, dark: int) -> tuple[Style, Style, Style]:
    """Styles of one side: beyond the 99.8% limits, beyond the 95% ones, off the average; the first ``dark`` have white text."""
    fills = (strong, dark_one, pale)
    made = [
        Style(fill, WHITE if place < dark else INK, fill, mark=mark)
        for place, (fill, mark) in enumerate(zip(fills, marks, strict=True))
    ]
    return made[0], made[1], made[2]


GRADES: dict[str, Style] = {
    "Outstanding": Style("#0b3568", WHITE, "#0b3568", mark="O"),
    "Good": Style("#86bbe6", INK, "#86bbe6", mark="G"),
    "Adequate": Style("#f5e9c9", INK, "#d9c48c", mark="A"),
    "Requires improvement": Style("#e08a2b", INK, "#e08a2b", mark="R"),
    "Inadequate": Style("#9c1f1f", WHITE, "#9c1f1f", mark="I"),
}

_SIMILAR = Style("#eef0f2", INK, "#d3d8dd")
_NOT_COMPARED = Style(WHITE, MUTED, RULE)
_HIGH_998, _HIGH_95, _ABOVE = _scale("#3f1580", "#683cb1", "#b39ae8", "▲△▴", dark=2)
_LOW_998, _LOW_95, _BELOW = _scale("#147a8a", "#379bab", "#93ced8", "▼▽▾", dark=1)
_BETTER_998, _BETTER_95, _BETTER = _scale("#123c6e", "#3b78b8", "#a3c9ee", "▲△▴", dark=2)
_WORSE_998, _WORSE_95, _WORSE = _scale("#9a3d06", "#cf7a35", "#f7c690", "▼▽▾", dark=1)

# The words are those of insight.statistics, in the order of the scale: verdicts as they are shown, and flags of a funnel.
VERDICTS: dict[str, Style] = {
    with_level(Verdict.UNUSUALLY_HIGH, Level.P998): _HIGH_998,
    with_level(Verdict.UNUSUALLY_HIGH, Level.P95): _HIGH_95,
    Verdict.ABOVE_AVERAGE: _ABOVE,
    with_level(Verdict.UNUSUALLY_BETTER, Level.P998): _BETTER_998,
    with_level(Verdict.UNUSUALLY_BETTER, Level.P95): _BETTER_95,
    Verdict.BETTER_THAN_AVERAGE: _BETTER,
    Verdict.ABOUT_AVERAGE: _SIMILAR,
    Verdict.WITHIN_USUAL_RANGE: _SIMILAR,
    Verdict.WORSE_THAN_AVERAGE: _WORSE,
    with_level(Verdict.UNUSUALLY_WORSE, Level.P95): _WORSE_95,
    with_level(Verdict.UNUSUALLY_WORSE, Level.P998): _WORSE_998,
    Verdict.BELOW_AVERAGE: _BELOW,
    with_level(Verdict.UNUSUALLY_LOW, Level.P95): _LOW_95,
    with_level(Verdict.UNUSUALLY_LOW, Level.P998): _LOW_998,
    Verdict.NOT_COMPARED: _NOT_COMPARED,
    Verdict.TOO_FEW: _NOT_COMPARED,
    FunnelFlag.HIGH_998: _HIGH_998,
    FunnelFlag.HIGH_95: _HIGH_95,
    FunnelFlag.NOT_SIGNIFICANT: _SIMILAR,
    FunnelFlag.LOW_95: _LOW_95,
    FunnelFlag.LOW_998: _LOW_998,
}

SIGNS = "▲△▴▼▽▾"  # of verdicts
PRESS = f"Hollow: {reported(SourceKind.PRESS)}"

STATUSES: dict[str, Style] = {
    Status.SUPPRESSED: Style(WHITE, INK, RULE, "x"),
    Status.NOT_AVAILABLE: Style(WHITE, INK, RULE, "\\"),
    Status.NOT_APPLICABLE: Style(WHITE, INK, RULE, "."),
    Status.LOW_RELIABILITY: Style(WHITE, INK, RULE, "+"),
    Status.NOT_COVERED: Style(WHITE, MUTED, "#d3d8dd"),
    Status.WITHHELD: Style(WHITE, INK, "#d3d8dd", "x"),  # an earlier release printed it, the newest suppresses it
    Status.NOT_SHOWN: Style(WHITE, INK, "#d3d8dd", "."),
    Status.REPORTED_JOINTLY: Style(WHITE, INK, RULE, "|"),
    Status.NOT_GRADED: Style(WHITE, INK, RULE),
    Status.NOT_FOUND: Style(WHITE, INK, RULE, "/"),
    Status.NOT_IN_REPORT: Style(WHITE, INK, RULE, "-"),
    Status.NOT_IN_CYCLE: Style(BAND, MUTED, BAND),
}

TREND_ARROWS: dict[str, str] = {Trend.INCREASING: "↑", Trend.DECREASING: "↓", Trend.NO_SIGNIFICANT_CHANGE: "→"}

_CSS_HATCH = {
    "/": f"repeating-linear-gradient(135deg, {HATCH} 0 1px, transparent 1px 6px)",
    "\\": f"repeating-linear-gradient(45deg, {HATCH} 0 1px, transparent 1px 6px)",
    "|": f"repeating-linear-gradient(90deg, {HATCH} 0 1px, transparent 1px 6px)",
    "-": f"repeating-linear-gradient(0deg, {HATCH} 0 1px, transparent 1px 6px)",
    ".": f"radial-gradient({HATCH} 1px, transparent 1.5px)",
}
_CSS_HATCH["x"] = f"{_CSS_HATCH['/']}, {_CSS_HATCH[chr(92)]}"
_CSS_HATCH["+"] = f"{_CSS_HATCH['|']}, {_CSS_HATCH['-']}"


def lower_bound_style(mark: str = "") -> Style:
    """The style of a value that is a lower bound, in a cell."""
    return Style(WHITE, INK, RULE, "/", mark)


def key_item(name: str, style: Style) -> KeyItem:
    """An entry of a key for a filled or hatched area, with its mark before its name."""
    mark, colour = (hatches.mark_of(style.pattern), style.outline) if style.pattern else ("box", style.fill)
    return KeyItem(mark, f"{style.mark} {name}".strip(), colour)


def press_key(styles: Iterable[Style]) -> list[KeyItem]:
    """The entry of a key that says what a hollow mark is, where one of some marks is."""
    return [KeyItem("hollow", PRESS, RULE)] if any(style.hollow for style in styles) else []


def verdict_style(verdict: str) -> Style:
    """The style of a verdict or flag; ValueError for a word that no method returns."""
    if verdict not in VERDICTS:
        raise ValueError(f"no style for the verdict {verdict!r}")
    return VERDICTS[verdict]


def point_colour(style: Style) -> str:
    """What fills a point of a verdict: grey is darker there than in an area, or it would pass for hollow, 'not compared'."""
    return OTHER if style == _SIMILAR else style.fill


def point_item(name: str, style: Style, shape: str) -> KeyItem:
    """An entry of a key for a point of a verdict, drawn as the chart draws it: hollow where nothing is compared."""
    return KeyItem("open", name, INK) if style.fill == WHITE else KeyItem(shape, name, point_colour(style))


def verdict_entries(verdicts: Collection[str]) -> list[tuple[str, Style]]:
    """Names and styles in the order of the scale, one for each look: 'About average' and 'Within the usual range' share it."""
    found: dict[Style, list[str]] = {}
    for verdict, style in VERDICTS.items():
        if verdict in verdicts:
            found.setdefault(style, []).append(verdict)
    return [(" or ".join([words[0], *map(lower_first, words[1:])]), style) for style, words in found.items()]


def grade_style(grade: str) -> Style:
    """The style of a grade; ValueError for one that the scale does not have."""
    if grade not in GRADES:
        raise ValueError(f"no style for the grade {grade!r}")
    return GRADES[grade]


def reported_style(grade: str, source_kind: str | None) -> Style:
    """The style of a grade by who reported it (a ``source_kind`` of the warehouse): one read in the press is hollow."""
    style = grade_style(grade)
    return replace(style, fill=WHITE, text=INK, hollow=True) if source_kind == SourceKind.PRESS else style


def status_style(status: str, words: Words) -> Style:
    """The style of a figure or grade that is not there; its mark is the symbol that `words` gives it."""
    if status not in STATUSES:
        raise ValueError(f"no style for the status {status!r}")
    style = STATUSES[status]
    return Style(style.fill, style.text, style.outline, style.pattern, symbol_of(status, words))


def shade_style(shade: int) -> Style:
    """The style of a class of values, 1 (lowest) to 5."""
    fill = SEQUENCE[shade - 1]
    return Style(fill, WHITE if shade == len(SEQUENCE) else INK, fill if shade > 2 else "#c3cad0")


@dataclass(frozen=True)
class Hue:
    """How one force is told apart in every chart: colour of marks, colour of text, shape (``insight.charts.marks``), dashes."""

    colour: str
    ink: str
    shape: str
    dash: tuple[int, ...] = ()

    @property
    def sign(self) -> str:
        """The shape in a line of text."""
        return marks.SIGNS[self.shape]


MINE = Hue(ACCENT, ACCENT, "circle")
# Told apart by every kind of sight, from one another and from the reader's own blue; no red and no green.
HUES = (Hue("#931056", "#931056", "square"), Hue("#6d6e0c", "#5f600a", "diamond"), Hue("#0098a3", "#00707a", "cross"))
_MORE = tuple(Hue(COMPARED, MUTED, "circle", dash) for dash in ((2, 3), (7, 4), (7, 3, 2, 3), (12, 4)))


def hues(compared: Sequence[str]) -> dict[str, Hue]:
    """The hue of each chosen force by its code, in the order of choice: three have their own, the rest share the grey."""
    return {code: HUES[at] if at < len(HUES) else _MORE[(at - len(HUES)) % len(_MORE)] for at, code in enumerate(compared)}


def named_hues(compared: Sequence[str], my_force: str | None) -> dict[str, Hue]:
    """How the forces that a chart of points names are drawn: the chosen ones in the order of choice, my force last."""
    return {**hues(compared), **({my_force: MINE} if my_force else {})}


def hue_items(names: Mapping[str, str], compared: Sequence[str]) -> list[KeyItem]:
    """Entries of a key for the chosen forces that a chart shows. names: what is written of each, by code."""
    return [KeyItem(hue.shape, names[code], hue.colour) for code, hue in hues(compared).items() if code in names]


@dataclass(frozen=True)
class CellStyle:
    """A cell of an HTML table: the letter or symbol in it, its full name, and CSS declarations."""

    letter: str
    name: str
    css: dict[str, str]


def grade_cell_style(grade_or_status: str, words: Words) -> CellStyle:
    """How a table cell shows a grade, or a status where there is no grade."""
    graded = grade_or_status in GRADES
    style = GRADES[grade_or_status] if graded else status_style(grade_or_status, words)
    name = grade_or_status if graded else label_of(grade_or_status, words)
    return CellStyle(style.mark, name, css_of(style))


def css_of(style: Style) -> dict[str, str]:
    """CSS declarations of a cell in a style."""
    css = {"background-color": style.fill, "color": style.text, "border": f"1px solid {style.outline}"}
    if style.pattern:
        css["background-image"] = _CSS_HATCH[style.pattern]
    if style.pattern == ".":
        css["background-size"] = "6px 6px"
    return css
