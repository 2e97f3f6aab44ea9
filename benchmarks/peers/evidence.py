"""Evidence (npm): the figures as Parquet, pages of Markdown with charts, built into a static site.

Newer versions load DuckDB's Parquet extension from a server of DuckDB's, in the build and in each reader's browser; this is the
newest whose DuckDB for WebAssembly has it built in, so that nothing is asked of anybody else.
"""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from deploy.reader import HOST

VERSION = "39.1.13"
# What belongs together with it, and what that expects beside it: npm would take newer ones, which do not fit.
PACKAGES = {
    "@evidence-dev/evidence": VERSION,
    "@evidence-dev/sdk": "1.4.5",
    "@evidence-dev/core-components": "4.8.10",
    "@evidence-dev/csv": "^1",
    "@sveltejs/adapter-static": "3.0.1",
    "@sveltejs/kit": "2.5.4",
    "@sveltejs/vite-plugin-svelte": "3.0.2",
    "autoprefixer": "^10.4.7",
    "debounce": "^1.2.1",
    "git-remote-origin-url": "4.0.0",
    "postcss": "^8.4.14",
    "postcss-load-config": "^4.0.1",
    "svelte": "4.2.19",
    "svelte-preprocess": "5.1.3",
    "svelte2tsx": "0.7.4",
    "tailwindcss": "^3.3.1",
    "typescript": "5.4.2",
    "unist-util-visit": "4.1.2",
    "vite": "5.4.6",
}
INSTALL, BUILD = 300, 300  # seconds
DRAWN = "canvas, svg.chart, .echarts-for-react, [_echarts_instance_]"
# The same in two files: parts of this version look for the one, parts for the other.
PLUGINS: dict[str, dict[str, dict[str, str]]] = {
    "components": {"@evidence-dev/core-components": {}},
    "datasources": {"@evidence-dev/csv": {}},
}
RANKED = """
# All forces, ranked

```sql ranked
select force, value, case when force = 'Kent' then 'Kent' else 'Others' end as who from figures.figure
where period_end = (select max(period_end) from figures.figure) order by value desc
```

<BarChart data={ranked} x=force y=value series=who swapXY=true/>
"""
SERIES = """
# One force

```sql series
select period_end, value from figures.figure where force = 'Kent' order by period_end
```

<LineChart data={series} x=period_end y=value/>
"""


def install(folder: Path) -> Path:
    """A project with Evidence installed.

    Raises:
        OSError: there is no npm.
        CalledProcessError: it cannot be installed.
        TimeoutExpired: not within its time.
    """
    project = folder / "evidence"
    marker = project / "node_modules" / f".installed-{VERSION}"
    if not marker.is_file():
        shutil.rmtree(project, ignore_errors=True)
        project.mkdir(parents=True, exist_ok=True)
        told = {"name": "peer", "private": True, "type": "module", "dependencies": PACKAGES}
        (project / "package.json").write_text(json.dumps(told), encoding="utf-8")
        command = ["npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps"]
        subprocess.run(command, cwd=project, check=True, capture_output=True, timeout=INSTALL)
        marker.touch()
    return project


def built(project: Path, rows: pd.DataFrame) -> tuple[Path, float]:
    """The site, and the seconds that it took.

    Raises:
        CalledProcessError: it cannot be built.
        TimeoutExpired: not within its time.
    """
    for folder in ("pages/series", "sources/figures"):
        (project / folder).mkdir(parents=True, exist_ok=True)
    files: dict[str, object] = {"evidence.config.yaml": {"plugins": PLUGINS}, "evidence.plugins.yaml": PLUGINS}
    for name, held in files.items():
        (project / name).write_text(json.dumps(held), encoding="utf-8")  # JSON is YAML
    (project / "pages" / "index.md").write_text(RANKED, encoding="utf-8")
    (project / "pages" / "series" / "index.md").write_text(SERIES, encoding="utf-8")
    (project / "sources" / "figures" / "connection.yaml").write_text("name: figures\ntype: csv\noptions: {}\n", encoding="utf-8")
    rows.to_csv(project / "sources" / "figures" / "figure.csv", index=False)
    started = time.perf_counter()
    for step in ("sources", "build"):
        command = ["npx", "--no-install", "evidence", step]
        subprocess.run(command, cwd=project, check=True, capture_output=True, timeout=BUILD)
    return project / "build", time.perf_counter() - started


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Patient(http.server.ThreadingHTTPServer):
    """Says nothing of a client that goes away before its answer, as each load does when its time is up."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell every other fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(site: Path) -> Iterator[dict[str, str]]:
    """The addresses of the two questions."""
    handler = functools.partial(_Quiet, directory=str(site))
    with Patient((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://{HOST}:{server.server_port}"
        yield {"ranked": f"{base}/", "series": f"{base}/series/"}
        server.shutdown()
