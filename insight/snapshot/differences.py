"""What changed between two snapshots: figures, judgements, methods and pages, each with the reason that the data show."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

import pandas as pd

from insight.downloads.files import without_unknown_day
from insight.format import listed, partial_date, plural
from insight.snapshot.figure_differences import (
    GONE,
    KEYS,
    Change,
    Key,
    Row,
    Tables,
    figure_changes,
    keyed,
    observation_changes,
    verdict_changes,
)
from insight.snapshot.manifest import read_manifest
from insight.tables.model import Table, table_of
from vocabulary import Status

NEW_INSPECTION, CORRECTED = "new inspection or report", "correction"
# What a page lists of each kind; the JSON has all.
MOST_ROWS = 300
JUDGEMENTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "grade": (("force_code", "cycle", "question"), ("grade", "status", "published")),
    "inspection": (
        ("inspection_id",),
        ("published", "cases_good", "cases_inadequate", "recommendations", "revisit_visit", "revisit_report"),
    ),
    "inspection_grade": (("inspection_id", "area"), ("grade",)),
    "grade_count": (
        ("force_code", "cycle"),
        ("areas_graded", "outstanding", "good", "adequate", "requires_improvement", "inadequate", "published"),
    ),
    "recommendation": (("inspection_id", "number"), ("due", "theme")),
    "monitoring_event": (("force_code", "event", "topic", "date"), ("source_url",)),
}
DEFINITIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "measure": (("measure_id",), ("title", "kind", "numerator", "denominator", "multiplier", "definition", "caveats")),
    "method": (("title",), ("plain", "detail")),
    "series_break": (("series", "kind", "starts", "cycle", "area_code"), ("reason",)),
}
AREAS = ("force", "local_authority", "region_or_country", "subregion")
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
# Fields of ``Differences``, which are keys of the published JSON and stay as they are spelt: the heading of each, and what one
# and several of them are called; pages are not counted in words.
KINDS = {
    "figures": ("Figures", "figure of a measure", "figures of measures"),
    "observations": ("Base figures", "base figure or release", "base figures or releases"),
    "verdicts": ("Verdicts, ranks and trends", "verdict", "verdicts"),
    "judgments": ("Judgements", "judgement", "judgements"),
    "methods": ("Definitions and methods", "definition or method", "definitions or methods"),
    "pages": ("Pages", "", ""),
}
CHANGES_PAGE = "changes.html"
FIRST = "This is the first edition; there is none before it to compare with."


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two snapshots; ``before`` is empty for the first."""

    before: str
    after: str
    figures: list[Change] = field(default_factory=list)
    observations: list[Change] = field(default_factory=list)
    verdicts: list[Change] = field(default_factory=list)
    judgments: list[Change] = field(default_factory=list)
    methods: list[Change] = field(default_factory=list)
    pages: list[Change] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """How much changed, in words."""
        if not self.before:
            return FIRST
        held = self._held()
        parts = [plural(len(held[kind]), one, many) for kind, (_, one, many) in KINDS.items() if kind in held and one]
        if not parts:
            return "No figure, verdict, judgement or method changed."
        return f"Changed, added or gone: {listed(parts)}."

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        kinds = {kind: [asdict(change) for change in getattr(self, kind)] for kind in KINDS}
        reasons = dict(sorted(Counter(change.why for change in self.figures).items()))
        return {"before": self.before, "after": self.after, "sentence": self.sentence, "figures_by_reason": reasons, **kinds}

    def as_text(self) -> str:
        """Everything, to read in a terminal."""
        lines = [f"{self.before} → {self.after}: {self.sentence}"]
        for kind, changes in self._held().items():
            lines += ["", f"{KINDS[kind][0]} ({len(changes)})"]
            lines += [f"  {one.what}: {one.old or 'nothing'} → {one.new or 'nothing'} ({one.why})" for one in changes]
        return "\n".join(lines)

    def tables(self) -> list[Table]:
        """The same for the public page, at most ``MOST_ROWS`` of each kind."""
        made = []
        for kind, changes in self._held().items():
            more = f" (the first {MOST_ROWS} of {len(changes):,}; the JSON file has all)" if len(changes) > MOST_ROWS else ""
            rows = [{"What": one.what, "Before": one.old, "Now": one.new, "Why": one.why} for one in changes[:MOST_ROWS]]
            made.append(table_of(rows).titled(f"{KINDS[kind][0]}{more}"))
        return made

    def _held(self) -> dict[str, list[Change]]:
        """The kinds of which there are any."""
        return {kind: changes for kind in KINDS if (changes := getattr(self, kind))}


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a snapshot that are compared, every cell as text."""
    names = (*KEYS, *AREAS, "figure", *JUDGEMENTS, *DEFINITIONS)
    return {name: as_text(folder / "data" / f"{name}.csv") for name in names if (folder / "data" / f"{name}.csv").is_file()}


def as_text(csv: Path | IO[bytes]) -> pd.DataFrame:
    """A CSV file with every cell as text, an empty one as nothing."""
    return pd.read_csv(csv, dtype="str", keep_default_na=False).map(without_unknown_day).astype("object")


def differences(before: Path, after: Path) -> Differences:
    """What changed from one published snapshot to another.

    Raises:
        NoManifest: one of the folders is no snapshot.
    """
    old, new = read_manifest(before), read_manifest(after)
    found = between(str(old["snapshot"]), read_tables(before), str(new["snapshot"]), read_tables(after))
    found.pages.extend(page_changes(pages_of(before), pages_of(after)))
    return found


def between(before: str, old: Tables, after: str, new: Tables) -> Differences:
    """What changed from one set of tables to another."""
    names = _names(new) | _names(old)
    return Differences(
        before,
        after,
        figures=list(figure_changes(old, new, names)),
        observations=list(observation_changes(old, new, names)),
        verdicts=list(verdict_changes(old, new, names)),
        judgments=[_judged(change) for table in JUDGEMENTS for change in _rows(old, new, table, *JUDGEMENTS[table], names)],
        methods=[change for table in DEFINITIONS for change in _rows(old, new, table, *DEFINITIONS[table], {})],
    )


def _names(tables: Tables) -> dict[str, str]:
    """Names of areas and measures by code."""
    found: dict[str, str] = {}
    for table, code, name in (
        ("force", "force_code", "force_name"), ("local_authority", "la_code", "la_name"),
        ("region_or_country", "area_code", "area_name"), ("measure", "measure_id", "short_title"),
        ("figure", "figure_id", "label"),
    ):  # fmt: skip
        if table in tables:
            found |= dict(zip(tables[table][code], tables[table][name], strict=True))
    return found


def _judged(one: Change) -> Change:
    return replace(one, why=NEW_INSPECTION if not one.old or Status.NOT_FOUND in one.old else CORRECTED)


def _rows(old: Tables, new: Tables, table: str, key: Key, shown: Key, names: dict[str, str]) -> list[Change]:
    before, after = keyed(old, table, key), keyed(new, table, key)
    found = []
    for place in sorted(before.keys() | after.keys()):
        was, now = _told(before.get(place), shown), _told(after.get(place), shown)
        if was != now:
            what = ", ".join(names.get(part, part) for part in place if part)
            found.append(Change(f"{table.replace('_', ' ').capitalize()}: {what}", was, now, _why(bool(was), bool(now))))
    return found


def _told(row: Row | None, shown: Key) -> str:
    """A row's cells as text; a row that is there is never nothing."""
    return "" if row is None else "; ".join(row[name] for name in shown if row.get(name)) or "there"


