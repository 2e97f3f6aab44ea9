"""Figures as tables: one to read on screen, one to take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.clock_words import due_text, lateness, review_text, visit_text
from insight.inspection_clock import REINSPECTION, known_so_far, short_kind
from insight.shades import coloured_by
from insight.words import doubt_mark, figure_text, is_missing, number, partial_date, short_value, year_ending

Row = Mapping[str, Any]
AMONG_FORCES = "Compared with the average of forces"
SOURCE_KINDS = {"hmicfrs": "the inspectorate", "force_or_pcc": "the force or its commissioner", "press": "the press"}
FOLLOWED = ("Answer due", "Revisit due", "Inspectors came back", "How late", "Review published")
TAKEN_AWAY = [
    "measure_id", "area_code", "area_name", "area_level", "period_end", "release", "numerator", "denominator", "value",
    "lower_95", "upper_95", "lower_998", "upper_998", "interval_method", "status", "hidden_parts", "basis",
    "compared_with_nation", "outlier", "rank", "rank_lower", "rank_upper", "probability_highest_quarter", "recent_trend",
    "change_from_previous", "doubtful",
]  # fmt: skip


def areas_to_read(frame: pd.DataFrame, measure: Row, labels: Mapping[str, str], first: str = "Force") -> pd.DataFrame:
    """One row an area: figure, what it is made of, interval and verdict, in words.

    Args:
        frame: indicator rows with ``area_name``; columns may be missing for an area that the measure does not cover.
        measure: unit, decimals, kind, independent.
        labels: words for each status.
        first: heading of the column of names. Forces are compared with the average of forces, other areas with England.
    """
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    rows = []
    for row in frame.to_dict("records"):
        entry = {first: row["area_name"], _heading(unit): figure_text(row, decimals, unit, labels)}
        if measure["kind"] != "count":
            entry["Out of"] = _count_of(row)
            entry["95% interval"] = interval(row, decimals)
            entry[verdict_heading(measure, first)] = verdict_word(row, measure)
        rows.append({**entry, "Note": _note(row)})
    return pd.DataFrame(rows)


def years_to_read(frame: pd.DataFrame, measure: Row, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row a year, one column an area."""
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    rows = frame.assign(
        year=[f"March {period.year}" for period in frame["period_end"]],
        text=[figure_text(row, decimals, unit, labels) for row in frame.to_dict("records")],
    )
    wide = rows.pivot_table(index=["period_end", "year"], columns="area_name", values="text", aggfunc="first", sort=False)
    wide = wide.sort_index().reset_index().drop(columns="period_end").rename(columns={"year": "Year ending"})
    return wide.rename_axis(columns=None).fillna("")


def to_take_away(frame: pd.DataFrame) -> pd.DataFrame:
    """Every stored column of indicator rows, dates sortable, nothing rounded."""
    kept = frame[[column for column in TAKEN_AWAY if column in frame.columns]]
    return kept.assign(period_end=pd.to_datetime(kept["period_end"]).dt.strftime("%Y-%m-%d"))


