"""Fuzzing of every reader and template: ``python -m tests.hard.fuzz [--files 10000] [--seed 1] [--formats xls …] [--kept FOLDER]``.

Files of every layout that is recognised, in CSV, XLSX, ODS and XLS (``tests.hard.seeds``; LibreOffice Calc writes the XLS, and where
it is not here that is said), are spoiled at random: bytes, cells, rows, columns, parts of the archive, numbers of a stream. Each must
be refused (what the command line answers with exit code 2) or read right: what is read back from our own layout is what was
read, and every number of it stands in the file. Nothing else may be raised, none may take 30 seconds or any process 1 GB, and the
data and the warehouse stay as they are. A file that fails is kept, and belongs into ``tests/hard/corpus/``.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pandas.testing import assert_frame_equal

from etl.layout import COLUMNS, OPTIONAL, WHOLE_NUMBERS
from etl.problems import Refused
from etl.reference import Reference
from etl.sources import Reading, read_file
from etl.sources.files import open_original
from etl.sources.workbooks import OLE
from etl.tidy import in_order, read_tidy, write_tidy
from tests.exampland import MadeUp
from tests.hard.country import Place, exampland
from tests.hard.seeds import WRITTEN, XLS, seeds
from tests.needs import required
from tests.office import CALC, PACKAGE, NoCalc

MOST_SECONDS, MOST_MEMORY = 30, 1024  # of one file; MB of a process
EVERY = (*WRITTEN, XLS)
CORPUS = Path(__file__).with_name("corpus")
HOSTILE = (
    "", "NaN", "inf", "-inf", "1e308", "-1", "0.5", "1,234", "99999999999999999999", "=HYPERLINK(\"http://x\")", "+1+1", "@SUM(A1)",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'; DROP TABLE force; --", "../../../etc/passwd", "\u202egnp.exe",
    "\u200b", "\ufeff", "\x00", "\ufffd", "🧨", "x" * 40_000, "\"", "\n", "\r\n", ",", ";", "\t", "2024-13-45", "c", "z", "..", "E99999999",
)  # fmt: skip
EXTREMES = [
    number.to_bytes(size, "little")
    for size in (1, 2, 4, 8)
    for number in (0, 1, 2 ** (8 * size - 1) - 1, 2 ** (8 * size - 1), 2 ** (8 * size) - 1)
]


class TooLong(Exception):
    """A file took more than ``MOST_SECONDS``."""


@dataclass
class Outcome:
    """What became of the files: how many of each end, faults by file, the longest and the largest."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def memory(self) -> tuple[int, int]:
        """MB that this process, and the largest that it started, have had at most."""
        own, children = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return own, children


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """The content with one to three things done to it."""
    for _ in range(chance.randint(1, 3)):
        if content.startswith(b"PK") and chance.random() < 0.7:
            content = _in_archive(content, chance)
        elif content.startswith(OLE):
            content = (_numbers if chance.random() < 0.7 else _bytes)(content, chance)
        elif content.startswith(b"PK") or chance.random() < 0.25:
            content = _bytes(content, chance)
        else:
            content = chance.choice([_cell, _rows, _columns])(content, chance)
    return content


