"""Police tables with Welsh forces and with marked years, from the file to the build; and a fault of the program, told as one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.paths import DataFolder
from tests.conftest import ENGLISH, FORCE_NAMES, WELSH
from tests.integration.ingesting import Etl, Rows, Save

NAMES = FORCE_NAMES[: ENGLISH + WELSH]
VALUE = """
SELECT value::INTEGER, status, hidden_parts, basis FROM indicator
WHERE measure_id = 'police_missing_number' AND area_code = '{area}' AND year(period_end) = {year}
"""


def table_a3(*years: str) -> Rows:
    """Made-up counts of all 43 forces."""
    return [
        {"police_force": name, **{year: str(100 * place + number) for place, year in enumerate(years, start=1)}}
        for number, name in enumerate(NAMES)
    ]


@pytest.fixture
def built(etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder) -> Callable[[Rows, str], DataFolder]:
    """``built(rows, name, …options)``: the file added and a build made with it."""

    def make(rows: Rows, name: str, *options: str) -> DataFolder:
        answer = etl("ingest", save(rows, tmp_path / name), *options)
        assert answer.code == 0, answer.err
        answer = etl("build")
        assert answer.code == 0, answer.err
        return made_up_data

    return make
