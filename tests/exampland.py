"""Exampland: 43 forces that do not exist, so that every check of a build can be passed and every fault be made without a word
about a real force. Definitions (measures, figures, statuses, cycles, publications) are the project's own.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from etl.paths import PROJECT, DataFolder
from etl.reference import Reference, load_reference
from etl.tidy import COLUMNS, write_tidy

ENGLISH, WELSH = 39, 4
YEARS = (2023, 2024)
REGIONS = {"East Exampland": "E99800001", "West Exampland": "E99800002"}
ENGLAND, WALES = "E99900001", "W99900001"
FORCE_NAMES = [
    f"{first} {second}"
    for first, second in product(
        ("North", "South", "East", "West", "Mid", "Upper", "Lower"),
        ("Sampleshire", "Exampleshire", "Mockshire", "Testshire", "Fauxshire", "Dummyshire", "Specimenshire"),
    )
]
# The first force has three authorities and the second two; every other English force has one.
PARTS = {1: 3, 2: 2}
UNRANKED = f"E990000{ENGLISH}"
LABELS = {
    "children_looked_after": "Children looked after during the year",
    "children_missing": "Children who had a missing incident during the year",
    "missing_incidents": "Number of missing incidents during the year",
    "children_missing_more_than_once": "Children who went missing more than once during the year",
    "children_missing_at_31_march": "Children missing at 31 March",
    "children_away": "Children who were away from placement without authorisation during the year",
    "away_incidents": "Number of away from placement without authorisation incidents during the year",
    "children_away_more_than_once": "Children who were away from placement without authorisation more than once during the year",
    "children_away_at_31_march": "Children away from placement without authorisation at 31 March",
}
SYMBOLS = {"suppressed": "c", "not_available": "x", "not_applicable": "z", "low_reliability": "u"}
# One of each kind, so that a build takes a second.
MEASURES = {"children_away_percent", "incidents_per_missing_child", "police_missing_per_10000", "missing_incidents_number"}
PAGE = "https://example.org/report"


@dataclass(frozen=True)
class MadeUp:
    """Exampland: a data folder with a finished build, and what files about it look like."""

    folder: DataFolder

    @cached_property
    def reference(self) -> Reference:
        """Its reference."""
        return load_reference(self.folder.reference)

    def dfe_rows(self) -> list[dict[str, str]]:
        """Release 2024 of the looked-after children in the layout of explore education statistics."""
        path = self.folder.published / "looked_after_missing" / "2024.csv"
        tidy = pd.read_csv(path, dtype="str", keep_default_na=False)
        names = {authority.la_code: authority.la_name for authority in self.reference.authorities}
        return [self._dfe_row(row, names) for row in tidy.to_dict("records")]

    def _dfe_row(self, row: dict[str, str], names: dict[str, str]) -> dict[str, str]:
        level, code = row["area_level"], row["area_code"]
        region = {"region": code, "local_authority": _region_of(code)}.get(level, "")
        return {
            "time_period": row["period_end"][:4],
            "time_identifier": "Reporting year",
            "geographic_level": {"country": "National", "region": "Regional", "local_authority": "Local authority"}[level],
            "country_code": ENGLAND,
            "country_name": "England",
            "region_code": region,
            "region_name": {code: name for name, code in REGIONS.items()}.get(region, ""),
            "old_la_code": code[-3:] if level == "local_authority" else "",
            "la_name": names.get(code, ""),
            "new_la_code": code if level == "local_authority" else "",
            "CLA_group": LABELS[row["figure_id"]],
            "number": row["value"] or SYMBOLS[row["status"]],
        }

    def nca_rows(self) -> list[dict[str, str]]:
        """A table A3 of two years."""
        return [
            {"police_force": name, "2019_20": str(100 + number), "2020_21": str(200 + number), "population": "1"}
            for number, name in enumerate(FORCE_NAMES[:ENGLISH])
        ]


def save_csv(rows: list[dict[str, str]], path: Path, encoding: str = "utf-8") -> Path:
    """Write rows as a publisher might."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _authorities() -> Iterator[tuple[str, str, int]]:
    """Code, name and number of the force of every authority."""
    for force in range(1, ENGLISH + 1):
        for part in range(1, PARTS.get(force, 1) + 1):
            yield f"E991{force:03d}{part:02d}", f"{FORCE_NAMES[force - 1]} {'ABC'[part - 1]}", force


