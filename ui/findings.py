"""Findings on a page: each with what it asks, the sentence, the rule and figures behind it, and the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from insight.findings import Finding, headlines, opening
from insight.profile.profile import Profile
from insight.sources import source_line
from insight.tables.model import table_of
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import build_path, context
from ui.templates import from_template

SEE = {
    "compare": "See how forces compare",
    "trends": "See the trend",
    "grades": "See the grades",
    "follow-up": "See what followed",
    "child-protection": "See the inspections",
}
COLUMNS = ["Rule", "Asks", "About", "Period", "Figure", "Source"]


@dataclass(frozen=True, eq=False)
class FoundInForce:
    """What is said of a force, made once for a build, a force and a year."""

    profile: Profile
    findings: tuple[Finding, ...]
    headlines: tuple[Finding, ...]
    opening: str


def kept_findings(selection: Selection) -> FoundInForce:
    """The findings about the selected force, from memory or made now."""
    year = "" if selection.newest else selection.period_end.isoformat()
    return _kept(build=str(build_path()), force=selection.force.slug, year=year, _selection=selection)


@st.cache_resource(max_entries=90, show_spinner=False)
def _kept(*, build: str, force: str, year: str, _selection: Selection) -> FoundInForce:
    selected = context(_selection)
    profile, made = selected.profile(), selected.findings()
    return FoundInForce(profile, tuple(made), tuple(headlines(made)), opening(profile, made, selected.profile(newest=True)))


def listed(findings: tuple[Finding, ...], in_full: bool = True) -> None:
    """Findings as a list: whole sentences, or their headlines."""
    rows = [(one, one.sentence if in_full else one.headline, *_link(one)) for one in findings]
    st.html(from_template("findings.html", rows=rows))


def rests_on(findings: tuple[Finding, ...]) -> pd.DataFrame:
    """One row per figure that a finding rests on."""
    rows = [
        {
            "rule": one.rule,
            "severity": one.label,
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
            shown = table_of(table.drop(columns=["sentence", "stored value"]).set_axis(COLUMNS, axis="columns"))
            name = ("findings", selection.force.slug, str(selection.period_end.year))
            title = f"Findings about {selection.force.name}, with what they rest on"
            blocks.table_with_download(shown, name, table, title=title, source=source_line(found.profile.sources))


def _link(one: Finding) -> tuple[str, str]:
    """What a link leads to and the address of the page that shows it; empty where that is the page itself."""
    label = SEE.get(one.link.page)
    if label is None:
        return "", ""
    return label, f"{one.link.page}{url_state.query(**dict(one.link.choices))}"
