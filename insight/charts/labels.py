"""Text in figures: how much room it takes, where it breaks, and how labels keep clear of one another."""

import textwrap
from collections.abc import Sequence
from functools import lru_cache

LETTER = 0.58  # mean width of a letter in ems: Segoe UI and Arial need 0.52, DejaVu Sans 0.60
BROAD = 0.65  # that of a bold letter or a figure in DejaVu Sans, the broadest font that a reader is likely to have
PHONE = 340  # the narrowest figure, in pixels: a 390 px screen without the page's own margins


def text_width(text: str, size: int = 12, letter: float = LETTER) -> float:
    """Estimated width in pixels of the longest line (lines are parted by <br>)."""
    return max(len(line) for line in text.split("<br>")) * size * letter


@lru_cache(maxsize=4096)  # names of measures and of forces stand in every chart
def wrap(text: str, letters: int) -> str:
    """The text broken at spaces into lines of at most `letters`."""
    return "<br>".join(textwrap.wrap(text, letters, break_long_words=False)) or text


def fitting(texts: Sequence[str], room: float) -> str:
    """The first text that has room in so many pixels; nothing if none has."""
    return next((text for text in texts if text_width(text) <= room - 4), "")


def line_count(text: str) -> int:
    """How many lines a text has."""
    return text.count("<br>") + 1


def push_apart(centres: Sequence[float], heights: Sequence[float], lowest: float, highest: float) -> list[float]:
    """New centres, in the order given, at which no label covers another and none leaves the bounds while there is room.

    Labels that would touch become one stack around the mean of their wishes, so that each moves as little as may be.
    """
    order = sorted(range(len(centres)), key=lambda index: centres[index])
    stacks: list[list[int]] = []
    for index in order:
        stacks.append([index])
        while len(stacks) > 1:
            above, below = (_top(stack, centres, heights, lowest, highest) for stack in stacks[-2:])
            if above + sum(heights[item] for item in stacks[-2]) <= below:
                break
            stacks[-2:] = [stacks[-2] + stacks[-1]]
    placed: dict[int, float] = {}
    for stack in stacks:
        edge = _top(stack, centres, heights, lowest, highest)
        for index in stack:
            placed[index] = edge + heights[index] / 2
            edge += heights[index]
    return [placed[index] for index in range(len(centres))]


def _top(stack: list[int], centres: Sequence[float], heights: Sequence[float], lowest: float, highest: float) -> float:
    """Where a stack starts for its labels to be nearest, on average, to where they want to be."""
    offset, wishes = 0.0, []
    for index in stack:
        wishes.append(centres[index] - heights[index] / 2 - offset)
        offset += heights[index]
    return max(lowest, min(sum(wishes) / len(wishes), highest - offset))


Box = tuple[float, float, float, float]  # left, top, right, bottom, in pixels
_APART = 3  # pixels between two labels: nearer, and neither is seen to belong to its point
_ROUNDS = 4  # labels settle in two or three


def place_labels(
    points: Sequence[tuple[float, float]], texts: Sequence[str], obstacles: Sequence[tuple[float, float]], right: float
) -> list[str]:
    """A Plotly text position for the label of each point (x, y in pixels) that covers fewest labels and obstacles.

    `right` is the plot's right edge: a label that crosses it, or the left one, counts as covering something. Each label is
    placed beside those before it, then all are looked at again: one that had room on two sides gives way to one that has none.
    """
    options = [_places(point, text) for point, text in zip(points, texts, strict=True)]
    chosen: dict[int, str] = {}
    for _ in range(_ROUNDS):
        before = dict(chosen)
        for index, places in enumerate(options):
            taken = [options[other][place] for other, place in chosen.items() if other != index]
            costs = {place: _cost(box, taken, obstacles, right) for place, box in places.items()}
            best = min(costs, key=costs.__getitem__)
            if index not in chosen or costs[best] < costs[chosen[index]]:
                chosen[index] = best
        if chosen == before:
            break
    return [chosen[index] for index in range(len(options))]


def _places(point: tuple[float, float], text: str) -> dict[str, Box]:
    """Where a label can stand around its point."""
    (x, y), width, height = point, text_width(text), 14.0
    return {
        "top center": (x - width / 2, y - 8 - height, x + width / 2, y - 8),
        "bottom center": (x - width / 2, y + 8, x + width / 2, y + 8 + height),
        "middle right": (x + 8, y - height / 2, x + 8 + width, y + height / 2),
        "middle left": (x - 8 - width, y - height / 2, x - 8, y + height / 2),
    }


def _cost(box: Box, taken: Sequence[Box], obstacles: Sequence[tuple[float, float]], edge: float) -> int:
    left, top, right, bottom = box
    covered = sum(a < right + _APART and left < c + _APART and b < bottom + _APART and top < d + _APART for a, b, c, d in taken)
    hit = sum(left - 4 < x < right + 4 and top - 4 < y < bottom + 4 for x, y in obstacles)
    return 4 * covered + hit + 4 * (left < 0 or right > edge)
