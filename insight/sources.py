"""The line under every chart: publisher, title, release, date, licence."""

from __future__ import annotations

import pandas as pd

from insight.words import is_missing, partial_date

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
