"""nginx before the replicas: the project's configuration with ports and folders of one run; Streamlit's files compressed."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import brotli
import streamlit

from environment import PROJECT

CONF = PROJECT / "deploy" / "dashboard.nginx.conf"
MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
STATIC = Path(streamlit.__file__).parent / "static" / "static"
FOLDER = "/srv/force-performance/build/streamlit"  # as the configuration names it
LOG = "access_log /var/log/nginx/access.log without_query;"
WORTH = 1024  # bytes from which a file is compressed
TEXTS = {".js", ".css", ".svg", ".json", ".map", ".html"}
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def compressed(folder: Path) -> Path:
    """Streamlit's hashed files in a folder, each with a ``.gz`` and a ``.br`` beside it; made once for a version.

    Returns:
        The folder that a web server takes as root: ``static/`` is in it.
    """
    root = folder / streamlit.__version__
    if root.is_dir():
        return root
    draft = root.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(STATIC, draft / "static")
    for file in [path for path in draft.rglob("*") if path.suffix in TEXTS and path.stat().st_size >= WORTH]:
        content = file.read_bytes()
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        # The highest quality takes minutes for a percent.
        file.with_name(f"{file.name}.br").write_bytes(brotli.compress(content, quality=9))
    draft.rename(root)
    return root


def configuration(listen: str, replicas: Mapping[int, bool], static: Path) -> str:
    """The configuration for these replicas.

    Args:
        listen: address and port.
        replicas: port to whether it takes readers; one that does not keeps its place, so that the others keep their readers.
        static: what ``compressed`` made.
    """
    text = CONF.read_text(encoding="utf-8").replace("    listen [::]:80;\n", "").replace("listen 80;", f"listen {listen};")
    line = "    server 127.0.0.1:{} max_fails=1 fail_timeout=5s{};\n"
    servers = "".join(line.format(port, "" if ready else " down") for port, ready in replicas.items())
    text = re.sub(r"(?:    server 127\.0\.0\.1:\d+ [^\n]*;\n)+", servers, text, count=1)
    return text.replace(FOLDER, str(static)).replace(LOG, "access_log off;")


class NotStarted(Exception):
    """nginx is not here, or refuses its settings."""


class Nginx:
    """A Debian nginx of one run, in a folder of its own."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._run = ["nginx", "-c", str(room / "nginx.conf"), "-p", str(room), "-e", str(room / "error.log")]
        self.process: subprocess.Popen[bytes] | None = None

    def write(self, text: str) -> None:
        """Write a configuration of ``http {}`` and check it.

        Raises:
            NotStarted: nginx refuses it, or is not here.
        """
        (self._room / "site.conf").write_text(text, encoding="utf-8")
        folders = "".join(f"{kind}_temp_path {self._room}/{kind}; " for kind in TEMPORARY)
        module = f"load_module {MODULE};\n" if MODULE.is_file() else ""
        if not module:
            (self._room / "site.conf").write_text(text.replace("brotli_static on;", ""), encoding="utf-8")
        (self._room / "nginx.conf").write_text(
            f"{module}daemon off; worker_processes 1; pid {self._room}/pid; error_log {self._room}/error.log;\n"
            f"events {{ worker_connections 4096; }}\nhttp {{ include /etc/nginx/mime.types; access_log off; {folders}\n"
            f"include {self._room}/site.conf; }}\n",
            encoding="utf-8",
        )
        try:
            checked = subprocess.run([*self._run, "-t"], capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            raise NotStarted("nginx is not installed: apt-get install nginx libnginx-mod-http-brotli-static") from error
        if checked.returncode:
            raise NotStarted(f"nginx refuses its settings: {checked.stderr}")

    def start(self) -> subprocess.Popen[bytes]:
        """Start with what was written."""
        self.process = subprocess.Popen(self._run, stderr=subprocess.DEVNULL)
        return self.process

    def reload(self) -> None:
        """Take what was written; connections that are open stay."""
        subprocess.run([*self._run, "-s", "reload"], check=True, capture_output=True)
