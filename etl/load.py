"""The tables of a build as data frames, and their way into a DuckDB file."""

from __future__ import annotations

from dataclasses import asdict, replace

import duckdb
import pandas as pd
import pyarrow as pa

from contract import SCHEMA
from etl.associations import grade_associations
from etl.beside import authority_percentages, breakdowns
from etl.case_audits import case_audit_changes
from etl.comparisons import RANKS, with_comparisons
from etl.coverage import load_coverage
from etl.definitions import Figure, Measure
from etl.doubts import load_doubts, with_doubtful_maximum
from etl.grades import grades
from etl.indicators import indicators
from etl.inspections import with_clock
from etl.neighbours import force_features, nearest_neighbours
from etl.observations import observations
from etl.reference import Reference
from etl.refused_rows import refused_row
from etl.releases import Release, Superseded, rows_of
from etl.similar_averages import similar_averages
from vocabulary import AreaLevel

APPEND = 'INSERT INTO "{table}" BY NAME SELECT * FROM rows'
CURRENT = "SELECT * FROM current_observation"
EARLIER_RELEASES = """
SELECT publication, release FROM source
WHERE publication IN (SELECT f.publication FROM observation o JOIN figure f USING (figure_id)
    JOIN source s ON s.source_id = o.source_id AND s.publication = f.publication
    GROUP BY f.publication HAVING count(DISTINCT o.release) > 1)
ORDER BY publication, release
"""
# The figures as a reader of that release knew them; denominators of other publications are today's. The same figures of another
# country's publisher are left out: they are no part of that release.
AS_OF = """
WITH newest AS (
    SELECT s.publication, o.period_end, max(o.release) AS release
    FROM observation o JOIN source s USING (source_id)
    WHERE s.publication <> $publication OR o.release <= $as_of
    GROUP BY ALL
)
SELECT o.* FROM observation o JOIN figure f USING (figure_id) JOIN source s USING (source_id)
JOIN newest n ON n.publication = s.publication AND n.period_end = o.period_end AND n.release = o.release
WHERE list_contains($figures, o.figure_id) AND (s.publication = $publication OR f.publication <> $publication)
"""


def load(connection: duckdb.DuckDBPyConnection, releases: list[Release], reference: Reference) -> None:
    """Create the schema and fill every table but those about the build itself.

    Raises:
        Refused: a row breaks a rule that the schema holds, or has a number too large for its column.
    """
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    for table, frame in _definitions(reference).items():
        _append(connection, table, frame)
    _append(connection, "source", pd.DataFrame([release.source for release in releases]))
    figures, _ = rows_of(releases, "figures")
    counts = observations(figures, reference)
    _append(connection, "observation", counts)
    _append(connection, "breakdown", breakdowns(rows_of(releases, "breakdowns")[0]))
    _append(connection, "authority_percentage", authority_percentages(rows_of(releases, "percentages")[0], counts, reference))
    filled, rests = with_comparisons(indicators(_figures(connection, CURRENT), reference), reference)
    # Each area side by side: what is asked of one force is read from a few blocks, however many forces there are.
    _append(connection, "indicator", filled.sort_values(["area_code", "measure_id", "period_end"]))
    load_doubts(connection)
    _append(connection, "comparison", with_doubtful_maximum(connection, rests))
    load_coverage(connection)
    _append(connection, "indicator_as_of", _as_of_each_release(connection, filled, reference))
    _load_judgements(connection, releases, reference)
    features = force_features(connection)
    _append(connection, "force_feature", features)
    nearest = nearest_neighbours(features)
    _append(connection, "nearest_neighbour", nearest)
    _append(connection, "similar_average", similar_averages(filled, nearest, reference.measures))
    _append(connection, "grade_association", grade_associations(connection))


