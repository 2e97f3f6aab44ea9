"""What changed among figures, verdicts and averages between two snapshots; without repeating what the newer one hides.

A figure that was printed and is hidden now must not stand on the page of changes, and no sum that holds it: the old sum less what
is left of it would be the figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from insight.format import number, year_ending
from insight.records import records
from vocabulary import AreaLevel, Status

NEW_RELEASE, REVISION = "new release", "revision"
NEW_YEAR, GONE = "new year or area", "no longer published"
OTHER_METHOD = "same release, other method or correction"
STATUS = "other reason for no figure"
NOW_HIDDEN = "now hidden by the publisher"
WITHHELD = "withheld, because a later release suppresses it"
PART_HIDDEN = "a part is now hidden"
WAS_PUBLISHED = "published before, now hidden"
SUM_WAS_PUBLISHED = "published before; not repeated, for a part is now hidden"
NO_FIGURE = {Status.NOT_APPLICABLE, Status.NOT_COVERED, ""}
VERDICTS = ("verdict", "verdict_level", "compared_with_nation", "outlier", "rank", "recent_trend")
KEYS = {
    "indicator": ("measure_id", "area_code", "period_end"),
    "indicator_as_of": ("measure_id", "area_code", "period_end", "as_of"),
    "observation": ("figure_id", "area_code", "period_end", "release"),
    "comparison": ("measure_id", "period_end"),
}
Row = dict[str, str]
Tables = Mapping[str, pd.DataFrame]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One thing that differs. ``old`` and ``new`` are empty where there was or is none."""

    what: str
    old: str
    new: str
    why: str


@dataclass(frozen=True, eq=False)
class Secrets:
    """What was printed and is hidden now, and every area whose sum holds it."""

    old: Tables
    new: Tables

    @cached_property
    def cells(self) -> set[tuple[str, str, str]]:
        """Base figure, area and year that the newer snapshot hides and the older one prints, in any release."""
        before, after = keyed(self.old, "observation"), keyed(self.new, "observation")
        printed = {(key[0], key[1], key[2]) for key, row in before.items() if row["value"] != ""}
        hidden = {(key[0], key[1], key[2]) for key, row in after.items() if row["value"] == "" and row["status"] not in NO_FIGURE}
        parts = self._parts
        measured = keyed(self.old, "indicator"), keyed(self.new, "indicator")
        for key in measured[0].keys() & measured[1].keys():
            if measured[0][key]["value"] != "" and _hides(measured[1][key]):
                hidden |= {(figure, key[1], key[2]) for figure in parts.get(key[0], ())}
                printed |= {(figure, key[1], key[2]) for figure in parts.get(key[0], ())}
        return printed & hidden

    @cached_property
    def sums(self) -> set[tuple[str, str, str]]:
        """Base figure, area and year of every sum that holds one of them."""
        above = _above(self.new) | _above(self.old)
        return {(figure, total, period) for figure, area, period in self.cells for total in above.get(area, ())}

    @cached_property
    def years(self) -> set[tuple[str, str]]:
        """Base figure and year of every one of them: an average holds them all."""
        return {(figure, period) for figure, _, period in self.cells}

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for tables in (self.old, self.new):
            for row in _records(tables, "measure"):
                found[row["measure_id"]] = tuple(part for part in (row.get("numerator"), row.get("denominator")) if part)
        return found

    def figures_of(self, table: str, name: str) -> tuple[str, ...]:
        """The base figures behind a row of a table."""
        return (name,) if table == "observation" else self._parts.get(name, ())

    def mask(self, table: str, key: Key, earlier: Row | None, later: Row | None) -> str | None:
        """What to say instead of the old value; None if it can be said."""
        if earlier is None:
            return None
        figures = self.figures_of(table, key[0])
        if table == "comparison":
            return SUM_WAS_PUBLISHED if any((figure, key[1]) in self.years for figure in figures) else None
        hidden_now = later is not None and earlier["value"] != "" and _hides(later)
        if hidden_now or any((figure, key[1], key[2]) in self.cells for figure in figures):
            return WAS_PUBLISHED
        more_hidden = later is not None and _parts_hidden(later) > _parts_hidden(earlier)
        if more_hidden or any((figure, key[1], key[2]) in self.sums for figure in figures):
            return SUM_WAS_PUBLISHED
        return None


def figure_changes(old: Tables, new: Tables, names: Mapping[str, str]) -> Iterator[Change]:
    """Values of measures, now and at each earlier release, and averages that differ."""
    secrets = Secrets(old, new)
    places = _decimals(old) | _decimals(new)
    for table, said in (("indicator", ""), ("indicator_as_of", "as of release "), ("comparison", "average of the forces")):
        yield from _changes(old, new, table, names, secrets, lambda row: _figure(row, places), said)


def observation_changes(old: Tables, new: Tables, names: Mapping[str, str]) -> Iterator[Change]:
    """Base figures that differ; a release that is new as a whole is one change a figure."""
    before, after = keyed(old, "observation"), keyed(new, "observation")
    had = {(key[0], key[3]) for key in before}
    fresh = Counter((key[0], key[3]) for key in after if (key[0], key[3]) not in had)
    kept = {name: frame for name, frame in new.items() if name != "observation"}
    if "observation" in new:
        frame = new["observation"]
        kept["observation"] = frame[[pair not in fresh for pair in zip(frame["figure_id"], frame["release"], strict=True)]]
    for (figure, release), rows in sorted(fresh.items()) if before else ():
        yield Change(f"{names.get(figure, figure)}, release {release}", "", f"{rows:,} figures", NEW_RELEASE)
    # What is secret is asked of all figures, the new release among them.
    yield from _changes(old, kept, "observation", names, Secrets(old, new), lambda row: _figure(row, {}), "release ")


