"""Findings on a page: each with what it asks, the sentence, the rule and figures behind it, and the page that shows it."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from insight.findings import Facts, Finding
from insight.profile.reading import gather
from ui import blocks, url_state
from ui.data_access import ask
from ui.selectors import Choices

PAGES = {
    "compare": "Compare",
    "trends": "Trends",
    "grades": "Grades",
    "force": "Force",
    "follow-up": "Follow-up",
    "child-protection": "Child protection",
}
STYLE = """<style>
.found { list-style: none; margin: 0 !important; padding: 0 !important; }
.found > li { margin: 0 !important; padding: 10px 0 10px 14px; border-left: 4px solid #d3d8dd; border-bottom: 1px solid #e3e7ea;
  font-size: 16px; line-height: 1.45; }
.found > li.s4, .found > li.s3 { border-left-color: #1a1f24; } .found > li.s2 { border-left-color: #737e89; }
.found .asks { display: block; font-size: 12px; font-weight: 600; color: #4b5560; }
.found a { font-size: 14px; color: #1d4f91; white-space: nowrap; }
</style>"""


def facts_of(choices: Choices) -> Facts:
    """Everything about the reader's force: the newest of everything, or as it stood in an earlier year that was chosen."""
    return gather(ask, choices.force.code, None if choices.period_end == max(choices.years) else choices.period_end)


def found(findings: list[Finding], in_full: bool = True) -> None:
    """Findings as a list: whole sentences, or their headlines."""
    items = "".join(
        f'<li class="s{int(one.severity)}"><span class="asks">{escape(one.severity.label)}</span>'
        f"{escape(one.sentence if in_full else one.headline)} "
        f"{_link(one)}</li>"
        for one in findings
    )
    st.html(f'{STYLE}<ul class="found">{items}</ul>')


def rests_on(findings: list[Finding]) -> pd.DataFrame:
    """A row a figure that a finding rests on."""
    rows = [
        {
            "rule": one.rule,
            "severity": one.severity.label,
            "sentence": one.sentence,
            "subject": figure.title,
            "period": figure.period,
            "value": figure.text,
            "stored value": figure.value,
            "source": figure.source,
        }
        for one in findings
        for figure in one.figures
    ]
    return pd.DataFrame(rows)


def every(findings: list[Finding], choices: Choices, source: str) -> None:
    """All findings, and the rule and figures of each; ``source`` names every publication that they come from."""
    with st.expander(f"All {len(findings)} findings, with the rule and the figures that each rests on"):
        found(findings)
        table = rests_on(findings)
        if not table.empty:
            st.markdown("**What they rest on**")
            shown = table.drop(columns=["sentence", "stored value"])
            shown.columns = ["Rule", "Asks", "About", "Period", "Figure", "Source"]
            name = ("findings", choices.force.slug, str(choices.period_end.year))
            title = f"Findings about {choices.force.name}, with what they rest on"
            blocks.table_with_download(shown, name, table, title=title, source=source)


def _link(one: Finding) -> str:
    """The page that shows it; none where that is the page itself without another choice."""
    label = PAGES.get(one.link.page)
    if label is None or one.link.page == "force":
        return ""
    href = f"{one.link.page}{url_state.query(**dict(one.link.choices))}"
    return f'<a href="{escape(href)}" target="_self">Show on page {label}</a>'
