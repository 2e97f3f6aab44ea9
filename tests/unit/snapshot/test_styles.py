"""The site's style sheet has rules for what stands on its pages, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from insight.snapshot.builder import STATIC

# A table may have it; none on the site has by now two cycles that are not comparable side by side.
POSSIBLE = {"seam"}
COMMENT, SELECTOR = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"([^{}]+)\{")


def test_every_class_of_the_style_sheet_stands_on_a_page(public_site: Path) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in public_site.rglob("*.html"))
    there = {name for names in set(re.findall(r'class="([^"]*)"', pages)) for name in names.split()}
    rules = SELECTOR.findall(COMMENT.sub("", (STATIC / "site.css").read_text(encoding="utf-8")))
    assert {name for rule in rules for name in re.findall(r"\.([A-Za-z][\w-]*)", rule)} - there <= POSSIBLE
