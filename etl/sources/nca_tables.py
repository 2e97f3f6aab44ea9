"""National Crime Agency, Missing Persons Data Report: tables A3 (children reported missing), B1 (calls) and F1 (in care or not).

One row a force. A3 has one column a financial year; B1 and F1 are of one year, which their columns do not say. Other tables, of
this report and of others, have the same columns, of adults, incidents or officers: a table is taken only if something says what
it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from etl.problems import Problem, Refused
from etl.reference import Reference
from etl.sources.files import DOWNLOAD_AGAIN
from etl.sources.reading import (
    Reading,
    in_range,
    known_releases,
    listed,
    out_of_range,
    reading_of,
    valid_frame,
    with_counts,
    year_of,
)
from etl.sources.subjects import Subject, refuse_other_subject
from etl.sources.symbols import PRESENT
from etl.sources.tables import Layout, Table
from etl.sources.years import (
    ANY_YEAR,
    YearHeading,
    compared_years,
    part_of_year_in,
    revision_in,
    unread_years,
    year_columns,
    years_in,
)
from vocabulary import AreaLevel, Status

FORCE = {"force": ("police_force", "force", "police force area", "force_name")}
A3 = Layout(
    publication="police_missing_children",
    title="NCA missing persons data report, table A3 (children reported missing)",
    columns=FORCE,
    own=frozenset(),
    years=True,
    remarks=True,
)
B1 = Layout(
    publication="missing_related_calls",
    title="NCA missing persons data report, table B1 (missing-related calls)",
    columns={
        **FORCE,
        "population": ("population",),
        "calls": ("calls_recorded", "missing related calls", "calls"),
        "rate": ("rate_per_1000", "rate per 1,000", "rate per 1,000 population", "rate per 1000 population"),
    },
    own=frozenset({"calls", "rate"}),
    remarks=True,
)
# Column of F1 to our figure; its averages (`…_ratio`) are left out, for they are computed from these.
CARE = {
    "care_incidents": "police_incidents_in_care",
    "care_individuals": "police_children_in_care",
    "not_care_incidents": "police_incidents_not_in_care",
    "not_care_individuals": "police_children_not_in_care",
}
F1 = Layout(
    publication="police_missing_care_status",
    title="NCA missing persons data report, table F1 (children missing from care and not from care)",
    columns={
        **FORCE,
        **{
            f"{care}_{what}": (f"{care}_{what}", f"{spoken} {what}", f"{spoken}: {what}")
            for care, spoken in (("care", "in care"), ("not_care", "not in care"))
            for what in ("incidents", "individuals")
        },
    },
    own=frozenset(CARE),
    remarks=True,
)
LAYOUTS = (A3, B1, F1)
SUBJECTS = {
    A3.publication: Subject(
        counts="children reported missing",
        number="A3",
        needed=(re.compile(r"\bmissing\b"), re.compile(r"\bchild(?:ren)?\b|\bunder 18|\b0 (?:to )?17\b")),
        own=frozenset({"child", "children", "reported", "missing", "aged", "under", "individual", "individuals"}),
        contrary=re.compile(
            r"\badults?\b|\ball (?:ages|individuals|persons|people)\b|\bincidents?\b|\bcalls?\b|\breports\b|\bofficers?\b|"
            r"\bstaff\b|\bworkforce\b|%|\bpercent|\bper cent|\brates?\b|\bper [0-9]|\baverage\b|\bin care\b|\blooked after\b|"
            r"\brepeat|\bmore than once\b|\bboys?\b|\bgirls?\b|\b(?:fe)?males?\b|\bunder (?!18\b)[0-9]|\bover [0-9]|"
            r"\baged? (?!0 (?:to )?17\b|17 (?:and|or) under)[0-9]"
        ),
    ),
    B1.publication: Subject(
        counts="calls about missing people",
        number="B1",
        needed=(re.compile(r"\bmissing\b"), re.compile(r"\bcalls?\b")),
        own=frozenset({"missing", "related", "call", "calls", "recorded", "rate", "per", "population"}),
        contrary=re.compile(r"\badults?\b|\bchild|\bunder [0-9]|\bofficers?\b|\bstaff\b|\bworkforce\b"),
    ),
    F1.publication: Subject(
        counts="children reported missing, in care and not in care",
        number="F1",
        needed=(
            re.compile(r"\bmissing\b"),
            re.compile(r"\bchild(?:ren)?\b|\bunder 18|\b0 (?:to )?17\b"),
            re.compile(r"\bcare\b"),
        ),
        own=frozenset(
            {"child", "children", "reported", "missing", "aged", "under", "individual", "individuals", "incident", "incidents"}
            | {"care", "not", "status", "ratio", "per"}
        ),
        contrary=re.compile(
            r"\badults?\b|\ball (?:ages|persons|people)\b|\bcalls?\b|\bofficers?\b|\bstaff\b|\bworkforce\b|\bhospital"
        ),
    ),
}
SYMBOLS = {symbol.text: symbol.status for symbol in PRESENT}
FOOTNOTE_MARKS = re.compile(r"[\s,;*†‡()\[\]0-9¹²³⁰⁴-⁹]+$")
TOTALS = {
    "total", "totals", "grand total", "england", "england total", "wales", "wales total", "england and wales",
    "england and wales total", "total england and wales", "great britain", "united kingdom", "uk",
}  # fmt: skip
# Forces without a territory in England and Wales: no area of ours.
OTHER_BODIES = {
    "british transport police", "police scotland", "scotland", "psni", "police service of northern ireland",
    "northern ireland", "ministry of defence police", "civil nuclear constabulary", "isle of man", "jersey",
    "states of jersey", "guernsey",
}  # fmt: skip


def recognises(table: Table) -> bool:
    """The header says that it may be one; ``read`` asks what it counts."""
    return True


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The counts of a table.

    Raises:
        OtherSubject: nothing says that it counts what the publication counts, or its words say another thing.
        Refused: a cell, force or year is wrong or not known, or a force is absent.
    """
    # A publisher's original that the project knows by its hash needs no words.
    known = known_releases(table, reference)
    said = "" if known else refuse_other_subject(table, SUBJECTS[table.layout.publication], table.spelled.values())
    if not known:
        _refuse_part_of_year(table)
    periods = _periods(table, reference, year)
    forces, left_out = _forces(table, reference)
    long = forces.join(table.cells).reset_index(names="row").melt(
        id_vars=["row", "area_code", "joint"], value_vars=list(periods), var_name="name", value_name="raw"
    )  # fmt: skip
    figure_ids = CARE if table.layout is F1 else dict.fromkeys(periods, reference.figures_of(table.layout.publication)[0])
    long = long.assign(
        period_end=long["name"].map({name: f"{heading.ends}-03-31" for name, heading in periods.items()}),
        area_level=AreaLevel.FORCE,
        figure_id=long["name"].map(figure_ids),
        column=long["name"].map(table.spelled),
        revision=long["name"].map({name: heading.revision or None for name, heading in periods.items()}),
    )
    figures = with_counts(long, SYMBOLS, table.place)
    _refuse_all_zero(table, figures)
    # The publisher's count is of both forces: neither has one of its own. A negative one is left for validation to refuse.
    shared = figures["joint"] & figures["value"].ge(0).fillna(False).astype(bool)
    figures["value"] = figures["value"].mask(shared)
    figures["status"] = figures["status"].mask(shared, Status.REPORTED_JOINTLY)
    frame = valid_frame(figures, "figures", reference, table.place)
    _refuse_absent(frame, reference, table.place)
    notes = [said, *_notes(table, forces, left_out, periods)]
    return reading_of(table, str(max(heading.ends for heading in periods.values())), frame, len(left_out), *notes)


