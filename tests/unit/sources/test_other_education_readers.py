"""Assessment factors, population, and the looked-after files of 2015 to 2017."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.paths import PROJECT
from etl.reference import Reference
from etl.sources import looked_after_missing_older, read_file
from etl.tidy import COLUMNS, read_tidy

Rows = list[dict[str, str]]
Save = Callable[..., Path]
Refusal = Callable[..., str]


def test_four_columns_of_the_assessment_factors_are_carried_over(factors: Rows, save: Save, reference: Reference) -> None:
    [reading] = read_file(save(factors), reference)
    assert (reading.publication, reading.release) == ("assessment_factors", "2025")
    assert len(reading.frame) == 2 * 8 * 4
    assert "1 columns of other factors left out." in reading.notes
    figures = reading.frame.set_index(["period_end", "area_code", "figure_id"])
    assert figures.loc[("2025-03-31", "E99800002", "assessments_going_missing"), "value"] == 60
    assert figures.loc[("2025-03-31", "E99800002", "assessments_going_missing"), "column"] == "Going_missing"


def test_a_file_of_assessment_factors_cut_off_at_the_end_of_a_line_is_refused(
    factors: Rows, save: Save, refusal: Refusal
) -> None:
    for rows in range(1, len(factors)):
        if rows != len(factors) // 2:  # a whole year is whole
            refusal(save(factors[:rows]))


def test_an_estimate_of_a_year_is_of_its_30_june(population: Rows, save: Save, reference: Reference) -> None:
    [reading] = read_file(save(population), reference)
    assert (reading.publication, reading.release) == ("child_population", "2023")
    assert set(reading.frame["period_end"]) == {"2022-06-30", "2023-06-30"}
    assert set(reading.frame["figure_id"]) == {"population_0_17"}


def test_another_age_group_is_refused(population: Rows, save: Save, refusal: Refusal) -> None:
    population[3]["age_group"] = "Children aged 16 to 17 years"
    assert "row 5, column age_group, value 'Children aged 16 to 17 years'" in refusal(save(population))


def test_an_authority_absent_from_a_force_that_has_others_shows_in_the_sum_of_its_region(
    population: Rows, save: Save, refusal: Refusal
) -> None:
    population.remove(next(row for row in population if row["la_name"] == "Lower Example"))
    assert "The authorities of E99800001 add up to 100,000 population_0_17 in 2022" in refusal(save(population))


def test_x_is_not_available_today_and_was_suppressed_until_2017(
    factors: Rows, older: Rows, save: Save, reference: Reference
) -> None:
    factors[-1]["Going_missing"] = "x"
    [today] = read_file(save(factors), reference)
    assert list(today.frame.loc[today.frame["raw"] == "x", "status"]) == ["not_available"]
    older[-1]["CLA_Miss31Mar"] = "x"
    older[0]["CLA_Miss31Mar"] = "30"
    [then] = read_file(save(older), reference, 2016)
    assert list(then.frame.loc[then.frame["raw"] == "x", "status"]) == ["suppressed"]


def test_the_layout_of_2016_needs_to_be_told_its_year(older: Rows, save: Save, reference: Reference, refusal: Refusal) -> None:
    path = save(older)
    report = refusal(path)
    assert "does not say its year" in report
    assert "--year 2016" in report
    [reading] = read_file(path, reference, 2015)
    assert reading.release == "2015"
    assert set(reading.frame["period_end"]) == {"2015-03-31"}


def test_the_layout_of_2016_is_not_of_other_years(older: Rows, save: Save, refusal: Refusal) -> None:
    assert "This layout was used for 2015 to 2017, not for 2019." in refusal(save(older), 2019)


@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_the_published_figures_written_in_either_older_layout_are_read_back_the_same(
    year: int, real_reference: Reference, tmp_path: Path
) -> None:
    published = read_tidy(PROJECT / "data" / "published" / "looked_after_missing" / f"{year}.csv", "figures", real_reference)
    path = tmp_path / "underlying.csv"
    path.write_text(in_older_layout(published, real_reference, renamed=year == 2017), encoding="utf-8")
    [reading] = read_file(path, real_reference, year)
    columns, key = COLUMNS["figures"], ["area_code", "figure_id"]
    got, wanted = (frame[columns].sort_values(key, ignore_index=True) for frame in (reading.frame, published))
    pd.testing.assert_frame_equal(got, wanted)


def in_older_layout(figures: pd.DataFrame, reference: Reference, *, renamed: bool) -> str:
    """Figures as the publisher laid them out then: upper-case names, one code for the three Londons, a dot for each state."""
    symbols = {"suppressed": "x", "not_available": ".."}
    number = figures["value"].map(lambda value: f"{value:,}" if renamed else str(value), na_action="ignore")
    cells = number.astype("object").where(figures["status"] == "reported", figures["status"].map(symbols))
    wide = figures.assign(cell=cells).pivot(index=["area_level", "area_code"], columns="figure_id", values="cell")
    level = {"country": "NATIONAL", "region": "REGION", "local_authority": "LA"}
    names = {area.area_code: area.area_name.upper() for area in reference.areas}
    london = {code for code, name in names.items() if name.endswith("LONDON")}
    spelled = looked_after_missing_older.FIGURES
    rows = wide.reset_index().assign(
        New_geog_code=lambda frame: frame["area_code"].where(~frame["area_code"].isin(london), "E12000007"),
        geog_l=lambda frame: frame["area_level"].map(level),
        geog_c="1",
        geog_n=lambda frame: frame["area_code"].map(names).fillna("Somewhere"),
        LA_order="1",
    )
    rows = rows.rename(columns={figure: spellings[int(renamed)] for figure, spellings in spelled.items()})
    order = ["New_geog_code", "geog_l", "geog_c", "geog_n", *(spellings[int(renamed)] for spellings in spelled.values())]
    return rows[order + ["LA_order"] * renamed].to_csv(index=False)


def test_an_older_file_cut_off_at_the_end_of_a_line_is_refused(older: Rows, save: Save, refusal: Refusal) -> None:
    for rows in range(1, len(older)):
        refusal(save(older[:rows]), 2016)
    without = [row for row in older if row["geog_n"] != "Lower Example"]
    assert "add up to 240 missing_incidents, 0 being suppressed" in refusal(save(without), 2016)


def test_an_older_file_with_an_unknown_level_or_authority_is_refused(older: Rows, save: Save, refusal: Refusal) -> None:
    older[4]["New_geog_code"] = "E99100099"
    assert "row 6, column New_geog_code, value 'E99100099': This authority or area is not known" in refusal(save(older), 2016)
    older[4]["geog_l"] = "WARD"
    assert "row 6, column geog_l, value 'WARD'" in refusal(save(older), 2016)
