"""The whole set of figures in one archive: a Parquet and a CSV file a table, their columns, and a list of what is in it."""

from __future__ import annotations

import io
import json

import pandas as pd

from insight.downloads.column_notes import described
from insight.downloads.files import ABOUT_DATES, csv_bytes, zipped
from insight.queries import about, whole
from insight.queries.left_out import own_releases, refuse_own, without_left_out
from insight.sources import source_line
from insight.warehouse import Warehouse
from vocabulary import PRODUCT

README = """{product}. All figures of build {build}.

{source}

Each table is here twice, as Parquet (types kept) and as CSV (UTF-8, one header row). tables.json says what each column holds.
In CSV a text that begins with =, +, -, @, tab or carriage return is preceded by an apostrophe, so that no spreadsheet takes it
for a formula. `indicator` holds the measures with intervals and verdicts, `observation` the base figures as published, every
release of them; `hidden_parts` above zero marks a lower bound. {dates}
"""


def whole_set(warehouse: Warehouse) -> bytes:
    """A zip of every table that is published, the same bytes for the same build.

    Raises:
        OwnData: the build holds what a user added.
    """
    refuse_own(own_releases(warehouse))
    tables = without_left_out(warehouse, {name: whole.table(warehouse, name) for name in whole.TABLES})
    build = str(about.build(warehouse)["build_id"].iloc[0])
    readme = README.format(product=PRODUCT, build=build, source=source_line(tables["source"]), dates=ABOUT_DATES)
    files = {"README.txt": readme.encode("utf-8")}
    content = [{"table": name, "rows": len(frame), "columns": described(frame, name)} for name, frame in tables.items()]
    files["tables.json"] = json.dumps({"build": build, "tables": content}, ensure_ascii=False, indent=2).encode("utf-8")
    for name, frame in tables.items():
        files[f"csv/{name}.csv"] = csv_bytes(_dated(frame))
        files[f"parquet/{name}.parquet"] = _parquet(frame)
    return zipped(files)


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False, compression="zstd")
    return out.getvalue()


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """Dates as YYYY-MM-DD."""
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in frame.columns if str(frame[name].dtype).startswith("datetime")}
    return frame.assign(**days)
