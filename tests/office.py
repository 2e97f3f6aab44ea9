"""LibreOffice, asked nothing: opens files and saves them as another kind."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from environment import SOFFICE

OFFICE = SOFFICE.value or shutil.which("soffice") or ""
CALC, PACKAGE = "LibreOffice Calc", "libreoffice-calc"
MOST_SECONDS = 180


class NoCalc(Exception):
    """LibreOffice is not here, or is here without its spreadsheet."""


def saved(files: Iterable[Path], kind: str, folder: Path) -> list[Path]:
    """Each file as LibreOffice opens it and saves it again, in ``folder/saved``; all by one start of it, which is what takes long.

    Raises:
        NoCalc: it saved nothing; without its spreadsheet it says so in words and ends as if all were well.
    """
    if not OFFICE:
        raise NoCalc
    given = list(files)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "saved"), *map(str, given)]
    subprocess.run(command, check=True, capture_output=True, timeout=MOST_SECONDS)
    made = [folder / "saved" / f"{file.stem}.{kind}" for file in given]
    if not all(path.exists() for path in made):
        raise NoCalc
    return made