def _periods(table: Table, reference: Reference, year: int | None) -> dict[str, YearHeading]:
    """The columns that are carried over, with the year in which their period ends and whether it is provisional or revised."""
    of_table = revision_in(table.title)
    if table.layout is not A3:
        columns = CARE if table.layout is F1 else ("calls",)
        return dict.fromkeys(columns, YearHeading(year_of(table, reference, year), of_table))
    periods = year_columns(table.spelled)
    problems = [*_unread(table), *_year_faults(table, periods), *_other_title(table, periods)]
    if problems:
        raise Refused(problems)
    if of_table and not any(heading.revision for heading in periods.values()):
        return {name: YearHeading(heading.ends, of_table) for name, heading in periods.items()}
    return periods


def _unread(table: Table) -> Iterator[Problem]:
    """A year in a column's name that is not understood may be the newest: it is never passed over."""
    for name in unread_years(table.spelled):
        named = ANY_YEAR.search(name)
        why = f"This column {'names a year in a way that is not understood' if named else 'points at a year without naming it'}."
        mend = (
            "Write it as 2020/21, with [p] if provisional or [r] if revised; remove the column if it holds no counts of a year."
        )
        yield Problem(table.place, why, mend, table.header_row, table.spelled[name])


def _other_title(table: Table, periods: dict[str, YearHeading]) -> Iterator[Problem]:
    """Years of the title that the columns do not have, or a title that ends with another year than the columns."""
    titled, ends = years_in(table.title), {heading.ends for heading in periods.values()}
    if titled and ends and (titled - ends or max(titled) != max(ends)):
        why = (
            f"The title speaks of years ending in {listed(map(str, titled))}, the columns are of {listed(map(str, ends))}. "
            "One of them is wrong."
        )
        mend = "Download the file again; where the title is wrong, correct it in a copy."
        yield Problem(table.place, why, mend, max(1, table.header_row - 1), "title", table.title)


