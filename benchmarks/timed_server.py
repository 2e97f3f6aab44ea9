"""``streamlit run`` that writes down what each run of a script costs: a line of JSON in the file that ``RUN_LOG`` names.

Only benchmarks run it: it wraps a method of Streamlit. ``script`` is the processor time of the script's own thread, ``started``
and ``ended`` are the processor time of the whole process at the run's start and end, all in seconds. With ``RUN_PROFILE`` set,
``where`` is the script's time by whose code it was spent in (``AREAS``); the profiler makes each run slower, so use shares of it.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import sys
import time
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner import script_runner
from streamlit.web.cli import main

LOG = Path(os.environ["RUN_LOG"])
PROFILED = "RUN_PROFILE" in os.environ
# Whose code, by a part of the file's path; in this order.
AREAS = {
    "streamlit": "Streamlit",
    "plotly": "Plotly",
    "pandas": "pandas",
    "numpy": "pandas",
    "pyarrow": "pandas",
    "/insight/": "insight",
    "/ui/": "ui",
    "/pages/": "ui",
    "dashboard.py": "ui",
}
DUCKDB, OTHER = "DuckDB", "Python and others"
_run_script = script_runner.ScriptRunner._run_script


def _area(file: str, function: str) -> str:
    if "duckdb" in file or "duckdb" in function:
        return DUCKDB
    return next((area for part, area in AREAS.items() if part in file), OTHER)


def _where(profile: cProfile.Profile) -> dict[str, float]:
    """Seconds by area; what is built into Python or another library counts for whoever called it."""
    taken: dict[str, float] = {}
    for (file, _, function), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        built_in = file == "~" and "duckdb" not in function
        parts = [(_area(caller[0], caller[2]), used[2]) for caller, used in callers.items()] if built_in else []
        for area, seconds in parts or [(_area(file, function), own)]:
            taken[area] = taken.get(area, 0.0) + seconds
    return taken


def _timed(self: Any, data: Any) -> None:
    started, thread = time.process_time(), time.thread_time()
    profile = cProfile.Profile() if PROFILED else None
    try:
        if profile is None:
            _run_script(self, data)
        else:
            profile.runcall(_run_script, self, data)
    finally:
        line: dict[str, Any] = {"script": time.thread_time() - thread, "started": started, "ended": time.process_time()}
        if profile is not None:
            line["where"] = _where(profile)
        with LOG.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    script_runner.ScriptRunner._run_script = _timed  # type: ignore[method-assign,assignment]
    sys.argv = ["streamlit", "run", *sys.argv[1:]]
    main()
