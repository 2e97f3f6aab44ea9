"""What a deployment does not give away: publications (``FORCE_LEAVE_OUT``), and what a user added (``FORCE_OWN_DATA``).

The public site, its package and its JSON are made from a copy of the build without those publications; the dashboard's download
of the whole set goes without them too. Of a build with rows of a user none of them is made, nor a briefing, until somebody says
that they may be published. The pages themselves, which an operator may keep to a few readers, show both, rows of a user marked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from contract import FILE
from environment import LEAVE_OUT, OWN_DATA
from insight.warehouse import Warehouse, copy_build, open_warehouse
from vocabulary import LIKENESS, Origin
from writing import scratch

JUDGEMENTS = ("peel_grades", "child_protection_inspections")  # without them there is nothing to open a force's page with
OWN_RELEASES = "SELECT source_id FROM source WHERE origin <> 'publisher' ORDER BY source_id"
KNOWN = "SELECT DISTINCT publication FROM source UNION SELECT publication FROM figure"
# What is of a publication, and what rests on it: a rate out of its figures would tell them, and a share of them their size.
OF_PUBLICATIONS = {
    "measure_id": """SELECT DISTINCT measure_id FROM measure m LEFT JOIN figure f ON f.figure_id IN (m.numerator, m.denominator)
        WHERE list_contains($left_out, m.publication) OR list_contains($left_out, f.publication)""",
    "figure_id": "SELECT figure_id FROM figure WHERE list_contains($left_out, publication)",
    "percentage_id": """SELECT DISTINCT percentage_id FROM percentage p
        LEFT JOIN figure f ON f.figure_id IN (p.figure_id, p.part_of)
        WHERE list_contains($left_out, p.publication) OR list_contains($left_out, f.publication)""",
    "inspection_id": """SELECT inspection_id FROM inspection JOIN source USING (source_id)
        WHERE list_contains($left_out, publication)""",
    "source_id": "SELECT source_id FROM source WHERE list_contains($left_out, publication)",
    "series": "SELECT figure_id FROM figure WHERE list_contains($left_out, publication)",
    "publication": "SELECT unnest($left_out)",
    "publisher": """SELECT publisher FROM source WHERE list_contains($left_out, publication)
        EXCEPT SELECT publisher FROM source WHERE NOT list_contains($left_out, publication)""",
}
# In the order in which the tables refer to each other; a test holds that no table with such a column is forgotten.
DELETES = {
    "measure_id": (
        "DELETE FROM comparison WHERE list_contains($gone, measure_id)",
        "DELETE FROM coverage WHERE list_contains($gone, measure_id)",
        "DELETE FROM measure_source WHERE list_contains($gone, measure_id)",
        "DELETE FROM doubtful_figure WHERE list_contains($gone, measure_id)",
        "DELETE FROM doubtful_part WHERE list_contains($gone, measure_id)",
        "DELETE FROM grade_association WHERE list_contains($gone, measure_id)",
        "DELETE FROM indicator WHERE list_contains($gone, measure_id)",
        "DELETE FROM indicator_as_of WHERE list_contains($gone, measure_id)",
        "DELETE FROM similar_average WHERE list_contains($gone, measure_id)",
        "DELETE FROM measure WHERE list_contains($gone, measure_id)",
    ),
    "series": ("DELETE FROM series_break WHERE list_contains($gone, series)",),
    "percentage_id": (
        "DELETE FROM authority_percentage WHERE list_contains($gone, percentage_id)",
        "DELETE FROM percentage WHERE list_contains($gone, percentage_id)",
    ),
    "inspection_id": (
        "DELETE FROM case_audit_change WHERE list_contains($gone, inspection_id) OR list_contains($gone, review_id)",
        "DELETE FROM inspection_grade WHERE list_contains($gone, inspection_id)",
        "DELETE FROM recommendation WHERE list_contains($gone, inspection_id)",
        "DELETE FROM inspection WHERE list_contains($gone, inspection_id)",
    ),
    "source_id": (
        "DELETE FROM authority_percentage WHERE list_contains($gone, source_id)",
        "DELETE FROM breakdown WHERE list_contains($gone, source_id)",
        "DELETE FROM observation WHERE list_contains($gone, source_id)",
        "DELETE FROM grade WHERE list_contains($gone, source_id)",
        "DELETE FROM grade_count WHERE list_contains($gone, source_id)",
        "DELETE FROM inspection_grade WHERE list_contains($gone, source_id)",
        "DELETE FROM recommendation WHERE list_contains($gone, source_id)",
        "DELETE FROM monitoring_event WHERE list_contains($gone, source_id)",
        "DELETE FROM measure_source WHERE list_contains($gone, source_id)",
        "DELETE FROM source_period WHERE list_contains($gone, source_id)",
        "DELETE FROM source WHERE list_contains($gone, source_id)",
    ),
    "publication": ("DELETE FROM release_feed WHERE list_contains($gone, publication)",),
    "publisher": ("DELETE FROM publisher WHERE list_contains($gone, publisher)",),
    "figure_id": (
        "DELETE FROM observation WHERE list_contains($gone, figure_id)",
        "DELETE FROM withheld_count WHERE list_contains($gone, figure_id)",
        "DELETE FROM figure WHERE list_contains($gone, figure_id)",
    ),
}
# Every row of these rests on the figures that forces are alike by.
LIKE = {
    "similar_average": "DELETE FROM similar_average",
    "nearest_neighbour": "DELETE FROM nearest_neighbour",
    "force_feature": "DELETE FROM force_feature",
}
DELETE_CHECKS = "DELETE FROM check_result WHERE regexp_matches(check_id, $series)"


class UnknownPublication(ValueError):
    """The setting names a publication that the build does not know, or that every output rests on: nothing is made."""


def left_out(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The publications that are left out.

    Raises:
        UnknownPublication: the setting names one that is not in the build, or one of judgements, which pages are about.
    """
    named = _named()
    if needed := [name for name in named if name in JUDGEMENTS]:
        raise UnknownPublication(
            f"{LEAVE_OUT.name} names {', '.join(needed)}, which cannot be left out: the pages are about them."
        )
    known = {str(name) for (name,) in connection.execute(KNOWN).fetchall()}
    unknown = [name for name in named if name not in known]
    if unknown:
        raise UnknownPublication(f"{LEAVE_OUT.name} names {', '.join(unknown)}. Known are {', '.join(sorted(known))}.")
    return named


