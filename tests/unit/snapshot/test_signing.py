"""A detached signature of the manifest by GnuPG, with a key that lives as long as the test."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from insight.snapshot import builder
from insight.snapshot.__main__ import app
from insight.snapshot.manifest import verify
from insight.snapshot.signing import CannotSign, NotSigned, check_signature, sign
from tests.needs import needs

pytestmark = needs("gpg", "gnupg")


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The fingerprint of a key of its own."""
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    name = "Example <example@example.org>"
    subprocess.run(
        ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", name, "ed25519", "sign"], check=True, capture_output=True
    )
    listed = subprocess.run(["gpg", "--list-keys", "--with-colons"], check=True, capture_output=True, text=True).stdout
    return next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr:"))


def test_a_signed_snapshot_is_whole_and_its_signature_good(own_site: Path, key: str) -> None:
    sign(own_site, key)
    assert verify(own_site).whole
    check_signature(own_site, key)


def test_no_bad_and_foreign_signatures_are_refused(own_site: Path, key: str) -> None:
    with pytest.raises(NotSigned, match="not signed"):
        check_signature(own_site, key)
    sign(own_site, key)
    with pytest.raises(NotSigned):
        check_signature(own_site, "0" * 40)
    with pytest.raises(CannotSign, match="overwritten"):
        sign(own_site, key)
    manifest = own_site / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_bytes(manifest.read_bytes().replace(b'"size": ', b'"size":  ', 1))
    with pytest.raises(NotSigned):
        check_signature(own_site, key)


def test_a_key_that_is_not_there_leaves_no_signature(own_site: Path, key: str) -> None:
    with pytest.raises(CannotSign, match="could not sign"):
        sign(own_site, "nobody@example.org")
    assert not (own_site / "manifest.json.asc").exists()


def built(out: Path, exampland: Path, key: str) -> Result:
    """`build` of the day of ``own_site`` with a key."""
    options = ["--date", "2026-01-31", "--warehouse", str(exampland.parent), "--workers", "1", "--sign-with", key]
    return CliRunner().invoke(app, ["build", "--out", str(out), *options])


def test_a_key_that_is_not_there_publishes_nothing(
    exampland: Path, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "_files", lambda *_: ({"index.html": b"<p>"}, ""))
    done = built(tmp_path / "out", exampland, "nobody@example.org")
    assert (done.exit_code, "Refused. GnuPG could not sign" in done.output) == (2, True)
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.name != ".lock"] == ["snapshots"]


def test_an_edition_that_is_to_be_signed_is_so_before_it_can_be_seen(
    exampland: Path, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(builder, "_files", lambda *_: ({"index.html": b"<p>", "data/a.csv": b"a\n"}, ""))
    monkeypatch.setattr(builder, "sign", lambda folder, key: seen.append(folder.name.startswith(".")) or sign(folder, key))
    assert built(tmp_path, exampland, key).exit_code == 0
    assert seen == [True]
    check_signature(tmp_path / "snapshots" / "2026-01-31", key)


def test_an_edition_that_was_left_unsigned_is_signed_by_the_same_command(own_site: Path, exampland: Path, key: str) -> None:
    out = own_site.parents[1]
    (own_site / ".manifest.json.asc.999999999.part").write_text("half", encoding="utf-8")  # of a run that was killed
    done = built(out, exampland, key)
    assert (done.exit_code, "It is listed and signed now." in done.output) == (0, True), done.output
    check_signature(own_site, key)
    assert verify(own_site).whole
    assert built(out, exampland, key).exit_code == 2, "signed and listed: nothing is left to do"
