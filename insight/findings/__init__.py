"""Plain sentences about a force, each made by a named rule from stored figures and verdicts, never free text."""

from insight.findings.finding import Finding, Link, Severity
from insight.findings.peel import cycle_of, grades_of
from insight.findings.rules import findings_of, headlines
from insight.findings.sentences import ENGLAND_ONLY, NOT_WALES, level, welsh
from insight.findings.summary import TOO_FEW, opening, standing
from insight.profile.profile import Evidence, Profile

__all__ = [
    "ENGLAND_ONLY",
    "NOT_WALES",
    "TOO_FEW",
    "Evidence",
    "Finding",
    "Link",
    "Profile",
    "Severity",
    "cycle_of",
    "findings_of",
    "grades_of",
    "headlines",
    "level",
    "opening",
    "standing",
    "welsh",
]  # fmt: skip
