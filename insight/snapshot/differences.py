"""What changed between two snapshots: figures, judgments, methods and pages, each with the reason that the data show."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import pandas as pd

from insight.snapshot.manifest import read_manifest
from insight.snapshot.render import Table
from insight.words import listed, plural

NEW_RELEASE, REVISION = "new release", "revision"
NEW_YEAR, GONE = "new year or area", "no longer published"
OTHER_METHOD = "same release, other method or correction"
STATUS = "other reason for no figure"
NEW_INSPECTION, CORRECTED = "new inspection or report", "correction"
# What a page lists of each kind; the JSON has all.
MOST_ROWS = 300
JUDGMENTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "grade": (("force_code", "cycle", "question"), ("grade", "status", "published")),
    "inspection": (("inspection_id",), ("published", "cases_good", "cases_inadequate", "recommendations", "revisited")),
    "inspection_grade": (("inspection_id", "area"), ("grade",)),
    "monitoring_event": (("force_code", "event", "topic", "date"), ("source_url",)),
}
DEFINITIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "measure": (("measure_id",), ("title", "kind", "numerator", "denominator", "multiplier", "definition", "caveats")),
    "method": (("title",), ("plain", "detail")),
    "series_break": (("series", "kind", "starts", "cycle", "area_code"), ("reason",)),
}
FIGURE_KEY = ("measure_id", "area_code", "period_end")
Row = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One thing that differs. ``old`` and ``new`` are empty where there was or is none."""

    what: str
    old: str
    new: str
    why: str


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two snapshots."""

    before: str
    after: str
    figures: list[Change] = field(default_factory=list)
    judgments: list[Change] = field(default_factory=list)
    methods: list[Change] = field(default_factory=list)
    pages: list[Change] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """How much changed, in words."""
        parts = [
            plural(len(changes), one, many)
            for changes, one, many in (
                (self.figures, "figure", "figures"),
                (self.judgments, "judgment", "judgments"),
                (self.methods, "definition or method", "definitions or methods"),
            )
            if changes
        ]
        if not parts:
            return "No figure, judgment or method changed."
        return f"Changed, added or gone: {listed(parts)}."

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        kinds = {
            name: [asdict(change) for change in getattr(self, name)] for name in ("figures", "judgments", "methods", "pages")
        }
        reasons = dict(sorted(Counter(change.why for change in self.figures).items()))
        return {"before": self.before, "after": self.after, "sentence": self.sentence, "figures_by_reason": reasons, **kinds}

    def as_text(self) -> str:
        """Everything, to read in a terminal."""
        lines = [f"{self.before} → {self.after}: {self.sentence}"]
        for title, changes in self._kinds():
            if changes:
                lines += ["", f"{title} ({len(changes)})"]
                lines += [f"  {one.what}: {one.old or 'nothing'} → {one.new or 'nothing'} ({one.why})" for one in changes]
        return "\n".join(lines)

    def tables(self) -> list[Table]:
        """The same for the public page, at most ``MOST_ROWS`` of each kind."""
        made = []
        for title, changes in self._kinds():
            if changes and title != "Pages":
                more = len(changes) - MOST_ROWS
                caption = title if more <= 0 else f"{title} (the first {MOST_ROWS} of {len(changes):,}; the JSON file has all)"
                rows = [(one.what, one.old, one.new, one.why) for one in changes[:MOST_ROWS]]
                made.append(Table(caption, pd.DataFrame(rows, columns=["What", "Before", "Now", "Why"])))
        return made

    def _kinds(self) -> list[tuple[str, list[Change]]]:
        return [
            ("Figures", self.figures), ("Judgments", self.judgments), ("Definitions and methods", self.methods),
            ("Pages", self.pages),
        ]  # fmt: skip


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a snapshot that are compared, every cell as text."""
    names = ("indicator", "force", "local_authority", "region_or_country", *JUDGMENTS, *DEFINITIONS)
    return {name: as_text(folder / "data" / f"{name}.csv") for name in names if (folder / "data" / f"{name}.csv").is_file()}


def as_text(csv: Path | IO[bytes]) -> pd.DataFrame:
    """A CSV file with every cell as text, an empty one as nothing."""
    return pd.read_csv(csv, dtype="str", keep_default_na=False).astype("object")


def differences(before: Path, after: Path) -> Differences:
    """What changed from one published snapshot to another.

    Raises:
        NoManifest: one of the folders is no snapshot.
    """
    old, new = read_manifest(before), read_manifest(after)
    found = between(str(old["snapshot"]), read_tables(before), str(new["snapshot"]), read_tables(after))
    found.pages.extend(_pages(old, new))
    return found


