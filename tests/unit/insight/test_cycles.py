"""Which inspection cycles may be compared: what is not known to be allowed is not done, and no text says more than is stored."""

from __future__ import annotations

from unittest.mock import Mock

import pandas as pd
import pytest

from insight import cycles as module
from insight.cycles import advice, are_apart, may_be_compared, seams, spans, why_apart

# The next cycle may be compared with the one before; of the one after it nothing is known yet.
CYCLES = pd.DataFrame(
    {
        "cycle": ["2018/19", "2021/22", "2023-25", "2026-27", "2028-29"],
        "position": [1, 2, 3, 4, 5],
        "comparable_with_previous": pd.array([None, False, False, True, None], dtype="boolean"),
        "level": ["pillar", "area", "area", "area", "area"],
        "why_apart": [None, "Other pillars.", None, None, None],
    }
)
WITH_EARLIER = "cannot be compared with earlier ones."


@pytest.mark.parametrize(("flag", "allowed"), [(True, True), (False, False), (None, False), (pd.NA, False)])
def test_a_cycle_of_which_nothing_is_known_is_not_compared(flag: object, allowed: bool) -> None:
    assert may_be_compared({"comparable_with_previous": flag}) is allowed


def test_before_the_first_cycle_lies_no_seam() -> None:
    assert list(seams(CYCLES)) == ["2021/22", "2023-25", "2028-29"]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (["2023-25", "2026-27"], ""),
        (["2026-27"], ""),
        ([], ""),
        (["2023-25", "2021/22"], "HMICFRS advises that the cycles cannot be compared."),
        (["2018/19", "2026-27"], "HMICFRS advises that the cycles cannot be compared."),
        (["2021/22", "2023-25", "2026-27"], f"HMICFRS advises that grades of 2023-25 {WITH_EARLIER}"),
        (["2026-27", "2028-29"], "We do not know whether the cycles can be compared."),
        (
            ["2021/22", "2023-25", "2028-29"],
            f"HMICFRS advises that grades of 2023-25 {WITH_EARLIER} "
            "We do not know whether grades of 2028-29 can be compared with earlier ones.",
        ),
    ],
)
def test_what_is_advised_of_the_cycles_shown(shown: list[str], said: str) -> None:
    """Pages said that the cycles cannot be compared of any two grades, whatever the flags."""
    assert advice(CYCLES, shown) == said


def test_the_cycles_are_put_in_order_once_for_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """They were for each two neighbours, twice: 13 times for the advice of a page."""
    ordered = Mock(side_effect=module._ordered)
    monkeypatch.setattr(module, "_ordered", ordered)
    advice(CYCLES, list(CYCLES["cycle"]))
    are_apart(CYCLES, "2026-27", "2021/22")
    assert ordered.call_count == 2


def test_a_seam_between_parts_cycles_that_are_not_neighbours() -> None:
    assert are_apart(CYCLES, "2026-27", "2021/22")
    assert not are_apart(CYCLES, "2026-27", "2023-25")


def test_the_reason_is_the_stored_one_where_there_is_one() -> None:
    told = {cycle: why_apart(seam) for cycle, seam in seams(CYCLES).items()}
    assert told["2021/22"] == "Other pillars."
    assert told["2023-25"] == f"HMICFRS advises that grades of 2023-25 {WITH_EARLIER}"
    assert told["2028-29"] == "We do not know whether grades of 2028-29 can be compared with earlier ones."


def test_the_cycles_of_a_level_are_told_from_the_first_to_the_last() -> None:
    assert spans(CYCLES) == {"pillar": "2018/19", "area": "since 2021/22"}
    assert spans(CYCLES.assign(level=["pillar", "pillar", "pillar", "area", "area"]))["pillar"] == "2018/19 to 2023-25"
