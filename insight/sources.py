"""Where figures and judgments come from: the line under every chart, and who reported a grade."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.format import is_missing, listed, partial_date

SOURCE_KINDS = {"hmicfrs": "HMICFRS", "force_or_pcc": "the force or its commissioner", "press": "the press"}
# Who reported a judgement of HMICFRS, where it was not read from HMICFRS itself.
REPORTERS = {kind: name for kind, name in SOURCE_KINDS.items() if kind != "hmicfrs"}
PUBLISHERS = {
    "Department for Education": "DfE", "Office for National Statistics": "ONS",
    "National Crime Agency UK Missing Persons Unit": "National Crime Agency",
}  # fmt: skip
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


def short_source(sources: pd.DataFrame, period: str = "") -> str:
    """Publishers in short and the period, for the line under a chart: 'DfE and ONS, year to March 2024'.

    Args:
        sources: rows of table ``source``.
        period: what the figures are of, as it ends the line; empty for judgments.
    """
    names = dict.fromkeys(PUBLISHERS.get(one, one) for one in sources.sort_values("publication", ascending=False)["publisher"])
    return ", ".join(part for part in (listed(list(names)), period) if part)


def source_name(kind: Any, origin: Any = None) -> str:
    """Who reported a judgment, and that a user added it where one did."""
    name = SOURCE_KINDS.get(str(kind), "source")
    return f"{name}, added by a user" if not is_missing(origin) and origin != "publisher" else name


def as_reported(kind: Any) -> str:
    """', as reported by the press' for a judgment that was not read from HMICFRS itself; nothing for one that was."""
    return f", as reported by {REPORTERS[str(kind)]}" if str(kind) in REPORTERS else ""