def between(before: str, old: dict[str, pd.DataFrame], after: str, new: dict[str, pd.DataFrame]) -> Differences:
    """What changed from one set of tables to another."""
    names = _names(new) | _names(old)
    return Differences(
        before,
        after,
        figures=_figures(old, new, names),
        judgments=[
            change for table, (key, shown) in JUDGMENTS.items() for change in _judgments(old, new, table, key, shown, names)
        ],
        methods=[change for table, (key, shown) in DEFINITIONS.items() for change in _rows(old, new, table, key, shown, {})],
    )


def _names(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Names of areas and measures by code."""
    found: dict[str, str] = {}
    for table, code, name in (
        ("force", "force_code", "force_name"), ("local_authority", "la_code", "la_name"),
        ("region_or_country", "area_code", "area_name"), ("measure", "measure_id", "short_title"),
    ):  # fmt: skip
        if table in tables:
            found |= dict(zip(tables[table][code], tables[table][name], strict=True))
    return found


def _keyed(tables: dict[str, pd.DataFrame], table: str, key: tuple[str, ...]) -> dict[tuple[str, ...], Row]:
    if table not in tables:
        return {}
    return {tuple(row[part] for part in key): row for row in tables[table].to_dict("records")}


def _figures(old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame], names: dict[str, str]) -> list[Change]:
    before, after = _keyed(old, "indicator", FIGURE_KEY), _keyed(new, "indicator", FIGURE_KEY)
    found = []
    for key in sorted(before.keys() | after.keys()):
        earlier, later = before.get(key), after.get(key)
        was, now = _figure(earlier), _figure(later)
        if was != now:
            what = f"{names.get(key[0], key[0])}, {names.get(key[1], key[1])}, {key[2]}"
            found.append(Change(what, was, now, _why(earlier, later)))
    return found


def _figure(row: Row | None) -> str:
    """A figure as text: the value as stored, a lower bound marked, or the status."""
    if row is None:
        return ""
    if row["value"] == "":
        return row["status"]
    bound = row["area_level"] == "force" and row["hidden_parts"] not in ("", "0")
    return f"at least {row['value']}" if bound else row["value"]


def _why(earlier: Row | None, later: Row | None) -> str:
    if earlier is None:
        return NEW_YEAR
    if later is None:
        return GONE
    if earlier["release"] != later["release"]:
        return NEW_RELEASE if earlier["value"] == "" else REVISION
    if later["value"] == "" and later["status"] == "withheld":
        return "withheld to protect a hidden figure"
    return STATUS if earlier["value"] == later["value"] == "" else OTHER_METHOD


def _judgments(
    old: dict[str, pd.DataFrame],
    new: dict[str, pd.DataFrame],
    table: str,
    key: tuple[str, ...],
    shown: tuple[str, ...],
    names: dict[str, str],
) -> list[Change]:
    return [
        Change(one.what, one.old, one.new, NEW_INSPECTION if not one.old or "not_found" in one.old else CORRECTED)
        for one in _rows(old, new, table, key, shown, names)
    ]


def _rows(
    old: dict[str, pd.DataFrame],
    new: dict[str, pd.DataFrame],
    table: str,
    key: tuple[str, ...],
    shown: tuple[str, ...],
    names: dict[str, str],
) -> list[Change]:
    before, after = _keyed(old, table, key), _keyed(new, table, key)
    found = []
    for place in sorted(before.keys() | after.keys()):
        was, now = _told(before.get(place), shown), _told(after.get(place), shown)
        if was != now:
            what = ", ".join(names.get(part, part) for part in place if part)
            why = "added" if not was else GONE if not now else "changed"
            found.append(Change(f"{table.replace('_', ' ').capitalize()}: {what}", was, now, why))
    return found


def _told(row: Row | None, shown: tuple[str, ...]) -> str:
    """A row's cells as text; a row that is there is never nothing."""
    return "" if row is None else "; ".join(row[name] for name in shown if row.get(name)) or "there"


def _pages(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Pages added, gone or different by their SHA-256."""
    before, after = (
        {entry["path"]: entry["sha256"] for entry in found["files"] if entry["path"].endswith(".html")} for found in (old, new)
    )
    return [
        Change(path, before.get(path, "")[:12], after.get(path, "")[:12], _page_why(path in before, path in after))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]


def _page_why(was: bool, now: bool) -> str:
    if was and now:
        return "changed"
    return "added" if now else GONE
