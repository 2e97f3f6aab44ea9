"""When inspectors came back is the visit, on every page and in every sentence; the review's report is said to be that."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from insight.findings import findings_of
from insight.format import is_missing, on_date, partial_date
from insight.inspections.clock import REVIEW_KIND, State, follow_up
from insight.inspections.follow_up_tables import list_html
from insight.inspections.follow_up_words import opening
from insight.profile.reading import gather
from insight.queries import inspections
from insight.queries.ask import asking
from insight.tables.judgments import inspections_to_read
from insight.warehouse import WAREHOUSE_VARIABLE, Warehouse
from tests.app.driving import open_page, tables, words
from tests.app.surface import pages

TODAY = date(2026, 1, 1)
CUMBRIA = "cumbria"


@pytest.fixture(scope="module")
def clock(real: Warehouse) -> pd.DataFrame:
    return follow_up(inspections.inspections(real), TODAY, TODAY)


def test_the_table_says_the_visit_that_the_clock_knows(real: Warehouse, clock: pd.DataFrame) -> None:
    held = inspections.inspections(real)
    said = dict(zip(held["inspection_id"], inspections_to_read(held).to_dict("records"), strict=True))
    for row in clock.to_dict("records"):
        back, out = (said[row["inspection_id"]][name] for name in ("Inspectors came back", "Review published"))
        assert back == (partial_date(row["visit"]) if row["reviews"] else "not found"), row["inspection_id"]
        assert out == (partial_date(row["review_published"]) if row["reviews"] else "not found"), row["inspection_id"]
    assert not [name for row in said.values() for name, cell in row.items() if not cell]


def test_the_list_the_opening_and_the_findings_say_the_same_day(real: Warehouse, clock: pd.DataFrame) -> None:
    for code, mine in clock.groupby("force_code", sort=False):
        newest = mine.iloc[0].to_dict()
        if newest["revisit_state"] != State.DONE or is_missing(newest["visit"]):
            continue
        back = f"nspectors came back {on_date(newest['visit'])}"
        assert back in opening(mine, "?", TODAY), code
        assert f">{partial_date(newest['visit'])}" in list_html(mine, "", "newest", "List"), code
        if is_missing(newest["published"]):
            continue  # the finding then says only that nothing due can be worked out
        facts = gather(asking(real), str(code))
        for one in findings_of(facts):
            if one.rule == "clock" and "came back" in one.sentence:
                assert partial_date(newest["visit"]) in one.sentence, (code, one.sentence)


def test_no_review_has_a_stored_clock(real: Warehouse) -> None:
    held = inspections.inspections(real)
    reviews = held[held["kind"] == REVIEW_KIND]
    assert reviews[["response_due", "revisit_due", "revisited", "days_late_least"]].isna().all().all()
    assert held["revisit_due"].notna().any()


def test_cumbria_reads_the_same_on_every_page(real_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its report of the review came out 57 days after the due date; the visit itself was in time."""
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(real_warehouse.parent))
    seen = {page.url: open_page(page, {"force": CUMBRIA}) for page in pages() if page.url in ("force", "child-protection")}
    for url, session in seen.items():
        found = [row for table in tables(session) if "Inspectors came back" in table for row in table.to_dict("records")]
        row = next(one for one in found if one["Published"] == "26 January 2017" and one.get("Force", "Cumbria") == "Cumbria")
        assert row["Inspectors came back"] == "June 2017", url
        assert row["How late"] == "26 to 55 days early", url
        assert row["Review published"] == "21 September 2017", url
    follow = next(page for page in pages() if page.url == "follow-up")
    text = " ".join(words(open_page(follow, {"force": CUMBRIA})))
    assert "Inspectors came back in June 2017: 26 to 55 days early." in re.sub(r"\s+", " ", text)
