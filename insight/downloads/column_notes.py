"""What the columns of downloads hold, one definition each."""

from __future__ import annotations

import pandas as pd

COLUMNS = {
    "measure_id": "Short name of the measure; its definition is in measure.csv of the whole set.",
    "area_code": "Code of the Office for National Statistics.",
    "area_name": "Name of the area.",
    "area_level": "local_authority, force, region or country.",
    "period_end": "Last day of the year that the figure covers, YYYY-MM-DD.",
    "release": "Release of the publication that the figure is taken from.",
    "numerator": "Count above the line.",
    "denominator": "Count below the line; none for a plain count.",
    "value": "Numerator over denominator times the multiplier of the measure, not rounded. A lower bound where hidden_parts is "
    "above zero and basis is not 'pooled over forces'.",
    "lower_95": "Lower limit of the 95% interval.",
    "upper_95": "Upper limit of the 95% interval.",
    "lower_998": "Lower limit of the 99.8% interval; none where it would be negative.",
    "upper_998": "Upper limit of the 99.8% interval.",
    "interval_method": "How the interval was made: Byar, exact Poisson or Wilson.",
    "status": "reported, or why there is no value.",
    "hidden_parts": "Authorities (of a force) or forces (of a pooled average) whose figure is hidden or missing.",
    "basis": "published, sum of authorities, or pooled over forces.",
    "compared_with_nation": "Higher, Lower, Similar or Not compared, against the average of the forces compared, with the level.",
    "outlier": "Flag against funnel limits adjusted for overdispersion.",
    "outlier_unadjusted": "Flag against funnel limits without adjustment.",
    "rank": "1 is the highest value.",
    "rank_lower": "Lower end of the 95% interval of the rank.",
    "rank_upper": "Upper end of the 95% interval of the rank.",
    "probability_highest_quarter": "Chance that the force belongs to the highest quarter.",
    "recent_trend": "Increasing, Decreasing, No significant change, or Cannot be calculated, over five years.",
    "change_from_previous": "Whether the 95% interval leaves that of the year before, and where to.",
    "doubtful": "Why the published figure is doubtful; empty for every other.",
    "response_due": "Publication plus six weeks; none without the day of publication, nor for a review.",
    "revisit_due": "Publication plus six months; none without the day of publication, nor for a review.",
    "revisited": "When the review that follows came out, or where that is not known when it was made; not the visit itself.",
    "days_late": "Days from revisit_due to revisited, where both are known to the day; negative is early.",
    "days_late_least": "Fewest days from the revisit's due date to revisited, where a date is known to the month or year.",
    "days_late_most": "Most days, likewise.",
    "visit": "When inspectors came back, as precise as known; the end of the visit.",
    "visit_least": "Fewest days from the revisit's due date to the visit; none where only an upper bound is known.",
    "visit_most": "Most days from the revisit's due date to the visit.",
    "as_of": "The day for which the clock was read.",
    "source": "Publisher, title, releases with their dates, and licence.",
    "file_source": "Publications that the file as a whole comes from, where each row names its own source.",
    "told_by": "Who told a judgment: the inspectorate, the force or its commissioner, the press; and that a user added it.",
    "source_url": "Page that a judgment was read from.",
    "source_kind": "hmicfrs, force_or_pcc or press.",
    "cycle": "Inspection cycle.",
    "grade": "Grade on the scale of the cycle; none where it is not known.",
    "seen": "as released then, the same year as it stands now, or the newest year.",
    "build": "The build of this warehouse that the file was made from.",
    "verdict": "The word that says how the figure stands among others.",
    "average": "Average of the forces compared: sum of counts over sum of denominators.",
    "forces_compared": "Forces in the average.",
    "rule": "Rule that made the finding.",
    "severity": "How much a finding asks for attention.",
    "sentence": "The finding.",
    "subject": "Measure or judgment that a finding rests on.",
    "period": "Period of the figure, sortable.",
}


def described(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Name, type and description of each column of a frame."""
    return [
        {"name": str(name), "type": _type(frame[name]), "description": COLUMNS.get(str(name), str(name).replace("_", " "))}
        for name in frame.columns
    ]


def _type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column) else "string"
