"""How files get into ``data/incoming``: all of an ingest or none, though the command is killed in between."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

# In the note of a release that is not in the project's list: by it ``status`` knows what a person vouches for.
TAKEN_BY = "by `python -m etl {command}`"
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

    Call it only while holding ``building``.
    """
    finish(incoming)
    for part in incoming.glob(f"*/.*{PART}"):
        part.unlink(missing_ok=True)


def finish(incoming: Path) -> None:
    """Give the files of an ingest that is whole their names, the figures last. A build calls it first.

    It takes nothing away, for a build of another warehouse may run while an ingest copies; the two may also meet here.
    """
    if not (incoming / WHOLE).exists():
        return
    for part in sorted(incoming.glob(f"*/.*{PART}"), key=lambda part: part.name.endswith(f".csv{PART}")):
        with suppress(FileNotFoundError):
            part.rename(part.with_name(part.name.removeprefix(".").removesuffix(PART)))
    (incoming / WHOLE).unlink(missing_ok=True)
