"""A chart higher than a sheet of paper as strips that a printer breaks between: no style sheet can break within a picture.

Of the public site, which has no script: what its charts hold is known where they are written, so that they are cut at the names
of rows. Where the letters of the dashboard's lie the browser alone knows, which cuts them in gaps (ui/templates/print.js).
"""

from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup

HIGHEST = 700  # pixels of a chart that a sheet has room for under a title, in letters that can be read
LEAST = 140  # pixels of a strip: shorter ones would be many
ABOVE = 13  # pixels from the foot of a row's name to where the row begins
LEFT = 8  # pixels from the edge that a row's name begins within; numbers and letters in the picture stand further in
_WHOLE = re.compile(r'(<svg[^>]*viewBox="0 0 (\d+) (\d+)"[^>]*>(?:<title.*?</desc>)?)(.*)(</svg>)', re.DOTALL)
_NAME = re.compile(r"<text ([^>]*)>[^<]{4}")
_PLACES = (
    re.compile(r'^x="([\d.]+)" y="([\d.]+)".*text-anchor="start"'),
    re.compile(r'^text-anchor="start" transform="translate\(([\d.]+),([\d.]+)\)"'),
)
_STRIP = Markup('<svg viewBox="0 {} {} {}" aria-hidden="true"><use href="#{}"/></svg>')


def in_strips(drawn: Markup, key: str) -> tuple[Markup, Markup]:
    """The chart and, where it is higher than a sheet, strips of it for paper. The style sheet shows one or the other.

    Args:
        drawn: the chart as inline SVG.
        key: its id on the page.
    """
    found = _WHOLE.fullmatch(drawn)
    cuts = _cuts(found[4], int(found[3])) if found and int(found[3]) > HIGHEST else []
    if not found or len(cuts) < 3:
        return drawn, Markup()
    start, width, _, inside, end = found.groups()
    name = f"{key}-drawn"
    strips = Markup().join(_STRIP.format(top, width, bottom - top, name) for top, bottom in pairwise(cuts))
    whole = Markup('{}<g id="{}">{}</g>{}').format(Markup(start), name, Markup(inside), Markup(end))
    return whole, Markup('<div class="strips" hidden>{}</div>').format(strips)


def _cuts(inside: str, height: int) -> list[int]:
    """Where the strips begin and end: above the name of a row, which stands over its bars or marks."""
    placed = (place.search(name[1]) for name in _NAME.finditer(inside) for place in _PLACES)
    rows = sorted(int(float(one[2])) - ABOVE for one in placed if one and float(one[1]) <= LEFT)
    cuts = [0]
    for row in rows:
        if cuts[-1] + LEAST <= row <= height - LEAST:
            cuts.append(row)
    return [*cuts, height]
