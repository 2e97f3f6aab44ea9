"""`deploy/dashboard.nginx.conf` before two stand-ins for replicas: who answers whom, websockets, what is closed, headers, gzip."""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
import streamlit

from deploy import front
from deploy.replicas import LONGEST_LINE
from tests.needs import needs
from tests.nginx import free_port, running, with_changes
from ui import citation

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
CONF, SERVICE = DEPLOY / "dashboard.nginx.conf", DEPLOY / "dashboard@.service"
MOST = 2  # websockets of one address, here
PATHS = ["/_stcore/stream", "/compare/_stcore/stream", "/force/_stcore/stream"]
SCRIPT = b"export const answer = 42;\n" * 400

pytestmark = [needs("nginx", "nginx"), pytest.mark.slow]
Answer = tuple[int, dict[str, str], bytes]


class Replica(BaseHTTPRequestHandler):
    """Answers as Streamlit does, with its own port in a header; an upgraded connection sends back what it gets."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one packet

    def do_GET(self) -> None:
        if self.headers.get("Upgrade") == "websocket":
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", self.headers["Connection"])
            self.end_headers()
            self.wfile.flush()
            self.wfile.write(self.rfile.readline())
            self.close_connection = True
            return
        body = SCRIPT if self.path.endswith(".js") else f"{self.path} of {self.headers['Host']}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")  # so that a stand-in that is shut down is gone
        self.send_header("X-Replica", str(self.server.server_address[1]))
        if self.path.startswith("/oauth2callback"):
            for part in range(4):
                self.send_header("Set-Cookie", f"of_many_groups_{part}={'x' * 3_900}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def replicas() -> Iterator[list[ThreadingHTTPServer]]:
    """Two running stand-ins."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Replica) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


def streamlits_files(room: Path) -> Path:
    """A folder with one file as `python -m deploy static` leaves it."""
    folder = room / "streamlit" / "static" / "js"
    folder.mkdir(parents=True)
    (folder / "ready.js").write_bytes(SCRIPT)
    (folder / "ready.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "ready.js.br").write_bytes(brotli.compress(SCRIPT))
    return room / "streamlit"


@pytest.fixture
def port(replicas: list[ThreadingHTTPServer], tmp_path: Path) -> Iterator[int]:
    """Of an nginx before the replicas."""
    port = free_port()
    ports = [server.server_address[1] for server in replicas]
    changes = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "listen [::]:80;": "",
        "127.0.0.1:8501": f"127.0.0.1:{ports[0]}",
        "127.0.0.1:8502": f"127.0.0.1:{ports[1]}",
    }
    changes["limit_conn dashboard_addresses 200;"] = f"limit_conn dashboard_addresses {MOST};"
    changes[front.FOLDER] = str(streamlits_files(tmp_path))
    changes[front.LOG] = f"access_log {tmp_path}/access.log without_query;"
    if not front.MODULE.is_file():
        changes["brotli_static on;"] = ""
    with running(with_changes(CONF, changes), port, tmp_path, front.MODULE if front.MODULE.is_file() else None):
        yield port


@pytest.fixture
def ask(port: int) -> Callable[..., Answer]:
    """``ask(path, **headers)``"""

    def get(path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    return get


def cookie_of(headers: dict[str, str]) -> str:
    return headers["set-cookie"].split(";")[0]


def test_a_reader_with_a_cookie_stays_with_one_replica_and_readers_are_spread(ask: Callable[..., Answer]) -> None:
    homes = Counter()
    for _ in range(24):
        _, headers, _ = ask("/")
        cookie = cookie_of(headers)
        homes[headers["x-replica"]] += 1
        assert {ask(f"/media/{number}.png", Cookie=cookie)[1]["x-replica"] for number in range(4)} == {headers["x-replica"]}
    assert len(homes) == 2, homes


def test_the_cookie_is_given_once_and_no_script_can_read_it(ask: Callable[..., Answer]) -> None:
    _, headers, _ = ask("/")
    assert re.fullmatch(r"dashboard_route=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", headers["set-cookie"])
    assert "set-cookie" not in ask("/", Cookie=cookie_of(headers))[1]
    assert "set-cookie" in ask("/", Cookie="dashboard_route=chosen-by-the-reader")[1]


def test_when_its_replica_dies_the_other_answers_a_reader(
    ask: Callable[..., Answer], replicas: list[ThreadingHTTPServer]
) -> None:
    _, headers, _ = ask("/")
    [dead] = [server for server in replicas if str(server.server_address[1]) == headers["x-replica"]]
    dead.shutdown()
    dead.server_close()
    status, after, _ = ask("/", Cookie=cookie_of(headers), Connection="close")
    assert (status, after["x-replica"] != headers["x-replica"]) == (200, True)


def upgraded(client: socket.socket, path: str = "/_stcore/stream") -> bytes:
    """Ask for a websocket; what comes back."""
    client.sendall(
        f"GET {path} HTTP/1.1\r\nHost: example.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n".encode()
        + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    return client.recv(4096)


def test_an_address_opens_so_many_websockets_and_no_more_beneath_any_page(port: int, ask: Callable[..., Answer]) -> None:
    with ExitStack() as opened:
        clients = [opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5)) for _ in range(MOST + 1)]
        heads = [upgraded(client, path) for client, path in zip(clients, PATHS, strict=True)]
        assert [head.split()[1] for head in heads] == [b"101"] * MOST + [b"429"]
        assert ask("/")[0] == 200


