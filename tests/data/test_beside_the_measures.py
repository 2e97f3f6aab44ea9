"""England's detail and newest year, percentages of councils, children in care in police figures: what readers are told of them."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from insight.queries import beside
from insight.views import england_detail, force_blocks, national, police, profile
from insight.views.context import Context
from insight.views.selection import register
from insight.views.status import next_release, status
from insight.warehouse import Warehouse


@pytest.fixture
def wiltshire(contexts: dict[str, Context]) -> Context:
    return contexts["Wiltshire"]


def test_englands_newest_year_stands_beside_the_forces_year_each_named_and_with_the_reason(wiltshire: Context) -> None:
    opening = national.opening(wiltshire)
    assert "11.2% of those looked after" in opening
    assert "year to March 2024" in opening
    newest = (
        "In the year to March 2025 England had 86,900 missing incidents, an average of 6.8 for each child who went missing; we do "
        "not have the number of children."
    )
    assert newest in opening
    reason = "Forces' figures end in March 2024: we have no council numbers for 2025."
    assert reason in " ".join(national.how_many(wiltshire).lines)
    assert reason in " ".join(force_blocks.missing_from_care(wiltshire).lines)


def test_no_measure_of_england_is_newer_than_that_of_forces_so_that_years_are_never_mixed(real: Warehouse) -> None:
    newest = real.rows(
        "newest",
        """SELECT measure_id, max(period_end) FILTER (area_level = 'force') AS force,
               max(period_end) FILTER (area_code = 'E92000001') AS england
           FROM indicator WHERE value IS NOT NULL GROUP BY measure_id""",
    )
    assert (newest["force"] == newest["england"]).all()


def test_a_newer_release_of_authorities_takes_the_place_of_englands_own_line(wiltshire: Context) -> None:
    """Nothing is said of a newer year once the measures reach it."""
    assert wiltshire.ask(beside.newer_nation, "going_missing_percent").empty, "its measures reach 2025 themselves"


@pytest.mark.parametrize("kind", england_detail.KINDS)
@pytest.mark.parametrize("topic", [topic for topic in england_detail.TOPICS if topic != "totals"])
def test_parts_of_england_add_up_to_what_they_are_parts_of(topic: str, kind: str, real: Warehouse) -> None:
    rows = beside.parts_of_england(real, topic, kind, england_detail.TOPICS[topic].counted)
    assert rows["period_end"].nunique() >= 6
    for _, year in rows[~rows["category"].str.match(r"\d[a-z]\.")].groupby("period_end"):
        hidden = int(year["amount"].isna().sum())
        assert year["amount"].sum() == pytest.approx(year["total"].iloc[0], abs=5 * len(year) + 10 * hidden)


def test_every_detail_of_england_that_is_loaded_is_in_a_table(wiltshire: Context, real: Warehouse) -> None:
    """Each kind, topic, year and figure of table ``breakdown``: as many cells, and the figures that they hold."""
    held = real.rows("held", "SELECT * FROM breakdown")
    assert {(row.kind, row.topic) for row in held.itertuples()} == {
        (kind, topic) for kind in england_detail.KINDS for topic in england_detail.TOPICS
    }
    for (kind, topic), rows in held.groupby(["kind", "topic"]):
        view = england_detail.detail(wiltshire, str(topic), str(kind))
        assert view.table is not None
        shown = [str(text) for row in view.table.records() for text in list(row.values())[1:]]
        cells = [text for text in shown if text != "–"]
        total = rows["category"].str.match("Total incidents|Total children who")
        years = rows["period_end"].nunique() if topic != "totals" else 0
        assert len(cells) == (~total).sum() + years, (kind, topic)
        printed = {float(text.replace(",", "").rstrip("%")) for text in cells if text[0].isdigit()}
        assert set(rows["amount"].dropna()) <= printed, (kind, topic)


def test_groups_of_ethnic_origin_stand_in_the_chart_and_all_of_them_in_the_table(wiltshire: Context) -> None:
    view = england_detail.detail(wiltshire, "ethnic origin")
    assert view.answer == (
        "In England, in the year to March 2024, 65.5% of children who went missing were recorded as White, 10.8% "
        "recorded as Mixed or Multiple ethnic groups and 10.8% recorded as Black, African, Caribbean or Black British."
    )
    assert view.chart is not None
    assert "Irish" not in view.chart.alt
    assert view.table is not None
    assert "White Irish" in [row["Children who went missing"] for row in view.table.records()]


def test_detail_names_its_newest_year(wiltshire: Context) -> None:
    assert england_detail.detail(wiltshire, "age").answer == (
        "In England, in the year to March 2025, 56.0% of missing incidents were of children aged 16 years and over and 43.8% "
        "of children aged 10 to 15 years."
    )
    for topic in ("duration", "placement", "location", "sex", "ethnic origin"):
        assert "year to March 2024" in england_detail.detail(wiltshire, topic).answer


def test_a_part_that_the_newest_year_no_longer_has_stands_where_it_stood(wiltshire: Context) -> None:
    table = england_detail.detail(wiltshire, "age").table
    assert table is not None
    ages = ["Under 1 year", "1 to 4 years", "5 to 9 years", "10 to 15 years", "16 years and over", "Total"]
    assert [row["Missing incidents"] for row in table.records()] == ages


def test_percentages_stand_for_councils_and_england_and_say_why_the_force_has_none(wiltshire: Context) -> None:
    view = profile.council_percentages(wiltshire)
    assert view.table is not None
    assert [row["Council"] for row in view.table.records()] == ["Swindon", "Wiltshire", "England"]
    assert all("March 2025" in heading for heading in view.table.headings[1:])
    assert "there is no figure for the police force" in " ".join(view.cautions)
    assert view.data is not None
    assert set(view.data["area_level"]) == {"local_authority", "country"}


def test_no_force_has_a_percentage_in_any_table(real: Warehouse) -> None:
    found = real.rows("levels", "SELECT DISTINCT area_level FROM authority_percentage")
    assert set(found["area_level"]) == {"local_authority", "region", "country"}


def test_the_share_of_incidents_of_children_in_care_and_the_tables_that_contradict_each_other(wiltshire: Context) -> None:
    view = police.in_care(Context(wiltshire.ask, register(wiltshire.ask).with_measure(wiltshire.selection, police.POLICE)))
    assert "35.8% of children's missing incidents in 28 forces were of children in care" in view.answer
    assert "For Wiltshire Police it was 54.1%: 440 incidents of 111 children in care." in view.answer
    for force, there, here in (
        ("Cheshire", "2,709", "1,659"),
        ("Nottinghamshire", "1,578", "751"),
        ("Cleveland", "963", "452"),
        ("Wiltshire", "376", "349"),
    ):
        assert f"{force} ({there} there, at most {here} here)" in view.cautions[0]


def test_a_doubtful_figure_cites_the_other_table_with_its_own_numbers(real: Warehouse) -> None:
    counted = beside.care_status(real).set_index("area_code")
    breaks = real.rows("breaks", "SELECT area_code, reason FROM series_break WHERE kind = 'doubtful' AND reason LIKE '%able F1%'")
    over = counted[counted["children_reported_missing"] > counted["children_at_most"]]
    assert set(breaks["area_code"]) == set(over.index), "each force whose two tables cannot both be right, and no other"
    assert len(over) == 4
    for row in breaks.itertuples():
        [most] = re.findall(r"counts ([\d,]+) at most", str(row.reason))
        assert int(most.replace(",", "")) == counted.loc[row.area_code, "children_at_most"]
        assert counted.loc[row.area_code, "children_reported_missing"] > counted.loc[row.area_code, "children_at_most"]


def test_the_strip_says_what_the_feeds_say(wiltshire: Context) -> None:
    assert status(wiltshire.ask, date(2025, 6, 1)).next_release == "The next release is due in November 2025."
    later = status(wiltshire.ask, date(2026, 11, 27))
    assert later.next_release == "Newer figures were due in November 2025."
    assert later.held == "They are not loaded here; England’s go to March 2025."
    assert next_release(date(2025, 11, 1), date(2026, 1, 1), date(2024, 3, 31), None)[1] == "They are not loaded here."


def test_an_average_of_too_few_forces_is_not_drawn_and_that_is_said(wiltshire: Context, real: Warehouse) -> None:
    fewest = real.rows("fewest", "SELECT min(forces_compared) AS forces FROM comparison")["forces"].iloc[0]
    assert fewest >= 10
    away = Context(wiltshire.ask, register(wiltshire.ask).with_measure(wiltshire.selection, "children_away_percent"))
    assert pd.Timestamp(away.selection.period_end) == pd.Timestamp(2024, 3, 31)
    assert away.comparison_note() == (
        "Fewer than 10 forces have a complete figure: too few for an average, so that no force is compared."
    )


@pytest.mark.parametrize("topic", england_detail.TOPICS)
def test_the_source_of_englands_detail_names_the_releases_that_it_was_read_from_and_no_other(
    topic: str, wiltshire: Context
) -> None:
    view = england_detail.detail(wiltshire, topic)
    assert view.data is not None
    assert set(re.findall(r"(\d{4}) \(published", view.source)) == set(view.data["release"].astype(str))
