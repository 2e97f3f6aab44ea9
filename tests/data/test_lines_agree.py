"""The lines of a force are the same on screen, on the public site and in its briefing, with the same figures at their ends."""

from __future__ import annotations

from datetime import date

import pytest

from insight.briefing.charts import lines
from insight.charts.model.lines import LineChart
from insight.charts.render_office.lines import series_of
from insight.charts.trends import trend_lines
from insight.findings import Profile
from insight.format import slug, words_from
from insight.over_time.series import only_named, with_roles
from insight.profile.reading import gather
from insight.queries import figures
from insight.queries.ask import asking
from insight.snapshot.edition import Edition
from insight.snapshot.page import Part
from insight.views import over_time
from insight.warehouse import Warehouse

POLICE = "police_missing_per_10000"
MEASURES = (POLICE, "children_missing_percent", "missing_more_than_once_percent")
ACROSS_THE_BREAK = ("Bedfordshire", "City of London", "Hampshire", "Leicestershire", "Metropolitan", "North Yorkshire")


@pytest.fixture(scope="module")
def everyone(real: Warehouse) -> dict[str, Profile]:
    """What is known of every English force."""
    ask = asking(real)
    return {row.force_name: gather(ask, row.force_code) for row in ask(figures.forces).itertuples() if row.country != "Wales"}


def on_screen(real: Warehouse, facts: Profile, measure_id: str) -> LineChart:
    ask = asking(real)
    measure = ask(figures.measures).set_index("measure_id").loc[measure_id]
    code, region, nation = (facts.force[name] for name in ("force_code", "region_code", "country_code"))
    return trend_lines(
        only_named(with_roles(ask(figures.series, measure_id), code, region, nation, [])),
        title="", empty="", my_force=code, unit=str(measure["unit"]), decimals=int(measure["decimals"]),
        words=words_from(ask(figures.statuses)), breaks=ask(figures.breaks, measure_id),
    )  # fmt: skip


def shown(chart: LineChart) -> dict[str, object]:
    """What a reader sees of each line: where it runs, how its points are written, what stands at its end."""
    return {
        line.role: ([[(point.when, point.text) for point in run] for run in line.runs], line.bounds, line.gaps, line.end[1])
        for line in chart.lines
    }


@pytest.mark.parametrize("measure_id", MEASURES)
def test_screen_and_briefing_show_the_same_lines(real: Warehouse, everyone: dict[str, Profile], measure_id: str) -> None:
    compared = 0
    for name, facts in everyone.items():
        printed = lines(facts, measure_id)
        if printed is None:
            continue
        compared += 1
        assert shown(printed) == shown(on_screen(real, facts, measure_id)), name
    assert compared > 20


def test_no_briefing_joins_the_police_figures_across_the_break_of_2016_17(everyone: dict[str, Profile]) -> None:
    """England's 49.6 before it and 64.9 after it count different things."""
    seen = set()
    for name, facts in everyone.items():
        chart = lines(facts, POLICE)
        if chart is None:
            continue
        seen.add(name)
        assert [one.starts.year for one in chart.breaks] == [2017], name
        assert "recorded as absent were left out" in chart.note
        for line in chart.lines:
            for run in line.runs:
                years = [point.when.year for point in run]
                assert max(years) < 2017 or min(years) >= 2017, (name, line.name, years)
            for series in series_of(line, chart):
                years = [chart.periods[at].year for at in series.points]
                assert not {2016, 2017} <= set(years), (name, series.name)
    assert set(ACROSS_THE_BREAK) <= seen


@pytest.mark.parametrize(("name", "figure"), [("Cheshire", "124.5†"), ("Nottinghamshire", "68.7†"), ("Bedfordshire", "37.0")])
def test_the_public_site_draws_the_same_police_lines(
    real: Warehouse, everyone: dict[str, Profile], name: str, figure: str
) -> None:
    part = Part(over_time.of_one_force(Edition(real, date(2026, 1, 31)).context(slug(name), POLICE)))
    assert part.drawing is not None
    assert part.chart is not None
    layers = part.drawing.spec["layer"]
    joined = [[value["year"] for value in one["data"]["values"]] for one in layers if one["mark"]["type"] == "line"]
    chart = on_screen(real, everyone[name], POLICE)
    runs = [[point.when.year for point in run] for line in chart.lines for run in line.runs]
    assert joined == [run for run in runs if len(run) > 1]
    assert not [years for years in joined if {2016, 2017} <= set(years)]
    texts = [one["mark"]["text"] for one in layers if one["mark"]["type"] == "text"]
    assert figure in texts
    assert "series changes" in texts
    assert (part.drawing.description, part.chart.key) == (chart.alt, chart.key)


def test_doubtful_police_figures_carry_their_mark_in_every_line(real: Warehouse, everyone: dict[str, Profile]) -> None:
    for name, figure in (("Cheshire", "124.5†"), ("Nottinghamshire", "68.7†")):
        chart = on_screen(real, everyone[name], POLICE)
        mine = next(line for line in chart.lines if line.role == "mine")
        assert (mine.end[1], mine.newest and mine.newest.mark) == (figure, "open")
        assert figure in chart.alt
