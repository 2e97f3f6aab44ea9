"""How much room text takes in Arial, so that nothing overflows its box: widths from the font's own metrics, no font needed."""

from __future__ import annotations

from collections.abc import Sequence

# Advance widths of Helvetica and Arial for the characters from space to tilde, in thousandths of the size.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_ARROWS = {"→": 1000, "↑": 500, "↓": 500}
_OTHER = 600  # of a character that is in neither list
_BOLD = 1.08
SAFETY = 1.03  # other programs break lines a little earlier
LEADING = 1.2
POINTS = 72  # to an inch
SHORT = (0.06, 0.09, 0.12)  # what counts as little of a width, in inches for each point of type: each is tried
LINES = range(1, 7)  # so many lines in the fullest cell of every column: each is tried where the width allows it
RAGGED = 1.15  # what wrapped text takes more than its width, because lines end at words


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in inches of one line of text."""
    total = sum(_WIDTHS[ord(one) - 32] if 32 <= ord(one) < 127 else _ARROWS.get(one, _OTHER) for one in text)
    return total / 1000 * size / POINTS * (_BOLD if bold else 1) * SAFETY


def lines(text: str, size: float, width: float, bold: bool = False) -> int:
    """How many lines a text takes in a width in inches, broken at spaces."""
    count, used = 1, 0.0
    space = text_width(" ", size, bold)
    for word in text.split():
        wide = text_width(word, size, bold)
        if used and used + space + wide > width:
            count, used = count + 1, wide
        else:
            used += wide + (space if used else 0)
        while used > width:
            count, used = count + 1, used - width
    return count


def height(texts: Sequence[str], size: float, width: float, gap: float = 0.0, bold: bool = False) -> float:
    """Height in inches of paragraphs, with a gap in points after each."""
    return sum(lines(text, size, width, bold) * size * LEADING + gap for text in texts) / POINTS


def fitting_size(
    texts: Sequence[str], width: float, room: float, sizes: Sequence[float], gap: float, bold: bool = False
) -> float:
    """The largest size at which paragraphs fit; the smallest where none does."""
    return next((size for size in sizes if height(texts, size, width, gap, bold) <= room), sizes[-1])


def fitting(texts: Sequence[str], width: float, room: float, size: float, gap: float) -> int:
    """How many paragraphs fit a room, at least one."""
    return max((count for count in range(1, len(texts) + 1) if height(texts[:count], size, width, gap) <= room), default=1)


def column_widths(rows: Sequence[Sequence[str]], width: float, size: float, inset: float) -> list[float]:
    """Widths in inches that fill a width. No word is broken; columns share the rest so that rows are low.

    Args:
        rows: the head first; a heading may be wrapped for the sake of what stands below it.
        width: of the whole table.
        size: of the type, in points.
        inset: left and right of a cell's text together.
    """
    columns = list(zip(*rows, strict=True))
    margin = inset + 0.03
    widths = [max(text_width(word, size, bold=True) for cell in column for word in (cell or "-").split()) for column in columns]
    widths = [word + margin for word in widths]
    wished = [max((text_width(cell, size) for cell in column[1:]), default=0.0) + margin for column in columns]
    wants = [max(wish - low, 0.0) for wish, low in zip(wished, widths, strict=True)]
    spare = max(width - sum(widths), 0.0)
    tried = [_shared(widths, wants, spare, short * size) for short in SHORT]
    even = (
        [max(low, (wish - margin) * RAGGED / most + margin) for low, wish in zip(widths, wished, strict=True)] for most in LINES
    )
    tried += [one for one in even if sum(one) <= width]
    best = min(tried, key=lambda one: sum(row_heights(rows, one, size, 0, inset)))
    return [one * width / sum(best) for one in best]


def _shared(widths: Sequence[float], wants: Sequence[float], spare: float, short: float) -> list[float]:
    """What is spare is given to columns that want little, and then shared among the others by what they want."""
    few = [want if want <= short else 0.0 for want in wants]
    first = min(1.0, spare / (sum(few) or 1.0))
    rest = min(1.0, (spare - first * sum(few)) / (sum(wants) - sum(few) or 1.0))
    return [low + first * one + rest * (want - one) for low, one, want in zip(widths, few, wants, strict=True)]


def row_heights(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, padding: float, inset: float) -> list[float]:
    """Height in inches of each row of a table, its head first and bold: its fullest cell and the padding above and below."""
    return [
        max(lines(cell, size, width - inset, bold=place == 0) for cell, width in zip(row, widths, strict=True))
        * size
        * LEADING
        / POINTS
        + padding
        for place, row in enumerate(rows)
    ]
