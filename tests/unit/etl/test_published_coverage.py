"""What publications.yaml says of England's totals is what the published files show."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from etl.paths import data_folder
from etl.reference import load_reference

FOLDER = data_folder()
ROUNDED, SUPPRESSED = 5, 5  # what rounding to 10, and each suppressed authority, can hide of a total
NO_FIGURE = ["not_available", "low_reliability"]


def years_with_more_than_the_sum(publication: str, release: str) -> set[int]:
    """Years in which England's total of some figure is beyond what its authorities can add up to, one of them having no figure."""
    rows = pd.read_csv(FOLDER.published / publication / f"{release}.csv", dtype={"area_code": "str"})
    rows["year"] = rows["period_end"].str[:4].astype(int)
    key = ["figure_id", "year"]
    england = rows[rows["area_level"] == "country"].set_index(key)["value"]
    authorities = rows[rows["area_level"] == "local_authority"]
    sums = authorities.groupby(key)["value"].sum()
    hidden, none = (
        authorities[authorities["status"].isin(statuses)].groupby(key).size().reindex(sums.index, fill_value=0)
        for statuses in (["suppressed"], NO_FIGURE)
    )
    over = (england - sums > ROUNDED + SUPPRESSED * hidden) & (none > 0)
    return {year for _, year in over[over].index}


def years_named(coverage: str) -> set[int]:
    """'total of 2024 holds …; in 2013 to 2016, 2021 and 2022 too it is larger': those years."""
    [said] = re.findall(r"England's total of .*? is larger", coverage)
    years = {int(year) for year in re.findall(r"\d{4}", said)}
    for first, last in re.findall(r"(\d{4}) to (\d{4})", said):
        years |= set(range(int(first), int(last) + 1))
    return years


@pytest.mark.parametrize(
    "publication",
    [
        "referrals",
        "section_47_enquiries",
        "child_protection_plans_started",
        "child_protection_plans_at_31_march",
        "assessment_factors",
    ],
)
def test_each_year_in_which_englands_total_is_more_than_its_authorities_is_named(publication: str) -> None:
    release = load_reference(FOLDER.reference).publications[publication].releases["2025"]
    assert years_named(release.coverage or "") == years_with_more_than_the_sum(publication, "2025")
