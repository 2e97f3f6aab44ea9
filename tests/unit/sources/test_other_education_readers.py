"""Population, and the looked-after files of 2015 to 2017."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.paths import PROJECT
from etl.problems import Refused
from etl.reference import Reference
from etl.sources import looked_after_missing_older, read_file
from etl.tidy import COLUMNS, read_tidy
from tests.unit.sources.kinds import Refusal, Rows, Save
from tests.unit.sources.older_layout import in_older_layout


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


def test_the_three_londons_of_the_originals_are_told_apart_by_name(real_reference: Reference, tmp_path: Path) -> None:
    """Rows as the publisher gives them: one code, three names."""
    published = {
        2015: {"LONDON": "970,4710,550,50,690,2550,330,20", "INNER LONDON": "330,1140,170,20,270,810,110,x",
               "OUTER LONDON": "640,3570,380,30,420,1740,220,10"},
        2017: {"LONDON": "1990,10880,1300,80,1620,8350,1030,20", "INNER LONDON": "820,4640,550,30,610,3540,400,10",
               "OUTER LONDON": "1180,6250,750,50,1000,4810,630,20"},
    }  # fmt: skip
    order = ["children_missing", "missing_incidents", "children_missing_more_than_once", "children_missing_at_31_march",
             "children_away", "away_incidents", "children_away_more_than_once", "children_away_at_31_march"]  # fmt: skip
    for year, rows in published.items():
        [reading] = read_file(original(year, real_reference, tmp_path), real_reference)
        codes = {area.area_name.upper(): area.area_code for area in real_reference.areas}
        figures = reading.frame.set_index(["area_code", "figure_id"])
        for name, cells in rows.items():
            raw = [figures.at[(codes[name], figure), "raw"].replace(",", "") for figure in order]
            assert ",".join(raw) == cells, (year, name)


def original(year: int, reference: Reference, folder: Path, line_ends: str = "\n") -> Path:
    """The published figures of a year as the publisher's own file has them."""
    published = read_tidy(PROJECT / "data" / "published" / "looked_after_missing" / f"{year}.csv", "figures", reference)
    path = folder / f"underlying-{year}.csv"
    path.write_text(in_older_layout(published, reference, renamed=year == 2017), encoding="utf-8", newline=line_ends)
    return path


@pytest.mark.parametrize("year", [2015, 2016, 2017])
@pytest.mark.parametrize("line_ends", ["\n", "\r\n"])
def test_the_year_of_an_older_file_is_known_by_its_figures_whatever_its_bytes(
    year: int, line_ends: str, real_reference: Reference, tmp_path: Path
) -> None:
    [reading] = read_file(original(year, real_reference, tmp_path, line_ends), real_reference)
    assert reading.release == str(year)
    assert set(reading.frame["period_end"]) == {f"{year}-03-31"}


def test_a_year_that_contradicts_the_figures_of_an_older_file_is_refused(real_reference: Reference, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="The file says that it is of 2015, not of 2016"):
        read_file(original(2015, real_reference, tmp_path), real_reference, 2016)


def test_the_column_names_of_2017_say_the_year(older: Rows, save: Save, reference: Reference, refusal: Refusal) -> None:
    later = {spellings[0]: spellings[1] for spellings in looked_after_missing_older.FIGURES.values()}
    rows = [{later.get(column, column): cell for column, cell in row.items()} for row in older]
    [reading] = read_file(save(rows), reference)
    assert reading.release == "2017"
    report = refusal(save(rows), 2015)
    assert "The columns have the names that hold from the release of 2017, not those of 2015." in report
