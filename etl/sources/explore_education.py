"""What all files of the explore-education-statistics service have in common: period, geography, symbols, completeness.

The service lays out time and place in the same ten columns of every data file; https://explore-education-statistics.service.gov.uk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pandas as pd

from etl.layout import FIRST_YEAR, ROUNDED_TO
from etl.problems import Problem, Refused
from etl.reference import Reference
from etl.sources.files import DOWNLOAD_AGAIN
from etl.sources.reading import NEW_AUTHORITY, listed, out_of_range, with_counts
from etl.sources.symbols import EXPLORE_EDUCATION, bare, statuses_in
from etl.sources.tables import Table, plain
from vocabulary import AreaLevel, Status

GEOGRAPHY = {
    name: (name,)
    for name in (
        "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
        "region_name", "old_la_code", "la_name", "new_la_code",
    )
}  # fmt: skip
COMPARE = "Hold the rows of this region against the publisher's file, or download it again and give it unchanged."
# A further column that holds words is a breakdown, unless they say that its rows are of the whole.
WORDS = re.compile(r"[^\W\d_]{2}")
WHOLE = {"total", "all", "all children", "all persons"}
SIGNS = {symbol.text for symbol in EXPLORE_EDUCATION}
# Level in the file: our level, the column of its code and that of its name.
LEVELS = {
    "national": (AreaLevel.COUNTRY, "country_code", "country_name"),
    "regional": (AreaLevel.REGION, "region_code", "region_name"),
    "local authority": (AreaLevel.AUTHORITY, "new_la_code", "la_name"),
}


def places(table: Table, reference: Reference, ends: str) -> pd.DataFrame:
    """Period and area of each row of a table.

    Args:
        ends: month and day on which the period of a year ends, such as ``03-31``.

    Returns:
        Index as ``table.cells``; columns period_end, area_level, area_code, region_code (that the file puts the row in).

    Raises:
        Refused: naming each row whose period is no year, or is out of range, or whose area is not known.
    """
    cells = table.cells
    problems = [*_parts_of_a_whole(table), *_period_faults(table), *_level_faults(table)]
    if problems:
        raise Refused(problems)
    level = cells["geographic_level"].str.casefold()
    frame = pd.DataFrame(
        {
            "period_end": cells["time_period"] + f"-{ends}",
            "area_level": level.map({name: ours for name, (ours, _, _) in LEVELS.items()}),
            "area_code": "",
            "region_code": cells["region_code"],
        },
        index=cells.index,
    )
    known = {
        AreaLevel.COUNTRY: {area.area_code for area in reference.areas if area.area_level == AreaLevel.COUNTRY},
        AreaLevel.REGION: {area.area_code for area in reference.areas if area.area_level == AreaLevel.REGION},
        AreaLevel.AUTHORITY: {authority.la_code for authority in reference.authorities},
    }
    for name, (ours, code, label) in LEVELS.items():
        rows = level == name
        frame["area_code"] = frame["area_code"].where(~rows, cells[code])
        unknown = cells[rows & ~cells[code].isin(known[ours])].drop_duplicates(code)
        what = "authority" if name == "local authority" else "area"
        why = (f"This {what} is not known ({called or 'without a name'})." for called in unknown[label])
        problems += table.problems(unknown.index, code, why, NEW_AUTHORITY)
    if problems:
        raise Refused(problems)
    return frame


def _parts_of_a_whole(table: Table) -> Iterator[Problem]:
    """Each further column of words, at its first one: by it the file counts a part, such as girls, and not every child."""
    for column in [name for name in table.spelled if name not in table.layout.columns]:
        cells = table.cells[column]
        numbers_or_signs = ~cells.str.contains(WORDS) | bare(cells).isin(SIGNS)
        parts = cells[~numbers_or_signs & ~cells.map(plain).isin(WHOLE)]
        if len(parts):
            why = "By this column the file counts a part of the children or episodes, and not all of them."
            mend = "Give the publisher's file of totals, or only the rows of the total."
            yield table.problem(int(parts.index[0]), column, why, mend)


def _period_faults(table: Table) -> Iterator[Problem]:
    cells = table.cells
    others = cells.index[cells["time_identifier"].str.casefold() != "reporting year"]
    why = "Only figures of reporting years are read."
    yield from table.problems(others, "time_identifier", why, "Give the publisher's file of yearly figures.")
    is_year = cells["time_period"].str.fullmatch("[0-9]{4}")
    yield from table.problems(cells.index[~is_year], "time_period", "This is not a year.", "Write it as four digits.")
    years = pd.to_numeric(cells["time_period"].where(is_year))
    outside = cells.index[is_year & ~years.between(FIRST_YEAR, date.today().year)]
    yield from table.problems(outside, "time_period", *out_of_range())


def _level_faults(table: Table) -> Iterator[Problem]:
    levels = table.cells["geographic_level"]
    unknown = ~levels.str.casefold().isin(list(LEVELS))
    mend = "Only rows of the nation, of regions and of local authorities are read."
    why = "This is not a geographic level that is known."
    yield from table.problems(levels.index[unknown], "geographic_level", why, mend)


def counts(cells: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The cells with ``value`` and ``status`` (``with_counts``), by the signs of the release that the newest year names."""
    release = int(str(cells["period_end"].max())[:4])
    return with_counts(cells, statuses_in(EXPLORE_EDUCATION, release), table.place)


