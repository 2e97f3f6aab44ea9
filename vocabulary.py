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


class AreaLevel(StrEnum):
    """Of what an area is one, widest first."""

    COUNTRY = "country"
    REGION = "region"
    FORCE = "force"
    AUTHORITY = "local_authority"


class Status(StrEnum):
    """Why a figure or a grade is there or not: first those of figures, then those of grades (`data/reference/statuses.yaml`)."""

    REPORTED = "reported"
    SUPPRESSED = "suppressed"
    WITHHELD = "withheld"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    LOW_RELIABILITY = "low_reliability"
    REPORTED_JOINTLY = "reported_jointly"
    NOT_SHOWN = "not_shown"
    NOT_COVERED = "not_covered"
    GRADED = "graded"
    NOT_GRADED = "not_graded"
    NOT_FOUND = "not_found"
    NOT_IN_REPORT = "not_in_report"
    NOT_IN_CYCLE = "not_in_cycle"


# What forces are alike by, with the number of authorities: residents and children looked after.
LIKENESS = ("population_0_17", "children_looked_after")


class Basis(StrEnum):
    """Where the figure of a measure comes from."""

    PUBLISHED = "published"
    SUMMED = "sum of authorities"
    POOLED = "pooled over forces"


class Revision(StrEnum):
    """How a publisher marks a figure that may change, or has changed."""

    PROVISIONAL = "provisional"
    REVISED = "revised"


class Origin(StrEnum):
    """Whether a release is the publisher's, or a file that a user added."""

    PUBLISHER = "publisher"
    USER = "added by a user"


class BreakKind(StrEnum):
    """What a note on a series says: it changes its meaning, a figure is doubtful, or cycles cannot be compared."""

    BREAK = "break"
    DOUBTFUL = "doubtful"
    NOT_COMPARABLE = "not_comparable"


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

# The question whose grades are set beside child protection inspections and measures of missing children.
PROTECTING = "Protecting vulnerable people"
