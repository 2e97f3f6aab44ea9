"""Evidence (npm): the figures as Parquet, pages of Markdown with charts, built into a static site.

Its build loads DuckDB's Parquet extension for WebAssembly from ``EXTENSIONS`` and waits for it without end.
"""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from deploy.reader import HOST

PACKAGES = {
    "@evidence-dev/evidence": "40.1.8",
    "@evidence-dev/core-components": "5.4.2",
    "@evidence-dev/csv": "^1",
    "typescript": "^5",
}
INSTALL, BUILD = 300, 300  # seconds
EXTENSIONS = "https://extensions.duckdb.org"  # in no npm package
REACHED = 10  # seconds
DRAWN = "canvas, svg.chart, .echarts-for-react, [_echarts_instance_]"
CONFIG = """
plugins:
  components:
    "@evidence-dev/core-components": {}
  datasources:
    "@evidence-dev/csv": {}
"""
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
        OSError: what its build loads cannot be reached.
        CalledProcessError: it cannot be installed.
        TimeoutExpired: not within its time.
    """
    try:
        urllib.request.urlopen(EXTENSIONS, timeout=REACHED).close()
    except urllib.error.HTTPError:
        pass  # it answers
    except OSError as error:
        raise OSError(f"its build loads an extension of DuckDB from {EXTENSIONS}, which does not answer ({error})") from error
    project = folder / "evidence"
    if not (project / "node_modules" / ".installed").is_file():
        project.mkdir(parents=True, exist_ok=True)
        told = {"name": "peer", "private": True, "type": "module", "dependencies": PACKAGES}
        (project / "package.json").write_text(json.dumps(told), encoding="utf-8")
        command = ["npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps"]
        subprocess.run(command, cwd=project, check=True, capture_output=True, timeout=INSTALL)
        (project / "node_modules" / ".installed").touch()
    return project


def built(project: Path, rows: pd.DataFrame) -> tuple[Path, float]:
    """The site, and the seconds that it took.

    Raises:
        CalledProcessError: it cannot be built.
        TimeoutExpired: not within its time.
    """
    for folder in ("pages/series", "sources/figures"):
        (project / folder).mkdir(parents=True, exist_ok=True)
    (project / "evidence.config.yaml").write_text(CONFIG, encoding="utf-8")
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


@contextmanager
def serving(site: Path) -> Iterator[dict[str, str]]:
    """The addresses of the two questions."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://{HOST}:{server.server_port}"
        yield {"ranked": f"{base}/", "series": f"{base}/series/"}
        server.shutdown()
