"""Our own layout of a release: which columns each grain has, which of them are its key, what may stand in them."""

from __future__ import annotations

from vocabulary import AreaLevel, BreakdownKind, BreakdownTopic, InspectionKind, MonitoringEvent, Revision, SourceKind

COLUMNS: dict[str, list[str]] = {
    "figures": ["period_end", "area_level", "area_code", "figure_id", "value", "status"],
    "breakdowns": ["period_end", "area_code", "kind", "topic", "category", "amount", "status"],
    "percentages": ["period_end", "area_code", "percentage_id", "percent", "status"],
    "grades": [
        "force_code", "cycle", "level", "question", "grade", "status", "published", "source_url", "source_kind",
    ],
    "grade_counts": [
        "force_code", "cycle", "areas_graded", "outstanding", "good", "adequate", "requires_improvement",
        "inadequate", "published", "source_url", "source_kind",
    ],
    "inspections": [
        "inspection_id", "force_code", "kind", "inspected_from", "inspected_to", "published", "cases_audited",
        "cases_good", "cases_requires_improvement", "cases_inadequate", "recommendations", "follows", "source_url",
        "source_kind",
    ],
    "inspection_grades": ["inspection_id", "force_code", "area", "grade", "source_url"],
    "recommendations": ["inspection_id", "number", "force_code", "due", "theme"],
    "monitoring_events": ["force_code", "event", "topic", "date", "source_url", "source_kind"],
}  # fmt: skip
# Written only where a row of the file has something to say there.
OPTIONAL: dict[str, list[str]] = {"figures": ["revision"], "inspections": ["review_name"]}
REVISIONS = [str(revision) for revision in Revision]
KEYS: dict[str, list[str]] = {
    "figures": ["period_end", "area_code", "figure_id"],
    "breakdowns": ["period_end", "area_code", "kind", "topic", "category"],
    "percentages": ["period_end", "area_code", "percentage_id"],
    "grades": ["force_code", "cycle", "question"],
    "grade_counts": ["force_code", "cycle"],
    "inspections": ["inspection_id"],
    "inspection_grades": ["inspection_id", "area"],
    "recommendations": ["inspection_id", "number"],
    "monitoring_events": ["force_code", "event", "topic", "date"],
}
PLACE = ["row", "column", "raw"]
WHOLE_NUMBERS = {
    "value", "areas_graded", "outstanding", "good", "adequate", "requires_improvement", "inadequate", "number",
    "cases_audited", "cases_good", "cases_requires_improvement", "cases_inadequate", "recommendations",
}  # fmt: skip
# A count, or an average with its decimals as published.
AMOUNT = r"[0-9]{1,12}(\.[0-9]{1,2})?"
KINDS = [str(kind) for kind in BreakdownKind]
TOPICS = [str(topic) for topic in BreakdownTopic]
GRADE_COUNTS = ["outstanding", "good", "adequate", "requires_improvement", "inadequate"]
CASE_COUNTS = ["cases_good", "cases_requires_improvement", "cases_inadequate"]
# Up to twelve digits: no count of people in England and Wales is longer.
WHOLE_NUMBER = r"-?[0-9]{1,12}"
LEVELS = [str(level) for level in AreaLevel]
DATES = {"period_end", "published", "inspected_from", "inspected_to", "date"}
FIRST_YEAR = 2010
ROUNDED_TO = 10
PARTIAL_DATE = r"^(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
# A date as our own CSV files write it, so that no spreadsheet makes a day of a month: what is not known is XX (ISO 8601-2).
UNKNOWN_PART = r"^(\d{4}-\d{2}(?=-XX$)|\d{4}(?=-XX(?:-XX)?$))(?:-XX)+$"
DATE_REMEDY = (
    "Write YYYY, YYYY-MM or YYYY-MM-DD; where a spreadsheet changes it, give the column the format Text first, or write "
    "YYYY-MM-XX."
)
ADDRESS = r"^https?://\S+$"
SOURCE_KINDS = [str(kind) for kind in SourceKind]
INSPECTION_KINDS = [str(kind) for kind in InspectionKind]
EVENTS = [str(event) for event in MonitoringEvent]
