"""Where figures and judgements come from: the line under every chart, and who reported a grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from insight.format import is_missing, listed, partial_date, plural
from insight.records import records
from vocabulary import Origin, SourceKind

SOURCE_KINDS: dict[str, str] = {
    SourceKind.HMICFRS: "HMICFRS",
    SourceKind.FORCE_OR_PCC: "the force or its commissioner",
    SourceKind.PRESS: "the press",
}
# Who reported a judgement of HMICFRS, where it was not read from HMICFRS itself.
REPORTERS = {kind: name for kind, name in SOURCE_KINDS.items() if kind != SourceKind.HMICFRS}
# Where several judgements were read, in the order in which a line names them.
READ_WHERE = {
    SourceKind.HMICFRS: "from HMICFRS",
    SourceKind.PRESS: "in the press",
    SourceKind.FORCE_OR_PCC: "from forces or commissioners",
}
OWN_SITE = "justiceinspectorates.gov.uk"  # how the names of HMICFRS's own sites end
TOTALS = "totals"  # how many of a force's areas got each grade, announced together
LICENCES = {"OGL-UK-3.0": "Open Government Licence v3.0"}
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENSED = f"Contains public sector information licensed under the {LICENCES['OGL-UK-3.0']}."  # as the licence asks for it
SAID = ("publication", "publisher", "title", "release", "published", "origin")  # of a release, in a line of sources
NOT_STATED = "not-stated"  # no copy that was read states a licence


def source_line(sources: pd.DataFrame) -> str:
    """One sentence for the releases that a chart rests on, newest release of a publication last.

    Args:
        sources: rows of table ``source`` (publication, publisher, title, release, published, licence, origin).
    """
    publications: dict[str, list[dict[str, Any]]] = {}
    for row in records(sources[list(SAID)]):  # lines are made by the thousand, and groups of pandas are slow
        publications.setdefault(str(row["publication"]), []).append(row)
    parts = []
    for _, rows in sorted(publications.items()):
        word = "release" if len(rows) == 1 else "releases"
        parts.append(f"{rows[-1]['publisher']}, {rows[-1]['title']}, {word} {', '.join(_release(row) for row in rows)}")
    return f"Source: {'; '.join(parts)}. {licence_line(sources)}" if parts else "No source."


def licence_line(sources: pd.DataFrame) -> str:
    """'Open Government Licence v3.0.', and which publications state no licence."""
    held = set(sources["licence"])
    licences = sorted({licence_name(licence) for licence in held - {NOT_STATED}})
    stated = f"{' and '.join(licences)}." if licences else ""
    if NOT_STATED not in held:
        return stated
    titles = "; ".join(licence_not_stated(sources)) if licences else ""
    return f"{stated} Licence not stated{f': {titles}' if titles else ''}.".strip()


def licence_not_stated(sources: pd.DataFrame) -> list[str]:
    """Titles of the publications whose licence no copy that was read states."""
    return list(dict.fromkeys(sources.loc[sources["licence"] == NOT_STATED, "title"]))


def licence_name(licence: str) -> str:
    """A licence in words."""
    return "Not stated" if licence == NOT_STATED else LICENCES.get(licence, licence)


def _release(row: dict[str, object]) -> str:
    text = str(row["release"])
    if not is_missing(row["published"]):
        text += f" (published {partial_date(row['published'])})"
    return text + (" (added by a user)" if row["origin"] != Origin.PUBLISHER else "")


def source_name(kind: Any, origin: Any = None) -> str:
    """Who reported a judgement, and that a user added it where one did."""
    name = SOURCE_KINDS.get(str(kind), "source")
    return f"{name}, added by a user" if not is_missing(origin) and origin != Origin.PUBLISHER else name


def reported(kind: Any) -> str:
    """'as reported by the press' of a judgement that was not read from HMICFRS itself; nothing of one that was."""
    return f"as reported by {REPORTERS[str(kind)]}" if str(kind) in REPORTERS else ""


def as_reported(kind: Any) -> str:
    """', as reported by the press', after what was reported; nothing for what HMICFRS told itself."""
    said = reported(kind)
    return f", {said}" if said else ""


def reported_in_brackets(kind: Any) -> str:
    """' (as reported by the press)', after a date in a sentence; nothing for one that HMICFRS told itself."""
    said = reported(kind)
    return f" ({said})" if said else ""


def with_reporter(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``told_by``: who reported each in words, nothing where no page is known."""
    told = ["" if is_missing(row["source_url"]) else source_name(row["source_kind"], row["origin"]) for row in records(rows)]
    return rows.assign(told_by=told)


