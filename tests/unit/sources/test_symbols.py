"""Signs in the place of a number: of today and of before, by publisher and release."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.problems import Refused
from etl.reference import Reference
from etl.sources import read_file
from etl.sources.explore_education import counts
from etl.sources.symbols import EXPLORE_EDUCATION, PRESENT, UNDERLYING_DATA, statuses_in
from etl.sources.tables import Layout, Table
from tests.unit.sources.kinds import Refusal, Rows, Save

LABEL = "Children missing at 31 March"


def marked(rows: Rows, sign: str, newest: int) -> Rows:
    """The made-up file with the sign at one authority, its years moved to end in ``newest``."""
    moved = [{**row, "time_period": str(int(row["time_period"]) - 2024 + newest)} for row in rows]
    [row] = [
        row for row in moved
        if (row["CLA_group"], row["new_la_code"], row["time_period"]) == (LABEL, "E99100003", str(newest))
    ]  # fmt: skip
    row["number"] = sign
    return moved


@pytest.mark.parametrize(
    ("sign", "newest", "status"),
    [
        ("low", 2024, "suppressed"),
        ("[low]", 2025, "suppressed"),
        ("k", 2024, "suppressed"),
        ("[c]", 2025, "suppressed"),
        ("[x]", 2025, "not_available"),
        ("[z]", 2025, "not_applicable"),
        ("[u]", 2025, "low_reliability"),
        ("~", 2020, "suppressed"),
        (":", 2021, "not_available"),
        ("..", 2019, "not_available"),
    ],
)
def test_a_sign_has_the_meaning_of_its_release(
    sign: str, newest: int, status: str, looked_after: Rows, save: Save, reference: Reference
) -> None:
    [reading] = read_file(save(marked(looked_after, sign, newest)), reference)
    [figure] = reading.frame[reading.frame["raw"] == sign].to_dict("records")
    assert figure["status"] == status
    assert pd.isna(figure["value"])


@pytest.mark.parametrize(("sign", "newest"), [("~", 2022), (":", 2024), ("..", 2025), ("lo", 2025), ("*", 2020), (".", 2024)])
def test_a_sign_that_its_release_does_not_have_is_refused(
    sign: str, newest: int, looked_after: Rows, save: Save, refusal: Refusal
) -> None:
    report = refusal(save(marked(looked_after, sign, newest)))
    assert f"column number, value '{sign}': This is neither a count nor a known symbol." in report
    assert "low (suppressed)" in report


@pytest.mark.parametrize("sign", ["low", "[low]", "~", "k"])
def test_counts_that_round_to_zero_are_told(sign: str, looked_after: Rows, save: Save, reference: Reference) -> None:
    [reading] = read_file(save(marked(looked_after, sign, 2020)), reference)
    assert f"1 counts marked {sign.strip('[]')} (above zero, rounded to zero) kept as suppressed." in reading.notes


@pytest.mark.parametrize("rows", ["factors", "population"])
def test_every_file_of_the_service_may_have_low(
    rows: str, save: Save, reference: Reference, request: pytest.FixtureRequest
) -> None:
    whole: Rows = request.getfixturevalue(rows)
    column = "Going_missing" if rows == "factors" else "population_estimate"
    whole[-1][column] = "low"
    [reading] = read_file(save(whole), reference)
    assert list(reading.frame.loc[reading.frame["raw"] == "low", "status"]) == ["suppressed"]
    assert "1 counts marked low (above zero, rounded to zero) kept as suppressed." in reading.notes


def test_the_published_row_of_a_place_with_low_is_read() -> None:
    """Middlesbrough, release 2024, as the publisher offers it since the symbols changed."""
    raw = ["0", "713", "low", "83", "53", "c", "c", "c", "431"]
    cells = pd.DataFrame({"raw": raw, "row": range(2, 11), "column": "number", "period_end": "2024-03-31"})
    table = Table("f", "f", Layout("p", "t", {}, frozenset()), "", 1, {}, cells, 0, "")
    carried = counts(cells, table)
    assert carried["status"].tolist() == [
        "reported", "reported", "suppressed", "reported", "reported", "suppressed", "suppressed", "suppressed", "reported",
    ]  # fmt: skip
    assert carried["value"].dropna().tolist() == [0, 713, 83, 53, 431]


def test_in_the_underlying_data_x_was_a_hidden_number_and_two_dots_or_a_colon_not_available(
    older: Rows, save: Save, reference: Reference
) -> None:
    older[-1] |= {"CLA_Miss31Mar": "x", "CLA_Away31Mar": "..", "CLA_AwayIncs": ":"}
    [reading] = read_file(save(older), reference, 2016)
    found = reading.frame[reading.frame["status"] != "reported"].set_index("raw")["status"].to_dict()
    assert found == {"x": "suppressed", "..": "not_available", ":": "not_available"}


@pytest.mark.parametrize("sign", ["low", "k", "~", "c"])
def test_the_underlying_data_do_not_have_the_signs_of_the_service(
    sign: str, older: Rows, save: Save, reference: Reference
) -> None:
    older[-1]["CLA_Miss31Mar"] = sign
    with pytest.raises(Refused, match="neither a count nor a known symbol"):
        read_file(save(older), reference, 2016)


@pytest.mark.parametrize("symbols", [PRESENT, EXPLORE_EDUCATION, UNDERLYING_DATA])
def test_every_sign_has_a_meaning_and_a_status_that_the_project_defines(symbols: tuple, real_reference: Reference) -> None:
    known = {status.status for status in real_reference.figure_statuses}
    assert all(symbol.meaning and symbol.status in known for symbol in symbols)
    assert len({symbol.text for symbol in symbols}) == len(symbols)


def test_the_signs_of_today_stand_in_every_later_release() -> None:
    assert statuses_in(EXPLORE_EDUCATION, 2030) == {
        "c": "suppressed", "x": "not_available", "z": "not_applicable", "u": "low_reliability", "low": "suppressed",
        "k": "suppressed",
    }  # fmt: skip