def _in_archive(content: bytes, chance: random.Random) -> bytes:
    """One part of a workbook spoiled, and the archive closed properly again, so that its reader gets to see it."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
            names = before.namelist()
            hit = chance.choice(names)
            for name in names:
                part = before.read(name)
                if name != hit:
                    after.writestr(name, part)
                elif chance.random() < 0.9:
                    after.writestr(name, _xml(part, chance) if chance.random() < 0.7 else _bytes(part, chance))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return _bytes(content, chance)
    return out.getvalue()


def _xml(part: bytes, chance: random.Random) -> bytes:
    """Numbers blown up, texts replaced, elements repeated."""
    pieces = part.split(b'"')
    place = chance.randrange(len(pieces))
    pieces[place] = chance.choice(
        [
            b"1048576",
            b"XFD1048576",
            b"-1",
            b"99999999999",
            b"",
            b"0",
            b"&lol;",
            *(text.encode(errors="replace") for text in HOSTILE[:12]),
        ]
    )
    if chance.random() < 0.2:
        pieces[place:place] = pieces[place : place + 20] * chance.randint(2, 2000)
    return b'"'.join(pieces)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    place, length = chance.randrange(len(content)), chance.randint(1, 200)
    return chance.choice(
        [
            lambda: content[:place],
            lambda: content[:place] + content[place + length :],
            lambda: content[:place] + bytes(chance.randrange(256) for _ in range(length)) + content[place + length :],
            lambda: content[:place] + content[place : place + length] * chance.randint(2, 50) + content[place:],
            lambda: content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :],
        ]
    )()


def _numbers(content: bytes, chance: random.Random) -> bytes:
    """Numbers of a stream replaced by the least and the largest, in place: its sectors stay where they are looked for."""
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        number = chance.choice(EXTREMES)
        place = chance.randrange(max(1, len(spoilt) - len(number)))
        spoilt[place : place + len(number)] = number[: len(spoilt) - place]
    return bytes(spoilt)


def _lines(content: bytes) -> list[bytes]:
    return content.split(b"\n")


def _cell(content: bytes, chance: random.Random) -> bytes:
    lines = _lines(content)
    row = chance.randrange(len(lines))
    cells = lines[row].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(HOSTILE).encode(errors="replace")
    lines[row] = b",".join(cells)
    return b"\n".join(lines)


def _rows(content: bytes, chance: random.Random) -> bytes:
    lines = _lines(content)
    row, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    chance.choice([lambda: lines.pop(row), lambda: lines.insert(other, lines[row]), lambda: lines.reverse()])()
    return b"\n".join(lines)


def _columns(content: bytes, chance: random.Random) -> bytes:
    lines = [line.split(b",") for line in _lines(content)]
    place, other = chance.randrange(len(lines[0])), chance.randrange(len(lines[0]))
    for line in lines:
        if len(line) > max(place, other):
            line[place], line[other] = line[other], line[place]
    return b"\n".join(b",".join(line) for line in lines)


def read_one(path: Path, reference: Reference, room: Path) -> str:
    """How a file ends: ``refused`` or ``read``.

    Raises:
        AssertionError: what was read is not what our own layout gives back, or not what stands in the file.
    """
    try:
        readings = read_file(path, reference)
        for reading in readings:
            _read_right(reading, path, reference, room)
    except Refused as refused:
        return "refused" if refused.report().strip() else "refused without a word"
    return "read"


def _read_right(reading: Reading, path: Path, reference: Reference, room: Path) -> None:
    """Our own layout gives back what was read, and each of its numbers stands in its row of the file."""
    grain = reference.publications[reading.publication].grain
    ours = room / "ours.csv"
    write_tidy(reading.frame, ours, grain)
    again = read_tidy(ours, grain, reference)
    columns = [*COLUMNS[grain], *(name for name in OPTIONAL.get(grain, []) if name in again)]
    assert_frame_equal(again[columns], in_order(reading.frame, grain)[columns].reset_index(drop=True), check_dtype=False)
    standing: dict[int, set[str]] = {}
    for lines in open_original(path).tables:
        for number, cells in lines.lines:
            standing.setdefault(number, set()).update(map(_number, cells))
    for column in WHOLE_NUMBERS & set(columns):
        numbers = reading.frame.loc[reading.frame[column].notna(), ["row", column]]
        for row, number in numbers.itertuples(index=False):
            assert str(number) in standing[int(row)], f"{column} {number} does not stand in row {row}"


def _number(cell: str) -> str:
    """A number of a file as our layout writes it."""
    return re.sub(r"\.0+$", "", re.sub(r"[, \u00a0\u2009\u202f]", "", cell)).lstrip("0") or "0"


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raises ``TooLong`` when it takes longer."""

    def stop(*_: object) -> None:
        raise TooLong(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def fuzz(country: MadeUp, good: dict[str, bytes], files: int, seed: int, room: Path, kept: Path | None = None) -> Outcome:
    """Spoil and read so many files, the same for the same seed; every 200th goes through the command line as well."""
    outcome = Outcome()
    place = Place(country.folder, room)
    for number in range(files):
        chance = random.Random(f"{seed}/{number}")
        name = sorted(good)[number % len(good)]
        path = room / f"{number}-{name}"
        path.write_bytes(spoiled(good[name], chance))
        end = try_one(path, country, room, outcome)
        if number % 200 == 199 and end in ("refused", "read"):
            _by_command(path, end, place, outcome)
        if end == "fault" and kept:
            path.rename(kept / path.name)
        path.unlink(missing_ok=True)
    return outcome


def try_one(path: Path, country: MadeUp, room: Path, outcome: Outcome) -> str:
    """Read one file and note how it ended: ``refused``, ``read`` or ``fault``."""
    started = time.monotonic()
    try:
        with within(MOST_SECONDS):
            end = read_one(path, country.reference, room)
    except Exception as error:
        end = "fault"
        outcome.faults.append(f"{path.name}: {type(error).__name__}: {error}")
    outcome.ends[end] += 1
    outcome.seconds = max(outcome.seconds, time.monotonic() - started)
    return end


def _by_command(path: Path, end: str, place: Place, outcome: Outcome) -> None:
    """The same through the command line: a refusal is exit code 2, what is read may still be refused by the whole build."""
    code, said = place.run("etl", "ingest", str(path), "--dry-run", "--replace")
    outcome.ends["by command"] += 1
    if "Traceback" in said or code not in ((2,) if end == "refused" else (0, 1, 2)):
        outcome.faults.append(f"{path.name}: exit code {code}: {said[:300]}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", nargs="+", choices=EVERY, default=EVERY, help="Endings of the files (default: all).")
    parser.add_argument("--kept", type=Path, help="A folder for files that fail.")
    given = parser.parse_args()
    if given.kept:
        given.kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="force-fuzz-") as name:
        room = Path(name)
        country = exampland(room / "data")
        before = contents(room / "data")
        (room / "files").mkdir()
        good = good_files(country, given.formats)
        started = time.monotonic()
        outcome = fuzz(country, good, given.files, given.seed, room / "files", given.kept)
        each = (time.monotonic() - started) / given.files
        if contents(room / "data") != before:
            outcome.faults.append("data or warehouse have changed")
    own, children = outcome.memory
    if max(own, children) > MOST_MEMORY:  # of this process alone: in a test it would be that of the whole suite
        outcome.faults.append(f"memory: {own} MB, and {children} MB of a process that was started")
    endings = ", ".join(sorted({name.rsplit(".", 1)[-1] for name in good}))
    print(
        f"{given.files:,} files ({endings}): {dict(outcome.ends)}; {each * 1000:.0f} ms each, slowest {outcome.seconds:.1f} s; "
        f"memory {own} MB, the largest process that was started {children} MB"
    )
    for fault in outcome.faults:
        print(fault)
    sys.exit(bool(outcome.faults))


def good_files(country: MadeUp, formats: Collection[str]) -> dict[str, bytes]:
    """Files to spoil; without the XLS on a desk that cannot write it, which is told, unless nothing else is wanted or this is CI."""
    try:
        return seeds(country, formats)
    except NoCalc:
        lacks = f"XLS is NOT fuzzed: nothing here writes it. Install {CALC} (Debian: {PACKAGE})."
    others = [ending for ending in formats if ending != XLS]
    if required() or not others:
        sys.exit(lacks)
    print(lacks, file=sys.stderr, flush=True)
    return seeds(country, others)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes; the lock is no content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and path.name != ".lock")
    return {str(path): path.read_bytes() for path in files}


if __name__ == "__main__":
    main()