def measures_to_read(frame: pd.DataFrame, nation: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """The newest figure of every measure of one area beside England's, with verdict, change and trend.

    Args:
        frame: rows of ``force_all_measures`` for the area.
        nation: the same for England.
    """
    rows = []
    newest = frame.sort_values("period_end").groupby("measure_id", sort=False).tail(1)
    for row in frame.drop_duplicates("measure_id").to_dict("records"):
        held = newest[newest["measure_id"] == row["measure_id"]].iloc[0].to_dict()
        same = nation[(nation["measure_id"] == row["measure_id"]) & (nation["period_end"] == held["period_end"])]
        england = short_value(float(same["value"].iloc[0]), int(row["decimals"]), str(row["unit"])) if _has(same) else ""
        rows.append(
            {
                "Measure": row["short_title"],
                "Year ending": f"{held['period_end']:%B %Y}",
                "Figure": figure_text(held, int(row["decimals"]), str(row["unit"]), labels),
                "England": england,
                AMONG_FORCES: verdict_word(held, row),
                "Since the year before": _word(held["change_from_previous"]),
                "Recent trend": _word(held["recent_trend"]),
            }
        )
    return pd.DataFrame(rows)


def inspections_to_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Child protection inspections with dates as precise as known, case files by result, and what followed each.

    Reviews are matched by ``follows``, so that ``frame`` must hold whole forces. When inspectors came back is the visit, as on
    every page, not the stored ``revisited``, which is when the review came out.
    """
    clock = {row["inspection_id"]: row for row in known_so_far(frame).to_dict("records")}
    rows = [
        {
            "Inspection": f"{row['kind']}, re-inspection" if short_kind(row) == REINSPECTION else row["kind"],
            "Inspected": visited_text(row["inspected_from"], row["inspected_to"]),
            "Published": partial_date(row["published"]),
            "Case files": _cases(row),
            "Recommendations": "not known" if is_missing(row["recommendations"]) else f"{int(row['recommendations'])}",
            **_followed(clock.get(row["inspection_id"])),
            "Source": source_link(row["source_url"], row["source_kind"], row["origin"]),
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def visited_text(first: Any, last: Any) -> str:
    """'8 to 19 October 2018', or as much as is known of a visit's days."""
    if is_missing(first) or is_missing(last) or first == last:
        return partial_date(last if is_missing(first) else first)
    begins, ends = partial_date(first), partial_date(last)
    day, *rest = begins.split(" ")
    same = ends.split(" ")
    return f"{day} to {ends}" if len(same) == 3 and rest == same[1:] else f"{begins} to {ends}"


def _followed(clock: dict[str, Any] | None) -> dict[str, str]:
    """What was due after an inspection and what came of it; a review has no clock of its own."""
    if clock is None:
        return dict.fromkeys(FOLLOWED, "does not apply")
    said = (due_text(clock, "response"), due_text(clock, "revisit"), visit_text(clock), lateness(clock), review_text(clock))
    return dict(zip(FOLLOWED, (part or "not known" for part in said), strict=True))


def events_to_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Monitoring events in order of date."""
    rows = [
        {
            "Date": partial_date(row["date"]),
            "Event": row["event"],
            "About": row["topic"] or "the force as a whole",
            "Source": source_link(row["source_url"], row["source_kind"], row["origin"]),
        }
        for row in frame.sort_values("date").to_dict("records")
    ]
    return pd.DataFrame(rows)


def interval(row: Row, decimals: int) -> str:
    """'10.8 to 14.8', or nothing."""
    if is_missing(row["lower_95"]) or is_missing(row["upper_95"]):
        return ""
    return f"{number(row['lower_95'], decimals)} to {number(row['upper_95'], decimals)}"


def source_name(kind: Any, origin: Any = None) -> str:
    """Who told a judgment, and that a user added it where one did."""
    told = SOURCE_KINDS.get(str(kind), "source")
    return f"{told}, added by a user" if not is_missing(origin) and origin != "publisher" else told


def is_teller(text: str) -> bool:
    """Whether a link's text says who told, and so nothing of what it opens."""
    return text.split(", ")[0] in (*SOURCE_KINDS.values(), "source")


def source_link(url: Any, kind: Any, origin: Any = None) -> str:
    """A page that a judgment was read from, as a short link in Markdown; who told it is in its name."""
    return "" if is_missing(url) else f"[{source_name(kind, origin)}]({url})"


def _cases(row: Row) -> str:
    if is_missing(row["cases_audited"]):
        return "not known"
    parts = [
        f"{int(row[column])} {word}"
        for column, word in (
            ("cases_good", "good"),
            ("cases_requires_improvement", "requires improvement"),
            ("cases_inadequate", "inadequate"),
        )
        if not is_missing(row[column])
    ]
    total = f"{int(row['cases_audited'])} audited"
    return f"{total}: {', '.join(parts)}" if parts else total


def _has(frame: pd.DataFrame) -> bool:
    return not frame.empty and not is_missing(frame["value"].iloc[0])


def _heading(unit: str) -> str:
    return unit[:1].upper() + unit[1:]


def verdict_heading(measure: Row, first: str = "Force") -> str:
    """What the verdicts of a measure compare an area with."""
    if coloured_by(measure) == "outlier":
        return "Against the adjusted limits"
    return AMONG_FORCES if first == "Force" else "Compared with England"


def verdict_word(row: Row, measure: Row) -> str:
    """How a figure stands: its verdict, of incidents its flag against the funnel; nothing for a bare number."""
    return "" if measure["kind"] == "count" else _word(row[coloured_by(measure)]) or "Not compared"


def _count_of(row: Row) -> str:
    if is_missing(row["numerator"]) or is_missing(row["denominator"]):
        return ""
    return f"{number(row['numerator'])} of {number(row['denominator'])}"


def _word(value: Any) -> str:
    return "" if is_missing(value) else str(value)


def _note(row: Row) -> str:
    doubt = "doubtful, as published" if doubt_mark(row) else ""
    return "; ".join(said for said in (_hidden_note(row), doubt) if said)


def _hidden_note(row: Row) -> str:
    if is_missing(row["hidden_parts"]) or int(row["hidden_parts"]) == 0:
        return ""
    hidden = int(row["hidden_parts"])
    if row["area_level"] == "force":
        return f"{hidden} {'authority' if hidden == 1 else 'authorities'} hidden"
    return f"{hidden} {'force' if hidden == 1 else 'forces'} left out for want of a figure"


def sources_to_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Releases with publisher, periods and what they cover; the title links to the publication."""
    rows = [
        {
            "Subject": row["subject"],
            "Publisher": row["publisher"],
            "Title": f"[{row['title']}]({row['url']})",
            "Release": row["release"],
            "Published": partial_date(row["published"]),
            "Periods": _periods(row),
            "Figures": number(row["figures"]) if row["figures"] else "",
            "Covers": row["coverage"],
            "Added by": "the project" if row["origin"] == "publisher" else "a user",
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def coverage_to_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Measures and years with the number of forces that have a figure and the reasons of the others."""
    rows = [
        {
            "Measure": row["short_title"],
            "Year ending": f"{row['period_end']:%B %Y}",
            "Release": row["release"],
            "With a figure": int(row["with_value"]),
            "of them lower bounds": int(row["lower_bounds"]),
            "Suppressed": int(row["suppressed"]),
            "Not available": int(row["not_available"]),
            "Low reliability": int(row["low_reliability"]),
            "Reported jointly": int(row["reported_jointly"]),
            "Not covered (Wales)": 43 - int(row["forces"]),
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def checks_to_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Checks, failures first."""
    return pd.DataFrame(
        {
            "Outcome": frame["passed"].map({True: "passed", False: "failed"}),
            "Check": frame["detail"],
            "Expected": frame["expected"],
            "Found": frame["found"],
        }
    )


def revisions_to_read(frame: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Revised figures, largest change first."""
    names = dict(zip(figures["figure_id"], figures["label"], strict=True))
    return pd.DataFrame(
        {
            "Figure": [names[figure].capitalize() for figure in frame["figure_id"]],
            "Area": frame["area_name"],
            "Year ending": [f"{period:%B %Y}" for period in frame["period_end"]],
            "Earlier release": [f"{r.earlier_release}: {number(r.earlier_value)}" for r in frame.itertuples()],
            "Later release": [f"{r.later_release}: {number(r.later_value)}" for r in frame.itertuples()],
            "Change": [f"{'+' if change > 0 else '−'}{number(abs(change))}" for change in frame["change"]],
        }
    )


def _periods(row: Row) -> str:
    if is_missing(row["first_period"]):
        return ""
    return f"{row['first_period']:%B %Y} to {row['last_period']:%B %Y}"


def revised_years_to_read(frame: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """A base figure of one area: a row a year, a column a release, empty where a release does not cover the year."""
    if frame.empty:
        return pd.DataFrame()
    rows = frame.assign(
        year=[f"March {period.year}" for period in frame["period_end"]],
        text=[figure_text(row, 0, "", labels) for row in frame.to_dict("records")],
        column="Release " + frame["release"],
    )
    wide = rows.pivot(index=["period_end", "year"], columns="column", values="text").sort_index()
    return (
        wide.fillna("").reset_index().drop(columns="period_end").rename(columns={"year": "Year ending"}).rename_axis(columns=None)
    )


def outliers_to_read(frame: pd.DataFrame, measure: Row, labels: Mapping[str, str]) -> pd.DataFrame:
    """Forces beyond the limits of a funnel, the most extreme first, then all others with what keeps them in or out.

    Args:
        frame: rows of ``forces_in_year`` with ``flag``, the word of the limits that are drawn.
    """
    order = ["High (99.8%)", "Low (99.8%)", "High (95%)", "Low (95%)", "Not significant", "Not compared"]
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    ranked = frame.assign(place=frame["flag"].map(order.index)).sort_values(["place", "area_name"])
    return pd.DataFrame(
        [
            {
                "Force": row["area_name"],
                "Beyond the limits": row["flag"],
                _heading(unit): figure_text(row, decimals, unit, labels),
                "Out of": _count_of(row),
                "Note": _note(row),
            }
            for row in ranked.to_dict("records")
        ]
    )


def ranks_to_read(frame: pd.DataFrame, measure: Row, labels: Mapping[str, str]) -> pd.DataFrame:
    """Ranks with intervals and the probability of being among the highest quarter."""
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    rows = frame.sort_values(["rank", "area_name"], na_position="last").to_dict("records")
    return pd.DataFrame(
        [
            {
                "Force": row["area_name"],
                "Rank": "not ranked" if is_missing(row["rank"]) else f"{int(row['rank'])}",
                "95% interval of the rank": ""
                if is_missing(row["rank"])
                else f"{int(row['rank_lower'])} to {int(row['rank_upper'])}",
                "Chance of being in the highest quarter": ""
                if is_missing(row["probability_highest_quarter"])
                else f"{row['probability_highest_quarter']:.0%}",
                _heading(unit): figure_text(row, decimals, unit, labels),
            }
            for row in rows
        ]
    )


def alike_to_read(frame: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Forces most alike with what they are alike by, my own force first."""
    rows = pd.concat([own, frame], ignore_index=True).to_dict("records")
    return pd.DataFrame(
        [
            {
                "Force": row["area_name"],
                "Children aged 0 to 17": number(row["children"]),
                "Looked-after children per 10,000": number(row["looked_after_rate"], 1),
                "Children per authority": number(row["children_per_authority"]),
                "Distance": "" if is_missing(row.get("distance")) else number(row["distance"], 2),
            }
            for row in rows
        ]
    )


def rug_to_read(frame: pd.DataFrame, measures: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """A row a force, a column a measure: figure, verdict and trend in words."""
    writing = measures.set_index("measure_id")
    texts = []
    for row in frame.to_dict("records"):
        measure = writing.loc[row["measure_id"]]
        text = figure_text(row, int(measure["decimals"]), str(measure["unit"]), labels)
        said = "" if is_missing(row["value"]) else f", {row['verdict']}"
        moved = f", {row['recent_trend']}" if row["recent_trend"] in ("Increasing", "Decreasing") else ""
        texts.append(f"{text}{said}{moved}")
    wide = frame.assign(text=texts).pivot(index="area_name", columns="measure_id", values="text")
    wide = wide[[measure for measure in writing.index if measure in wide.columns]]
    wide = wide.rename(columns=writing["short_title"].to_dict()).reset_index().rename(columns={"area_name": "Force"})
    return wide.rename_axis(columns=None)


def trends_to_read(frame: pd.DataFrame, measure: Row, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row a force: its trend and its figure in every year.

    Args:
        frame: a series with the newest trend on every row of a force.
    """
    years = years_to_read(frame, measure, labels).set_index("Year ending").T
    trends = frame.drop_duplicates("area_name").set_index("area_name")["recent_trend"]
    years.insert(0, "Recent trend", trends.reindex(years.index))
    return years.rename_axis(index="Force", columns=None).reset_index()


def definitions_to_read(measures: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Measures with what they are made of and what to beware of."""
    names = dict(zip(figures["figure_id"], figures["label"], strict=True))
    rows = [
        {
            "Measure": row["title"],
            "Topic": row["topic"],
            "Definition": row["definition"],
            "Made of": _made_of(row, names),
            "Caution": row["caveats"],
            "Covers": row["coverage"],
        }
        for row in measures.to_dict("records")
    ]
    return pd.DataFrame(rows)


def _made_of(row: Row, names: Mapping[str, str]) -> str:
    if is_missing(row["denominator"]):
        return names[row["numerator"]]
    times = "" if int(row["multiplier"]) == 1 else f", times {int(row['multiplier']):,}"
    return f"{names[row['numerator']]}, divided by {names[row['denominator']]}{times}"


def statuses_to_read(figures: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    """Words for figures and grades that are not there."""
    both = pd.concat([figures[figures["status"] != "reported"].assign(of="Figure"), grades.assign(of="Grade")], ignore_index=True)
    return both[["of", "symbol", "label", "meaning"]].rename(
        columns={"of": "Of a", "symbol": "Symbol", "label": "Word", "meaning": "Meaning"}
    )


def breaks_to_read(frame: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Breaks of series, seams between cycles and doubtful figures."""
    names = dict(zip(figures["figure_id"], figures["label"], strict=True))
    kinds = {"break": "Break in the series", "doubtful": "Doubtful figure", "not_comparable": "Not comparable"}
    rows = [
        {
            "Series": names.get(row["series"], "inspection grades").capitalize(),
            "What": kinds[row["kind"]],
            "From": row["cycle"] if is_missing(row["starts"]) else year_ending(row["starts"]),
            "Area": "everywhere" if is_missing(row["force_name"]) else row["force_name"],
            "Why": row["reason"],
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)
