"""How the councils of a force compare with England, in a sentence: few are named, many counted."""

import pandas as pd
import pytest

from insight.views.profile import MOST_COUNCILS, _against_england

MEASURE = {"kind": "proportion", "polarity": "none", "independent": True, "decimals": 1, "unit": "%"}


def councils(*verdicts: str) -> pd.DataFrame:
    rows = [
        {"area_name": f"Mock {number}", "value": 10.0, "verdict": verdict, "verdict_basis": "", "verdict_level": None}
        for number, verdict in enumerate(verdicts, 1)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("Above average", "About average"), " Compared with England: Mock 1 above average; Mock 2 about average."),
        (("Below average",) * (MOST_COUNCILS + 1), f" Compared with England: {MOST_COUNCILS + 1} councils below average."),
    ],
)
def test_councils_are_named_by_verdict_or_counted(verdicts: tuple[str, ...], said: str) -> None:
    assert _against_england(councils(*verdicts), MEASURE) == said


def test_nothing_is_said_of_a_bare_number() -> None:
    assert _against_england(councils("Not compared"), {**MEASURE, "kind": "count"}) == ""
