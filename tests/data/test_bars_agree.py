"""Bars and tiles of the real figures: the marks and words of the rule are on the public site as on the dashboard."""

from __future__ import annotations

import pandas as pd
import pytest

from insight.charts.bars import ranked_bars
from insight.charts.render_plotly import render
from insight.charts.render_svg import bars
from insight.charts.render_svg.vega import standing_alone
from insight.charts.tile_map import tile_map
from insight.comparing.quantile_classes import shaded
from insight.format import NO_BOUND, figure_text, words_from
from insight.queries import figures
from insight.queries.ask import Ask

POLICE = "police_missing_per_10000"


def newest(ask: Ask, measure_id: str) -> tuple[pd.DataFrame, pd.Series]:
    measure = ask(figures.measures).set_index("measure_id", drop=False).loc[measure_id]
    year = ask(figures.series, measure_id)["period_end"].max().date()
    return ask(figures.forces_in_year, measure_id, year), measure


def arguments(ask: Ask, measure: pd.Series) -> dict[str, object]:
    words = words_from(ask(figures.statuses))
    return {
        "title": "", "empty": "", "my_force": None, "unit": str(measure["unit"]), "decimals": int(measure["decimals"]),
        "words": words,
    }  # fmt: skip


def test_bars_and_tiles_of_every_measure_write_the_figure_as_tables_do(ask: Ask) -> None:
    hidden = 0
    for measure_id in ask(figures.measures)["measure_id"]:
        frame, measure = newest(ask, measure_id)
        how = arguments(ask, measure)
        texts = {row["area_code"]: figure_text(row, measure, how["words"]) for row in frame.to_dict("records")}
        chart = ranked_bars(frame, **how)  # type: ignore[arg-type]
        assert {bar.code: bar.text for bar in chart.bars} == texts, measure_id
        tiles = tile_map(shaded(frame, int(measure["decimals"]))[0], colour_by="shade", **how)  # type: ignore[arg-type]
        assert {tile.code: tile.said[0].lower() for tile in tiles.tiles} == {code: text.lower() for code, text in texts.items()}
        hidden += sum(text == NO_BOUND for text in texts.values())
        if any(bar.value is not None for bar in chart.bars):
            svg = standing_alone(bars.spec(chart, bars.Size()))
            assert "≥ 0" not in svg
            assert "at least 0.0%" not in svg
            assert svg.count(f">{NO_BOUND}<") == sum(text == NO_BOUND for text in texts.values()), measure_id
    assert hidden >= 4


@pytest.mark.parametrize(("name", "figure"), [("Cheshire", "124.5†"), ("Nottinghamshire", "68.7†")])
def test_doubtful_police_figures_carry_their_mark_on_bars_and_tiles(ask: Ask, name: str, figure: str) -> None:
    frame, measure = newest(ask, POLICE)
    chart = ranked_bars(frame, **arguments(ask, measure))  # type: ignore[arg-type]
    assert f">{figure}<" in standing_alone(bars.spec(chart, bars.Size()))
    assert figure in " ".join(render(chart).figure.layout.yaxis.ticktext)
    tiles = tile_map(shaded(frame, 1)[0], colour_by="shade", **arguments(ask, measure))  # type: ignore[arg-type]
    assert next(tile.text for tile in tiles.tiles if tile.name == name) == figure