def _refuse_part_of_year(table: Table) -> None:
    """The counts of a quarter are not those of a year."""
    if part := part_of_year_in(table.title):
        why = f"The words above this table speak of a part of a year ({part!r}); what is read here are counts of whole years."
        mend = "Give the table of a whole year, April to March; where the words are wrong, correct them in a copy."
        raise Refused(Problem(table.place, why, mend, max(1, table.header_row - 1), "title", table.title))


def _refuse_all_zero(table: Table, figures: pd.DataFrame) -> None:
    """A column in which every force has 0: nothing was filled in, or a calculation failed."""
    problems = []
    for column, cells in figures.groupby("column", sort=False):
        counts = cells["value"].dropna()
        if len(counts) and (counts == 0).all():
            why = "Every figure of this column is 0. That many zeros are no counts."
            mend = "Download the file again; check that its formulas hold values."
            problems.append(Problem(table.place, why, mend, int(cells["row"].iloc[0]), str(column), "0"))
    if problems:
        raise Refused(problems)


def _year_faults(table: Table, periods: dict[str, YearHeading]) -> Iterator[Problem]:
    """A year that is absent from the run, stands twice, or cannot be."""
    ends = [heading.ends for heading in periods.values()]
    # The columns of differences say which year is the last: it may not be absent.
    newest = max([*ends, *compared_years(table.spelled)])
    for end in sorted(set(range(min(ends), newest + 1)) - set(ends)):
        why, mend = "The column of this year is missing.", "Restore the column, or download the file again."
        yield Problem(table.place, why, mend, table.header_row, f"{end - 1}_{end % 100:02d}")
    for name, heading in periods.items():
        if ends.count(heading.ends) > 1:
            why = f"Several columns are of the year ending in {heading.ends}."
            yield Problem(table.place, why, "Keep the one that is meant.", table.header_row, table.spelled[name])
        if not in_range(heading.ends):
            yield Problem(table.place, *out_of_range(), table.header_row, table.spelled[name], table.spelled[name])


def _forces(table: Table, reference: Reference) -> tuple[pd.DataFrame, list[str]]:
    """Force code of each row, two rows where two forces are given jointly; and the names of rows that are left out.

    Returns:
        Index: lines of the table; columns area_code, joint. A list of totals and of forces without a territory.
    """
    rows: list[tuple[int, str, bool]] = []
    left_out: list[str] = []
    unknown: list[int] = []
    for row, published in table.cells["force"].items():
        name = FOOTNOTE_MARKS.sub("", str(published))
        plain = name.casefold().replace("&", "and")
        codes = reference.forces_named(name) or reference.forces_named(plain)
        if codes:
            rows += [(int(str(row)), code, len(codes) > 1) for code in codes]
        elif plain in TOTALS | OTHER_BODIES:
            left_out.append(name)
        else:
            unknown.append(int(str(row)))
    mend = "If it is another spelling of a force, add it to data/reference/force_names.csv."
    if problems := table.problems(unknown, "force", "This force is not known.", mend):
        raise Refused(problems)
    index = pd.Index([row for row, _, _ in rows], dtype="int64")
    frame = pd.DataFrame({"area_code": [code for _, code, _ in rows], "joint": [joint for _, _, joint in rows]}, index=index)
    return frame, left_out


def _refuse_absent(frame: pd.DataFrame, reference: Reference, file: str) -> None:
    """Every force of England has a row. Those of Wales are in some tables: all of them, or none."""
    present = set(frame["area_code"])
    countries = {force.country for force in reference.forces if force.force_code in present} | {"England"}
    wanted = [force for force in reference.forces if force.country in countries]
    absent = [force.force_name for force in wanted if force.force_code not in present]
    if absent:
        raise Refused(Problem(file, f"There is no row of {listed(absent)}.", DOWNLOAD_AGAIN))


def _notes(table: Table, forces: pd.DataFrame, left_out: list[str], periods: dict[str, YearHeading]) -> list[str]:
    columns = [spelled for name, spelled in table.spelled.items() if name != "force" and name not in periods]
    joint = table.cells.loc[forces.index[forces["joint"]].unique(), "force"]
    return [
        f"{listed(joint)}: given for two forces together, so neither has a value of its own." if len(joint) else "",
        f"Rows left out: {listed(left_out, most=20)} (totals, or forces without a territory)." if left_out else "",
        f"Columns left out: {listed(columns, most=20)}." if columns else "",
        *(f"{table.spelled[name]} is marked as {heading.revision}." for name, heading in periods.items() if heading.revision),
    ]
