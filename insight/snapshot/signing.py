"""A detached signature of a manifest by GnuPG: optional, beside the manifest, no part of what it lists.

The manifest holds the SHA-256 of every other file, so that a signature of it is one of the whole snapshot.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from insight.snapshot.manifest import NAME, SIGNATURE, NoManifest
from writing import replace_file


class NotSigned(Exception):
    """There is no good signature by the key that was asked for."""


class CannotSign(Exception):
    """It is signed already, or GnuPG is not there or could not sign."""


def sign(folder: Path, key: str) -> Path:
    """Write the signature of a snapshot's manifest, whole or not at all.

    Raises:
        NoManifest: the folder is no snapshot.
        CannotSign: it is signed already, or GnuPG could not sign.
    """
    if not (folder / NAME).is_file():
        raise NoManifest(f"{folder} has no {NAME}")
    target = folder / SIGNATURE
    if target.exists():
        raise CannotSign(f"{target} is there; nothing published is overwritten")
    done = _gpg("--armor", "--local-user", key, "--output", "-", "--detach-sign", str(folder / NAME))
    if done.returncode:
        raise CannotSign(f"GnuPG could not sign: {done.stderr.strip()}")
    replace_file(target, done.stdout.encode())
    target.chmod(0o444)
    return target


def check_signature(folder: Path, fingerprint: str) -> None:
    """Demand a good signature of the manifest by a key.

    Raises:
        NotSigned: there is none, it is bad, or it is by another key.
        CannotSign: GnuPG is not installed.
    """
    target = folder / SIGNATURE
    if not target.is_file():
        raise NotSigned(f"{folder} is not signed")
    done = _gpg("--status-fd", "1", "--verify", str(target), str(folder / NAME))
    wanted = fingerprint.replace(" ", "").upper()
    signers = [line.split() for line in done.stdout.splitlines() if line.startswith("[GNUPG:] VALIDSIG ")]
    if done.returncode or not any(wanted in (words[2], words[-1]) for words in signers):
        raise NotSigned(f"{target} is no good signature by {fingerprint}")


def _gpg(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["gpg", "--batch", "--yes", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise CannotSign("GnuPG (gpg) is not installed") from error
