"""What stands under a chart of forces."""

from __future__ import annotations

import pandas as pd

from insight.format import Word
from insight.notes import hidden_note

WORDS = {"suppressed": Word("Suppressed", "[c]")}


def forces(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(
        {"value": [1.0, 2.0], "status": "reported", "hidden_parts": [0, 1], "doubtful_parts": [None, None]} | columns
    )


def test_a_minimum_is_not_said_to_be_suppressed_for_its_part_may_only_be_missing() -> None:
    """A council of low reliability, or one that gave nothing, hides a part as well: it is not kept which it was."""
    assert hidden_note(forces(), WORDS) == "1 of 2 forces has only a minimum, because a part is suppressed or missing."


def test_a_zero_that_cannot_be_a_count_is_named_as_a_reason_of_its_own() -> None:
    said = hidden_note(forces(doubtful_parts=[None, "Upshire reported 0."]), WORDS)
    assert said.endswith("because a part is suppressed or missing, or is a 0 that cannot be a count.")
