"""What every page offers to take away: with a source, tidy, under a name that says the period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from insight.downloads.files import file_name, with_source
from tests.app.driving import open_page, problems, unfold
from tests.app.surface import Page, pages
from ui import blocks, files, view

MARKUP = re.compile(r"\]\(https?:|</?[a-z]+[ >]|\*\*")
WITHOUT_PERIOD = {
    "sources",
    "checks",
    "measures",
    "statuses",
    "breaks",
    "likeness",
    "glossary",
}  # of the build as a whole, which is in the name


@dataclass
class Offered:
    """The arguments of a set of buttons."""

    frame: pd.DataFrame
    name: tuple[str, ...]
    title: str
    source: str


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[Offered]:
    """Every set of buttons that a page draws."""
    held: list[Offered] = []

    def taken(frame: pd.DataFrame, name: tuple[str, ...], title: str, source: str, notes: Any = None) -> None:
        held.append(Offered(frame, name, title, source))

    monkeypatch.setattr(blocks, "buttons", taken)
    monkeypatch.setattr(view, "buttons", taken)
    monkeypatch.setattr(files, "buttons", taken)
    return held


@pytest.mark.parametrize("force", ["leicestershire", "gwent"])
@pytest.mark.parametrize("page", pages(), ids=lambda page: page.url)
def test_what_a_page_offers_has_source_title_and_period(page: Page, force: str, offered: list[Offered]) -> None:
    session = unfold(open_page(page, {"force": force}))
    assert not problems(session)
    for one in offered:
        name = file_name(*one.name, "build")
        assert one.source.strip(), name
        assert "See the page" not in one.source, name
        assert one.title != " ".join(one.name), name
        assert "_" not in one.name[0], name
        assert WITHOUT_PERIOD & set(one.name) or re.search(r"\d{4}", name), name
        columns = [str(column).lower() for column in with_source(one.frame, one.source, "build").columns]
        assert len(columns) == len(set(columns)), (name, columns)
        cells = [*columns, *map(str, one.frame.to_numpy().ravel())]
        assert not [cell for cell in cells if MARKUP.search(cell)], name


def test_the_force_page_gives_tidy_frames_with_intervals_and_who_told(offered: list[Offered]) -> None:
    page = next(page for page in pages() if page.url == "force")
    for part in ("judgements", "missing", "similar", "revisions", "about"):
        unfold(open_page(page, {"force": "leicestershire", "tab": part}))
    frames = {one.name[0]: one for one in offered}
    for name in ("alike", "since-release", "series", "spine"):
        columns = set(frames[name].frame.columns)
        wanted = {"measure_id", "area_code", "period_end", "numerator", "denominator", "value", "lower_95", "upper_998", "status"}
        assert wanted <= columns, (name, wanted - columns)
        assert frames[name].frame["period_end"].str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()
    assert set(frames["since-release"].frame["seen"]) == {
        "as released then", "the same year as it stands now", "the newest year",
    }  # fmt: skip
    assert frames["alike"].frame["area_name"].nunique() == 7, "five similar forces, the own one and England"
    assert {"told_by", "source_url"} <= set(frames["grades"].frame.columns)
    told = frames["findings"].frame
    assert told["source"].nunique() > 1, "each figure keeps its own source"
    stamped = with_source(told, frames["findings"].source, "build")
    assert (stamped["source"] == told["source"]).all()
    assert "file_source" in stamped.columns
