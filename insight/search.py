"""Which force is meant by a name: its own names, abbreviations, former and Welsh names, and the councils in its area."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from environment import data_root
from insight.format import slug
from insight.queries import figures
from insight.queries.ask import Ask
from insight.records import records

ALIASES = "force_aliases.csv"
OWN, ABBREVIATION, OTHER, COUNCIL, FORMER_COUNCIL = "own name", "abbreviation", "other name", "council", "former council"
OWN_NAMES = ("organisation_name", "force_name", "short_code", "force_code")
# Words of organisations' names that do not tell one force from another.
COMMON_WORDS = {"the", "and", "of", "police", "constabulary", "service", "force", "council"}
PARTED = (", City of", ", County of")  # as statistics write "City of Bristol"


@dataclass(frozen=True)
class Entry:
    """A name and the force that it leads to.

    ``kind``: own name, abbreviation, other name, former name, Welsh name, council or former council.
    """

    name: str
    kind: str
    force_code: str
    force: str
    organisation: str

    @property
    def slug(self) -> str:
        """The force as our own links write it."""
        return slug(self.force)

    @property
    def label(self) -> str:
        """'Wiltshire Police' for the force itself, 'Swindon council: Wiltshire Police' for what leads to it."""
        if self.name == self.organisation:
            return self.organisation
        what = f" {self.kind}" if self.kind in (COUNCIL, FORMER_COUNCIL) else ""
        return f"{self.name}{what}: {self.organisation}"


@dataclass(frozen=True)
class SearchIndex:
    """All names of one build, the forces' own first."""

    entries: tuple[Entry, ...]

    @cached_property
    def offered(self) -> dict[str, Entry]:
        """What a reader can pick, by label: each force once, then other names, then councils, each from A to Z."""
        shown = [one for one in self.entries if one.kind != OWN or one.name == one.organisation]
        rank = {OWN: 0, COUNCIL: 2}
        return {one.label: one for one in sorted(shown, key=lambda one: (rank.get(one.kind, 1), one.label))}

    @cached_property
    def councils(self) -> tuple[Entry, ...]:
        """Every council from A to Z."""
        return tuple(sorted((one for one in self.entries if one.kind == COUNCIL), key=lambda one: one.name))

    @cached_property
    def by_bare_name(self) -> dict[str, Entry]:
        """Entries by ``bare_name``; where a force and a council share one, the force's own."""
        found: dict[str, Entry] = {}
        for one in self.entries:
            found.setdefault(bare_name(one.name), one)
        return found


def bare_name(typed: str) -> str:
    """A name without case, punctuation and the words that all forces share: 'Kent Police' is ``kent``."""
    return "-".join(word for word in slug(_as_spoken(typed)).split("-") if word not in COMMON_WORDS)


def search_index(ask: Ask) -> SearchIndex:
    """The names of all forces of a build."""
    return index_of(ask(figures.forces), ask(figures.councils), aliases(data_root() / "reference" / ALIASES))


def index_of(forces: pd.DataFrame, councils: pd.DataFrame, others: Iterable[tuple[str, str, str]]) -> SearchIndex:
    """The names of some forces.

    Args:
        forces: one row per force with ``OWN_NAMES``.
        councils: one row per council with la_name and force_code.
        others: name, kind, force code; those of no force here are left out.
    """
    known = {row["force_code"]: row for row in records(forces)}
    kinds = dict.fromkeys(OWN_NAMES, OWN) | {"short_code": ABBREVIATION}
    own = [(row[column], kind, code) for code, row in known.items() for column, kind in kinds.items()]
    spelt = [(_spelt_otherwise(row["organisation_name"]), OTHER, code) for code, row in known.items()]
    names = dict.fromkeys(zip(councils["la_name"], councils["force_code"], strict=True))
    of_councils = [(_as_spoken(str(name)), COUNCIL, code) for name, code in names]
    every = (*own, *others, *spelt, *of_councils)
    found = dict.fromkeys((name, kind, code) for name, kind, code in every if code in known and name)
    return SearchIndex(
        tuple(
            Entry(str(name), kind, code, str(known[code]["force_name"]), str(known[code]["organisation_name"]))
            for name, kind, code in found
        )
    )


def _spelt_otherwise(name: str) -> str:
    """'Avon & Somerset Police' of 'Avon and Somerset Police', and the other way round; empty for a name with neither."""
    other = name.replace(" & ", " and ") if " & " in name else name.replace(" and ", " & ")
    return "" if other == name else other


def _as_spoken(name: str) -> str:
    for ending in PARTED:
        name = name.removesuffix(ending)
    return name


@cache
def aliases(path: Path) -> tuple[tuple[str, str, str], ...]:
    """Names by which forces are known beside their own: name, kind, force code; none where there is no such file."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple((row["alias"], row["kind"], row["force_code"]) for row in csv.DictReader(stream))
