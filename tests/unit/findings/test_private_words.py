"""Words of this project's own that no reader knows stand in no finding, no opening and no text of the reference."""

from __future__ import annotations

import ast
import html
import re
from pathlib import Path

import pytest

from insight.findings import Finding, opening
from insight.glossary import MARKS
from insight.profile.profile import Profile
from insight.queries import about, figures, inspections
from insight.queries.ask import Ask
from insight.verdicts import KEY_LINES
from insight.views.about import whats_new

PRIVATE = re.compile(
    r"whole figure|for want of|our sources|told by|\bspells?\b|moved significantly|luck of|\bthe clock\b|reckoned|"
    r"leaves the average out|holds (?:it|the average|zero)\b|stands? with|no one of them|requiring improvement|no proof|\balike\b|"
    r"\bdays? late\b|cannot be said|judgment",
    re.IGNORECASE,
)
FORCES = ("wiltshire", "lincolnshire", "west-midlands", "south-wales", "city-of-london", "metropolitan")
PROJECT = Path(__file__).parents[3]
TAGS = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.DOTALL)


def _texts_of(file: Path) -> list[str]:
    """The sentences that a module holds: its strings of several words, less the docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    lone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [str(node.value) for node in strings if id(node) not in lone and " " in node.value]


@pytest.mark.parametrize("folder", ["pages", "ui", "insight"])
def test_no_private_word_stands_in_a_sentence_of_the_code(folder: str) -> None:
    files = sorted((PROJECT / folder).rglob("*.py"))
    assert files
    assert not [(file.name, text) for file in files for text in _texts_of(file) if PRIVATE.search(text)]


def test_no_private_word_stands_in_a_template() -> None:
    files = [*(PROJECT / "insight").rglob("*.html"), *(PROJECT / "ui" / "templates").rglob("*.html")]
    assert files
    assert not [(file.name, found) for file in files for found in PRIVATE.findall(TAGS.sub("", file.read_text(encoding="utf-8")))]


def test_no_private_word_stands_on_the_public_site(public_site: Path) -> None:
    pages = [page for page in public_site.rglob("*.html") if "/forces/" not in str(page) or page.stem in FORCES]
    assert len(pages) > len(FORCES)
    assert not [(page.name, found) for page in pages for found in PRIVATE.findall(html.unescape(TAGS.sub(" ", page.read_text())))]


def test_no_private_word_stands_in_a_finding_or_an_opening(
    all_facts: list[Profile], all_findings: dict[str, list[Finding]]
) -> None:
    for facts in all_facts:
        found = all_findings[facts.name]
        texts = [opening(facts, found), *(text for one in found for text in (one.headline, one.sentence))]
        assert not [text for text in texts if PRIVATE.search(text)], facts.name


def test_no_private_word_stands_in_methods_measures_statuses_or_the_key(ask: Ask) -> None:
    texts = [*ask(about.methods)[["title", "plain", "detail"]].stack(), *KEY_LINES]
    texts += list(ask(figures.measures)[["title", "short_title", "definition", "caveats"]].stack())
    texts += [*ask(figures.statuses)["meaning"], *ask(inspections.grade_statuses)["meaning"]]
    assert not [text for text in texts if PRIVATE.search(str(text))]


def test_a_method_explains_the_scale_of_words(ask: Ask) -> None:
    assert "Compared with the average" in set(ask(about.methods)["title"])


@pytest.mark.parametrize("symbol", ["≥", "†", "p", "f", "u"])
def test_every_mark_beside_a_figure_or_grade_is_explained(symbol: str) -> None:
    assert [meaning for _, mark, _, meaning in MARKS if mark == symbol]


def test_what_is_new_is_read_from_the_changelog() -> None:
    version, points = whats_new()
    assert version
    assert points
    assert not any(point.startswith("- ") or "\n" in point for point in points)


def test_what_is_new_is_dated_and_newest_first(tmp_path: Path) -> None:
    made = tmp_path / "CHANGELOG.md"
    made.write_text("# Changelog\n\n## Unreleased\n\n### For readers\n\n- 2026-11-27: Old\n  line.\n- 2026-11-28: New.\n")
    assert whats_new(made) == ("Unreleased", ("28 November 2026: New.", "27 November 2026: Old line."))
    made.write_text("# Changelog\n\n## 0.3.0 – 2026-11-29\n\n### For readers\n\n- Undated.\n- 2026-11-28: New.\n")
    assert whats_new(made)[1] == ("29 November 2026: Undated.", "28 November 2026: New.")
    assert [point for point in whats_new()[1] if not re.match(r"\d{1,2} [A-Z][a-z]+ \d{4}: ", point)] == []


def test_what_is_new_for_readers_has_no_word_of_developers() -> None:
    _, points = whats_new()
    assert not [point for point in points if re.search(r"`|FORCE_|\bJSON\b|\betl\b|\bown force\b|\.html|\.ya?ml", point)]
