"""Words of this project's own that no reader knows stand in no finding, no opening and no text of the reference."""

from __future__ import annotations

import re

import pytest

from insight.findings import findings_of, opening
from insight.glossary import MARKS
from insight.profile.reading import gather
from insight.queries import about, figures, inspections
from insight.queries.ask import asking
from insight.verdicts import KEY_LINES, METHOD_ANCHOR
from insight.views.about import whats_new
from insight.warehouse import Warehouse

PRIVATE = re.compile(
    r"whole figure|for want of|our sources|told by|\bspells?\b|moved significantly|luck of|\bthe clock\b|reckoned|"
    r"leaves the average out|holds (?:it|the average|zero)\b|stands? with|no one of them|requiring improvement|no proof|alike",
    re.IGNORECASE,
)


def test_no_private_word_stands_in_a_finding_or_an_opening(real: Warehouse) -> None:
    ask = asking(real)
    for code in ask(figures.forces)["force_code"]:
        facts = gather(ask, code)
        found = findings_of(facts)
        texts = [opening(facts, found), *(text for one in found for text in (one.headline, one.sentence))]
        assert not [text for text in texts if PRIVATE.search(text)], facts.name


def test_no_private_word_stands_in_methods_measures_statuses_or_the_key(real: Warehouse) -> None:
    ask = asking(real)
    texts = [*ask(about.methods)[["title", "plain", "detail"]].stack(), *KEY_LINES]
    texts += list(ask(figures.measures)[["title", "short_title", "definition", "caveats"]].stack())
    texts += [*ask(figures.statuses)["meaning"], *ask(inspections.grade_statuses)["meaning"]]
    assert not [text for text in texts if PRIVATE.search(str(text))]


def test_the_anchor_of_the_scale_of_words_is_that_of_a_method(real: Warehouse) -> None:
    titles = asking(real)(about.methods)["title"]
    assert METHOD_ANCHOR in {title.lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("symbol", ["≥", "†", "p", "f", "u"])
def test_every_mark_beside_a_figure_or_grade_is_explained(symbol: str) -> None:
    assert [meaning for _, mark, _, meaning in MARKS if mark == symbol]


def test_what_is_new_is_read_from_the_changelog() -> None:
    version, points = whats_new()
    assert version
    assert points
    assert not any(point.startswith("- ") or "\n" in point for point in points)
