"""Text of an address is harmless in Markdown and says what was written."""

from __future__ import annotations

import pytest

from ui.raw_text import WORD_JOINER, escaped, quoted, sentence


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


@pytest.mark.parametrize(
    ("topic", "sent"),
    [
        ("![](https://example.org/p.png)", f"!\\[\\](https{WORD_JOINER}://example.org/p.png)"),
        ("[missing](javascript:x)", "\\[missing\\](javascript\\:x)"),
        (":material/warning: $x$ `id`", "\\:material/warning: \\$x\\$ \\`id\\`"),
        ("<b>www.example.org</b>", f"\\<b>www{WORD_JOINER}.example.org\\</b>"),
    ],
)
def test_a_topic_from_a_file_makes_nothing_of_a_sentence(topic: str, sent: str) -> None:
    assert sentence(f"HMICFRS is following up {topic} (2024).") == f"HMICFRS is following up {sent} (2024)."


def test_our_own_sentences_are_sent_as_they_are() -> None:
    said = "In Wiltshire, 12.7% of looked-after children went missing in the year to March 2024 (137 of 1,080; England 11.2%)."
    assert sentence(said) == said