def test_a_websocket_is_opened_through_it(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        head = upgraded(client)
        assert head.startswith(b"HTTP/1.1 101 "), head
        assert b"upgrade: websocket" in head.lower()
        client.sendall(b"both ways\n")
        assert client.recv(100) == b"both ways\n"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/compare/_stcore/metrics",
        "/_stcore/metrics/",
        "/%5fstcore/metrics",
        "/_stcore/upload_file/a/b",
        "/compare/_stcore/upload_file/a/b",
    ],
)
def test_metrics_and_uploads_are_closed_to_the_outside(path: str, ask: Callable[..., Answer]) -> None:
    status, headers, _ = ask(path)
    assert status == 403
    assert "x-replica" not in headers


def test_a_sign_in_with_many_groups_comes_through_both_ways(ask: Callable[..., Answer]) -> None:
    status, headers, _ = ask("/oauth2callback?code=1")
    assert (status, "x-replica" in headers) == (200, True)
    assert ask("/", Cookie="; ".join(f"part_{number}={'x' * 3_900}" for number in range(7)))[0] == 200


def test_the_log_holds_no_query_and_no_return_from_sign_in(ask: Callable[..., Answer], tmp_path: Path) -> None:
    ask("/oauth2callback?code=secret")
    ask("/compare?force=chosen", Referer="https://figures.example/compare?force=chosen")
    log = tmp_path / "access.log"
    until = time.monotonic() + 5
    while not log.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert '"GET /compare" 200' in log.read_text()
    assert not [word for word in ("secret", "chosen", "oauth2callback") if word in log.read_text()]


def test_health_is_a_replicas_and_what_streamlit_would_answer_with_its_page_is_not(ask: Callable[..., Answer]) -> None:
    assert ask("/healthz")[2].startswith(b"/healthz of ")
    assert ask("/robots.txt")[2] == b"User-agent: *\nDisallow: /_stcore/\n"
    assert ask("/sitemap.xml")[0] == 404


def test_the_public_name_is_handed_on_for_streamlit_checks_it(ask: Callable[..., Answer]) -> None:
    assert ask("/force?force=a", Host="example.org")[2] == b"/force?force=a of example.org"


@pytest.mark.parametrize("path", ["/", "/compare", "/static/main.js", "/_stcore/metrics", "/sitemap.xml"])
def test_every_answer_carries_the_security_headers(path: str, ask: Callable[..., Answer]) -> None:
    headers = ask(path)[1]
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["server"] == "nginx"


def test_the_policy_names_the_script_in_the_page_of_the_installed_streamlit_and_the_one_of_ours() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in (*scripts, citation.SCRIPT)
    }
    assert set(re.findall(r"'sha256-[^']+'", CONF.read_text(encoding="utf-8"))) == hashes


def test_scripts_are_compressed_for_those_who_take_it(ask: Callable[..., Answer]) -> None:
    _, headers, body = ask("/static/main.js", Accept_Encoding="gzip")
    assert (headers["content-encoding"], "Accept-Encoding" in headers["vary"]) == ("gzip", True)
    assert gzip.decompress(body) == SCRIPT
    assert ask("/static/main.js")[2] == SCRIPT


