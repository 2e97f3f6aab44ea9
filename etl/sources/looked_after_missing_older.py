"""DfE, looked-after children who were missing or away without authorisation, underlying data of 2015, 2016 and 2017.

One row an area, one column a figure; the year is in no column. The columns were renamed for 2017. In these years ``x`` was a
number from 1 to 5, hidden; later the same letter says that a figure is not available.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.layout import ROUNDED_TO
from etl.problems import Problem, Refused, refuse
from etl.reference import Reference
from etl.sources.files import DOWNLOAD_AGAIN
from etl.sources.reading import NEW_AUTHORITY, Reading, listed, reading_of, valid_frame, with_counts, year_of
from etl.sources.symbols import UNDERLYING_DATA, statuses_in
from etl.sources.tables import Layout, Table
from etl.tidy import content_hash
from vocabulary import AreaLevel, Status

YEARS = range(2015, 2018)
# Base figure: the column's name in 2015 and 2016, and in 2017.
FIGURES = {
    "missing_incidents": ("CLA_MissIncs", "Miss_Miss_Incs"),
    "children_missing": ("CLA_MissDuringYear", "Miss_Miss_DuringYear"),
    "children_missing_more_than_once": ("CLA_MissMoreOnce", "Miss_Miss_MoreOnce"),
    "children_missing_at_31_march": ("CLA_Miss31Mar", "Miss_Miss_31Mar"),
    "away_incidents": ("CLA_AwayIncs", "Miss_Away_Incs"),
    "children_away": ("CLA_AwayDuringYear", "Miss_Away_DuringYear"),
    "children_away_more_than_once": ("CLA_AwayMoreOnce", "Miss_Away_MoreOnce"),
    "children_away_at_31_march": ("CLA_Away31Mar", "Miss_Away_31Mar"),
}
AREA = {"area_code": ("New_geog_code",), "level": ("geog_l",), "old_code": ("geog_c",), "area_name": ("geog_n",)}
LAYOUTS = (
    Layout(
        publication="looked_after_missing",
        title="DfE looked-after children missing or away, underlying data of 2015 to 2017",
        columns={**AREA, **FIGURES},
        own=frozenset(FIGURES),
        since={renamed: 2017 for _, renamed in FIGURES.values()},
    ),
)
LEVELS = {"national": AreaLevel.COUNTRY, "region": AreaLevel.REGION, "la": AreaLevel.AUTHORITY}
# The files give these London's own code; they are told apart by name.
PARTS_OF_LONDON = ["Inner London", "Outer London"]
SUPPRESSED_AT_MOST = 5


def recognises(table: Table) -> bool:
    """The header says it all."""
    return True


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The counts of a file.

    Raises:
        Refused: a cell or area is wrong, the year is not known, or a part of the file is missing.
    """
    cells = _with_areas(table, reference)
    long = cells.reset_index(names="row").melt(
        id_vars=["row", "area_level", "area_code"], value_vars=list(FIGURES), var_name="figure_id", value_name="raw"
    )
    long = long.assign(column=long["figure_id"].map(table.spelled))
    figures = with_counts(long, statuses_in(UNDERLYING_DATA, YEARS[-1]), table.place)
    ending = _year(table, reference, year, figures)
    frame = valid_frame(figures.assign(period_end=f"{ending}-03-31"), "figures", reference, table.place)
    _refuse_incomplete(frame, reference, table.place)
    meaning = "In this layout x is a number from 1 to 5 that the publisher hides."
    return reading_of(table, str(ending), frame, 0, meaning)


def _year(table: Table, reference: Reference, year: int | None, figures: pd.DataFrame) -> int:
    """The year of a file: that of the release with the same figures, else what its column names or a person say."""
    releases = reference.publications[table.layout.publication].releases
    for known in YEARS:
        release = releases.get(str(known))
        if release and release.figures_sha256 == content_hash(figures.assign(period_end=f"{known}-03-31"), "figures"):
            return known
    named = max(table.layout.since.get(spelled, YEARS[0]) for spelled in table.spelled.values())
    ending = year_of(table, reference, named if year is None and named == YEARS[-1] else year)
    if ending not in YEARS:
        why = f"This layout was used for {YEARS[0]} to {YEARS[-1]}, not for {ending}."
        raise refuse(table.place, why, "Correct the year.")
    if ending < named:
        why = f"The columns have the names that hold from the release of {named}, not those of {ending}."
        raise refuse(table.place, why, "Correct the year.")
    return ending


def _with_areas(table: Table, reference: Reference) -> pd.DataFrame:
    """The cells with ``area_level``, and with the code of each area that is its own."""
    level = table.cells["level"].str.casefold().map(LEVELS)
    mend = f"Levels of this layout are {', '.join(name.upper() for name in LEVELS)}."
    if problems := table.problems(level.index[level.isna()], "level", "This is not a geographic level that is known.", mend):
        raise Refused(problems)
    parts = {area.area_name.casefold(): area.area_code for area in reference.areas if area.area_name in PARTS_OF_LONDON}
    own_code = table.cells["area_name"].str.casefold().map(parts).astype("str").where(level == AreaLevel.REGION)
    cells = table.cells.assign(area_level=level, area_code=own_code.fillna(table.cells["area_code"]))
    known = {area.area_code: str(area.area_level) for area in reference.areas}
    known |= {authority.la_code: AreaLevel.AUTHORITY for authority in reference.authorities}
    wrong = cells["area_code"].map(known).fillna("") != cells["area_level"]
    why = (f"This authority or area is not known ({name})." for name in cells.loc[wrong, "area_name"])
    if problems := table.problems(cells.index[wrong], "area_code", why, NEW_AUTHORITY):
        raise Refused(problems)
    return cells


def _refuse_incomplete(frame: pd.DataFrame, reference: Reference, file: str) -> None:
    problems = [*_absent_areas(frame, reference, file), *_sums(frame, file)]
    if problems:
        raise Refused(problems)


def _absent_areas(frame: pd.DataFrame, reference: Reference, file: str) -> Iterator[Problem]:
    """The nation, and an authority of every English force."""
    if absent := reference.english_forces_without(frame["area_code"]):
        yield Problem(file, f"There is no authority of {listed(absent)}.", DOWNLOAD_AGAIN)
    if AreaLevel.COUNTRY not in set(frame["area_level"]):
        yield Problem(file, "There is no row of the nation.", DOWNLOAD_AGAIN)


def _sums(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Authorities add up to the nation's figure, but for rounding and 1 to 5 for each suppressed one."""
    authorities = frame[frame["area_level"] == AreaLevel.AUTHORITY]
    for nation in frame[(frame["area_level"] == AreaLevel.COUNTRY) & (frame["status"] == Status.REPORTED)].to_dict("records"):
        parts = authorities[authorities["figure_id"] == nation["figure_id"]]
        gap = int(nation["value"]) - int(parts["value"].sum())
        suppressed, unknown = (parts["status"] == Status.SUPPRESSED).sum(), (parts["status"] == Status.NOT_AVAILABLE).any()
        most = SUPPRESSED_AT_MOST * suppressed + ROUNDED_TO // 2
        if gap < -(ROUNDED_TO // 2) or (gap > most and not unknown):
            why = (
                f"The authorities add up to {int(parts['value'].sum()):,} {nation['figure_id']}, {suppressed} being "
                "suppressed, not to this figure: rows are missing, or one was changed."
            )
            yield Problem(file, why, DOWNLOAD_AGAIN, int(nation["row"]), nation["column"], nation["raw"])
