"""The marks of points: each with its name in Plotly, its path around (0, 0), ten pixels wide, and a sign for a line of text."""

from __future__ import annotations

PATHS = {
    "circle": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
    "square": "M-4.5-4.5H4.5V4.5H-4.5Z",
    "diamond": "M0-6L6 0L0 6L-6 0Z",
    "triangle-up": "M0-5.5L5.5 4.5H-5.5Z",
    "triangle-down": "M0 5.5L5.5-4.5H-5.5Z",
    "triangle-right": "M5.5 0L-4.5 5.5V-5.5Z",
    "triangle-left": "M-5.5 0L4.5 5.5V-5.5Z",
    "hexagon": "M-5.5 0L-2.7-4.8H2.7L5.5 0L2.7 4.8H-2.7Z",
    "pentagon": "M0-5.5L5.2-1.7L3.2 4.5H-3.2L-5.2-1.7Z",
    "star": "M0-6L1.6-2L5.8-1.9L2.5.8L3.6 4.9L0 2.5L-3.6 4.9L-2.5.8L-5.8-1.9L-1.6-2Z",
    "cross": "M-1.8-5.5H1.8V-1.8H5.5V1.8H1.8V5.5H-1.8V1.8H-5.5V-1.8H-1.8Z",
    "x": "M-5-2.5L-2.5-5L0-2.5L2.5-5L5-2.5L2.5 0L5 2.5L2.5 5L0 2.5L-2.5 5L-5 2.5L-2.5 0Z",
    "hash": "M-2-5V5M2-5V5M-5-2H5M-5 2H5",
    "hourglass": "M-5-5H5L-5 5H5Z",
    "bowtie": "M-5-5V5L5-5V5Z",
    "asterisk": "M0-5.5V5.5M-4.8-2.75L4.8 2.75M-4.8 2.75L4.8-2.75",
    "diamond-tall": "M0-6.5L4 0L0 6.5L-4 0Z",
}
# The point of a lower bound, wherever one is drawn: a triangle is a verdict's. It has no area, and Plotly calls such marks open.
BOUND, BOUND_SIGN = "asterisk", "✱"
PLOTLY_BOUND = f"{BOUND}-open"
SIGNS = {
    BOUND: BOUND_SIGN,
    "circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲", "triangle-down": "▼", "triangle-right": "▶",
    "triangle-left": "◀", "hexagon": "⬢", "pentagon": "⬟", "star": "★", "cross": "✚", "x": "✖", "hash": "#", "hourglass": "⧗",
    "bowtie": "⧓", "diamond-tall": "⬧",
}  # fmt: skip
