"""How the stored verdict is shown, and on which side of the average it lies."""

from __future__ import annotations

import pandas as pd
import pytest

from insight.statistics import Verdict
from insight.verdicts import SIDES, Side, has_verdicts, shown_verdict, side_of, with_shown_verdicts


def test_an_unusual_figure_is_shown_with_its_level_and_every_other_without() -> None:
    assert shown_verdict({"verdict": "Unusually low", "verdict_level": "99.8%"}) == "Unusually low (99.8%)"
    assert shown_verdict({"verdict": "Above average", "verdict_level": None}) == "Above average"
    assert (
        shown_verdict({"verdict": "Too few children to compare", "verdict_level": float("nan")}) == "Too few children to compare"
    )


def test_an_area_that_the_measure_does_not_cover_is_not_compared() -> None:
    assert shown_verdict({"verdict": None, "verdict_level": None}) == "Not compared"
    assert side_of({"verdict": float("nan")}) is Side.NONE


def test_a_level_that_no_test_has_is_refused() -> None:
    with pytest.raises(ValueError, match="90%"):
        shown_verdict({"verdict": "Unusually low", "verdict_level": "90%"})


def test_every_verdict_has_a_side_and_opposite_words_lie_on_opposite_sides() -> None:
    assert set(SIDES) == set(Verdict)
    assert side_of({"verdict": "Unusually high"}) is side_of({"verdict": "Above average"}) is Side.HIGHER
    assert side_of({"verdict": "Unusually low"}) is side_of({"verdict": "Below average"}) is Side.LOWER
    assert side_of({"verdict": "Too few children to compare"}) is Side.NONE


def test_a_frame_for_a_chart_holds_the_verdict_as_shown() -> None:
    frame = pd.DataFrame({"verdict": ["Unusually high", "About average"], "verdict_level": ["95%", None]})
    assert with_shown_verdicts(frame)["verdict"].tolist() == ["Unusually high (95%)", "About average"]


def test_no_trend_is_shown_that_rests_on_a_handful_of_children() -> None:
    frame = pd.DataFrame(
        {
            "verdict": ["Too few children to compare", "Not compared"],
            "verdict_level": None,
            "recent_trend": ["Decreasing", "Increasing"],
        }
    )
    assert with_shown_verdicts(frame)["recent_trend"].tolist() == ["Too few children to compare", "Increasing"]


@pytest.mark.parametrize(("kind", "expected"), [("count", False), ("rate", True), ("ratio", True)])
def test_bare_numbers_have_no_verdicts(kind: str, expected: bool) -> None:
    assert has_verdicts({"kind": kind}) is expected
