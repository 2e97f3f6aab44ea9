"""ingest on the command line, on the made-up country: what becomes of a file that is taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from etl.paths import DataFolder
from tests.integration.ingesting import Etl, Rows, Save, rows_in_use


def test_a_file_that_is_held_already_changes_nothing(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    answer = etl("ingest", save(dfe, tmp_path / "anything.txt"))
    assert answer.code == 0
    assert "looked_after_missing, release 2024, 810 rows: already there" in answer.out
    assert "python -m etl build" not in answer.out
    assert untouched() == before


def test_a_file_whose_release_was_removed_gives_the_same_content_again(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    answer = etl("ingest", save(dfe, tmp_path / "download (1).csv"))
    assert answer.code == 0
    assert "release 2024, 810 rows: added" in answer.out
    assert "Run `python -m etl build` to put it to use." in answer.out
    built = etl("build")
    assert built.code == 0
    assert "is already in use with just this content" in built.out


def test_what_cannot_be_seen_is_refused_in_a_title_and_left_out_of_the_names_of_other_sheets(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    """Both go into the sources, and from there to every output."""
    for row in dfe:
        row["time_period"] = str(int(row["time_period"]) + 1)
    answer = etl("ingest", save(dfe, tmp_path / "new.csv"), "--title", "A \u202eeltit")
    assert answer.code == 2
    assert "--title" in answer.err
    path = tmp_path / "new.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame(dfe).to_excel(book, sheet_name="figures", index=False)
        pd.DataFrame({"a": [1]}).to_excel(book, sheet_name="no\u202etes", index=False)
    assert etl("ingest", path).code == 0
    assert etl("build").code == 0
    [source] = rows_in_use(made_up_data, "SELECT done FROM source WHERE source_id = 'dfe-cla-2025'")
    assert "not read: notes." in source[0]


def test_a_new_release_takes_over_its_years_as_a_whole(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    for row in dfe:
        row["time_period"] = str(int(row["time_period"]) + 1)
    options = ["--published", "2025-11-20", "--url", "https://example.org/2025", "--title", "A new title"]
    assert etl("ingest", save(dfe, tmp_path / "new.csv"), *options).code == 0
    assert etl("build").code == 0
    in_use = rows_in_use(
        made_up_data,
        """SELECT year(period_end), release FROM current_observation JOIN figure USING (figure_id)
           WHERE publication = 'looked_after_missing' GROUP BY ALL ORDER BY ALL""",
    )
    assert in_use == [(2023, "2024"), (2024, "2025"), (2025, "2025")]
    [source] = rows_in_use(made_up_data, "SELECT title, published, url, origin FROM source WHERE source_id = 'dfe-cla-2025'")
    assert source == ("A new title", "2025-11-20", "https://example.org/2025", "publisher")
    sidecar = yaml.safe_load((made_up_data.incoming / "looked_after_missing" / "2025.source.yaml").read_text(encoding="utf-8"))
    assert (sidecar["original_file"], len(sidecar["original_sha256"])) == ("new.csv", 64)


def test_a_file_whose_years_were_shifted_is_taken_with_a_warning(dfe: Rows, etl: Etl, save: Save, tmp_path: Path) -> None:
    """It is whole and adds up, so that it may be right; but no year is the one before over again."""
    for row in dfe:
        row["time_period"] = str(int(row["time_period"]) + 1)
    answer = etl("ingest", save(dfe, tmp_path / "new.csv"), "--dry-run")
    assert answer.code == 0
    found = re.search(
        r"CHECK THE YEARS: (\S+) of (\S+) figures of 2025-03-31 are those of 2024-03-31 in release 2024\.", answer.out
    )
    assert found
    assert found[1] == found[2]


def test_several_files_are_taken_together(
    dfe: Rows, made_up: Any, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    (made_up_data.published / "police_missing_children" / "2021.csv").unlink()
    answer = etl("ingest", save(dfe, tmp_path / "care.csv"), save(made_up.nca_rows(), tmp_path / "table_a3.csv"))
    assert answer.code == 0
    assert "looked_after_missing, release 2024, 810 rows: added" in answer.out
    assert "police_missing_children, release 2021, 78 rows: added" in answer.out
    assert sorted(path.relative_to(made_up_data.incoming).as_posix() for path in made_up_data.incoming.glob("*/*")) == [
        "looked_after_missing/2024.csv",
        "looked_after_missing/2024.source.yaml",
        "police_missing_children/2021.csv",
        "police_missing_children/2021.source.yaml",
    ]


def test_a_dry_run_reports_and_changes_nothing(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    answer = etl("ingest", save(changed, tmp_path / "a.csv"), "--replace", "--dry-run")
    assert answer.code == 0
    assert "looked_after_missing, release 2024, 810 rows: would be replaced" in answer.out
    assert "python -m etl build" not in answer.out
    assert untouched() == before


def test_a_release_that_differs_needs_replace(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    file = save(changed, tmp_path / "a.csv")
    before = untouched()
    refused = etl("ingest", file)
    assert refused.code == 2
    assert (
        "Release 2024 of looked_after_missing is already held and differs: 1 rows changed, 0 new, 0 gone. "
        "Check it; --replace puts the new one in its place." in refused.err
    )
    assert untouched() == before
    query = "SELECT value FROM observation WHERE area_code = 'E99100401' AND figure_id = 'missing_incidents' ORDER BY period_end"
    (_, old) = rows_in_use(made_up_data, query)
    replaced = etl("ingest", file, "--replace")
    assert replaced.code == 0
    assert "release 2024, 810 rows: replaced" in replaced.out
    assert etl("build").code == 0
    (_, new) = rows_in_use(made_up_data, query)
    assert new[0] == old[0] + 1
    published = (made_up_data.published / "looked_after_missing" / "2024.csv").read_text(encoding="utf-8")
    assert f"2024-03-31,local_authority,E99100401,missing_incidents,{old[0]},reported" in published


def test_a_file_in_the_place_of_the_projects_own_does_not_bear_the_publishers_name(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    query = "SELECT origin, published, url, done FROM source WHERE source_id = 'dfe-cla-2024'"
    [(origin, published, _, done)] = rows_in_use(made_up_data, query)
    assert (origin, published) == ("publisher", "2024-11")
    assert "added by a user" not in done
    assert etl("ingest", save(changed, tmp_path / "doctored.csv"), "--replace", "--url", "https://example.org/mine").code == 0
    assert etl("build").code == 0
    [(origin, published, url, done)] = rows_in_use(made_up_data, query)
    assert (origin, published, url) == ("added by a user", None, "https://example.org/mine")
    assert "added by a user in the place of the release that came with the project" in done


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--published", "not a date", "This is not a date"),
        ("--published", "2024-13", "This is not a date"),
        ("--published", "2023-02-29", "There is no such day"),
        ("--published", "2099", "out of range"),
        ("--published", "1922-11-24", "out of range"),
        ("--url", "javascript:alert(1)", "This is not a web address"),
        ("--url", "example.org", "This is not a web address"),
    ],
)
def test_a_date_or_an_address_that_is_none_is_refused_with_the_option_that_gave_it(
    option: str, value: str, said: str, dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    file, before = save(dfe, tmp_path / "a.csv"), untouched()
    answer = etl("ingest", file, option, value)
    assert answer.code == 2
    words = re.sub(r"[\s\u2500-\u257f|+]+", " ", answer.err)
    assert option in words, answer.err
    assert said in words, answer.err
    assert untouched() == before