def newest_year(frame: pd.DataFrame) -> str:
    """The newest year of a frame, after which its release is named."""
    return str(frame["period_end"].max())[:4]


def refuse_incomplete(frame: pd.DataFrame, region_code: pd.Series, reference: Reference, file: str) -> None:
    """Refuse figures of which a part is missing, as of a file that was cut off at the end of a line.

    Args:
        frame: validated figures with their place in the file.
        region_code: the region of each row of ``frame``; same index.
    """
    frame = frame.assign(region_code=region_code)
    problems = [*_absent_areas(frame, reference, file), *_sums(frame, file)]
    if problems:
        raise Refused(problems)


def _absent_areas(frame: pd.DataFrame, reference: Reference, file: str) -> Iterator[Problem]:
    """Each year has the nation, every region that an authority lies in, and an authority of every English force."""
    for period, of_year in frame.groupby("period_end"):
        year = str(period)[:4]
        levels = dict(list(of_year.groupby("area_level")))
        authorities = levels.get(AreaLevel.AUTHORITY, of_year.iloc[:0])
        if absent := reference.english_forces_without(authorities["area_code"]):
            why = f"For {year} there is no authority of {listed(absent)}."
            yield Problem(file, why, DOWNLOAD_AGAIN)
        if AreaLevel.COUNTRY not in levels:
            yield Problem(file, f"For {year} there is no figure of the nation.", DOWNLOAD_AGAIN)
        regions = set(levels[AreaLevel.REGION]["area_code"]) if AreaLevel.REGION in levels else set()
        bare = set(authorities["region_code"]) - regions
        if bare:
            why = f"For {year} there is no figure of the region {listed(bare)}, in which authorities lie."
            yield Problem(file, why, DOWNLOAD_AGAIN)


def _sums(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Authorities add up to their region as far as rounding and hidden figures allow."""
    cell = ["period_end", "region_code", "figure_id"]
    authorities = frame[frame["area_level"] == AreaLevel.AUTHORITY]
    hidden = ~authorities["status"].isin([Status.REPORTED, Status.NOT_APPLICABLE])
    sums = authorities.assign(hidden=hidden).groupby(cell).agg(total=("value", "sum"), hidden=("hidden", "sum"))
    regions = frame[(frame["area_level"] == AreaLevel.REGION) & (frame["status"] == Status.REPORTED)]
    both = regions.assign(region_code=regions["area_code"]).merge(sums, on=cell)
    excess = both["total"] - both["value"]
    wrong = (excess > ROUNDED_TO / 2) | ((-excess > ROUNDED_TO / 2) & (both["hidden"] == 0))
    for fault in both[wrong.astype(bool)].to_dict("records"):
        why = (
            f"The authorities of {fault['area_code']} add up to {fault['total']:,} {fault['figure_id']} in "
            f"{fault['period_end'][:4]}, not to this figure: rows are missing, or one was changed."
        )
        yield Problem(file, why, COMPARE, int(fault["row"]), str(fault["column"]), str(fault["raw"]))
