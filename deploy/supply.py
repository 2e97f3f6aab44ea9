"""What the product is delivered with: ``python deploy/supply.py licences`` and ``python deploy/supply.py audit``.

``licences`` lists every package of ``requirements.txt`` and ``requirements-lake.txt`` with its licence, and fails for one whose
licence is not on the list or cannot be read because that version is not installed.
``audit`` asks the advisory database of PyPI for known faults of the same packages; where it cannot be asked it says so loudly and
ends with 3, so that nobody takes an unasked question for a good answer.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import deque
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[1]
LOCKS = [PROJECT / "requirements.txt", PROJECT / "requirements-lake.txt"]
# Permissive, or (MPL, LGPL) asking only that changes to the package itself are given on. GPL and AGPL are not among them.
ALLOWED = frozenset(
    {
        "MIT", "MIT-0", "MIT-CMU", "HPND", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "PSF-2.0",
        "Python-2.0", "CNRI-Python", "Unlicense", "Zlib", "MPL-2.0", "LGPL-2.1", "LGPL-2.1-or-later", "LGPL-3.0-or-later",
        "CC0-1.0", "OFL-1.1", "BSL-1.0",
    }
)  # fmt: skip
# How packages that do not use SPDX write theirs, in small letters.
SPELLINGS = {
    "Apache-2.0": ("apache", "apache 2.0", "apache license 2.0", "apache software license", "apache license, version 2.0"),
    "MIT": ("mit license", "the mit license", "the mit license (mit)"),
    "BSD": ("bsd", "bsd license"),
    "BSD-3-Clause": ("bsd-3", "new bsd", "bsd 3-clause", "3-clause bsd license", "bsd 3-clause license"),
    "MPL-2.0": ("mozilla public license 2.0 (mpl 2.0)",),
    "PSF-2.0": ("python software foundation license",),
    "ISC": ("isc license (iscl)",),
    "Unlicense": ("the unlicense (unlicense)",),
    "LGPL-2.1-or-later": ("gnu lesser general public license v2 or later (lgplv2+)",),
}
SPDX = {spelling: name for name, spellings in SPELLINGS.items() for spelling in spellings}
# Of packages that name several licences without saying whether all hold or one may be chosen: what the file in the package says.
READ_BY_HAND = {"pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1"}  # its LICENSE: "tri-license"
NOT_ASKED = 3
BANNER = "!" * 78


def packages() -> list[Requirement]:
    """What the locks pin for this system, each package once."""
    lines = (line.removesuffix("\\").strip() for lock in LOCKS for line in lock.read_text(encoding="utf-8").splitlines())
    pinned = {str(one): one for one in (Requirement(line) for line in lines if re.match(r"[A-Za-z0-9]", line))}
    return sorted((one for one in pinned.values() if one.marker is None or one.marker.evaluate()), key=str)


def licence_of(package: Distribution) -> str:
    """The licence as an expression of SPDX names where it can be told, else what the package says, if anything.

    Several classifiers are joined by AND: they do not say that one may be chosen.
    """
    about = package.metadata
    if expression := about.get_all("License-Expression"):
        return str(expression[0])
    if read := READ_BY_HAND.get(package.name.lower()):
        return read
    said = [line.rsplit(" :: ", 1)[-1] for line in about.get_all("Classifier") or [] if line.startswith("License :: ")]
    told = [word for word in said if word != "OSI Approved"] or "".join(about.get_all("License") or []).strip().splitlines()[:1]
    return " AND ".join(SPDX.get(word.lower(), word) for word in told)


def is_allowed(licence: str) -> bool:
    """Whether every part that is joined by AND, and one of those joined by OR, is on the list; AND binds closer than OR.

    What is no such expression is not allowed.
    """
    words = deque(re.findall(r"[()]|[^\s()]+", licence))
    try:
        return _one_of(words) and not words
    except _NoExpression:
        return False


class _NoExpression(Exception):
    """The words are no SPDX expression."""


def _one_of(words: deque[str]) -> bool:
    allowed = _all_of(words)
    while _next_is(words, "OR"):
        allowed = _all_of(words) or allowed  # what stands after OR is read in any case
    return allowed


def _all_of(words: deque[str]) -> bool:
    allowed = _single(words)
    while _next_is(words, "AND"):
        allowed = _single(words) and allowed
    return allowed


def _single(words: deque[str]) -> bool:
    """A name, perhaps WITH an exception (which only permits more), or an expression in brackets."""
    if _next_is(words, "("):
        allowed = _one_of(words)
        if not _next_is(words, ")"):
            raise _NoExpression
        return allowed
    allowed = _name(words) in ALLOWED
    if _next_is(words, "WITH"):
        _name(words)
    return allowed


def _name(words: deque[str]) -> str:
    if not words or words[0] in {"(", ")", "AND", "OR", "WITH"}:
        raise _NoExpression
    return words.popleft()


def _next_is(words: deque[str], word: str) -> bool:
    """Whether the next word is this one, which is then taken."""
    there = bool(words) and words[0] == word
    if there:
        words.popleft()
    return there


def licences() -> int:
    """Print the list; 1 where a licence is not allowed or not told, or the version that is locked is not installed."""
    wrong, locked = [], packages()
    for package in locked:
        found = _installed(package)
        licence = licence_of(found) if found else "not installed, so that its licence cannot be read"
        good = found is not None and is_allowed(licence)
        print(f"{'     ' if good else 'WRONG'} {package.name}{package.specifier}: {licence or 'not told'}")
        wrong += [] if good else [package.name]
    print(f"{len(locked)} packages; not allowed: {', '.join(wrong) or 'none'}")
    return 1 if wrong else 0


def _installed(package: Requirement) -> Distribution | None:
    try:
        found = distribution(package.name)
    except PackageNotFoundError:
        return None
    return found if package.specifier.contains(found.version, prereleases=True) else None


def audit() -> int:
    """Ask for known faults: 0 none, 1 some, 3 where the database could not be asked about every package."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "--format",
        "json",
    ]
    named = [word for lock in LOCKS for word in ("-r", str(lock))]
    done = subprocess.run([*command, *named], capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _not_asked(f"the database could not be asked ({(done.stderr.strip().splitlines() or ['no answer'])[-1][:200]})")
    found = list({(one["name"], one.get("version")): one for one in found}.values())  # most stand in both locks
    faults = [(one["name"], one["version"], fault) for one in found for fault in one.get("vulns", [])]
    for name, version, fault in faults:
        print(f"{name} {version}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}")
    unknown = [one["name"] for one in found if "skip_reason" in one]
    print(f"{len(found) - len(unknown)} of {len(found)} packages checked; {len(faults)} known faults")
    return 1 if faults else _not_asked(f"the database does not answer for {len(unknown)} packages") if unknown else 0


def _not_asked(why: str) -> int:
    print(
        f"{BANNER}\nNOT CHECKED for known faults: {why}.\nRun `make audit` where the network allows it.\n{BANNER}",
        file=sys.stderr,
    )
    return NOT_ASKED


if __name__ == "__main__":
    sys.exit({"licences": licences, "audit": audit}[sys.argv[1]]())
