"""Text of an address is harmless in Markdown and says what was written."""

from __future__ import annotations

import pytest

from ui.raw_text import WORD_JOINER, escaped, quoted


@pytest.mark.parametrize("word", ["atlantis", "1066", "dyfed-powys", "2023-02-30", "children missing, 2024"])
def test_plain_words_stay_as_they_are(word: str) -> None:
    assert escaped(word) == word


@pytest.mark.parametrize("mark", list("\\`*_{}[]()<>#!|~$:&^"))
def test_every_mark_of_markdown_is_escaped(mark: str) -> None:
    assert escaped(f"a{mark}b") == f"a\\{mark}b"


@pytest.mark.parametrize(
    ("start", "rest"), [("https", r"\://a.example"), ("HTTP", r"\://a.example"), ("www", ".a.example"), ("a@", "b.example")]
)
def test_what_would_become_a_link_by_itself_is_broken_without_a_trace(start: str, rest: str) -> None:
    assert escaped((start + rest).replace("\\", "")) == f"{start}{WORD_JOINER}{rest}"


def test_raw_text_is_cut_before_it_is_escaped_and_stays_on_one_line() -> None:
    assert quoted("[" * 100, most=3) == r"“\[\[\[”"
    assert quoted("a\n# b\x00c") == r"“a \# b c”"