def _region_of(authority: str) -> str:
    return REGIONS["East Exampland" if int(authority[4:7]) <= ENGLISH // 2 else "West Exampland"]


def write_reference(folder: Path, kept: Collection[str] = MEASURES) -> None:
    """The project's definitions, with every file that names an area written anew, and the measures that are kept."""
    shutil.copytree(PROJECT / "data" / "reference", folder)
    measures = yaml.safe_load((folder / "measures.yaml").read_text(encoding="utf-8"))
    _write_yaml(folder / "measures.yaml", [measure for measure in measures if measure["measure_id"] in kept])
    # The originals that the project knows by their hash are of the real country.
    publications = (folder / "publications.yaml").read_text(encoding="utf-8")
    (folder / "publications.yaml").write_text(re.sub(r", original_sha256: [0-9a-f]{64}", "", publications), encoding="utf-8")
    forces = []
    for number, name in enumerate(FORCE_NAMES[: ENGLISH + WELSH], start=1):
        english = number <= ENGLISH
        code = f"E99{number:06d}" if english else f"W99{number - ENGLISH:06d}"
        region = ("East Exampland" if number <= ENGLISH // 2 else "West Exampland") if english else "Wales"
        forces.append(
            {
                "force_code": code,
                "force_name": name,
                "organisation_name": f"{name} Police",
                "short_code": f"X{number:02d}",
                "region": region,
                "country": "England" if english else "Wales",
                "tile_column": number % 9,
                "tile_row": number // 9,
                "unranked_because": "Made up to be too small." if code == UNRANKED else "",
            }
        )
    authorities = [{"la_code": c, "la_name": n, "force_code": f"E99{f:06d}"} for c, n, f in _authorities()]
    areas = [
        {"area_code": ENGLAND, "area_name": "England", "area_level": "country"},
        {"area_code": WALES, "area_name": "Wales", "area_level": "country"},
        *(
            {"area_code": code, "area_name": name, "area_level": "region", "in_text": f"the {name}"}
            for name, code in REGIONS.items()
        ),
    ]
    for name, rows in (("forces", forces), ("local_authorities", authorities), ("areas", areas)):
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    _write_yaml(folder / "subregions.yaml", [])
    joint = {"published_name": "Upper and Lower Joint", "force_code": "E99000037+E99000038", "note": "given jointly"}
    pd.DataFrame([joint]).to_csv(folder / "force_names.csv", index=False)
    known = {"figure_id": "missing_incidents", "release": "2024", "area_code": "E99000003", "year": 2024}
    value = _true_figures(5, 2024)["missing_incidents"]
    _write_yaml(folder / "known_totals.yaml", {"grades": [], "figures": [{**known, "value": value}]})
    _write_yaml(folder / "doubtful_zeros.yaml", {"known": [], "counts": []})
    change = {"series": "children_reported_missing", "kind": "break", "from": date(2021, 3, 31)}
    _write_yaml(folder / "series_breaks.yaml", [{**change, "reason": "Made up.", "source": "none"}])


def _write_yaml(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content), encoding="utf-8")


def _true_figures(authority: int, year: int) -> dict[str, int]:
    """What there is to count in an authority (counted from 0) and year, hidden or not."""
    looked_after = 300 + 17 * ((authority * 7 + year) % 23)
    missing = looked_after * (8 + (authority * 5 + year) % 7) // 100
    away = missing // 2 + 6
    return {
        "children_looked_after": looked_after,
        "children_missing": missing,
        "missing_incidents": missing * (3 + authority % 4),
        "children_missing_more_than_once": missing * 2 // 3,
        "children_missing_at_31_march": missing // 10,
        "children_away": away,
        "away_incidents": away * 3,
        "children_away_more_than_once": away // 2,
        "children_away_at_31_march": away // 5,
    }


def write_published(folder: Path) -> None:
    looked_after = pd.DataFrame(_looked_after_rows())
    write_tidy(looked_after, folder / "looked_after_missing" / "2024.csv", "figures")
    population = pd.DataFrame(
        _with_totals(
            [
                _figure(f"{year}-06-30", code, "population_0_17", 20_000 + 500 * ((number + year) % 9))
                for number, (code, _, _) in enumerate(_authorities())
                for year in (2019, 2020, 2022, 2023)
            ],
            rounded_to=1,
        )
    )
    write_tidy(population, folder / "child_population" / "2024.csv", "figures")
    police = pd.DataFrame(
        [
            {**_figure(f"{year}-03-31", f"E99{force:06d}", "children_reported_missing", 300 + force), "area_level": "force"}
            for force in range(1, ENGLISH + 1)
            for year in (2020, 2021)
        ]
    )
    write_tidy(police, folder / "police_missing_children" / "2021.csv", "figures")
    for publication, (grain, rows) in _judgements().items():
        frame = pd.DataFrame(rows, columns=COLUMNS[grain])
        write_tidy(frame, folder / publication / "2025.csv", grain)


def _looked_after_rows() -> list[dict[str, Any]]:
    """Two years; one authority of the first force is suppressed in one figure, one was not returned in another."""
    rows = [
        _figure(f"{year}-03-31", code, figure_id, value)
        for number, (code, _, _) in enumerate(_authorities())
        for year in YEARS
        for figure_id, value in _true_figures(number, year).items()
    ]
    rows = _with_totals(rows, rounded_to=10)
    hidden = {
        ("2024-03-31", "E99100101", "children_away"): "suppressed",
        ("2023-03-31", "E99100102", "children_looked_after"): "not_available",
    }
    for row in rows:
        status = hidden.get((row["period_end"], row["area_code"], row["figure_id"]))
        if status:
            row.update(value=pd.NA, status=status)
    return rows


def _figure(period_end: str, area_code: str, figure_id: str, value: int) -> dict[str, Any]:
    return {
        "period_end": period_end,
        "area_level": "local_authority",
        "area_code": area_code,
        "figure_id": figure_id,
        "value": value,
        "status": "reported",
    }


def _with_totals(rows: list[dict[str, Any]], rounded_to: int) -> list[dict[str, Any]]:
    """Rows of authorities with those of their regions and the nation, rounded as the publisher does it."""
    frame = pd.DataFrame(rows)
    totals = []
    for level, area in (("region", frame["area_code"].map(_region_of)), ("country", ENGLAND)):
        sums = frame.assign(area_code=area).groupby(["period_end", "area_code", "figure_id"], as_index=False)["value"].sum()
        sums["value"] = (sums["value"] + rounded_to // 2) // rounded_to * rounded_to
        totals += sums.assign(area_level=level, status="reported").to_dict("records")
    return rows + totals


def _judgements() -> dict[str, tuple[str, list[tuple[Any, ...]]]]:
    """Few of each kind: grades (one not graded), announced counts that complete one list, an inspection with its review."""
    first, second = "E99000001", "E99000002"
    return {
        "peel_grades": (
            "grades",
            [
                (first, "2021/22", "area", "Investigating crime", "Inadequate", "graded", "2022-04-05", PAGE, "hmicfrs"),
                (first, "2021/22", "area", "Preventing crime", "Good", "graded", "2022-04-05", PAGE, "hmicfrs"),
                (second, "2021/22", "area", "Investigating crime", "Good", "graded", "2022-04", PAGE, "press"),
                (second, "2017", "pillar", "Legitimacy", pd.NA, "not_graded", pd.NA, PAGE, "hmicfrs"),
            ],
        ),
        "peel_grade_counts": (
            "grade_counts",
            [
                (first, "2021/22", 2, 0, 1, 0, 0, 1, "2022-04-05", PAGE, "hmicfrs"),
                (second, "2021/22", 9, 1, 5, 3, 0, 0, pd.NA, PAGE, "press"),
            ],
        ),
        "child_protection_inspections": (
            "inspections",
            [
                ("first-2021", first, "NCPI", "2021-03", pd.NA, "2021-07-20", 40, 10, 20, 10, 8, pd.NA, PAGE, "hmicfrs"),
                (
                    "first-2022", first, "NCPI post-inspection review", "2022-02", pd.NA, pd.NA, *[pd.NA] * 5, "first-2021", PAGE,
                    "hmicfrs",
                ),
            ],
        ),
        "child_protection_grades": ("inspection_grades", [("first-2021", first, "Care of children", "Good", PAGE)]),
        "child_protection_recommendations": ("recommendations", [("first-2021", 1, first, "Immediately", "Missing children")]),
        "monitoring_events": ("monitoring_events", [(first, "Engage started", pd.NA, "2022-06", PAGE, "hmicfrs")]),
    }  # fmt: skip
