"""A chart higher than a sheet in strips: nothing left out, no row cut; a lower one as it is."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup

from insight.charts.model.timeline import Lane, Timeline
from insight.charts.render_svg.strips import HIGHEST, in_strips
from insight.charts.render_svg.timeline import timeline


def _visits(many: int) -> Markup:
    lanes = tuple(Lane(f"Force {place}") for place in range(many))
    return timeline(Timeline(title="When?", alt="Visits", unit="", lanes=lanes, first=date(2014, 1, 1), last=date(2025, 12, 31)))


def _strips(drawn: Markup) -> list[tuple[int, int]]:
    return [
        (int(top), int(top) + int(tall))
        for top, tall in re.findall(r'<svg viewBox="0 (\d+) 360 (\d+)" aria-hidden="true"><use href="#visits-drawn"', drawn)
    ]


def test_a_high_chart_is_cut_between_its_rows() -> None:
    high = _visits(43)
    whole, printed = in_strips(high, "visits")
    found = _strips(printed)
    assert [start for start, _ in found[1:]] == [end for _, end in found[:-1]]
    assert (found[0][0], found[-1][1]) == (0, int(re.search(r'viewBox="0 0 360 (\d+)"', high)[1]))  # type: ignore[index]
    names = [float(foot) for foot in re.findall(r'y="([\d.]+)"[^>]*>Force ', high)]
    assert len(names) == 43
    assert [(foot, end) for foot in names for _, end in found if foot - 12 < end < foot + 30] == [], "no row is cut"
    assert whole.count('<g id="visits-drawn">') == 1
    assert max(end - start for start, end in found) < HIGHEST / 2


def test_a_low_chart_is_not_cut() -> None:
    low = _visits(5)
    assert in_strips(low, "visits") == (low, "")
