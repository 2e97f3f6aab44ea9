"""Plain sentences about a force, each made by a named rule from stored figures and verdicts, never free text."""

from insight.findings.finding import Figure, Finding, Link, Severity
from insight.findings.rules import findings_of, headlines
from insight.findings.sentences import TREND_WORDS, WELSH, grades_of, level, trend
from insight.findings.summary import opening, standing
from insight.profile.profile import Facts

__all__ = [
    "TREND_WORDS", "WELSH", "Facts", "Figure", "Finding", "Link", "Severity", "findings_of", "grades_of", "headlines", "level",
    "opening", "standing", "trend",
]  # fmt: skip
