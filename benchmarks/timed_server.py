"""``streamlit run`` that writes down what each run of a script costs: a line of JSON in the file that ``RUN_LOG`` names.

Only benchmarks run it: it wraps a method of Streamlit. ``script`` is the processor time of the script's own thread, ``started``
and ``ended`` are the processor time of the whole process at the run's start and end, all in seconds.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner import script_runner
from streamlit.web.cli import main

LOG = Path(os.environ["RUN_LOG"])
_run_script = script_runner.ScriptRunner._run_script


def _timed(self: Any, data: Any) -> None:
    started, thread = time.process_time(), time.thread_time()
    try:
        _run_script(self, data)
    finally:
        line = {"script": time.thread_time() - thread, "started": started, "ended": time.process_time()}
        with LOG.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    script_runner.ScriptRunner._run_script = _timed  # type: ignore[method-assign,assignment]
    sys.argv = ["streamlit", "run", *sys.argv[1:]]
    main()
