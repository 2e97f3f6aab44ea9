"""Good files of Exampland in every layout that is recognised, as CSV, XLSX and ODS, and as the XLS that LibreOffice makes of them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import odf.opendocument
import odf.table
import odf.text
import openpyxl

from etl.layout import COLUMNS
from etl.paths import PROJECT
from etl.sources import child_population, children_in_need, looked_after_missing_older
from tests.exampland import ENGLISH, FORCE_NAMES, REGIONS, MadeUp
from tests.office import saved

Rows = list[dict[str, str]]
WRITTEN, XLS = ("csv", "xlsx", "ods"), "xls"
CARE = ("care_incidents", "care_individuals", "care_ratio", "not_care_incidents", "not_care_individuals", "not_care_ratio")


@dataclass(frozen=True)
class Seed:
    """A table: what stands above it or is the name of its sheet (empty if nothing), and its rows."""

    title: str
    rows: Rows

    @property
    def grid(self) -> list[list[str]]:
        """Lines of cells, the header first."""
        return [list(self.rows[0]), *(list(row.values()) for row in self.rows)]


def tables(country: MadeUp) -> dict[str, Seed]:
    """A whole table of every layout, by a name; the figures are made up."""
    dfe = [row for row in country.dfe_rows() if row["time_period"] == "2024"]
    places = list({tuple((k, v) for k, v in row.items() if k not in ("CLA_group", "number")): row for row in dfe})
    found = {"dfe": Seed("", dfe), "a3": Seed("Children reported missing", _a3(country))}
    found["b1"] = Seed("Table B1: Missing related calls, 2021/22", _b1())
    found["f1"] = Seed("Table F1: Missing children in care and not in care, 2021/22", _f1())
    found["older_2016"] = Seed("Underlying data, year ending 31 March 2016", _older(country, dfe, 0))
    found["older_2017"] = Seed("", _older(country, dfe, 1))
    for publication in {layout.publication for layout in children_in_need.LAYOUTS}:
        found[publication] = Seed("", _in_need(publication, [dict(place) for place in places]))
    found["population"] = Seed("", _population([dict(place) for place in places]))
    return found | {
        path.stem: Seed("", _of_template(path.stem, country)) for path in (PROJECT / "data" / "templates").glob("*.csv")
    }


def seeds(country: MadeUp, formats: Collection[str] = WRITTEN) -> dict[str, bytes]:
    """The bytes of every table in these formats, by a name with the ending.

    Raises:
        NoCalc: XLS is wanted, and LibreOffice, which alone writes it, is not here.
    """
    found = tables(country)
    made = {
        f"{name}.{ending}": write(seed) for name, seed in found.items() for ending, write in WRITERS.items() if ending in formats
    }
    return made | (_xls(found) if XLS in formats else {})


def _a3(country: MadeUp) -> Rows:
    return [{"Police force": row["police_force"], **{k: v for k, v in row.items() if k[0] == "2"}} for row in country.nca_rows()]


def _b1() -> Rows:
    return [
        {"police_force": name, "population": "100,000", "calls_recorded": f"1,{100 + number}", "rate_per_1000": "1.2"}
        for number, name in enumerate(FORCE_NAMES[:ENGLISH])
    ]


def _f1() -> Rows:
    return [
        {"police_force": name, **dict(zip(CARE, (f"1,{100 + number}", "256", "7.6", "861", "409", "2.1"), strict=True))}
        for number, name in enumerate(FORCE_NAMES[:ENGLISH])
    ]


def _many(places: Rows) -> list[int]:
    """How many authorities the area of each place has."""
    of_region = Counter(place["region_code"] for place in places if place["new_la_code"])
    count = {"National": of_region.total()}
    return [
        count.get(place["geographic_level"], 1 if place["new_la_code"] else of_region[place["region_code"]]) for place in places
    ]


def _in_need(publication: str, places: Rows) -> Rows:
    """Of each figure 400 an authority, and one less than of the column before."""
    [layout] = [one for one in children_in_need.LAYOUTS if one.publication == publication]
    columns = [spellings[0] for name, spellings in layout.columns.items() if name in layout.own]
    return [
        {**place, "category": "Made up", **{column: str((400 - number) * many) for number, column in enumerate(columns)}}
        for place, many in zip(places, _many(places), strict=True)
    ]


def _population(places: Rows) -> Rows:
    return [
        {**place, "age_group": child_population.AGES, "population_estimate": str(50_000 * many)}
        for place, many in zip(places, _many(places), strict=True)
    ]


def _older(country: MadeUp, dfe: Rows, spelling: int) -> Rows:
    """The layout of 2015 to 2017: a row an area; the columns' names of 2017 are the second spelling."""
    areas = list({row["new_la_code"] or row["region_code"] or row["country_code"]: row for row in dfe}.items())
    levels = {"National": "NATIONAL", "Regional": "REGION", "Local authority": "LA"}
    names = {code: name for name, code in REGIONS.items()}
    rows = []
    for (code, row), many in zip(areas, _many([row for _, row in areas]), strict=True):
        name = (row["la_name"] or names.get(code, "Exampland")).upper()
        area = {"New_geog_code": code, "geog_l": levels[row["geographic_level"]], "geog_c": "1", "geog_n": name}
        figures = {
            spellings[spelling]: str((60 if "incidents" in figure else 6) * many)
            for figure, spellings in looked_after_missing_older.FIGURES.items()
        }
        rows.append(area | figures)
    return rows


def _of_template(publication: str, country: MadeUp) -> Rows:
    held = country.folder.published / publication / "2025.csv"
    if held.is_file():
        with held.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    row = ("2024-03-31", "force", "W99000001", "children_missing", "7", "reported")
    return [dict(zip(COLUMNS["figures"], row, strict=True))]


def _csv(seed: Seed) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[seed.title]] * bool(seed.title) + seed.grid)
    return text.getvalue().encode()


def _xlsx(seed: Seed) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for line in [[seed.title]] * bool(seed.title) + seed.grid:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line])
    book.save(out)
    return out.getvalue()


def _ods(seed: Seed) -> bytes:
    book, out = odf.opendocument.OpenDocumentSpreadsheet(), io.BytesIO()
    table = odf.table.Table(name="Sheet1")
    for line in [[seed.title]] * bool(seed.title) + seed.grid:
        row = odf.table.TableRow()
        for cell in line:
            place = odf.table.TableCell(valuetype="string")
            place.addElement(odf.text.P(text=cell))
            row.addElement(place)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(out)
    return out.getvalue()


def _xls(found: dict[str, Seed]) -> dict[str, bytes]:
    """All at once: LibreOffice takes longer to start than to convert them."""
    with tempfile.TemporaryDirectory(prefix="force-seeds-") as room:
        books = [Path(room) / f"{name}.xlsx" for name in found]
        for book, seed in zip(books, found.values(), strict=True):
            book.write_bytes(_xlsx(seed))
        return {path.name: path.read_bytes() for path in saved(books, XLS, Path(room))}


WRITERS = {"csv": _csv, "xlsx": _xlsx, "ods": _ods}
