"""National Crime Agency, Missing Persons Data Report: tables A3 (children reported missing) and B1 (calls).

One row a force. A3 has one column a financial year; B1 is of one year, which its columns do not say. Other tables of the
report have the columns of A3 too, of adults or of incidents: what stands above a table decides.
"""

from __future__ import annotations

import re

import pandas as pd

from etl.problems import Problem, Refused
from etl.reference import Reference
from etl.sources.files import DOWNLOAD_AGAIN
from etl.sources.reading import Reading, in_range, listed, out_of_range, reading_of, valid_frame, with_counts, year_of
from etl.sources.symbols import PRESENT
from etl.sources.tables import Layout, Table, year_columns

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
LAYOUTS = (A3, B1)
TABLE_OF = {A3.publication: "A3", B1.publication: "B1"}
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
    """Whether a table may be the one that its columns suggest, going by its sheet's name and by what stands above it."""
    called = _called(table.title)
    if called is not None:
        return called == TABLE_OF[table.layout.publication]
    if table.layout is A3:
        words = table.title.casefold()
        return not re.search(r"adult|incident|\bcalls?\b", words)
    return True


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The counts of a table.

    Raises:
        Refused: a cell, force or year is wrong or not known, or a force of England is absent.
    """
    periods = _periods(table, reference, year)
    forces, left_out = _forces(table, reference)
    long = forces.join(table.cells).reset_index(names="row").melt(
        id_vars=["row", "area_code", "joint"], value_vars=list(periods), var_name="name", value_name="raw"
    )  # fmt: skip
    figure_id = reference.figures_of(table.layout.publication)[0]
    long = long.assign(
        period_end=long["name"].map(periods).astype("str") + "-03-31",
        area_level="force",
        figure_id=figure_id,
        column=long["name"].map(table.spelled),
    )
    figures = with_counts(long, SYMBOLS, table.place)
    # The publisher's count is of both forces: neither has one of its own. A negative one is left for validation to refuse.
    shared = figures["joint"] & figures["value"].ge(0).fillna(False).astype(bool)
    figures["value"] = figures["value"].mask(shared)
    figures["status"] = figures["status"].mask(shared, "reported_jointly")
    frame = valid_frame(figures, "figures", reference, table.place)
    _refuse_absent(frame, reference, table.place)
    return reading_of(table, str(max(periods.values())), frame, len(left_out), *_notes(table, forces, left_out, periods))


def _called(title: str) -> str | None:
    """The number of a table as its title or sheet gives it, such as A3."""
    found = re.search(r"(?<![a-z])table[\s_-]*([a-f][0-9]{1,2})(?![0-9])", title, re.I)
    found = found or re.match(r"([a-f][0-9]{1,2})(?![0-9a-z])", title, re.I)
    return found[1].upper() if found else None


def _periods(table: Table, reference: Reference, year: int | None) -> dict[str, int]:
    """The columns that are carried over, with the year in which their period ends."""
    if table.layout is B1:
        return {"calls": year_of(table, reference, year)}
    periods = year_columns(table.spelled)
    found = set(periods.values())
    # The columns of differences name the year before the last: the last may not be absent.
    against = year_columns(re.findall(r"20[0-9]{2}_[0-9]{2}", " ".join(name for name in table.spelled if "diff" in name)))
    wanted = set(range(min(found), max([*found, *(end + 1 for end in against.values())]) + 1))
    problems = [
        Problem(
            table.place, "The column of this year is missing.", "Restore the column, or download the file again.",
            table.header_row, f"{end - 1}_{end % 100:02d}",
        )
        for end in sorted(wanted - found)
    ]  # fmt: skip
    problems += [
        Problem(table.place, *out_of_range(), table.header_row, table.spelled[name], table.spelled[name])
        for name, end in periods.items()
        if not in_range(end)
    ]
    if problems:
        raise Refused(problems)
    return periods


def _forces(table: Table, reference: Reference) -> tuple[pd.DataFrame, list[str]]:
    """Force code of each row, two rows where two forces are given jointly; and the names of rows that are left out.

    Returns:
        Index: lines of the table; columns area_code, joint. A list of totals and of forces without a territory.
    """
    rows: list[tuple[int, str, bool]] = []
    left_out: list[str] = []
    problems: list[Problem] = []
    for row, published in table.cells["force"].items():
        name = FOOTNOTE_MARKS.sub("", str(published))
        plain = name.casefold().replace("&", "and")
        codes = reference.forces_named(name) or reference.forces_named(plain)
        if codes:
            rows += [(int(str(row)), code, len(codes) > 1) for code in codes]
        elif plain in TOTALS | OTHER_BODIES:
            left_out.append(name)
        else:
            mend = "If it is another spelling of a force, add it to data/reference/force_names.csv."
            problems.append(table.problem(int(str(row)), "force", "This force is not known.", mend))
    if problems:
        raise Refused(problems)
    index = pd.Index([row for row, _, _ in rows], dtype="int64")
    frame = pd.DataFrame({"area_code": [code for _, code, _ in rows], "joint": [joint for _, _, joint in rows]}, index=index)
    return frame, left_out


def _refuse_absent(frame: pd.DataFrame, reference: Reference, file: str) -> None:
    """Every force of England has a row; those of Wales have none in these tables so far."""
    present = set(frame["area_code"])
    english = [force for force in reference.forces if force.country == "England"]
    absent = [force.force_name for force in english if force.force_code not in present]
    if absent:
        raise Refused(Problem(file, f"There is no row of {listed(absent)}.", DOWNLOAD_AGAIN))


def _notes(table: Table, forces: pd.DataFrame, left_out: list[str], periods: dict[str, int]) -> list[str]:
    columns = [spelled for name, spelled in table.spelled.items() if name != "force" and name not in periods]
    joint = table.cells.loc[forces.index[forces["joint"]].unique(), "force"]
    return [
        f"{listed(joint)}: given for two forces together, so neither has a value of its own." if len(joint) else "",
        f"Rows left out: {listed(left_out, most=20)} (totals, or forces without a territory)." if left_out else "",
        f"Columns left out: {listed(columns, most=20)}." if columns else "",
    ]
