"""What a reader takes away is a file that other programs read, with the figures of the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from insight.warehouse import Warehouse
from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
STORED = """
SELECT area_code, value, numerator, denominator, compared_with_nation, verdict FROM indicator
WHERE measure_id = 'children_missing_percent' AND period_end = DATE '2023-03-31' AND area_level = 'force'
"""


def test_csv_holds_the_stored_figures(reader: Reader, real: Warehouse, tmp_path: Path) -> None:
    page = reader.open("compare", force="kent", measure="children-missing-percent", year="2023", view="bars")
    page.get_by_role("radiogroup", name=re.compile("^More about")).last.get_by_role("radio", name="Data").click()
    button = page.get_by_role("button", name=re.compile("Download CSV")).last
    expect(button).to_be_visible()
    reader.settle()  # the fold opens by and by, and a click on what still moves goes astray
    with page.expect_download() as waited:
        button.click()
    file = tmp_path / "figures.csv"
    waited.value.save_as(file)
    assert re.fullmatch(r"[\w.-]+\.csv", waited.value.suggested_filename)
    assert "2023" in waited.value.suggested_filename
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    taken = pd.read_csv(file).set_index("area_code")
    assert len(taken) == 43
    stored = real.rows("stored", STORED).set_index("area_code")
    columns = ["value", "numerator", "denominator"]
    pd.testing.assert_frame_equal(
        taken.loc[stored.index, columns].astype(float), stored[columns].astype(float), check_exact=False, rtol=1e-12
    )
    for word in ("compared_with_nation", "verdict"):
        assert (taken.loc[stored.index, word] == stored[word]).all()
    expect(page.get_by_test_id("stException")).to_have_count(0)