@pytest.mark.skipif(not front.MODULE.is_file() and not os.environ.get("CI"), reason="needs libnginx-mod-http-brotli-static")
def test_streamlits_files_are_sent_compressed_from_disk_and_kept_for_good_and_bring_no_cookie(ask: Callable[..., Answer]) -> None:
    status, headers, body = ask("/static/js/ready.js", Accept_Encoding="gzip, br")
    assert (status, headers["content-encoding"], brotli.decompress(body)) == (200, "br", SCRIPT)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert not {"x-replica", "set-cookie"} & set(headers)
    assert ask("/static/js/ready.js", Accept_Encoding="gzip")[1]["content-encoding"] == "gzip"
    assert "cache-control" not in ask("/compare")[1]


def test_a_file_that_does_not_lie_ready_comes_from_a_replica(ask: Callable[..., Answer]) -> None:
    assert "x-replica" in ask("/static/js/other.js")[1]


def test_streamlits_files_are_compressed_once_for_a_version(tmp_path: Path) -> None:
    root = front.compressed(tmp_path)
    script = max((root / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size)
    packed = script.with_name(f"{script.name}.br")
    assert brotli.decompress(packed.read_bytes()) == script.read_bytes()
    made = packed.stat().st_mtime_ns
    assert front.compressed(tmp_path) == root
    assert packed.stat().st_mtime_ns == made


def test_nginx_takes_the_configuration_that_make_serve_writes(tmp_path: Path) -> None:
    front.Nginx(tmp_path).write(front.configuration(f"127.0.0.1:{free_port()}", {9001: True}, tmp_path))


def test_the_command_of_the_guide_switches_tls_on(tmp_path: Path) -> None:
    [command] = re.findall(
        r"`sed -i '([^']*)' /etc/nginx/conf.d/dashboard.conf", (DEPLOY / "README.md").read_text(encoding="utf-8")
    )
    site = tmp_path / "site"
    port, plain = free_port(), free_port()
    text = front.configuration(f"127.0.0.1:{plain}", {9001: True}, tmp_path)
    text = text.replace("#tls listen [::]:443 ssl;", "").replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    site.write_text(text.replace("/etc/ssl/private/", "/etc/ssl/").replace("/etc/ssl/", f"{tmp_path}/"), encoding="utf-8")
    subprocess.run(["sed", "-i", command, str(site)], check=True)
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=dashboard.example"]
    files = ["-keyout", str(tmp_path / "dashboard.key"), "-out", str(tmp_path / "dashboard.pem")]
    subprocess.run([*new, *files], check=True, capture_output=True)
    trusting = ssl._create_unverified_context()
    with running(site.read_text(encoding="utf-8").replace("brotli_static on;", ""), plain, tmp_path):
        first = http.client.HTTPConnection("127.0.0.1", plain, timeout=10)
        first.request("GET", "/compare?a=b", headers={"Host": "dashboard.example"})
        led = first.getresponse()
        assert (led.status, led.getheader("Location")) == (301, "https://dashboard.example/compare?a=b")
        stray = http.client.HTTPConnection("127.0.0.1", plain, timeout=10)
        stray.request("GET", "/", headers={"Host": "elsewhere.example"})
        assert stray.getresponse().getheader("Location") == "https://dashboard.example/", "a reader is led nowhere else"
        then = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=trusting)
        then.request("GET", "/robots.txt")
        answer = then.getresponse()
        assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"
        assert str(answer.getheader("Set-Cookie")).endswith("; Secure")
        assert answer.getheader("Content-Security-Policy")


def test_a_replica_that_takes_no_readers_keeps_its_place() -> None:
    text = front.configuration("127.0.0.1:1", {9001: True, 9002: False, 9003: True}, Path("/somewhere"))
    upstream = re.search(r"upstream dashboard \{(.*?)\}", text, re.DOTALL)[1]
    assert re.findall(r"server 127\.0\.0\.1:(\d+) [^;]*?( down)?;", upstream) == [("9001", ""), ("9002", " down"), ("9003", "")]


def test_the_service_listens_to_this_host_only_on_the_port_it_is_named_by() -> None:
    [command] = re.findall(r"^ExecStart=(.*)$", SERVICE.read_text(encoding="utf-8"), re.MULTILINE)
    assert "streamlit run dashboard.py --server.address 127.0.0.1 --server.port %i" in command


def test_a_replica_takes_the_cookies_of_who_is_in_many_groups() -> None:
    [(name, value)] = LONGEST_LINE.items()
    assert f"Environment={name}={value}\n" in SERVICE.read_text(encoding="utf-8")
    asked = "from websockets.http11 import MAX_LINE_LENGTH; print(MAX_LINE_LENGTH)"
    told = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, **LONGEST_LINE}, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == value
