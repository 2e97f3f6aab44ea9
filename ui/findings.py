"""Findings on a page: each with what it asks, the sentence, the rule and figures behind it, and the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from insight.findings import Finding, findings_of, headlines, opening
from insight.profile.profile import Facts
from insight.sources import source_line
from insight.views.profile import profile_of
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import build_path, context

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
COLUMNS = ["Rule", "Asks", "About", "Period", "Figure", "Source"]


@dataclass(frozen=True, eq=False)
class FoundInForce:
    """What is said of a force, made once for a build, a force and a year."""

    profile: Facts
    findings: tuple[Finding, ...]
    headlines: tuple[Finding, ...]
    opening: str


def kept_findings(selection: Selection) -> FoundInForce:
    """The findings about the selected force, from memory or made now."""
    year = "" if selection.newest else selection.period_end.isoformat()
    return _kept(str(build_path()), selection.force.slug, year, selection)


@st.cache_resource(max_entries=90, show_spinner=False)
def _kept(build: str, force: str, year: str, _selection: Selection) -> FoundInForce:
    profile = profile_of(context(_selection))
    made = findings_of(profile)
    return FoundInForce(profile, tuple(made), tuple(headlines(made)), opening(profile, made))


def listed(findings: tuple[Finding, ...], in_full: bool = True) -> None:
    """Findings as a list: whole sentences, or their headlines."""
    items = "".join(
        f'<li class="s{int(one.severity)}"><span class="asks">{escape(one.severity.label)}</span>'
        f"{escape(one.sentence if in_full else one.headline)} "
        f"{_link(one)}</li>"
        for one in findings
    )
    st.html(f'{STYLE}<ul class="found">{items}</ul>')


def rests_on(findings: tuple[Finding, ...]) -> pd.DataFrame:
    """One row per figure that a finding rests on."""
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


def every(found: FoundInForce, selection: Selection) -> None:
    """All findings, and the rule and figures of each."""
    with st.expander(f"All {len(found.findings)} findings, with the rule and the figures that each rests on"):
        listed(found.findings)
        table = rests_on(found.findings)
        if not table.empty:
            st.markdown("**What they rest on**")
            shown = table.drop(columns=["sentence", "stored value"]).set_axis(COLUMNS, axis="columns")
            name = ("findings", selection.force.slug, str(selection.period_end.year))
            title = f"Findings about {selection.force.name}, with what they rest on"
            blocks.table_with_download(shown, name, table, title=title, source=source_line(found.profile.sources))


def _link(one: Finding) -> str:
    """The page that shows it; none where that is the page itself without another choice."""
    label = PAGES.get(one.link.page)
    if label is None or one.link.page == "force":
        return ""
    href = f"{one.link.page}{url_state.query(**dict(one.link.choices))}"
    return f'<a href="{escape(href)}" target="_self">Show on page {label}</a>'
