"""How a command ends when something goes wrong that is no refusal: in words and with an exit code, never with a traceback.

Two kinds: the machine did not let us (no room, no permission, read-only), which its operator mends; and a fault of this program,
which is to be reported.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TextIO

import events
from environment import WronglySet, log_wanted

REFUSED, NOT_ASKED, OWN_FAULT, NOT_ABLE = 2, 3, 4, 5
REPORT_TO = "Report it to those who look after this project (its list of issues), with that record"
NO_ROOM = ("There is no room left on the disk", "Make room there")
NO_PERMISSION = ("There is no permission", "Let the user of this program read and write there")
READ_ONLY = ("The file system is read-only", "Name a folder that can be written to")
DISK = ("The disk does not answer as it should", "Have it looked at")
HANDLES = ("Too many files are open at once", "Allow this program more of them (ulimit -n)")
MEMORY = ("There is not enough memory", "Close other programs")
# What the system answers, what that means, what helps.
SYSTEM = {
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
    errno.EFBIG: ("A file may not grow as large as it must", "Allow larger files (ulimit -f)"),
    errno.EACCES: NO_PERMISSION,
    errno.EPERM: NO_PERMISSION,
    errno.EROFS: READ_ONLY,
    errno.EIO: DISK,
    errno.EMFILE: HANDLES,
    errno.ENFILE: HANDLES,
    errno.ENOMEM: MEMORY,
    errno.ENOTDIR: ("A file stands where a folder should be", "Name a folder"),
    errno.EEXIST: ("A file stands where a folder should be", "Name a folder"),
    errno.EISDIR: ("A folder stands where a file should be", "Name a file"),
}
# DuckDB says the same in words of its own.
IN_WORDS = {os.strerror(number).lower(): said for number, said in SYSTEM.items()} | {"out of memory error": MEMORY}
HOW_FAR = "How far it got is not known here: `python -m etl status` says which build is in use and what it holds."
AS_BEFORE = "What was there before is as it was."


def readable(path: Path | str) -> str:
    """A path as it can be printed and written: bytes of its name that are not UTF-8 as a question mark."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def system_fault(error: BaseException) -> str | None:
    """What to tell of an error that the machine gave, with what helps; None where it is another."""
    for one in _chain(error):
        if said := _meaning(one):
            if isinstance(one, OSError) and one.filename is None and not _takes(sys.stdout):
                return f"{said[0]} for what the command says. {HOW_FAR}"  # it may have done its work before: no "run it again"
            place = f": {readable(one.filename)}" if isinstance(one, OSError) and isinstance(one.filename, str) else ""
            return f"Not done. {said[0]}{place}. {said[1]}, then run the same command again. {AS_BEFORE}"
    return None


def meaning(error: BaseException) -> tuple[str, str] | None:
    """What the machine did not let us do, and what helps, neither with a full stop; None where the error is another."""
    return next((said for one in _chain(error) if (said := _meaning(one))), None)


def _meaning(error: BaseException) -> tuple[str, str] | None:
    if isinstance(error, OSError):
        return SYSTEM.get(error.errno or 0)
    if isinstance(error, MemoryError):
        return MEMORY
    if type(error).__module__.endswith("duckdb"):
        return next((words for told, words in IN_WORDS.items() if told in str(error).lower()), None)
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def fault_report(error: Exception, files: Sequence[Path] = ()) -> str:
    """What to tell of an unexpected error: whose fault it is, what was being done, and where the details are.

    Not that nothing was changed: it may come after a build was taken into use.

    Writes the traceback to a new file in the folder for temporary files.

    Args:
        files: that the call is about.
    """
    lines = [f"This is a fault of this program, not of what it was given: {_short(error)}.", HOW_FAR]
    lines += getattr(error, "__notes__", [])
    if files:
        lines.append(f"The call was about {', '.join(readable(file) for file in files)}.")
    record = _record(error)
    kept = f"The details are in {record}." if record else "The details could not be written down."
    return "\n".join([*lines, kept, f"{REPORT_TO}{' and the file' if files else ''}."])


def run(command: Callable[[], object]) -> NoReturn:
    """Run a command line to its end: whatever it raises becomes words on the error stream and an exit code."""
    code: object = 0
    started = time.perf_counter()
    try:
        log_wanted()
        command()
    except SystemExit as end:
        code = end.code
    except WronglySet as error:
        _tell(f"Refused. {error}")
        code = REFUSED
    except Exception as error:
        said = system_fault(error)
        _tell(said or fault_report(error))
        code = NOT_ABLE if said else OWN_FAULT
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            why = (meaning(error) or (str(error),))[0]
            done = "The work is done, but it could not be said" if code in (0, None) else "Not all could be said"
            _tell(f"{done}: {why}.")
            code = NOT_ABLE
            _to_nowhere(stream.fileno())
    events.tell("command", command=_name(), code=code if isinstance(code, int) else int(code is not None), ms=_ms(started))
    sys.exit(code)  # type: ignore[arg-type]


def _name() -> str:
    """The module that was run, as it is named in a call: nothing of what it was given."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    return spec.name.removesuffix(".__main__") if spec else Path(sys.argv[0]).stem


def _ms(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)


def _tell(text: str) -> None:
    """Say it on the error stream, if that can be written to."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


def _takes(stream: TextIO) -> bool:
    """Whether a stream can be written to, asked by an end of line: what could not be written is not kept to be tried again."""
    try:
        print(file=stream, flush=True)
    except (OSError, ValueError):
        return False
    return True


def _to_nowhere(descriptor: int) -> None:
    """What is left in a stream that cannot be written would otherwise be complained of when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


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
