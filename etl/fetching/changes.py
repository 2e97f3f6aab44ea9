"""What a release would change, compared with the newest that is loaded: shown before anything is taken."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from etl.layout import KEYS
from vocabulary import Status

KEY = KEYS["figures"]
MOST_NAMED = 10


@dataclass(frozen=True)
class Changed:
    """A figure that both releases have and that is not the same in the new one."""

    area: str
    figure: str
    year: int
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """Years that are new or no longer there, areas that come or go, figures of the years in both that differ."""

    new_years: tuple[int, ...]
    years_left_out: tuple[int, ...]
    new_areas: tuple[str, ...]
    areas_left_out: tuple[str, ...]
    changed: int
    newly_suppressed: int
    largest: tuple[Changed, ...]

    @property
    def lines(self) -> list[str]:
        """In words, a line each."""
        said = []
        for years, what in ((self.new_years, "New years"), (self.years_left_out, "Years that it does not have (kept)")):
            if years:
                said.append(f"{what}: {', '.join(map(str, years))}")
        for areas, what in ((self.new_areas, "New areas"), (self.areas_left_out, "Areas that it does not have")):
            if areas:
                more = f" and {len(areas) - MOST_NAMED} more" if len(areas) > MOST_NAMED else ""
                said.append(f"{what}: {', '.join(areas[:MOST_NAMED])}{more}")
        said.append(
            f"Figures of earlier years that change: {self.changed:,}, of them newly suppressed: {self.newly_suppressed:,}"
        )
        said += [f"  {one.area}, {one.figure}, {one.year}: {one.before} → {one.after}" for one in self.largest]
        return said


def changes(new: pd.DataFrame, held: pd.DataFrame) -> Changes:
    """What a release changes.

    Args:
        new: the release, tidy columns of figures.
        held: the newest release that is loaded, tidy columns of figures.
    """
    years, before = _years(new), _years(held)
    areas, known = set(new["area_code"]), set(held["area_code"])
    both = held.merge(new, on=KEY, suffixes=("_before", "_after"))
    texts = {side: _text(both, side) for side in ("before", "after")}
    differs = both[texts["before"] != texts["after"]].assign(before=texts["before"], after=texts["after"])
    suppressed = (differs["status_after"] == Status.SUPPRESSED) & (differs["status_before"] != Status.SUPPRESSED)
    moved = (differs["value_after"] - differs["value_before"]).abs().fillna(0)
    largest = differs.assign(moved=moved.astype("float64")).nlargest(MOST_NAMED, "moved")
    return Changes(
        new_years=tuple(sorted(years - before)),
        years_left_out=tuple(sorted(before - years)),
        new_areas=tuple(sorted(areas - known)),
        areas_left_out=tuple(sorted(known - areas)),
        changed=len(differs),
        newly_suppressed=int(suppressed.sum()),
        largest=tuple(
            Changed(row.area_code, row.figure_id, int(str(row.period_end)[:4]), row.before, row.after)
            for row in largest.itertuples()
        ),
    )


def _years(frame: pd.DataFrame) -> set[int]:
    return set(frame["period_end"].astype("str").str[:4].astype(int))


def _text(both: pd.DataFrame, side: str) -> pd.Series:
    """A figure as it reads: its value, or the status that says why there is none."""
    return both[f"value_{side}"].astype("str").where(both[f"value_{side}"].notna(), both[f"status_{side}"])
