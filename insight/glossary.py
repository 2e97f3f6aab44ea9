"""Terms and symbols that readers meet, each explained once; pages link here wherever one is shown."""

from __future__ import annotations

import re

from insight.format import AT_LEAST_SIGN, DOUBT_MARK, NO_BOUND, PROVISIONAL_MARK, WHY_A_MINIMUM, upper_first
from insight.sources import reported
from insight.statistics import Trend
from vocabulary import SourceKind

SYMBOLS_ANCHOR, TERMS_ANCHOR = "symbols", "glossary"
SYMBOLS_QUESTION = "What do the symbols mean?"
# Marks beside a figure or grade that is there: of what, mark, name, meaning. Those that stand for none are the statuses.
MARKS = (
    ("Figure", AT_LEAST_SIGN, "At least", f"A minimum: {WHY_A_MINIMUM}."),
    ("Figure", NO_BOUND, "Hidden in part", f"{upper_first(WHY_A_MINIMUM)}, and the rest adds up to zero."),
    (
        "Figure",
        DOUBT_MARK,
        "Doubtful",
        "Published, but implausible. It is shown with this mark and used in no comparison, rank or trend.",
    ),
    ("Figure", PROVISIONAL_MARK.strip(), "Provisional", "The figure may change in a later release."),
    ("Trend", "↑", str(Trend.INCREASING), "The figure rose over five years, by more than chance would explain."),
    ("Trend", "↓", str(Trend.DECREASING), "The figure fell over five years, by more than chance would explain."),
    (
        "Trend",
        "→",
        str(Trend.NO_SIGNIFICANT_CHANGE),
        "No rise or fall over five years beyond chance. This does not rule out a real change.",
    ),
    ("Chart", "▲ △ ▴", "Above the average", "▲ and △: unusually high. ▴: above the average, but within the usual range."),
    ("Chart", "▼ ▽ ▾", "Below the average", "▼ and ▽: unusually low. ▾: below the average, but within the usual range."),
    ("Chart", "✱", "At least", f"A minimum: {WHY_A_MINIMUM}. No line leads to it."),
    ("Grade", "p", "Press", f"The grade is {reported(SourceKind.PRESS)}."),
    ("Grade", "f", "Force", f"The grade is {reported(SourceKind.FORCE_OR_PCC)} (its police and crime commissioner)."),
    (
        "Grade",
        "u",
        "User",
        "A user added the grade. A grade without a small letter was read from HMICFRS.",
    ),
)
# What a reader may want explained where it stands in a table: a sign, or a word in place of a figure or grade.
SYMBOLS = re.compile(
    r"≥|†|\[[a-z]\]|\b(?:at least|hidden in part|suppressed|withheld|not available|low reliability|reported jointly|not found)\b",
    re.IGNORECASE,
)
# Short forms with what they stand for: a briefing says it on the first page that uses one.
SHORT_FORMS = {
    "HMICFRS": "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
    "PEEL": "HMICFRS's regular inspections of police effectiveness, efficiency and legitimacy",
    "Engage": "the enhanced phase of HMICFRS's monitoring of a force",
    "NCPI": "national child protection inspection",
}
# Of similar forces, wherever they are explained.
ALIKE_BY = "child population, looked-after children per 10,000 children, and children per council"
NOT_THE_HOME_OFFICES = "not the Home Office's most similar groups"
TERMS = (
    ("95% interval", "The range that the underlying level is likely to be in. It is wider for a small force."),
    ("Area (inspection)", "A question on which HMICFRS grades a force, such as protecting vulnerable people."),
    (
        "Average of forces",
        "The figure for all forces with a complete figure, taken together. City of London is part of it but has no rank, so that "
        "an average of 39 forces can stand beside a rank among 38.",
    ),
    ("Away without authorisation", "A looked-after child whose whereabouts are known, but who is not where they should be."),
    ("Cause of concern", "A serious shortcoming that HMICFRS reports, with recommendations that it follows up."),
    ("Child protection plan", "What a council and others agreed to do to keep a child safe from significant harm."),
    ("Council", "A local authority with responsibility for children's services."),
    ("Engage (enhanced monitoring)", "A stage of HMICFRS's monitoring for forces that need support to improve."),
    ("Graded inspection", "A child protection inspection by HMICFRS that grades several areas, in use since 2024."),
    ("HMICFRS", f"{SHORT_FORMS['HMICFRS']}, which inspects police forces."),
    (
        "Initial child protection conference",
        "A meeting of the family, the council, the police and others after a section 47 enquiry, which decides on a plan.",
    ),
    ("Looked-after child", "A child in the care of a council."),
    ("Missing incident", "A looked-after child is not where they are expected to be, and nobody knows where they are."),
    ("NCPI", "National child protection inspection by HMICFRS, which audits case files."),
    ("PEEL", "Police effectiveness, efficiency and legitimacy, HMICFRS's regular inspection of every force."),
    ("PEEL cycle", "A round of PEEL inspections of all forces, such as 2021/22 or 2023-25."),
    ("Police area", "The area that a force covers, made up of one or more councils."),
    ("Release", "One publication of figures by the Department for Education or another publisher."),
    (
        "Section 47 enquiry",
        "A council's enquiry into whether a child is suffering, or is likely to suffer, significant harm (Children Act 1989).",
    ),
    ("Similar forces", f"Our own grouping, by {ALIKE_BY}. It is {NOT_THE_HOME_OFFICES}."),
    ("Suppressed", "Withheld in the published figures, so that no child can be identified."),
)  # fmt: skip
