"""A table on a page is sent with its style, and neither is escaped."""

from __future__ import annotations

import pytest

from insight.tables.model import Column, Look, Table
from ui.table import ready


@pytest.mark.parametrize("look", list(Look))
def test_a_table_is_sent_with_its_style_unescaped(look: Look) -> None:
    html = ready(Table("Made-up forces", (Column("Force"),), ((("Exampleshire <b>",),),), look=look))
    assert html.startswith("<style>")
    assert "&lt;style" not in html
    assert "<table" in html
    assert "Exampleshire &lt;b&gt;" in html
