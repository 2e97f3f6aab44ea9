"""fetch on the command line, against a server on the loopback address that speaks the publisher's routes, on the made-up country."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from etl.fetching import fetch as fetching
from etl.fetching import http
from etl.paths import DataFolder
from etl.problems import BadAnswer
from tests.integration.ingesting import Etl, Rows
from tests.integration.publisher import CSV_PATH, DATA_SET, TITLE, Publisher, serving, write_feeds


@pytest.fixture
def publisher(made_up_data: DataFolder, dfe: Rows) -> Iterator[Publisher]:
    """A server whose file is release 2025 of the made-up country, and feeds that name it."""
    with serving(Publisher(csv=as_csv(a_year_on(dfe)), end="2025")) as made:
        write_feeds(made_up_data, made.port)
        yield made


def a_year_on(rows: Rows) -> Rows:
    return [{**row, "time_period": str(int(row["time_period"]) + 1)} for row in rows]


def as_csv(rows: Rows) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


# -------------------------------------------------------------------------------------------------------------- check
def test_check_says_what_is_newer_and_where_to_look_and_changes_nothing(
    publisher: Publisher, etl: Etl, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    answer = etl("fetch", "--check")
    assert answer.code == 0
    assert f"looked_after_missing: a newer release is out. Loaded: 2024. “{DATA_SET}”, version 1.0 of 2025-11-20" in answer.out
    assert (
        "police_missing_children: no interface: look there. Loaded: 2021. The next release was due in August 2022. "
        "Look at https://example.org/bulletins" in answer.out
    )
    assert "No date is announced: force by force. Last published July 2025. Look at https://example.org/peel" in answer.out
    assert not any("csv" in path for path, _ in publisher.asked)
    assert all("force-performance-dashboard" in headers["User-Agent"] for _, headers in publisher.asked)
    assert untouched() == before


def test_check_says_when_nothing_is_newer(publisher: Publisher, etl: Etl) -> None:
    publisher.end, publisher.published = "2023/24", "2024-11-21T09:30:00Z"  # the project knows the month of its own
    answer = etl("fetch", "--check", "--publication", "looked_after_missing")
    assert answer.code == 0
    assert answer.out.startswith("looked_after_missing: up to date. Loaded: 2024.")
    assert "police" not in answer.out


def test_without_a_network_the_command_says_so_and_ends_with_3(
    made_up_data: DataFolder, etl: Etl, untouched: Callable[[], Any]
) -> None:
    write_feeds(made_up_data, 9)  # the port of a service that discards; nobody listens there
    before = untouched()
    answer = etl("fetch", "--check", "--patience", "0.1")
    assert answer.code == 3
    assert "could not be asked. Loaded: 2024. 127.0.0.1:9 cannot be reached" in answer.out
    assert "Nothing was changed." in answer.err
    assert untouched() == before


def test_an_unknown_publication_is_refused(publisher: Publisher, etl: Etl) -> None:
    answer = etl("fetch", "--publication", "happiness")
    assert answer.code == 2
    assert "no publication 'happiness'. Name one of: looked_after_missing, police_missing_children, peel_grades" in answer.err


# -------------------------------------------------------------------------------------------------------------- fetch
def test_a_newer_release_is_shown_taken_and_put_to_use_by_the_next_build(
    publisher: Publisher, etl: Etl, made_up_data: DataFolder
) -> None:
    answer = etl("fetch", "--yes")
    assert answer.code == 0, answer.err
    assert "New years: 2025" in answer.out
    assert "looked_after_missing, release 2025, 810 rows: added" in answer.out
    assert "Run `python -m etl build` to put it to use." in answer.out
    sidecar = yaml.safe_load((made_up_data.incoming / "looked_after_missing" / "2025.source.yaml").read_text(encoding="utf-8"))
    assert sidecar["url"] == f"http://127.0.0.1:{publisher.port}{CSV_PATH}?dataSetVersion=1.0"
    assert sidecar["published"] == "2025-11-20"
    assert sidecar["original_sha256"] in answer.out
    assert etl("build").code == 0
    assert "up to date. Loaded: 2025" in etl("fetch", "--check").out
    assert "by `python -m etl fetch`" in sidecar["done"]


def test_the_first_release_of_a_publication_is_compared_with_nothing_and_taken(
    publisher: Publisher, etl: Etl, made_up_data: DataFolder
) -> None:
    """It ended as a fault of the program."""
    shutil.rmtree(made_up_data.published / "looked_after_missing")
    answer = etl("fetch", "--yes")
    assert answer.code == 0, answer.err
    assert "Figures of earlier years that change: 0" in answer.out
    assert (made_up_data.incoming / "looked_after_missing" / "2025.csv").exists()


def test_dry_run_shows_what_would_change_and_takes_nothing(publisher: Publisher, etl: Etl, untouched: Callable[[], Any]) -> None:
    before = untouched()
    answer = etl("fetch", "--dry-run")
    assert answer.code == 0, answer.err
    assert "New years: 2025" in answer.out
    assert "810 rows: would be added" in answer.out
    assert untouched() == before


def test_nothing_is_taken_that_is_not_agreed_to(publisher: Publisher, etl: Etl, untouched: Callable[[], Any]) -> None:
    before = untouched()
    answer = etl("fetch")  # no terminal to answer on
    assert answer.code != 0
    assert "Figures of earlier years that change" in answer.out
    assert untouched() == before


def test_a_corrected_version_is_seen_shown_and_replaces(publisher: Publisher, etl: Etl, dfe: Rows) -> None:
    assert etl("fetch", "--yes").code == 0
    rows = a_year_on(dfe)
    corrected = next(row for row in rows if row["new_la_code"] and row["number"].isdigit() and int(row["number"]) > 50)
    corrected["number"] = str(int(corrected["number"]) + 1)
    publisher.csv, publisher.version = as_csv(rows), "1.1"
    assert "a corrected version is out. Loaded: 2025" in etl("fetch", "--check").out
    answer = etl("fetch", "--yes")
    assert answer.code == 0, answer.err
    assert "Figures of earlier years that change: 1," in answer.out
    assert "release 2025, 810 rows: replaced" in answer.out


def test_a_corrected_release_of_the_same_year_is_seen_by_its_day(
    publisher: Publisher, etl: Etl, made_up_data: DataFolder
) -> None:
    """A release that came with the project has no version; its day, or its month, tells it from a later one."""
    assert etl("fetch", "--yes").code == 0
    (made_up_data.incoming / ".fetched.json").unlink()
    assert "looked_after_missing: up to date. Loaded: 2025." in etl("fetch", "--check").out
    publisher.published = "2025-12-04T09:30:00Z"
    assert "looked_after_missing: a corrected version is out. Loaded: 2025." in etl("fetch", "--check").out
    publisher.published = "2025-11-19T09:30:00Z"
    assert "looked_after_missing: up to date. Loaded: 2025." in etl("fetch", "--check").out


def test_a_release_without_a_recorded_day_is_said_to_hide_corrections(
    publisher: Publisher, etl: Etl, made_up_data: DataFolder
) -> None:
    path = made_up_data.reference / "publications.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"2024-11"', "null"), encoding="utf-8")
    publisher.end = "2024"
    assert "Whether it was corrected since cannot be seen" in etl("fetch", "--check").out


def test_a_data_set_that_only_the_catalogue_has_is_found_there_by_its_titles(
    publisher: Publisher, etl: Etl, made_up_data: DataFolder
) -> None:
    write_feeds(made_up_data, publisher.port, catalogue_id="number")
    publisher.on_the_interface = False
    assert f"a newer release is out. Loaded: 2024. “{DATA_SET}”, of 2025-11-20 to 2025." in etl("fetch", "--check").out
    assert etl("fetch", "--yes").code == 0
    assert publisher.asked[-1][0] == "/catalogue/9/csv"
    assert "up to date. Loaded: 2025" in etl("fetch", "--check").out
    assert not any("number" in path for path, _ in publisher.asked)


def test_a_number_of_the_catalogue_is_the_last_resort_and_must_have_the_words(
    publisher: Publisher, etl: Etl, made_up_data: DataFolder
) -> None:
    write_feeds(made_up_data, publisher.port, catalogue_id="number")
    publisher.on_the_interface = publisher.in_the_catalogue = False
    assert f"a newer release is out. Loaded: 2024. “{DATA_SET}”" in etl("fetch", "--check").out
    publisher.title_of_number = "Children adopted, by age"
    answer = etl("fetch", "--check")
    assert answer.code == 3
    assert "the catalogue's number number is “Children adopted, by age”, whose title has not: missing" in answer.out
    assert not any("csv" in path for path, _ in publisher.asked)


def test_a_file_whose_year_only_it_can_say_is_downloaded_once(publisher: Publisher, etl: Etl) -> None:
    publisher.end = "no year"
    assert "only the file itself can say" in etl("fetch", "--check").out
    assert etl("fetch", "--yes").code == 0
    again = etl("fetch", "--yes")
    assert "unchanged since it was fetched" in again.out
    assert publisher.asked[-1][1]["If-None-Match"]


def test_a_data_set_that_no_longer_has_the_words_is_named_with_them(publisher: Publisher, etl: Etl) -> None:
    publisher.on_the_interface = publisher.in_the_catalogue = False
    answer = etl("fetch", "--check")
    assert answer.code == 3
    assert f"“{TITLE}” offers no data set whose title has: missing, away from placement." in answer.out


# ------------------------------------------------------------------------------------------------------------- faults
def test_a_publisher_who_asks_to_wait_is_asked_again(publisher: Publisher, etl: Etl) -> None:
    publisher.faults = [(429, {"Retry-After": "0"}, b""), (503, {}, b"")]
    answer = etl("fetch", "--dry-run", "--patience", "0.2")
    assert answer.code == 0, answer.err
    assert len([path for path, _ in publisher.asked if "csv" in path]) == 3


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"faults": [(404, {}, b"")]}, "is not there (404)"),
        ({"faults": [(403, {}, b"")]}, "answered 403"),
        ({"content_type": "text/html", "csv": b"<html>Sorry</html>"}, "did not answer with a CSV file (text/html)"),
        ({"cut_off": True}, "was cut off after"),
        ({"silent": True}, "cannot be reached"),
        ({"faults": [(302, {"Location": "https://example.org/elsewhere.csv"}, b"")]}, "on a host that"),
        ({"faults": [(302, {"Location": CSV_PATH}, b"")] * 9}, "leads on and on"),
    ],
    ids=["404", "403", "html", "cut off", "slow", "redirect to another host", "redirects without end"],
)
def test_a_file_that_cannot_be_had_changes_nothing(
    publisher: Publisher, etl: Etl, untouched: Callable[[], Any], fault: dict[str, Any], why: str
) -> None:
    before = untouched()
    for name, value in fault.items():
        setattr(publisher, name, value)
    answer = etl("fetch", "--yes", "--patience", "0.2")
    assert answer.code == 3
    assert why in answer.err
    assert untouched() == before


def test_what_was_taken_before_a_publication_fails_is_said_to_stay(
    publisher: Publisher, etl: Etl, made_up_data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fetching.fetch

    def and_the_next_fails(*call: Any, **named: Any) -> Iterator[fetching.Fetched]:
        yield from real(*call, **named)
        raise BadAnswer("https://example.org/next.csv is not there (404).")

    monkeypatch.setattr(fetching, "fetch", and_the_next_fails)
    answer = etl("fetch", "--yes")
    assert (answer.code, (made_up_data.incoming / "looked_after_missing" / "2025.csv").exists()) == (3, True)
    assert "Nothing was changed." not in answer.err
    assert "Taken before it, and kept: looked_after_missing. Run `python -m etl build` to put it to use." in answer.err


def test_a_file_beyond_the_limit_of_size_is_left(
    publisher: Publisher, etl: Etl, untouched: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "MOST_BYTES", 10_000)
    before = untouched()
    answer = etl("fetch", "--yes")
    assert answer.code == 3
    assert "is larger than 10,000 bytes" in answer.err
    assert untouched() == before


def test_html_that_calls_itself_csv_is_refused_by_ingest(publisher: Publisher, etl: Etl, untouched: Callable[[], Any]) -> None:
    publisher.csv = b"<!doctype html><title>Sorry</title>"
    before = untouched()
    answer = etl("fetch", "--yes")
    assert answer.code == 2
    assert "Refused. Nothing was changed." in answer.err
    assert untouched() == before


def test_an_address_that_is_not_encrypted_is_refused(made_up_data: DataFolder, etl: Etl) -> None:
    path = made_up_data.reference / "release_feeds.yaml"
    write_feeds(made_up_data, 1)
    path.write_text(path.read_text().replace("http://127.0.0.1:1/v1", "http://example.org/v1"))
    answer = etl("fetch", "--check")
    assert answer.code == 2
    assert "http://example.org/v1 is not HTTPS" in answer.err
