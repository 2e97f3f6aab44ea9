"""The spine chart of a made-up force: the average in the middle, marks that say their verdict, hidden figures open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from insight.charts import palette
from insight.charts.key import key_html, key_text
from insight.charts.marks import BOUND, BOUND_SIGN, PATHS, PLOTLY_BOUND
from insight.charts.spine import EDGE, LINE, spine
from insight.format import Word

WORDS = {"suppressed": Word("Suppressed", "[c]"), "reported": Word("Published", "")}


def row(**changes: Any) -> dict[str, Any]:
    base = {
        "measure_id": "a_share", "short_title": "A share", "unit": "% of all", "decimals": 1, "period_end": date(2024, 3, 31),
        "value": 15.0, "status": "reported", "hidden_parts": 0, "lower_95": 12.0, "upper_95": 18.0, "verdict": "Unusually high (99.8%)",
        "average": 10.0, "forces_compared": 12, "minimum": 5.0, "p25": 8.0, "p50": 9.0, "p75": 12.0, "maximum": 20.0,
    }  # fmt: skip
    return {**base, **changes}


def drawn(*rows: dict[str, Any]) -> Any:
    return spine(pd.DataFrame(rows), title="How?", empty="Nothing.", force_name="Exampland", words=WORDS)


def marks(chart: Any) -> dict[str, Any]:
    return {trace.name: trace for trace in chart.figure.data if trace.type == "scatter" and trace.mode == "markers"}


def test_the_average_is_the_middle_and_the_further_extreme_the_edge() -> None:
    mark = marks(drawn(row()))["Unusually high (99.8%)"]
    assert mark.x[0] == pytest.approx(0.5)
    assert marks(drawn(row(value=20.0, upper_95=25.0)))["Unusually high (99.8%)"].x[0] == pytest.approx(1.0)


def test_a_value_beyond_the_range_stands_at_the_edge_as_an_arrow() -> None:
    mark = marks(drawn(row(value=90.0)))["Unusually high (99.8%)"]
    assert mark.x[0] == pytest.approx(EDGE)
    assert mark.marker.symbol[0] == "arrow-right"


def test_a_lower_bound_is_open_and_has_no_verdict() -> None:
    chart = drawn(row(hidden_parts=1, verdict="Not compared"))
    assert list(marks(chart)) == ["At least: a part is suppressed or missing"]
    assert "at least 15.0%" in chart.alt


def test_the_key_draws_a_mark_as_the_chart_does() -> None:
    """'Not compared' and 'about average' were one grey dot in the key, and a hollow 'at least' was filled there."""
    chart = drawn(
        row(verdict="About average"), row(measure_id="b", verdict="Not compared"), row(measure_id="c", hidden_parts=1),
        row(measure_id="d", verdict="Above average"), row(measure_id="e", verdict="Too few children to compare"),
    )  # fmt: skip
    shown = {name: (trace.marker.symbol[0], trace.marker.color) for name, trace in marks(chart).items()}
    keyed = {item.label: (item.mark, item.colour) for item in chart.key if item.mark not in ("box", "line")}
    assert keyed == {
        "Above average": shown["Above average"],
        "About average": shown["About average"],
        "Not compared or too few children to compare": ("open", palette.INK),
        "At least: a part is suppressed or missing": ("bound", palette.INK),
    }
    assert shown["At least: a part is suppressed or missing"] == (PLOTLY_BOUND, palette.INK)
    assert shown["Not compared"] == shown["Too few children to compare"] == ("circle", palette.WHITE)
    assert BOUND_SIGN in key_text(chart.key)
    assert f'<path d="{PATHS[BOUND]}" transform="translate(12 7)"' in key_html(chart.key)


def test_every_measure_has_its_verdict_also_a_lower_bound_and_a_suppressed_one() -> None:
    chart = drawn(
        row(verdict="Above average"), row(measure_id="b", hidden_parts=1, verdict="Not compared"),
        row(measure_id="c", value=float("nan"), status="suppressed", verdict="Too few children to compare"),
    )  # fmt: skip
    said = [note.text.rsplit("</span>", 1)[1] for note in chart.figure.layout.annotations[3:]]
    assert said == [
        f" · average 10.0%{between} · 2024"
        for between in (" · Above average", " · Not compared", " · Too few children to compare")
    ]


def test_figures_that_a_phone_has_no_room_for_take_two_lines() -> None:
    made = [row(value=float("nan"), status="suppressed", verdict="Too few children to compare"), row(measure_id="b")]
    narrow = spine(
        pd.DataFrame(made), title="How?", empty="Nothing.", force_name="Exampland", words=WORDS, narrow=True
    )  # fmt: skip
    assert "average 10.0%<br>Too few children to compare · 2024" in narrow.figure.layout.annotations[3].text
    assert narrow.figure.layout.height == drawn(*made).figure.layout.height + LINE  # of the one row that needs it


def test_a_missing_figure_has_no_mark_and_says_why() -> None:
    chart = drawn(row(), row(measure_id="b", short_title="B", value=float("nan"), status="suppressed", lower_95=float("nan")))
    assert sum(len(trace.x) for trace in marks(chart).values()) == 1
    assert "Suppressed: B" in chart.alt


def test_nothing_to_show_says_so() -> None:
    assert drawn(row(value=float("nan"), status="suppressed")).alt == "Nothing."


def test_a_frame_without_a_column_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="p25"):
        spine(pd.DataFrame([row()]).drop(columns="p25"), title="", empty="", force_name="", words=WORDS)
