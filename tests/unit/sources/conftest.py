"""Made-up forces, authorities and files. Nothing in these tests says anything about a real force, but for the originals."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.definitions import Area, Authority, Force
from etl.paths import PROJECT
from etl.problems import Refused
from etl.reference import Reference, load_reference
from etl.sources import children_in_need, read_file
from tests.unit.sources.kinds import Rows

LOOKED_AFTER_LABELS = {
    "Children looked after during the year": 100,
    "Children who had a missing incident during the year": 20,
    "Number of missing incidents during the year": 60,
    "Children who went missing more than once during the year": 10,
    "Children missing at 31 March": 2,
    "Children who were away from placement without authorisation during the year": 10,
    "Number of away from placement without authorisation incidents during the year": 30,
    "Children who were away from placement without authorisation more than once during the year": 5,
    "Children away from placement without authorisation at 31 March": 1,
    "Average number of missing incidents per looked after child who went missing": 3,
    "Percentage of children who had a missing incident during the year": 20,
}
REGIONS = {"E99800001": "East Exampland", "E99800002": "West Exampland"}
AUTHORITIES = {
    "E99100001": ("Upper Example", "E99000001", "E99800001"),
    "E99100002": ("Lower Example", "E99000001", "E99800001"),
    "E99100003": ("Sampleton Borough", "E99000002", "E99800001"),
    "E99100004": ("Northmoor", "E99000003", "E99800002"),
    "E99100005": ("Southmoor", "E99000004", "E99800002"),
}
FORCES = {
    "E99000001": "Exampleshire",
    "E99000002": "Sampleton",
    "E99000003": "Northmoor",
    "E99000004": "Southmoor",
    "W99000001": "Cwm Enghraifft",
}


@pytest.fixture(scope="session")
def real_reference() -> Reference:
    return load_reference(PROJECT / "data" / "reference")


@pytest.fixture(scope="session")
def reference(real_reference: Reference) -> Reference:
    """The project's reference with a made-up country in place of the real one."""
    forces = [
        Force(
            force_code=code,
            force_name=name,
            organisation_name=f"{name} Police",
            short_code=f"X{position:02d}",
            region="East Exampland",
            country="Wales" if code.startswith("W") else "England",
            tile_column=position,
            tile_row=0,
        )
        for position, (code, name) in enumerate(FORCES.items())
    ]
    names = {name.casefold(): [f.force_code] for f in forces for name in (f.force_name, f.organisation_name)}
    names["northmoor and southmoor"] = ["E99000003", "E99000004"]
    return dataclasses.replace(
        real_reference,
        forces=forces,
        authorities=[Authority(la_code=code, la_name=name, force_code=force) for code, (name, force, _) in AUTHORITIES.items()],
        areas=[
            Area(area_code="E99900001", area_name="Exampland", area_level="country"),
            *(Area(area_code=code, area_name=name, area_level="region") for code, name in REGIONS.items()),
        ],
        force_names=names,
    )


def places(year: int) -> Rows:
    """Time and place of a year's rows in the layout of explore education statistics: authorities, regions, nation."""
    country = {"country_code": "E99900001", "country_name": "Exampland"}
    time = {"time_period": str(year), "time_identifier": "Reporting year"}
    blank = dict.fromkeys(["region_code", "region_name", "old_la_code", "la_name", "new_la_code"], "")
    rows = [{**time, "geographic_level": "National", **country, **blank}]
    rows += [
        {**time, "geographic_level": "Regional", **country, **blank, "region_code": code, "region_name": name}
        for code, name in REGIONS.items()
    ]
    for number, (code, (name, _, region)) in enumerate(AUTHORITIES.items(), start=901):
        of_region = {"region_code": region, "region_name": REGIONS[region]}
        of_authority = {"old_la_code": str(number), "la_name": name, "new_la_code": code}
        rows.append({**time, "geographic_level": "Local authority", **country, **of_region, **of_authority})
    return rows


def times(row: dict[str, str]) -> int:
    """How many authorities a row's area has."""
    of_region = sum(1 for _, _, region in AUTHORITIES.values() if region == row["region_code"])
    return {"National": len(AUTHORITIES), "Regional": of_region}.get(row["geographic_level"], 1)


