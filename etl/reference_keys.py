"""Keys in ``data/reference``: each stands once in its file, and each that points to another file is found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from etl.problems import Problem

if TYPE_CHECKING:
    from etl.definitions import Definition
    from etl.reference import Reference

MEND = "Correct the entry; etl/definitions says what each may hold."
FEEDS = "release_feeds.yaml"
FIRST_LINE = 2  # of a table, below its header; entries of the other files are counted from 1


def faults_of_keys(reference: Reference) -> Iterator[Problem]:
    """Keys that lead nowhere, and keys that stand twice, each with its row or the place of its entry."""
    yield from _dangling(reference)
    yield from _repeated_in(reference)


def unknown(file: str, column: str, kind: str, keys: Sequence[Iterable[str]], known: Iterable[str]) -> Iterator[Problem]:
    """Keys, by entry, that are none of the known of their kind."""
    known = set(known)
    for row, listed in enumerate(keys, start=_first_row(file)):
        for key in listed:
            if key not in known:
                yield Problem(file, f"There is no {kind} with this key.", MEND, row, column, key)


def repeated(file: str, column: str, keys: Iterable[str | int | None]) -> Iterator[Problem]:
    """Keys, one an entry, that stand in an earlier entry already."""
    held: set[str | int] = set()
    for row, key in enumerate(keys, start=_first_row(file)):
        if key in held:
            yield Problem(file, "This key stands more than once.", MEND, row, column, str(key))
        if key is not None:
            held.add(key)


def _first_row(file: str) -> int:
    return FIRST_LINE if file.endswith(".csv") else 1


def _dangling(reference: Reference) -> Iterator[Problem]:
    known: dict[str, Iterable[str]] = {
        "force": [force.force_code for force in reference.forces],
        "figure": reference.figures,
        "publication": reference.publications,
        "cycle": [cycle.cycle for cycle in reference.cycles],
        "area": [area.area_code for area in reference.areas],
        "authority": [authority.la_code for authority in reference.authorities],
        "publisher": [one.publisher for one in reference.publishers],
    }
    figures, percentages = list(reference.figures.values()), list(reference.percentages.values())
    pointers: list[tuple[str, str, str, Sequence[Definition]]] = [
        ("local_authorities.csv", "force_code", "force", reference.authorities),
        ("subregions.yaml", "area_code", "area", reference.subregions),
        ("subregions.yaml", "authorities", "authority", reference.subregions),
        ("publications.yaml", "publisher", "publisher", list(reference.publications.values())),
        ("publications.yaml", "figures_of", "publication", list(reference.publications.values())),
        ("figures.yaml", "publication", "publication", figures),
        ("figures.yaml", "at_most", "figure", figures),
        ("measures.yaml", "numerator", "figure", reference.measures),
        ("measures.yaml", "denominator", "figure", reference.measures),
        (FEEDS, "publication", "publication", reference.feeds),
        ("percentages.yaml", "publication", "publication", percentages),
        ("percentages.yaml", "figure_id", "figure", percentages),
        ("percentages.yaml", "part_of", "figure", percentages),
        ("questions.yaml", "cycles", "cycle", reference.questions),
        ("series_breaks.yaml", "cycle", "cycle", reference.series_breaks),
        ("series_breaks.yaml", "area", "force", reference.series_breaks),
        ("doubtful_zeros.yaml", "area", "authority", reference.doubtful_zeros),
        ("doubtful_zeros.yaml", "figures", "figure", reference.doubtful_zeros),
        ("doubtful_zeros.yaml", "publication", "publication", reference.known_doubtful_zeros),
    ]
    for file, column, kind, entries in pointers:
        yield from unknown(file, column, kind, [_keys(getattr(entry, column)) for entry in entries], known[kind])


def _keys(held: str | Sequence[str] | None) -> Sequence[str]:
    if not held:
        return ()
    return (held,) if isinstance(held, str) else held


def _repeated_in(reference: Reference) -> Iterator[Problem]:
    yield from repeated("forces.csv", "force_code", [force.force_code for force in reference.forces])
    yield from repeated("local_authorities.csv", "la_code", [authority.la_code for authority in reference.authorities])
    yield from repeated("publishers.csv", "publisher", [one.publisher for one in reference.publishers])
    yield from repeated("measures.yaml", "measure_id", [measure.measure_id for measure in reference.measures])
    yield from repeated("measures.yaml", "headline", [measure.headline for measure in reference.measures])
    yield from repeated("measures.yaml", "force_series", [measure.force_series for measure in reference.measures])
    yield from repeated("questions.yaml", "question", [question.question for question in reference.questions])
    placed: dict[str, int] = {}
    for row, part in enumerate(reference.subregions, start=1):
        for code in part.authorities:
            if code in placed:
                why = f"This authority stands in entry {placed[code]} already."
                yield Problem("subregions.yaml", why, MEND, row, "authorities", code)
            placed[code] = row