def pages_of(folder: Path) -> dict[str, str]:
    """What each page of a snapshot says, as a hash."""
    found = read_manifest(folder)
    words = (str(found["snapshot"]), str(found["build"]["build_id"]))
    paths = [entry["path"] for entry in found["files"] if entry["path"].endswith(".html")]
    return {path: said((folder / path).read_bytes(), *words) for path in paths if (folder / path).is_file()}


def said(page: bytes, day: str, build_id: str) -> str:
    """A hash of what a page says, whatever the date and the build: only of its main part.

    Args:
        page: HTML.
        day: the snapshot's date, ISO.
        build_id: its build.
    """
    text = page.decode()
    main = MAIN.search(text)
    words = main[0] if main else text
    for word in (day, partial_date(day), build_id):
        words = words.replace(word, "")
    return hashlib.sha256(words.encode()).hexdigest()


def page_changes(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    """Pages added, gone or saying something else."""
    there = {True: "there", False: ""}
    return [
        Change(path, there[path in before], there[path in after], _why(path in before, path in after))
        for path in sorted((before.keys() | after.keys()) - {CHANGES_PAGE})
        if before.get(path) != after.get(path)
    ]


def _why(was: bool, now: bool) -> str:
    if was and now:
        return "changed"
    return "added" if now else GONE
