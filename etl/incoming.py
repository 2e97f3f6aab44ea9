"""How files get into ``data/incoming``: all of an ingest or none, though the command is killed in between."""

from __future__ import annotations

import shutil
from pathlib import Path

PART = ".part"
# There while files that are copied in whole get their names: from then on an ingest is finished, and no longer undone.
WHOLE = ".ingest-is-whole"


def place(staged: Path, incoming: Path) -> None:
    """Put the staged files in place, each by one rename on its own disk. Call it after ``settle``, while holding ``building``.

    Args:
        staged: a folder of the same layout, a folder a publication.

    Raises:
        OSError: a file cannot be copied; what was copied is removed.
    """
    try:
        for path in staged.glob("*/*"):
            final = incoming / path.parent.name / path.name
            final.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, final.with_name(f".{final.name}{PART}"))
        (incoming / WHOLE).touch()
    except BaseException:
        settle(incoming)
        raise
    settle(incoming)


def settle(incoming: Path) -> None:
    """Finish an ingest that was killed once it was copied in whole; remove what one that was killed before has left.

    Whoever reads or writes ``incoming`` calls it first, while holding ``building``.
    """
    whole = (incoming / WHOLE).exists()
    for part in sorted(incoming.glob(f"*/.*{PART}"), key=lambda part: part.name.endswith(f".csv{PART}")):
        if whole:
            part.rename(part.with_name(part.name.removeprefix(".").removesuffix(PART)))
        else:
            part.unlink(missing_ok=True)
    (incoming / WHOLE).unlink(missing_ok=True)