def reporters_line(rows: pd.DataFrame, what: str = "grades") -> str:
    """'HMICFRS grades, 14 read from HMICFRS, 225 in the press and 28 from forces or commissioners'; nothing for none.

    Args:
        rows: grades as they are shown: grade (missing where there is none), source_kind.
        what: what a row is, in the plural: ``grades`` or ``TOTALS``.
    """
    counts = _by_reporter(rows)
    read = [f"{counts[kind]:,} {where}" for kind, where in READ_WHERE.items() if kind in counts]
    return f"HMICFRS {what}, {listed([read[0].replace(' ', ' read ', 1), *read[1:]])}" if read else ""


def reporters_caution(rows: pd.DataFrame, what: str = "grades") -> tuple[str, ...]:
    """That some of the grades shown were not read from HMICFRS itself, if any were not.

    Args:
        rows: grades as they are shown: grade (missing where there is none), source_kind.
        what: what a row is, in the plural.
    """
    others, of_all, read = _read_elsewhere(_by_reporter(rows), what)
    if not others:
        return ()
    which = f"{others:,} of {of_all} {'was' if others == 1 else 'were'}"
    if of_all.startswith(f"{others:,} "):
        which = f"The only {of_all.removeprefix('1 ')} found was" if others == 1 else f"All {of_all} were"
    return (f"{which} read {read}, not from HMICFRS.",)


def dates_line(short: str, kinds: Iterable[Any]) -> str:
    """'HMICFRS, monitoring; 3 of 9 dates read in the press': who told the dates that a view shows, where it was not HMICFRS.

    Args:
        short: the line where every date was read from HMICFRS.
        kinds: the ``source_kind`` of each date that is shown.
    """
    held = Counter(str(kind) for kind in kinds)
    others, of_all, read = _read_elsewhere({kind: held[kind] for kind in SourceKind if held[kind]}, "dates")
    return f"{short}; {others:,} of {of_all} read {read}" if others else short


def _read_elsewhere(counts: Mapping[SourceKind, int], what: str) -> tuple[int, str, str]:
    """How many were not read from HMICFRS itself, '59 dates' for all of them, and 'in the press' for where those were."""
    others = sum(count for kind, count in counts.items() if kind != SourceKind.HMICFRS)
    read = " or ".join(text for kind, text in READ_WHERE.items() if kind in counts and kind != SourceKind.HMICFRS)
    return others, plural(sum(counts.values()), what.removesuffix("s"), what), read


def copies_sentence(rows: pd.DataFrame, what: str = "grades") -> str:
    """How many of the grades that HMICFRS told were read in a copy of its text on another site; nothing where none was.

    Args:
        rows: grades as they are shown: grade (missing where there is none), source_kind, source_url.
        what: what a row is, in the plural.
    """
    told = rows.loc[rows["grade"].notna() & (rows["source_kind"] == SourceKind.HMICFRS), "source_url"].dropna()
    hosts = [(urlsplit(str(url)).hostname or "").lower() for url in told]
    copied = sum(not host.endswith(OWN_SITE) for host in hosts)
    was = "was" if copied == 1 else "were"
    return f"Of the {what} from HMICFRS, {copied:,} {was} read in a copy of its text on another site." if copied else ""


def _by_reporter(rows: pd.DataFrame) -> dict[SourceKind, int]:
    held = Counter(rows.loc[rows["grade"].notna(), "source_kind"].astype(str))
    return {kind: held[kind] for kind in SourceKind if held[kind]}


def short_source(source: str, publishers: pd.DataFrame, period: str = "") -> str:
    """'DfE and ONS, year to March 2024': who published what a chart rests on, for the one line under it.

    Args:
        source: the whole source line.
        publishers: rows of table ``publisher`` in its order (publisher, short_name).
        period: 'year to March 2024', or nothing.
    """
    short_names = zip(publishers["publisher"], publishers["short_name"], strict=True)
    named = listed([short for name, short in short_names if name in source])
    return ", ".join(part for part in (named, period) if part)
