"""Closed vocabularies that both the loading and the reading side name. `etl/schema.sql` holds the same; a test compares them."""

from __future__ import annotations

from enum import StrEnum


class InspectionKind(StrEnum):
    """Kinds of child protection inspection."""

    NATIONAL = "NCPI"
    REVIEW = "NCPI post-inspection review"
    GRADED = "Child protection inspection (graded)"


class MonitoringEvent(StrEnum):
    """What happens in enhanced monitoring and to causes of concern."""

    ENGAGE_STARTED = "Engage started"
    ENGAGE_ENDED = "Engage ended"
    CONCERN_ISSUED = "Cause of concern issued"
    CONCERNS_REVISITED = "Causes of concern revisited"
    CONCERN_CLOSED = "Cause of concern closed"
    REMAINING_CLOSED = "Remaining causes of concern closed"


class BreakdownKind(StrEnum):
    """What England's detail is of: missing, or away from placement without authorisation (where the child is known to be)."""

    MISSING = "missing"
    AWAY = "away"


class BreakdownTopic(StrEnum):
    """By what England's detail is broken down. ``TOTALS``: totals and averages of the year."""

    TOTALS = "totals"
    AGE = "age"
    DURATION = "duration"
    PLACEMENT = "placement"
    LOCATION = "location"
    SEX = "sex"
    ETHNIC_ORIGIN = "ethnic origin"


class SourceKind(StrEnum):
    """Where a judgement of HMICFRS was read: on its own pages, on those of a force or its commissioner, or in the press."""

    HMICFRS = "hmicfrs"
    FORCE_OR_PCC = "force_or_pcc"
    PRESS = "press"


# The name of the product, on every output.
PRODUCT = "Force performance: protecting children"

# The measure that opens pages and sentences, the first of `data/reference/measures.yaml`; a test compares the two. Some
# sentences are about it alone, so that it has a name.
LEADING_MEASURE = "children_missing_percent"

# Grades, best first; `data/reference/grade_scale.yaml` has the same order.
GRADES = ("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate")
LOW_GRADES = GRADES[-2:]

# How many of the nearest forces count as similar: in the table, in the average, in every choice of them.
MOST_SIMILAR = 5

NOT_COVERED = "not_covered"  # the status of a figure whose publication does not cover the area
# The question whose grades are set beside child protection inspections and measures of missing children.
PROTECTING = "Protecting vulnerable people"
