"""The set-up and the guide of operations, played: ``python -m tests.hard.operations``.

The blocks Install, Backup, Restore, Upgrade and back of docs/operations.md and the set-up of replicas in deploy/README.md, read from
there and run as they stand, so that a command which no longer works ends the rehearsal with its own words; beside them a signed
snapshot. For a machine that may be thrown away, as root: it installs to /srv, /etc and /backup, and refuses where something of that is
there. Where systemd does not run, ``systemctl.sh`` beside this file starts what the installed units say, as their user.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path

from environment import PROJECT

OPERATIONS, DEPLOYING = PROJECT / "docs" / "operations.md", PROJECT / "deploy" / "README.md"
PLACES = tuple(
    map(
        Path,
        (
            "/srv/force-performance",
            "/srv/releases",
            "/srv/warehouse",
            "/srv/snapshots",
            "/backup",
            "/etc/force-performance.env",
            "/etc/nginx/conf.d/dashboard.conf",
            "/etc/systemd/system/dashboard@.service",
            "/etc/systemd/system/fetch.service",
            "/etc/systemd/system/fetch.timer",
        ),
    )
)
CLONE, BUILDS, SNAPSHOTS = PLACES[0], PLACES[2], PLACES[3]
PORTS = (8501, 8502)
FENCE = re.compile(r"```sh\n(.*?)```", re.DOTALL)
INDENTED = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
FRONT = "http://127.0.0.1/healthz"
HOST = "dashboard.example"
KEY = """%no-protection
Key-Type: eddsa
Key-Curve: ed25519
Name-Real: Rehearsal
Name-Email: rehearsal@example.org
Expire-Date: 0
%commit
"""


class Rehearsal:
    """A shell that remembers where it is and what was exported, as the document's reader's does."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self.folder = PROJECT
        shim = room / "bin" / "systemctl"
        shim.parent.mkdir()
        if not Path("/run/systemd/system").exists():
            shutil.copy(Path(__file__).with_name("systemctl.sh"), shim)
            shim.chmod(0o755)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FORCE_")},
            # Debian's Python first: the replicas' user may not run one that lies under /root, as those of pyenv do.
            "PATH": f"{shim.parent}:/usr/bin:{os.environ['PATH']}",
            "GNUPGHOME": str(room / "keys"),
        }
        (room / "keys").mkdir(mode=0o700)

    def run(self, title: str, commands: str) -> None:
        """Run commands until the first that fails; where they end up and what they export stays for the next.

        Raises:
            SystemExit: one failed.
        """
        started = time.monotonic()
        state = self.room / "state"
        script = f"set -e\ncd {self.folder}\n{commands}\npwd > {state}\nenv -0 > {state}.env\n"
        done = subprocess.run(["bash", "-c", script], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{title}: exit {done.returncode}\n{commands}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        self.folder = Path(state.read_text().strip())
        exported = dict(line.split("=", 1) for line in Path(f"{state}.env").read_text().split("\0") if line)
        self.environment = {name: value for name, value in exported.items() if name not in {"PWD", "OLDPWD", "SHLVL", "_"}}
        print(f"{title}: {time.monotonic() - started:.0f} s", flush=True)

    def said(self, command: str) -> str:
        """What a command prints."""
        return subprocess.run(
            ["bash", "-ec", command], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=True
        ).stdout


def commands_under(document: Path, heading: str) -> str:
    """The first block of commands under a heading.

    Raises:
        LookupError: there is none.
    """
    section = document.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = FENCE.search(section)
    if found is None:
        raise LookupError(f"{document.name} has no commands under “{heading}”.")
    return found.group(1)


def commands_of_replicas() -> str:
    """The block of ``deploy/README.md`` that sets up replicas and nginx."""
    (found,) = (block for block in INDENTED.findall(DEPLOYING.read_text(encoding="utf-8")) if "enable --now" in block)
    return str(found)


def _answers(address: str) -> None:
    request = urllib.request.Request(address, headers={"Host": HOST})
    with urllib.request.urlopen(request, timeout=30) as answer:
        if answer.status != 200:
            sys.exit(f"{address}: {answer.status}")


def _fingerprint(shell: Rehearsal) -> str:
    return shell.said(f"FORCE_WAREHOUSE={BUILDS} {CLONE}/.venv/bin/python -m etl status | grep content")


def _lose(shell: Rehearsal) -> None:
    """What a lost machine loses: everything but the backup and the key that was kept apart."""
    shell.run("Lose the machine", f"systemctl stop {' '.join(f'dashboard@{port}' for port in PORTS)}; nginx -s stop")
    for place in PLACES:
        if place != Path("/backup"):
            shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink(missing_ok=True)
    shutil.rmtree(shell.room / "keys")
    (shell.room / "keys").mkdir(mode=0o700)
    shell.folder = shell.room


def rehearse(shell: Rehearsal, address: str) -> None:
    """Play the document from an empty machine to an upgrade and back."""

    def filled(commands: str) -> str:
        kept = commands.replace("ADDRESS", address).replace("DAY", date.today().isoformat())
        return kept.replace("KEYFILE", str(shell.room / "key.asc"))

    shell.run("Install", filled(commands_under(OPERATIONS, "Install")))
    before = _fingerprint(shell)
    shell.run("Replicas behind nginx", commands_of_replicas())
    _answers(FRONT)
    (shell.room / "key").write_text(KEY)
    signed = (
        f"gpg --batch --gen-key {shell.room}/key\n"
        "key=$(gpg --list-keys --with-colons rehearsal@example.org | awk -F: '/^fpr/ {print $10; exit}')\n"
        f"FORCE_WAREHOUSE={BUILDS} .venv/bin/python -m insight.snapshot build --out {SNAPSHOTS} --sign-with $key\n"
        f".venv/bin/python -m insight.snapshot verify {SNAPSHOTS} --signed-by $key\n"
        f"gpg --export-secret-keys $key > {shell.room}/key.asc"
    )
    shell.run("A signed snapshot", signed)
    shell.run("Backup", filled(commands_under(OPERATIONS, "Backup")))
    _lose(shell)
    shell.run("Restore", filled(commands_under(OPERATIONS, "Restore")))
    shell.run("Replicas behind nginx, again", commands_of_replicas())
    _answers(FRONT)
    if (after := _fingerprint(shell)) != before:
        sys.exit(f"The build restored is another: {before} became {after}")
    upgrade = filled(commands_under(OPERATIONS, "Upgrade, and back"))
    newer = shell.room / "newer"
    shell.run(
        "A newer version", f"git clone -q {address} {newer} && cd {newer} && git commit -q --allow-empty -m newer && cd {CLONE}"
    )
    shell.run("Upgrade", upgrade.replace(address, str(newer)).replace("\ndiff ", "\n! diff "))
    _answers(FRONT)
    back = upgrade[upgrade.index("[ . -ef") :].replace("\ndiff ", "\n! diff ")
    before_it = Path(shell.said("ls -dt /srv/releases/*").splitlines()[-1])
    taken_out = before_it / "data" / "incoming" / "taken_out_since"
    shell.run("Back", f"mkdir -p {taken_out}\ncd {before_it}\n{back}")
    if taken_out.exists():
        sys.exit(f"{taken_out}: what was taken out of the newer version's folder came back")
    _answers(FRONT)
    shell.run("What to watch", commands_under(OPERATIONS, "What to watch").splitlines()[0])


def main() -> int:
    """Rehearse; 0 where every command did what the document says."""
    if os.geteuid() != 0 or any(place.exists() or place.is_symlink() for place in PLACES):
        print(f"For root on a machine that may be thrown away, without {', '.join(map(str, PLACES))}.")
        return 2
    with tempfile.TemporaryDirectory() as room:
        shell = Rehearsal(Path(room))
        try:
            rehearse(shell, f"file://{PROJECT}")
        finally:
            subprocess.run(
                ["bash", "-c", "systemctl stop dashboard@8501 dashboard@8502; nginx -s stop"], env=shell.environment, check=False
            )
            for place in PLACES:
                shutil.rmtree(place, ignore_errors=True) if place.is_dir() and not place.is_symlink() else place.unlink(
                    missing_ok=True
                )
    print("Every block that was played did what it says.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
