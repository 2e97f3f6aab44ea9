"""Every publication with rows of Wales: taken where the publication is of both countries, refused with the row where it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.reference import Reference
from etl.sources import read_file
from tests.unit.sources.kinds import Rows, Save

GRADE = {
    "force_code": "W99000001", "cycle": "2018/19", "level": "pillar", "question": "Effectiveness", "grade": "Good",
    "status": "graded", "published": "2019-05", "source_url": "https://example.org/report", "source_kind": "hmicfrs",
}  # fmt: skip


@pytest.mark.parametrize("publication", ["looked_after", "factors", "population", "older"])
def test_a_welsh_authority_in_figures_of_england_is_refused_at_its_row(
    publication: str, save: Save, refusal: Callable[..., str], request: pytest.FixtureRequest
) -> None:
    rows: Rows = request.getfixturevalue(publication)
    code, name = ("New_geog_code", "geog_n") if publication == "older" else ("new_la_code", "la_name")
    report = refusal(
        save([*rows, {**rows[-1], code: "W06000099", name: "Tref Enghraifft"}]), 2016 if publication == "older" else None
    )
    assert f"row {len(rows) + 2}, column {code}, value 'W06000099'" in report
    assert "is not known (Tref Enghraifft)." in report


@pytest.mark.parametrize("publication", ["a3.csv", "b1.csv"])
def test_a_welsh_force_in_police_tables_is_read(
    publication: str, table_a3: Rows, table_b1: Rows, save: Save, reference: Reference
) -> None:
    rows = table_a3 if publication == "a3.csv" else table_b1
    [reading] = read_file(save([*rows, {**rows[0], "police_force": "Cwm Enghraifft"}], publication), reference, 2021)
    assert "W99000001" in set(reading.frame["area_code"])


def test_a_grade_of_a_welsh_force_is_read(save: Save, reference: Reference) -> None:
    [reading] = read_file(save([GRADE]), reference)
    assert list(reading.frame["force_code"]) == ["W99000001"]
