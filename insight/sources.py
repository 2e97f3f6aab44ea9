"""Where figures and judgments come from: the line under every chart, and who reported a grade."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.format import is_missing, listed, partial_date

PUBLISHERS = {
    "Department for Education": "DfE",
    "National Crime Agency UK Missing Persons Unit": "NCA",
    "Office for National Statistics": "ONS",
    "HMICFRS": "HMICFRS",
}
SOURCE_KINDS = {"hmicfrs": "HMICFRS", "force_or_pcc": "the force or its commissioner", "press": "the press"}
# Who reported a judgement of HMICFRS, where it was not read from HMICFRS itself.
REPORTERS = {kind: name for kind, name in SOURCE_KINDS.items() if kind != "hmicfrs"}
LICENCES = {"OGL-UK-3.0": "Open Government Licence v3.0"}


def source_line(sources: pd.DataFrame) -> str:
    """One sentence for the releases that a chart rests on, newest release of a publication last.

    Args:
        sources: rows of table ``source`` (publication, publisher, title, release, published, licence, origin).
    """
    parts = []
    for _, group in sources.groupby("publication", sort=True):
        newest = group.iloc[-1]
        releases = ", ".join(_release(row) for row in group.to_dict("records"))
        word = "release" if len(group) == 1 else "releases"
        parts.append(f"{newest['publisher']}, {newest['title']}, {word} {releases}")
    licences = sorted({LICENCES.get(licence, licence) for licence in sources["licence"]})
    return f"Source: {'; '.join(parts)}. {' and '.join(licences)}." if parts else "No source."


def _release(row: dict[str, object]) -> str:
    text = str(row["release"])
    if not is_missing(row["published"]):
        text += f" (published {partial_date(row['published'])})"
    return text + (" (added by a user)" if row["origin"] != "publisher" else "")


def source_name(kind: Any, origin: Any = None) -> str:
    """Who reported a judgment, and that a user added it where one did."""
    name = SOURCE_KINDS.get(str(kind), "source")
    return f"{name}, added by a user" if not is_missing(origin) and origin != "publisher" else name


def as_reported(kind: Any) -> str:
    """', as reported by the press' for a judgment that was not read from HMICFRS itself; nothing for one that was."""
    return f", as reported by {REPORTERS[str(kind)]}" if str(kind) in REPORTERS else ""


def short_source(source: str, period: str = "") -> str:
    """'DfE and ONS, year to March 2024': who published what a chart rests on, for the one line under it.

    Args:
        source: the whole source line.
        period: 'year to March 2024', or nothing.
    """
    named = listed([short for name, short in PUBLISHERS.items() if name in source])
    return ", ".join(part for part in (named, period) if part)
