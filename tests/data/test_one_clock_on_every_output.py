"""When HMICFRS returned and how that lies to its plan: the same for every inspection on page, public site, briefing and data.

The build reckons it once and keeps the visit apart from its report. Cumbria 2016 is the case that once differed: its visit came
before the planned date, its report 57 days after, and the data called that the lateness of the visit.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import html

from environment import WAREHOUSE
from insight.briefing import Briefing
from insight.downloads.files import without_unknown_day
from insight.downloads.whole_set import whole_set
from insight.findings import Finding
from insight.format import partial_date, slug
from insight.inspections.clock import NATIONAL_KIND, REVIEW_KIND, by_visit, follow_up
from insight.inspections.clock_words import NO_ACTION_PLANS
from insight.inspections.follow_up_tables import list_to_take_away
from insight.queries import inspections
from insight.tables.judgements import inspections_to_read, own_rows
from insight.tables.model import Table
from insight.views.follow_up import MOST_ROWS
from insight.warehouse import Warehouse
from tests.app.driving import open_page, tables, words
from tests.app.surface import pages

TODAY = date(2026, 1, 1)
CUMBRIA, WILTSHIRE, CITY = "cumbria-ncpi-2016", "wiltshire-ncpi-2022", "city-of-london-ncpi-2019"
KNOWN = {CUMBRIA: (-55, -26), WILTSHIRE: (55, 84), CITY: (None, 495)}
RETURNED, COMPARED, REVIEW = "HMICFRS returned", "Against its plan", "Review published"
STORED = (
    "response_due_first", "response_due_last", "revisit_due_first", "revisit_due_last", "revisits", "revisits_undated",
    "revisit_id", "revisit_visit_from", "revisit_visit", "revisit_report", "days_after_due_visit_least",
    "days_after_due_visit_most", "days_after_due_report_least", "days_after_due_report_most",
)  # fmt: skip
FORMER = re.compile(r"days_late|\brevisited\b")
BLAME = re.compile(r"\bdays? (late|early)\b|\boverdue\b|[Rr]evisit was due|Answer due|Revisit due|six months of the clock")
Row = dict[str, Any]
Days = tuple[int | None, int | None]


@pytest.fixture(scope="module")
def held(real: Warehouse) -> pd.DataFrame:
    """Inspections and reviews as the pages read them."""
    return inspections.inspections(real)


@pytest.fixture(scope="module")
def site(public_site: Path) -> Path:
    """The published snapshot."""
    return (public_site / "snapshots" / "latest").resolve()


def days_in(text: str) -> Days:
    """Fewest and most days after the planned date that a text says; none where it says none."""
    found = re.search(
        r"(between |at most )?([\d,]+)(?: days?)?(?: (before and|to) ([\d,]+))? days? (after|before)|( on the )", text
    )
    if found is None:
        return None, None
    opens, first, joint, second, side, _ = found.groups()
    low = int(first.replace(",", ""))
    high = int(second.replace(",", "")) if second else low
    if opens == "at most ":
        return None, low
    if joint == "before and":
        return -low, high
    return (low, high) if side == "after" else (-high, -low)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("26 to 55 days before the planned return date", (-55, -26)),
        ("between 10 days before and 1 day after the planned return date", (-10, 1)),
        ("at most 1,495 days after the planned return date", (None, 1495)),
        ("14 days after the planned return date", (14, 14)),
        ("not known", (None, None)),
    ],
)
def test_days_are_read_from_a_text(text: str, days: Days) -> None:
    assert days_in(text) == days


def stored_days(row: Row) -> Days:
    """Fewest and most days to the visit, as stored."""
    least, most = row["days_after_due_visit_least"], row["days_after_due_visit_most"]
    return None if pd.isna(least) else int(least), None if pd.isna(most) else int(most)


def agree(row: Row, returned: str, compared: str, review: str | None = None) -> None:
    """What an output says of an inspection is what the build stores."""
    key = row["inspection_id"]
    assert days_in(compared) == stored_days(row), (key, compared)
    known = {True: "not found", False: partial_date(row["revisit_visit"])}[row["revisits"] == 0]
    assert known in returned, (key, returned)
    if review is not None:
        assert review.startswith("not found" if row["revisits"] == 0 else partial_date(row["revisit_report"])), (key, review)


def agree_on_table(rows: Iterable[Row], said: Iterable[Row]) -> None:
    """A table of inspections in words, row by row; a review has no plan and no return. A column that says nothing is left out."""
    for row, shown in zip(rows, said, strict=True):
        unsaid = "does not apply" if row["kind"] == REVIEW_KIND else "not known"
        cells = {**dict.fromkeys((RETURNED, COMPARED), unsaid), "Published": "not known", **shown}
        assert cells["Published"] == partial_date(row["published"])
        if row["kind"] == REVIEW_KIND:
            assert cells[RETURNED] == cells[COMPARED] == "does not apply"
        else:
            agree(row, cells[RETURNED], cells[COMPARED], cells.get(REVIEW))


def agree_on_list(followed: pd.DataFrame, table: html.HtmlElement) -> None:
    """The list of returns, row by row: force, return, inspection, report, action plan, planned return, visit, review."""
    for row, line in zip(followed.to_dict("records"), table.xpath(".//tbody/tr"), strict=True):
        force, _, _, published, _, planned, visit, review = [" ".join(cell.itertext()) for cell in line.xpath("./th|./td")]
        assert (force, published) == (row["force_name"], partial_date(row["published"]))
        assert (planned == "does not apply") == (row["kind"] != NATIONAL_KIND)
        agree(row, visit, visit, review)


def table_with(page: html.HtmlElement, *headings: str) -> html.HtmlElement:
    """The table that has all of these headings."""
    found = [
        one for one in page.xpath("//table") if {*headings} <= {"".join(head.itertext()) for head in one.xpath(".//thead//th")}
    ]
    assert len(found) == 1
    return found[0]


def cells_of(table: html.HtmlElement) -> list[Row]:
    """Rows of a table by heading."""
    heads = ["".join(one.itertext()) for one in table.xpath(".//thead//th")]
    return [
        dict(zip(heads, (" ".join(cell.itertext()).strip() for cell in line.xpath("./th|./td")), strict=True))
        for line in table.xpath(".//tbody/tr")
    ]


def agree_on_data(held: pd.DataFrame, rows: Iterable[Row]) -> None:
    """Data of every inspection and review, column by column, and no column of the former clock."""
    found = {str(row["inspection_id"]): row for row in rows}
    assert found.keys() == {*held["inspection_id"]}
    assert not [name for row in found.values() for name in row if FORMER.search(name)]
    for row in held.to_dict("records"):
        for name in STORED:
            assert _text(found[row["inspection_id"]][name]) == _text(row[name]), (row["inspection_id"], name)


def _text(value: Any) -> str:
    if value is None or value == "" or pd.isna(value):
        return ""
    if isinstance(value, float):  # Parquet has whole numbers that may be missing as floats
        return f"{value:.0f}"
    return str(value)[:10] if isinstance(value, pd.Timestamp) else str(value)


def csv_rows(text: bytes) -> list[Row]:
    frame = pd.read_csv(io.BytesIO(text), dtype="str", keep_default_na=False, encoding="utf-8-sig")
    return frame.map(without_unknown_day).to_dict("records")


# ------------------------------------------------------------------------------------------------ what is stored
def test_the_stored_days_are_those_of_the_visit(held: pd.DataFrame) -> None:
    rows = {row["inspection_id"]: row for row in held.to_dict("records") if row["kind"] != REVIEW_KIND}
    assert len(rows) >= 54
    assert {key: stored_days(rows[key]) for key in KNOWN} == KNOWN
    assert rows[CUMBRIA]["days_after_due_report_least"] == rows[CUMBRIA]["days_after_due_report_most"] == 57
    for row in rows.values():
        least, most = row["days_after_due_report_least"], row["days_after_due_report_most"]
        assert pd.isna(most) or stored_days(row)[1] <= most, f"{row['inspection_id']}: a visit after its report"
        assert pd.isna(least) or not pd.isna(row["revisit_report"])


def test_certainly_after_the_planned_date_are_the_visits_that_were(held: pd.DataFrame) -> None:
    """By their reports it would be 27."""
    assert (held["days_after_due_visit_least"] > 0).sum() == 18


def test_only_national_inspections_have_planned_dates(held: pd.DataFrame) -> None:
    assert set(held.loc[held["revisit_due_first"].notna(), "kind"]) == {NATIONAL_KIND}
    assert set(held.loc[held["response_due_first"].notna(), "kind"]) == {NATIONAL_KIND}


# ------------------------------------------------------------------------------------------------ what each output says
def test_the_pages_say_what_is_stored(held: pd.DataFrame, real_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE.name, str(real_warehouse.parent))
    urls = {page.url: page for page in pages()}
    every = [one for one in tables(open_page(urls["child-protection"])) if COMPARED in one]
    agree_on_table(own_rows(by_visit(held)).to_dict("records"), every[0].to_dict("records"))
    followed = follow_up(held, date.today(), date.today())
    followed = pd.concat([followed[followed["force_name"] == "Wiltshire"], followed[followed["force_name"] != "Wiltshire"]])
    for part, start in enumerate(range(0, len(followed), MOST_ROWS), 1):
        shown = open_page(urls["follow-up"], {"tab": "returns", "rows": str(part)}).get("html")
        listed = [one.proto.body for one in shown if "Planned return" in one.proto.body]
        agree_on_list(followed.iloc[start : start + MOST_ROWS], html.fromstring(listed[0]))


def test_the_pages_of_cumbria_say_that_the_visit_was_before_the_planned_date(
    real_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WAREHOUSE.name, str(real_warehouse.parent))
    urls = {page.url: page for page in pages()}
    found = [one for one in tables(open_page(urls["force"], {"force": "cumbria"})) if COMPARED in one]
    row = found[0][found[0]["Published"] == "26 January 2017"].iloc[0]
    assert (row[RETURNED], row[COMPARED]) == ("June 2017", "26 to 55 days before the planned return date")
    assert row[REVIEW] == "21 September 2017"
    text = " ".join(words(open_page(urls["follow-up"], {"force": "cumbria"})))
    assert "HMICFRS returned in June 2017, 26 to 55 days before the planned return date." in re.sub(r"\s+", " ", text)


def test_the_file_of_the_list_holds_what_is_stored(held: pd.DataFrame) -> None:
    found = list_to_take_away(follow_up(held, TODAY, TODAY), TODAY)
    national = held[held["kind"] != REVIEW_KIND]
    agree_on_data(national[national["inspection_id"].isin(found["inspection_id"])], found.to_dict("records"))


def test_the_findings_and_the_briefing_say_what_is_stored(
    all_findings: dict[str, list[Finding]], briefings: dict[str, Briefing], held: pd.DataFrame
) -> None:
    told = 0
    for name, mine in held.groupby("force_name"):
        found = all_findings[str(name)]
        table = inspections_in_briefing(briefings[str(name)])
        assert len(table.rows) == len(own_rows(mine))
        agree_on_table(own_rows(by_visit(mine)).to_dict("records"), table.records())
        rows = {row["inspection_id"]: row for row in mine.to_dict("records")}
        for one in (one for one in found if one.rule == "clock"):
            for text in (one.headline, one.sentence):
                assert not BLAME.search(text), text
            if "HMICFRS returned" in one.sentence or "published its review" in one.sentence:
                assert days_in(one.sentence) == stored_days(rows[one.figures[0].subject]), one.sentence
                told += 1
    assert told > 20


def test_the_briefings_table_goes_by_visit_before_publication(briefings: dict[str, Briefing]) -> None:
    """Staffordshire's inspection of May 2025 has no date of publication; Wiltshire's review stands in its inspection's row."""
    visits = [row["Inspected"] for row in inspections_in_briefing(briefings["Staffordshire"]).records()]
    assert visits == ["May 2025", "March 2023", "September 2021"]
    wiltshire = inspections_in_briefing(briefings["Wiltshire"]).records()
    assert [(row["Inspected"], row[RETURNED]) for row in wiltshire] == [("March 2022", "April 2023")]