@pytest.fixture
def looked_after() -> Rows:
    """Two years of a whole file of looked-after children who went missing."""
    return [
        {**place, "CLA_group": label, "number": str(number * times(place))}
        for year in (2023, 2024)
        for place in places(year)
        for label, number in LOOKED_AFTER_LABELS.items()
    ]


def in_need(publication: str, **others: int) -> Rows:
    """Two years of a whole file of children in need: of each figure 400 an authority, and one less than of the column before."""
    [layout] = [one for one in children_in_need.LAYOUTS if one.publication == publication]
    columns = [spellings[0] for name, spellings in layout.columns.items() if name in layout.own]
    figures = {**{column: 400 - place for place, column in enumerate(columns)}, **others}
    return [
        {**place, "category": "Made up", **{name: str(number * times(place)) for name, number in figures.items()}}
        for year in (2024, 2025)
        for place in places(year)
    ]


@pytest.fixture
def factors() -> Rows:
    """Two years of a whole file of assessment factors."""
    return in_need("assessment_factors", Alcohol_Misuse_child=7)


@pytest.fixture
def population() -> Rows:
    """Two years of a whole file of population estimates."""
    return [
        {**place, "age_group": "Children aged 0 to 17 years", "population_estimate": str(50_000 * times(place))}
        for year in (2022, 2023)
        for place in places(year)
    ]


@pytest.fixture
def older() -> Rows:
    """A whole file of the layout of 2015 and 2016."""
    figures = {
        "CLA_MissDuringYear": 20, "CLA_MissIncs": 60, "CLA_MissMoreOnce": 10, "CLA_Miss31Mar": 6,
        "CLA_AwayDuringYear": 10, "CLA_AwayIncs": 30, "CLA_AwayMoreOnce": 8, "CLA_Away31Mar": 7,
    }  # fmt: skip
    areas = [("E99900001", "NATIONAL", "999", "EXAMPLAND", 5)]
    areas += [(code, "REGION", "A", name.upper(), 3 if code.endswith("1") else 2) for code, name in REGIONS.items()]
    areas += [(code, "LA", "901", name, 1) for code, (name, _, _) in AUTHORITIES.items()]
    return [
        {
            "New_geog_code": code, "geog_l": level, "geog_c": old, "geog_n": name,
            **{column: str(number * many) for column, number in figures.items()},
        }
        for code, level, old, name, many in areas
    ]  # fmt: skip


@pytest.fixture
def table_a3() -> Rows:
    """A whole table A3: two forces given jointly, a footnote, a separator, a figure that is not available."""
    return [
        {"police_force": "Exampleshire 1", "2019_20": "1,234", "2020_21": "987", "diff_to_2019_20_number": "-247"},
        {"police_force": "Sampleton", "2019_20": "x", "2020_21": "45", "diff_to_2019_20_number": "x"},
        {"police_force": "Northmoor and Southmoor", "2019_20": "70", "2020_21": "x", "diff_to_2019_20_number": "x"},
    ]


@pytest.fixture
def table_b1() -> Rows:
    """A whole table B1."""
    return [
        {"police_force": name, "population": "100,000", "calls_recorded": calls, "rate_per_1000": "1.2"}
        for name, calls in {"Exampleshire": "1,200", "Sampleton 2": "x", "Northmoor": "7", "Southmoor": "0"}.items()
    ]


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as CSV under a name that says nothing."""

    def write(rows: Rows, name: str = "download.csv", encoding: str = "utf-8", header: list[str] | None = None) -> Path:
        path = tmp_path / name
        columns = header or list(rows[0])
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def refusal(reference: Reference) -> Callable[..., str]:
    """The report of a file that has to be refused."""

    def read(path: Path, year: int | None = None, publication: str | None = None) -> str:
        with pytest.raises(Refused) as refused:
            read_file(path, reference, year, publication)
        assert refused.value.problems
        assert all(problem.why and problem.mend and problem.file for problem in refused.value.problems)
        return refused.value.report()

    return read
