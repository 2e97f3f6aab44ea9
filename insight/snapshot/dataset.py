"""What search engines and catalogues read: the snapshot as a schema.org Dataset in JSON-LD."""

from __future__ import annotations

import json

from insight.queries import figures
from insight.snapshot.edition import Edition
from insight.snapshot.package import DataTable
from insight.sources import OGL, licence_not_stated


def dataset(edition: Edition, tables: list[DataTable], site_name: str, address: str) -> str:
    """JSON-LD for the home page; addresses are absolute where the public address is known."""
    day = edition.day.isoformat()
    base = f"{address.rstrip('/')}/snapshots/{day}/" if address else ""
    unstated = licence_not_stated(edition.sources)
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": f"{site_name}, snapshot of {day}",
        "description": (
            "Published figures on looked-after children who go missing, on children reported missing to the police and on "
            "assessments that name going missing or exploitation, and inspection grades, of the 43 police forces "
            "of England and Wales."
        ),
        "version": day,
        "datePublished": day,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": OGL,
        **({"usageInfo": f"Licence not stated: {'; '.join(unstated)}."} if unstated else {}),
        "spatialCoverage": "England and Wales",
        "temporalCoverage": _years(edition),
        "keywords": ["police forces", "missing children", "looked-after children", "inspection grades"],
        "creator": {"@type": "Organization", "name": site_name},
        "isBasedOn": sorted(set(edition.sources["url"])),
        **({"url": f"{base}index.html"} if base else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": table.name,
                "encodingFormat": kind,
                "contentUrl": f"{base}data/{table.name}.{ending}",
            }
            for table in tables
            for kind, ending in (("text/csv", "csv"), ("application/vnd.apache.parquet", "parquet"))
        ],
    }
    return json.dumps(described, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _years(edition: Edition) -> str:
    years = edition.ask(figures.years)["period_end"]
    first, last = years.min(), years.max()
    return f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"