def inspections_in_briefing(made: Briefing) -> Table:
    return next(table for page in made.pages for table in page.tables if table.headings[0] == "Inspection")


def test_the_public_site_says_what_is_stored(held: pd.DataFrame, site: Path) -> None:
    day = date.fromisoformat(site.name)
    for name, mine in held.groupby("force_name"):
        page = html.parse(site / "forces" / f"{slug(str(name))}.html").getroot()
        agree_on_table(own_rows(by_visit(mine)).to_dict("records"), cells_of(table_with(page, "Inspection", "Source")))
    every = html.parse(site / "child-protection.html").getroot()
    agree_on_list(follow_up(held, day, day), table_with(every, "Return", "Planned return"))


def test_the_interface_says_what_is_stored(held: pd.DataFrame, site: Path) -> None:
    files = (json.loads(path.read_bytes()) for path in sorted((site / "api" / "v1" / "force").glob("*.json")))
    agree_on_data(held, [row for one in files for row in one["inspections"]])


def test_the_data_package_says_what_is_stored(held: pd.DataFrame, site: Path) -> None:
    agree_on_data(held, csv_rows((site / "data" / "inspection.csv").read_bytes()))
    parquet = pd.read_parquet(site / "data" / "inspection.parquet")
    agree_on_data(held, parquet.astype("object").where(parquet.notna(), None).to_dict("records"))