def _as_of_each_release(connection: duckdb.DuckDBPyConnection, today: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The measures of every publication with several releases as they stood at each of them.

    Args:
        today: rows of table ``indicator``, which is how they stand at the newest release.
    """
    of_publication: dict[str, list[str]] = {}
    for publication, release in connection.execute(EARLIER_RELEASES).fetchall():
        of_publication.setdefault(publication, []).append(release)
    frames = []
    for publication, releases in of_publication.items():
        measures = [m for m in reference.measures if reference.figures[m.numerator].publication == publication]
        then = replace(reference, measures=measures)
        parts = sorted({part for m in measures for part in (m.numerator, m.denominator) if part})
        for release in releases[:-1]:
            known = _figures(connection, AS_OF, {"publication": publication, "as_of": release, "figures": parts})
            filled, _ = with_comparisons(indicators(known, then, authorities=False), then, ranks=False)
            frames.append(filled.drop(columns="apart").assign(as_of=release))
        newest = today["measure_id"].isin([m.measure_id for m in measures]) & (today["area_level"] != AreaLevel.AUTHORITY)
        frames.append(today[newest].drop(columns=[*RANKS, "apart"]).assign(as_of=releases[-1]))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    try:
        # As Arrow, whose columns DuckDB reads as they lie; of a frame it reads every text as an object of Python.
        connection.from_arrow(pa.Table.from_pandas(frame, preserve_index=False)).query("rows", APPEND.format(table=table))
    except (duckdb.ConstraintException, duckdb.ConversionException) as error:
        raise refused_row(connection, table, frame, error) from error


def _figures(connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, object] | None = None) -> pd.DataFrame:
    """Rows of ``observation``, counts as nullable whole numbers; by way of Arrow, for a text is no object of Python then."""
    found = connection.execute(query, given).to_arrow_table()
    frame = found.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get, date_as_object=False)
    return frame.astype({"hidden_parts": int, "period_end": "datetime64[us]"})


def _load_judgements(connection: duckdb.DuckDBPyConnection, releases: list[Release], reference: Reference) -> None:
    superseded: list[Superseded] = []

    def rows(grain: str) -> pd.DataFrame:
        frame, replaced = rows_of(releases, grain)
        superseded.extend(replaced)
        return frame.drop(columns=["row_number", "release", "file"], errors="ignore")

    counts = rows("grade_counts")
    _append(connection, "grade", grades(rows("grades"), counts, reference))
    _append(connection, "grade_count", counts)
    inspections = rows("inspections")
    if not inspections.empty:
        _append(connection, "inspection", with_clock(inspections))
        _append(connection, "case_audit_change", case_audit_changes(inspections))
    _append(connection, "inspection_grade", rows("inspection_grades"))
    _append(connection, "recommendation", rows("recommendations"))
    events = rows("monitoring_events")
    if not events.empty:
        _append(connection, "monitoring_event", events.assign(topic=events["topic"].fillna("")))
    _append(connection, "reject", _rejects(superseded))


def _rejects(superseded: list[Superseded]) -> pd.DataFrame:
    return pd.DataFrame([asdict(row) for row in superseded])


def _definitions(reference: Reference) -> dict[str, pd.DataFrame]:
    """Table name to rows, in the order in which the tables refer to each other."""
    areas = pd.DataFrame([area.model_dump() for area in reference.areas])
    questions = [question.model_dump(exclude={"cycles"}) for question in reference.questions]
    breaks = [entry.model_dump() for entry in reference.series_breaks]
    return {
        "figure_status": pd.DataFrame([status.model_dump() for status in reference.figure_statuses]),
        "grade_status": pd.DataFrame([status.model_dump() for status in reference.grade_statuses]),
        "grade_scale": pd.DataFrame([grade.model_dump() for grade in reference.grades]).rename(columns={"order": "grade_order"}),
        "force": pd.DataFrame([force.model_dump() for force in reference.forces]),
        "local_authority": pd.DataFrame([authority.model_dump() for authority in reference.authorities]),
        "region_or_country": areas,
        "subregion": pd.DataFrame(
            [
                {"la_code": code, "area_code": part.area_code, "source": part.source}
                for part in reference.subregions
                for code in part.authorities
            ]
        ),
        "publisher": pd.DataFrame(
            [{**one.model_dump(), "position": place} for place, one in enumerate(reference.publishers, start=1)]
        ),
        "figure": pd.DataFrame([figure.model_dump(exclude={"at_most", "superseded"}) for figure in reference.figures.values()]),
        "measure": pd.DataFrame(
            [
                {**measure.model_dump(), **_of_numerator(measure, reference.figures), "position": place}
                for place, measure in enumerate(reference.measures, start=1)
            ]
        ).astype(dict.fromkeys(("multiplier", "headline", "force_series"), "Int64")),
        "release_feed": pd.DataFrame(
            [feed.model_dump(exclude={"publication_title", "title_has", "catalogue_id"}) for feed in reference.feeds]
        ).astype({"published_in": "Int64"}),
        "percentage": pd.DataFrame(
            [{**one.model_dump(), "position": place} for place, one in enumerate(reference.percentages.values(), start=1)]
        ),
        "method": pd.DataFrame(
            [{**method.model_dump(), "position": place} for place, method in enumerate(reference.methods, start=1)]
        ),
        "series_break": pd.DataFrame(breaks).rename(columns={"area": "area_code"}),
        "cycle": pd.DataFrame([cycle.model_dump() for cycle in reference.cycles]),
        "question": pd.DataFrame([{**q, "position": place} for place, q in enumerate(questions, start=1)]),
        "question_cycle": pd.DataFrame(
            [{"question": question.question, "cycle": cycle} for question in reference.questions for cycle in question.cycles]
        ),
    }


def _of_numerator(measure: Measure, figures: dict[str, Figure]) -> dict[str, object]:
    figure = figures[measure.numerator]
    return {"publication": figure.publication, "independent": figure.independent}
