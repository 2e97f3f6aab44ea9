"""``python -m benchmarks [--report] [PART…]`` writes ``benchmarks/README.md``; of parts alone only with ``--report``."""

from __future__ import annotations

import importlib
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.report import Part
from environment import PROJECT
from insight.warehouse import build_id, build_in_use

# In the order of the report; each module has ``run() -> Part``.
PARTS = ("pages", "profiles", "sessions", "browser", "growth", "methods", "site", "peers")
REPORTED = "--report"
REPORT = PROJECT / "benchmarks" / "README.md"
HEAD = """# Benchmarks

Written by `make bench`; do not edit. Every ratio is between two things measured in the same run on the same machine, which may be
doing other work: use the ratios, measure the absolutes again.

- {when}, commit `{commit}`, build `{build}`
- {machine}, {cores} cores, {memory:.0f} GB, load {before:.1f} before and {after:.1f} after
- Python {python}, {seconds:.0f} s in all

`python -m benchmarks NAME` measures one part alone: {names}.{absent}
"""


def _machine() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
    return names[0].partition(": ")[2] if names else platform.machine()


def _commit() -> str:
    head = (PROJECT / ".git").read_text(encoding="utf-8") if (PROJECT / ".git").is_file() else ""
    folder = Path(head.partition(": ")[2].strip()) if head else PROJECT / ".git"
    name = (folder / "HEAD").read_text(encoding="utf-8").strip().partition(" ")
    if not name[2]:
        return name[0][:12]
    for root in (folder, folder.parent.parent):
        if (root / name[2]).is_file():
            return (root / name[2]).read_text(encoding="utf-8")[:12]
    return "unknown"


def measured(name: str) -> Part:
    """A part, or why it failed: one that fails takes no other with it."""
    started = time.perf_counter()
    try:
        part: Part = importlib.import_module(f"benchmarks.{name}").run()
    except Exception as error:  # whatever a part meets with, the others are still worth having
        part = Part(name.replace("_", " ").capitalize(), "", missed=(f"it failed: {type(error).__name__}: {error}",))
    print(f"{part.markdown()}\n({name}: {time.perf_counter() - started:.0f} s)\n", flush=True)
    return part


def main(names: list[str]) -> int:
    """Measure parts; all of them make the report.

    Returns:
        1 where a bar did not hold.
    """
    report = not names or REPORTED in names
    names = [name for name in names if name != REPORTED]
    unknown = set(names) - set(PARTS)
    if unknown:
        print(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    started, before = time.perf_counter(), os.getloadavg()[0]
    parts = [measured(name) for name in names or PARTS]
    if report:
        absent = [name for name in PARTS if names and name not in names]
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
        head = HEAD.format(
            when=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", commit=_commit(), build=build_id(build_in_use()), machine=_machine(),
            cores=os.cpu_count(), memory=memory, before=before, after=os.getloadavg()[0], python=platform.python_version(),
            seconds=time.perf_counter() - started, names=", ".join(f"`{name}`" for name in PARTS),
            absent=f"\n\n**Not measured in this run: {', '.join(absent)}.**" if absent else "",
        )  # fmt: skip
        REPORT.write_text("\n".join([head, *(part.markdown() for part in parts)]).rstrip() + "\n", encoding="utf-8")
    return 1 if any(part.missed for part in parts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
