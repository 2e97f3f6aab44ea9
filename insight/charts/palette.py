"""Every colour of this house and what it stands for. No colour stands alone: a style has a mark or a pattern too."""

from collections.abc import Collection
from dataclasses import dataclass

from insight.format import Words, label_of, symbol_of

WHITE = "#ffffff"
INK = "#1a1f24"
MUTED = "#4b5560"  # text of second rank: 7.6:1 on white
RULE = "#8a939c"  # outlines and axis lines
GRID = "#e3e7ea"
BAND = "#f5f6f8"
HATCH = "#bcc5cd"  # pale enough for a symbol to be read on top of it

ACCENT = "#1f5ba8"  # the reader's own force, and nothing else in a chart
ACCENT_PALE = "#d3e0f0"  # its interval band
COMPARED = "#737e89"  # forces that the reader compares it with
OTHER = "#b3bbc3"  # everyone else
OTHER_LINE = "#d3d9de"  # forty thin lines behind the ones that matter

SEQUENCE = ("#f1f2f4", "#d5dade", "#b0b8c0", "#848f9a", "#58636f")  # five classes, lowest first, without polarity


@dataclass(frozen=True)
class Style:
    """How a category is drawn: fill, text on it, outline, hatch (a Plotly pattern shape), and its mark."""

    fill: str
    text: str
    outline: str
    pattern: str = ""
    mark: str = ""


GRADES: dict[str, Style] = {
    "Outstanding": Style("#0b3568", WHITE, "#0b3568", mark="O"),
    "Good": Style("#86bbe6", INK, "#86bbe6", mark="G"),
    "Adequate": Style("#f5e9c9", INK, "#d9c48c", mark="A"),
    "Requires improvement": Style("#e08a2b", INK, "#e08a2b", mark="R"),
    "Inadequate": Style("#9c1f1f", WHITE, "#9c1f1f", mark="I"),
}

_HIGH = Style("#4a1f8c", WHITE, "#4a1f8c", mark="▲")
_RATHER_HIGH = Style("#9d7fe0", INK, "#9d7fe0", mark="△")
_LOW = Style("#147a8a", WHITE, "#147a8a", mark="▼")
_RATHER_LOW = Style("#7cc6d2", INK, "#7cc6d2", mark="▽")
_BETTER = Style("#174a84", WHITE, "#174a84", mark="▲")
_RATHER_BETTER = Style("#86b6e4", INK, "#86b6e4", mark="△")
_WORSE = Style("#b4500b", WHITE, "#b4500b", mark="▼")
_RATHER_WORSE = Style("#f2ad66", INK, "#f2ad66", mark="▽")
_SIMILAR = Style("#eef0f2", INK, "#d3d8dd")
_NOT_COMPARED = Style(WHITE, MUTED, RULE)

# The words are those of insight.statistics: verdicts of a comparison and flags of a funnel.
VERDICTS: dict[str, Style] = {
    "Higher (99.8%)": _HIGH,
    "Higher (95%)": _RATHER_HIGH,
    "Higher": _RATHER_HIGH,
    "High (99.8%)": _HIGH,
    "High (95%)": _RATHER_HIGH,
    "Better (99.8%)": _BETTER,
    "Better (95%)": _RATHER_BETTER,
    "Better": _RATHER_BETTER,
    "Similar": _SIMILAR,
    "Not significant": _SIMILAR,
    "Worse": _RATHER_WORSE,
    "Worse (95%)": _RATHER_WORSE,
    "Worse (99.8%)": _WORSE,
    "Low (95%)": _RATHER_LOW,
    "Low (99.8%)": _LOW,
    "Lower": _RATHER_LOW,
    "Lower (95%)": _RATHER_LOW,
    "Lower (99.8%)": _LOW,
    "Not compared": _NOT_COMPARED,
}

STATUSES: dict[str, Style] = {
    "suppressed": Style(WHITE, INK, RULE, "x"),
    "not_available": Style(WHITE, INK, RULE, "\\"),
    "not_applicable": Style(WHITE, INK, RULE, "."),
    "low_reliability": Style(WHITE, INK, RULE, "+"),
    "not_covered": Style(WHITE, MUTED, "#d3d8dd"),
    "reported_jointly": Style(WHITE, INK, RULE, "|"),
    "not_graded": Style(WHITE, INK, RULE),
    "not_found": Style(WHITE, INK, RULE, "/"),
    "not_in_report": Style(WHITE, INK, RULE, "-"),
    "not_in_cycle": Style(BAND, MUTED, BAND),
}

TREND_ARROWS = {"Increasing": "↑", "Decreasing": "↓", "No significant change": "→"}

_CSS_HATCH = {
    "/": f"repeating-linear-gradient(135deg, {HATCH} 0 1px, transparent 1px 6px)",
    "\\": f"repeating-linear-gradient(45deg, {HATCH} 0 1px, transparent 1px 6px)",
    "|": f"repeating-linear-gradient(90deg, {HATCH} 0 1px, transparent 1px 6px)",
    "-": f"repeating-linear-gradient(0deg, {HATCH} 0 1px, transparent 1px 6px)",
    ".": f"radial-gradient({HATCH} 1px, transparent 1.5px)",
}
_CSS_HATCH["x"] = f"{_CSS_HATCH['/']}, {_CSS_HATCH[chr(92)]}"
_CSS_HATCH["+"] = f"{_CSS_HATCH['|']}, {_CSS_HATCH['-']}"


def verdict_style(verdict: str) -> Style:
    """The style of a verdict or flag; ValueError for a word that no method returns."""
    if verdict not in VERDICTS:
        raise ValueError(f"no style for the verdict {verdict!r}")
    return VERDICTS[verdict]


def verdict_entries(verdicts: Collection[str]) -> list[tuple[str, Style]]:
    """Legend entries in the order of the scale, one for each look: 'Higher (95%)' and 'High (95%)' share theirs."""
    found: dict[Style, list[str]] = {}
    for verdict, style in VERDICTS.items():
        if verdict in verdicts:
            found.setdefault(style, []).append(verdict)
    return [(f"{style.mark} {' or '.join(words)}".strip(), style) for style, words in found.items()]


def grade_style(grade: str) -> Style:
    """The style of a grade; ValueError for one that the scale does not have."""
    if grade not in GRADES:
        raise ValueError(f"no style for the grade {grade!r}")
    return GRADES[grade]


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
class CellStyle:
    """A cell of an HTML table: the letter or symbol in it, its full name, and CSS declarations."""

    letter: str
    name: str
    css: dict[str, str]


def grade_cell_style(grade_or_status: str, words: Words) -> CellStyle:
    """How a table cell shows a grade, or a status where there is no grade."""
    graded = grade_or_status in GRADES
    style = GRADES[grade_or_status] if graded else status_style(grade_or_status, words)
    css = {"background-color": style.fill, "color": style.text, "border": f"1px solid {style.outline}"}
    if style.pattern:
        css["background-image"] = _CSS_HATCH[style.pattern]
    if style.pattern == ".":
        css["background-size"] = "6px 6px"
    name = grade_or_status if graded else label_of(grade_or_status, words)
    return CellStyle(style.mark, name, css)
