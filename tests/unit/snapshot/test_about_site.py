"""Pages of the public site about the publication itself say what the project's reference says."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from etl.reference import Reference
from insight.addresses import FOLDER, LATEST


def test_the_page_of_hidden_figures_explains_comparisons_in_the_words_of_the_method(
    public_site: Path, real_reference: Reference
) -> None:
    """It retold five methods, and left out that a figure is not compared where few forces have one."""
    page = public_site / FOLDER / LATEST / "hidden-figures.html"
    said = " ".join(html.fromstring(page.read_text(encoding="utf-8")).text_content().split())
    told = {one.title for one in real_reference.methods if one.plain in said}
    assert told == {
        "Compared with the average", "Intervals", "Children, not incidents, are compared", "Recent trend", "More is not worse",
    }  # fmt: skip