def verdict_changes(old: Tables, new: Tables, names: Mapping[str, str]) -> Iterator[Change]:
    """Verdicts, flags, ranks and trends that differ on a figure that is in both."""
    before, after, secrets = keyed(old, "indicator"), keyed(new, "indicator"), Secrets(old, new)
    for key in sorted(before.keys() & after.keys()):
        was, now = _verdicts(before[key], after[key]), _verdicts(after[key], before[key])
        if was != now:
            was = secrets.mask("indicator", key, before[key], after[key]) or was
            yield Change(_what(key, names, ""), was, now, _why(before[key], after[key], None))


def _changes(
    old: Tables,
    new: Tables,
    table: str,
    names: Mapping[str, str],
    secrets: Secrets,
    told: Callable[[Row | None], str],
    said: str,
) -> Iterator[Change]:
    before, after = keyed(old, table), keyed(new, table)
    for key in sorted(before.keys() | after.keys()):
        earlier, later = before.get(key), after.get(key)
        if _raw(earlier) == _raw(later):
            continue
        was, now = told(earlier), told(later)
        if was == now:  # differs beyond what is printed
            was, now = _raw(earlier), _raw(later)
        mask = secrets.mask(table, key, earlier, later) if earlier and earlier.get("value", "x") != "" else None
        yield Change(_what(key, names, said), mask or was, now, _why(earlier, later, mask))


def _raw(row: Row | None) -> str:
    if row is None:
        return ""
    if "average" in row:
        return f"{row['average']} of {row.get('forces_compared', '')} forces"
    return _bounded(row, row["value"]) if row["value"] else row["status"]


def _figure(row: Row | None, decimals: Mapping[str, int]) -> str:
    """A figure as text: a lower bound marked, or the status where there is none."""
    if row is None:
        return ""
    places = decimals.get(row.get("measure_id", ""), 1)
    if "average" in row:
        return f"{number(float(row['average']), places)} of {row.get('forces_compared', '')} forces"
    if row["value"] == "":
        return row["status"].replace("_", " ")
    value = float(row["value"])
    return _bounded(row, number(value, 0 if value == int(value) and "figure_id" in row else places))


def _bounded(row: Row, value: str) -> str:
    return f"at least {value}" if row["area_level"] == AreaLevel.FORCE and _parts_hidden(row) else value


def _why(earlier: Row | None, later: Row | None, mask: str | None) -> str:
    if earlier is None:
        return NEW_YEAR
    if later is None:
        return GONE
    if "average" in later:
        return PART_HIDDEN if mask else OTHER_METHOD
    if later["value"] == "" and earlier["value"] != "":
        return WITHHELD if later["status"] == Status.WITHHELD else NOW_HIDDEN if _hides(later) else STATUS
    if earlier["value"] != "" and _parts_hidden(later) > _parts_hidden(earlier):
        return PART_HIDDEN
    if earlier["release"] != later["release"]:
        return NEW_RELEASE if earlier["value"] == "" else REVISION
    return STATUS if earlier["value"] == later["value"] == "" else OTHER_METHOD


def _verdicts(row: Row, other: Row) -> str:
    """What both snapshots say; a column that an earlier one does not have is no change."""
    return "; ".join(f"rank {row[name]}" if name == "rank" else row[name] for name in VERDICTS if row.get(name) and name in other)


def _what(key: Key, names: Mapping[str, str], said: str) -> str:
    """'Going missing, Wiltshire, year ending March 2024', and the release where it matters."""
    period = 1 if len(key) == 2 else 2
    parts = [names.get(part, part) for part in key[:period]] + [year_ending(key[period])]
    if said:
        parts.append(said + key[3] if len(key) > 3 else said)
    return ", ".join(parts)


def _hides(row: Row) -> bool:
    return row["value"] == "" and row["status"] not in NO_FIGURE


def _parts_hidden(row: Row) -> int:
    return int(row.get("hidden_parts") or 0)


def _decimals(tables: Tables) -> dict[str, int]:
    return {row["measure_id"]: int(row["decimals"]) for row in _records(tables, "measure") if row.get("decimals")}


def _above(tables: Tables) -> dict[str, set[str]]:
    """Force, region, part of a region and country of each authority; of each force its region and country."""
    coded = {row["area_name"]: row["area_code"] for row in _records(tables, "region_or_country")}
    forces = {
        row["force_code"]: {coded[name] for name in (row.get("region"), row.get("country")) if name in coded}
        for row in _records(tables, "force")
    }
    found = dict(forces)
    for row in _records(tables, "local_authority"):
        found[row["la_code"]] = {row["force_code"], *forces.get(row["force_code"], set())}
    for row in _records(tables, "subregion"):
        found.setdefault(row["la_code"], set()).add(row["area_code"])
    return found


def _records(tables: Tables, table: str) -> list[Row]:
    return records(tables[table]) if table in tables else []


def keyed(tables: Tables, table: str, key: Key = ()) -> dict[Key, Row]:
    """Rows of a table by a key; by that of ``KEYS`` where none is given."""
    return {tuple(row[part] for part in key or KEYS[table]): row for row in _records(tables, table)}