def _named() -> list[str]:
    return sorted({name.strip() for name in (LEAVE_OUT.value or "").split(",") if name.strip()})


class LeftOut(ValueError):
    """What was made holds a publication that is left out now: it is not given away."""


class OwnData(ValueError):
    """The build holds what a user added, and nobody has said that it may be published: nothing is made."""


def own_releases(warehouse: Warehouse) -> pd.DataFrame:
    """The releases that a user added: ``source_id``."""
    return warehouse.rows("own_releases", OWN_RELEASES)


def kept_back(own: pd.DataFrame) -> bool:
    """Whether these releases of a user keep a build from being given away: nobody has said that they may be published."""
    return not own.empty and OWN_DATA.value != "publish"


def refuse_own(own: pd.DataFrame) -> None:
    """Refuse a build with rows of a user, unless the setting says that they may be published.

    Args:
        own: what ``own_releases`` answers.

    Raises:
        OwnData: naming the releases and what helps.
    """
    if kept_back(own):
        raise OwnData(
            f"The build holds what a user added: {', '.join(own['source_id'])}. Build without it (`python -m etl build "
            f"--without-own`, in a warehouse folder of its own), or set {OWN_DATA.name}=publish; it is then marked as added by a "
            "user."
        )


def refuse_given(sources: pd.DataFrame) -> None:
    """Refuse what was made of a build, as ``refuse_own`` and ``left_out`` would refuse the build today.

    Args:
        sources: rows of its table ``source``: source_id, publication, origin.

    Raises:
        OwnData: they hold what a user added, and nobody says that it may be published.
        LeftOut: they hold a publication that is left out now.
    """
    refuse_own(sources[sources["origin"] != Origin.PUBLISHER])
    held = sorted(set(_named()) & set(sources["publication"]))
    if held:
        raise LeftOut(
            f"The snapshot that was made and not listed holds {', '.join(held)}, which {LEAVE_OUT.name} leaves out. Remove its "
            "folder and run the command again."
        )


@contextmanager
def public_warehouse(path: Path) -> Iterator[Warehouse]:
    """The build without what is left out, open for reading as long as it is needed.

    Raises:
        OwnData: it holds what a user added.
        UnknownPublication: the setting names one that is not in the build.
    """
    with scratch() as folder:
        warehouse = open_warehouse(path)
        try:
            refuse_own(own_releases(warehouse))
            names = left_out(warehouse.connection)
            if names:
                warehouse.connection.close()
                warehouse = open_warehouse(_copy_without(path, (folder / path.name).with_suffix(FILE), names))
            yield warehouse
        finally:
            warehouse.connection.close()


def without_left_out(warehouse: Warehouse, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Whole tables without the rows of publications that are left out."""
    names = left_out(warehouse.connection)
    gone = {key: _values(warehouse.connection, query, names) for key, query in OF_PUBLICATIONS.items()} if names else {}
    kept = {}
    for name, frame in tables.items():
        drop = pd.Series(False, index=frame.index)
        for key in [key for key in gone if key in frame]:
            drop |= frame[key].isin(gone[key])
        kept[name] = frame.iloc[:0] if name in LIKE and _alike_by(gone) else frame[~drop]
    return kept


def _alike_by(gone: Mapping[str, Collection[str]]) -> bool:
    """Whether a figure that forces are alike by is left out."""
    return any(figure in LIKENESS for figure in gone.get("figure_id", ()))


def _values(connection: duckdb.DuckDBPyConnection, query: str, names: list[str]) -> list[str]:
    return [str(value) for (value,) in connection.execute(query, {"left_out": names}).fetchall()]


def _copy_without(path: Path, copy: Path, names: list[str]) -> Path:
    """A copy of the build from which every row of these publications is gone."""
    copy_build(path, copy)
    with duckdb.connect(str(copy)) as connection:
        gone = {key: _values(connection, query, names) for key, query in OF_PUBLICATIONS.items()}
        for statement in LIKE.values() if _alike_by(gone) else ():
            connection.execute(statement)
        for key, statements in DELETES.items():
            for statement in statements:
                connection.execute(statement, {"gone": gone[key]})
        series = "|".join(gone["measure_id"] + gone["figure_id"] + names)
        connection.execute(DELETE_CHECKS, {"series": series})
    return copy