def test_the_whole_set_says_what_is_stored(real: Warehouse, held: pd.DataFrame) -> None:
    with zipfile.ZipFile(io.BytesIO(whole_set(real))) as archive:
        agree_on_data(held, csv_rows(archive.read("csv/inspection.csv")))


# ------------------------------------------------------------------------------------------------ and never says
def texts_of(site: Path) -> Iterator[tuple[str, str]]:
    for path in [*(site / "forces").glob("*.html"), site / "child-protection.html"]:
        yield path.name, " ".join(html.parse(path).getroot().itertext())


def test_the_public_site_never_says_that_a_force_was_late(site: Path) -> None:
    assert not [(name, found[0]) for name, text in texts_of(site) if (found := BLAME.search(text))]


def test_the_public_site_says_that_no_source_shows_action_plans_before_it_lists_any(site: Path) -> None:
    told = 0
    for path in [*(site / "forces").glob("*.html"), site / "child-protection.html"]:
        for table in html.parse(path).getroot().xpath("//table[.//th[. = 'Planned return']]")[:1]:
            before = " ".join(" ".join(one.itertext()) for one in table.xpath("preceding::p"))
            assert NO_ACTION_PLANS in before, path.name
            told += 1
    assert told > 30


def test_every_table_in_words_is_without_a_blank_cell(held: pd.DataFrame) -> None:
    rows = inspections_to_read(held).records()
    assert not [name for row in rows for name, cell in row.items() if not cell]
