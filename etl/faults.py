"""A fault of this program, told as such: it is never the file that is refused, and a traceback is no message."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from etl.problems import readable

REPORT_TO = "Report it to those who look after this project (its list of issues), with that record"


def fault_report(error: Exception, files: Sequence[Path] = ()) -> str:
    """What to tell of an unexpected error: that nothing changed, what was being done, and where the details are.

    Writes the traceback to a new file in the folder for temporary files.

    Args:
        files: that the call is about.
    """
    lines = [f"Nothing was changed. This is a fault of this program, not of what it was given: {_short(error)}."]
    lines += getattr(error, "__notes__", [])
    if files:
        lines.append(f"The call was about {', '.join(readable(file) for file in files)}.")
    record = _record(error)
    kept = f"The details are in {record}." if record else "The details could not be written down."
    return "\n".join([*lines, kept, f"{REPORT_TO}{' and the file' if files else ''}."])


def _short(error: Exception, most: int = 200) -> str:
    first = (str(error).splitlines() or [""])[0].rstrip(".")
    said = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return said if len(said) <= most else said[: most - 1] + "…"


def _record(error: Exception) -> Path | None:
    try:
        handle, name = tempfile.mkstemp(prefix="force-fault-", suffix=".txt", text=True)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            stream.writelines(traceback.format_exception(error))
    except OSError:
        return None
    return Path(name)
