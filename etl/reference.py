"""``data/reference`` as typed objects: the one definition of forces, measures, questions and sources."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from etl.definitions import (
    Area,
    Authority,
    Cycle,
    Definition,
    DoubtfulZero,
    Feed,
    Figure,
    FigureStatus,
    Force,
    Grade,
    GradeStatus,
    KnownDoubtfulZeros,
    KnownFigure,
    KnownGrades,
    Measure,
    Method,
    Percentage,
    Publication,
    PublishedName,
    Publisher,
    Question,
    SeriesBreak,
    Subregion,
)
from etl.problems import Problem, Refused, faults_of, refuse
from etl.reference_keys import FEEDS, MEND, faults_of_keys, repeated, unknown
from vocabulary import AreaLevel

JOINT = "+"


@dataclass(frozen=True, eq=False)  # what is made of one is kept beside it
class Reference:
    """Everything of ``data/reference``."""

    forces: list[Force]
    authorities: list[Authority]
    areas: list[Area]
    subregions: list[Subregion]
    force_names: dict[str, list[str]]
    publishers: list[Publisher]
    publications: dict[str, Publication]
    figure_statuses: list[FigureStatus]
    grade_statuses: list[GradeStatus]
    figures: dict[str, Figure]
    measures: list[Measure]
    percentages: dict[str, Percentage]
    questions: list[Question]
    grades: list[Grade]
    cycles: list[Cycle]
    series_breaks: list[SeriesBreak]
    doubtful_zeros: list[DoubtfulZero]
    methods: list[Method]
    feeds: list[Feed]
    known_grades: list[KnownGrades]
    known_figures: list[KnownFigure]
    known_doubtful_zeros: list[KnownDoubtfulZeros]

    @property
    def force_of_authority(self) -> dict[str, str]:
        """Authority code to force code."""
        return {authority.la_code: authority.force_code for authority in self.authorities}

    @property
    def hidden_statuses(self) -> list[str]:
        """Statuses that make a sum a lower bound."""
        return [status.status for status in self.figure_statuses if status.hidden]

    def forces_named(self, name: str) -> list[str]:
        """Force codes for a name as a publisher writes it: one, several if joint, none if unknown."""
        return self.force_names.get(name.strip().casefold(), [])

    def english_forces_without(self, authorities: Iterable[str]) -> list[str]:
        """Names of the forces of England in whose area none of these authorities lies."""
        force_of = self.force_of_authority
        present = {force_of.get(code) for code in authorities}
        return [force.force_name for force in self.forces if force.country == "England" and force.force_code not in present]

    def figures_of(self, publication: str) -> list[str]:
        """Figure ids that a publication gives."""
        of = self.publications[publication].figures_of or publication
        return [figure.figure_id for figure in self.figures.values() if figure.publication == of]

    def areas_apart(self, publication: str) -> set[str]:
        """Forces and countries whose figures of a publication another one gives, so that they are compared with none of it."""
        countries = {one.country for one in self.publications.values() if one.figures_of == publication}
        return self.areas_of({country for country in countries if country})

    def areas_of(self, countries: set[str]) -> set[str]:
        """Codes of some countries and of the forces in them."""
        forces = {force.force_code for force in self.forces if force.country in countries}
        return forces | {
            area.area_code for area in self.areas if area.area_level == AreaLevel.COUNTRY and area.area_name in countries
        }


Entry = TypeVar("Entry", bound=Definition)


def load_reference(folder: Path) -> Reference:
    """Read ``data/reference``.

    Raises:
        Refused: a file is missing, does not parse, or an entry is not what its definition says.
    """
    forces = _csv(folder / "forces.csv", Force)
    reference = Reference(
        forces=forces,
        authorities=_csv(folder / "local_authorities.csv", Authority),
        areas=_csv(folder / "areas.csv", Area),
        subregions=_entries(folder / "subregions.yaml", Subregion),
        force_names=_force_names(folder / "force_names.csv", forces),
        publishers=_csv(folder / "publishers.csv", Publisher),
        publications=_by_key(folder / "publications.yaml", Publication, "publication"),
        figure_statuses=_entries(folder / "statuses.yaml", FigureStatus, "figures"),
        grade_statuses=_entries(folder / "statuses.yaml", GradeStatus, "grades"),
        figures=_by_key(folder / "figures.yaml", Figure, "figure_id"),
        measures=_entries(folder / "measures.yaml", Measure),
        percentages=_by_key(folder / "percentages.yaml", Percentage, "percentage_id"),
        questions=_entries(folder / "questions.yaml", Question),
        grades=_entries(folder / "grade_scale.yaml", Grade),
        cycles=_csv(folder / "cycles.csv", Cycle),
        series_breaks=_entries(folder / "series_breaks.yaml", SeriesBreak),
        doubtful_zeros=_entries(folder / "doubtful_zeros.yaml", DoubtfulZero, "known"),
        methods=_entries(folder / "methods.yaml", Method),
        feeds=_entries(folder / FEEDS, Feed, "feeds"),
        known_grades=_entries(folder / "known_totals.yaml", KnownGrades, "grades"),
        known_figures=_entries(folder / "known_totals.yaml", KnownFigure, "figures"),
        known_doubtful_zeros=_entries(folder / "doubtful_zeros.yaml", KnownDoubtfulZeros, "counts"),
    )
    _refuse_any(faults_of_keys(reference))
    return reference


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise refuse(path, f"This reference file cannot be read ({error.strerror}).", "Restore it.") from error
    except UnicodeDecodeError as error:
        why = f"This reference file is not UTF-8 at byte {error.start:,}."
        raise refuse(path, why, "Save it as UTF-8, or restore it.") from error


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(_read(path), Loader=yaml.CSafeLoader)  # in C: ten times as fast as safe_load, and as safe
    except yaml.YAMLError as error:
        raise refuse(path, f"This is not YAML: {error}.", MEND) from error


def _entries(path: Path, kind: type[Entry], section: str | None = None) -> list[Entry]:
    content = _yaml(path)
    if section is not None:
        content = content.get(section) if isinstance(content, dict) else None
    if not isinstance(content, list):
        raise refuse(path, f"There is no list of entries{f' under {section!r}' if section else ''}.", MEND)
    return _all(path, content, kind)


def _by_key(path: Path, kind: type[Entry], column: str) -> dict[str, Entry]:
    entries = _entries(path, kind)
    keys = [str(getattr(entry, column)) for entry in entries]
    _refuse_any(repeated(path.name, column, keys))
    return dict(zip(keys, entries, strict=True))


def _refuse_any(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise Refused(found)


def _csv(path: Path, kind: type[Entry]) -> list[Entry]:
    rows = csv.DictReader(_read(path).splitlines())
    return _all(path, [{key: value or None for key, value in row.items()} for row in rows], kind, first_row=2)


def _all(path: Path, entries: Iterable[Any], kind: type[Entry], first_row: int = 1) -> list[Entry]:
    """Every entry as ``kind``, or a refusal that names each entry and key at fault."""
    made: list[Entry] = []
    problems: list[Problem] = []
    for row, entry in enumerate(entries, start=first_row):
        try:
            made.append(kind.model_validate(entry))
        except ValidationError as error:
            problems += faults_of(error, path, MEND, row)
    _refuse_any(problems)
    return made


def _force_names(path: Path, forces: list[Force]) -> dict[str, list[str]]:
    """Reviewed map of names: each force's own two names, and those that publishers use."""
    names = {name.casefold(): [f.force_code] for f in forces for name in (f.force_name, f.organisation_name)}
    entries = _csv(path, PublishedName)
    meant = [entry.force_code.split(JOINT) for entry in entries]
    _refuse_any(unknown(path.name, "force_code", "force", meant, [force.force_code for force in forces]))
    return names | {entry.published_name.casefold(): codes for entry, codes in zip(entries, meant, strict=True)}
