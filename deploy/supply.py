"""What the product is delivered with: ``python deploy/supply.py licences`` and ``python deploy/supply.py audit``.

``licences`` lists every package of ``requirements.txt`` with its licence, and fails for one that is not on the list.
``audit`` asks the advisory database of PyPI for known faults of the same packages; where it cannot be asked it says so loudly and
ends with 3, so that nobody takes an unasked question for a good answer.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.txt"
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
NOT_ASKED = 3
BANNER = "!" * 78


def packages() -> list[str]:
    """Names in the lock of what the product runs on."""
    return re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)


def licence_of(package: Distribution) -> str:
    """The licence as an expression of SPDX names where it can be told, else what the package says, if anything."""
    about = package.metadata
    if expression := about.get_all("License-Expression"):
        return str(expression[0])
    said = [line.rsplit(" :: ", 1)[-1] for line in about.get_all("Classifier") or [] if line.startswith("License :: ")]
    told = [word for word in said if word != "OSI Approved"] or "".join(about.get_all("License") or []).strip().splitlines()[:1]
    return " OR ".join(SPDX.get(word.lower(), word) for word in told)


def is_allowed(licence: str) -> bool:
    """Whether every part that is joined by AND, and one of those joined by OR, is on the list."""
    alternatives = re.split(r"\s+OR\s+", licence.replace("(", "").replace(")", ""))
    return any(all(_plain(part) in ALLOWED for part in re.split(r"\s+AND\s+", one)) for one in alternatives)


def _plain(name: str) -> str:
    return re.sub(r"\s+WITH\s+.*", "", name.strip())


def licences() -> int:
    """Print the list; 1 where a licence is not allowed or not told."""
    wrong = []
    for name in packages():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # of another system
        licence = licence_of(found)
        good = is_allowed(licence)
        print(f"{'     ' if good else 'WRONG'} {name} {found.version}: {licence or 'not told'}")
        wrong += [] if good else [name]
    print(f"{len(packages())} packages; not allowed: {', '.join(wrong) or 'none'}")
    return 1 if wrong else 0


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
    done = subprocess.run([*command, "-r", str(LOCK)], capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _not_asked(f"the database could not be asked ({(done.stderr.strip().splitlines() or ['no answer'])[-1][:200]})")
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
