"""What stands beside the measures: the newest release of each year, in an order that a reader expects; nothing is summed."""

from __future__ import annotations

import pandas as pd

from etl.beside import authority_percentages, breakdowns
from etl.reference import Reference


def parts(release: str, year: int, **amounts: str | None) -> list[dict[str, object]]:
    return [
        {
            "period_end": f"{year}-03-31", "area_code": "E99900001", "kind": "missing", "topic": "duration",
            "category": category.replace("_", " "), "amount": amount, "status": "suppressed" if amount is None else "reported",
            "release": release, "source_id": f"made-up-{release}",
        }
        for category, amount in amounts.items()
    ]  # fmt: skip


def test_a_year_is_that_of_its_newest_release_as_a_whole() -> None:
    rows = parts("2023", 2023, Less_than_1_day="10", Between_1_and_2_days="5") + parts("2024", 2023, Less_than_1_day=None)
    made = breakdowns(pd.DataFrame(rows + parts("2023", 2022, Less_than_1_day="7")))
    assert list(zip(made["period_end"], made["release"], strict=True)) == [("2023-03-31", "2024"), ("2022-03-31", "2023")]
    assert made["amount"].isna().tolist() == [True, False], "what the newest suppresses is shown from no release"


def test_categories_stand_from_the_shortest_to_the_longest_and_totals_last() -> None:
    names = ["Between 11 and 15 days", "Between 3 and 7 days", "Less than 1 day", "More than 30 days", "Total incidents"]
    made = breakdowns(pd.DataFrame(parts("2024", 2024, **{name.replace(" ", "_"): "1" for name in names})))
    ordered = made.sort_values("position")["category"].tolist()
    assert ordered == [names[2], names[1], names[0], names[3], names[4]]


NO_COUNTS = pd.DataFrame(columns=["figure_id", "area_code", "period_end", "release", "doubtful", "value"])


def test_a_percentage_of_0_is_doubtful_where_the_count_is_and_while_it_goes_on_without_one(reference: Reference) -> None:
    """Percentages reach a year further than counts; what ends the run of zeros ends the doubt."""
    area, other = (authority.la_code for authority in reference.authorities[:2])
    shown = {area: {2022: "3", 2023: "0", 2024: "0", 2025: "0", 2026: "1"}, other: {2023: "0", 2024: None, 2025: "0"}}
    rows = [
        {"period_end": f"{year}-03-31", "area_code": code, "percentage_id": "looked_after_away", "percent": percent,
         "status": "reported" if percent else "not_shown", "release": "2026", "source_id": "made-up"}
        for code, years in shown.items() for year, percent in years.items()
    ]  # fmt: skip
    counts = pd.DataFrame(
        [
            ("children_away", area, "2023-03-31", "2023", "An earlier release."),
            ("children_away", area, "2023-03-31", "2024", None),
            ("children_away", area, "2024-03-31", "2024", "Sampleton council reported 0 of 200."),
            ("children_away", other, "2023-03-31", "2024", "Otherton council reported 0 of 300."),
        ],
        columns=NO_COUNTS.columns[:-1],
    ).assign(value=0)
    made = authority_percentages(pd.DataFrame(rows), counts, reference)
    doubt = "Sampleton council reported 0 of 200."
    goes_on = f"{doubt} It still shows 0% in the year to March 2025."
    assert made.loc[made["area_code"] == area, "doubtful"].tolist() == [None, None, doubt, goes_on, None]
    assert made.loc[made["area_code"] == other, "doubtful"].tolist() == ["Otherton council reported 0 of 300.", None, None]


def test_a_share_of_0_is_doubtful_where_many_would_be_expected_at_the_share_of_england(reference: Reference) -> None:
    """One council showed 0% of 920 referrals after 18% of 821; of the few of a small one, none is data."""
    many, few, unknown, some = (authority.la_code for authority in reference.authorities[:4])
    england = next(area.area_code for area in reference.areas if area.area_level == "country")
    percents = {many: "0", few: "0", unknown: "0", some: "12", england: "25"}
    rows = [
        {"period_end": "2025-03-31", "area_code": code, "percentage_id": "referrals_from_police", "percent": percent,
         "status": "reported", "release": "2026", "source_id": "made-up"}
        for code, percent in percents.items()
    ]  # fmt: skip
    sizes = {many: 60, few: 59, some: 400}
    counts = pd.DataFrame(
        [("referrals", code, "2025-03-31", "2025", None, size) for code, size in sizes.items()]
        + [("referrals", many, "2025-03-31", "2024", None, 4)],
        columns=NO_COUNTS.columns,
    )
    found = authority_percentages(pd.DataFrame(rows), counts, reference).set_index("area_code")["doubtful"]
    name = reference.authorities[0].la_name
    assert found.dropna().to_dict() == {
        many: f"{name} council reported 0% for “Referrals to children's social care that came from the police”, where 15 of 60 "
        "referrals to social care would be expected at England's percentage."
    }


def test_percentages_keep_their_level_and_no_force_gets_one(reference: Reference) -> None:
    areas = [authority.la_code for authority in reference.authorities[:3]] + [reference.areas[0].area_code]
    rows = [
        {"period_end": "2025-03-31", "area_code": code, "percentage_id": "referrals_from_police", "percent": "27.5",
         "status": "reported", "release": "2026", "source_id": "made-up"}
        for code in areas
    ]  # fmt: skip
    made = authority_percentages(pd.DataFrame(rows), NO_COUNTS, reference)
    assert made["area_level"].tolist() == ["local_authority"] * 3 + ["country"]
    assert made["percent"].tolist() == [27.5] * 4
    assert "force" not in set(made["area_level"])
