"""A detached signature of the manifest by GnuPG, with a key that lives as long as the test."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from insight.snapshot.manifest import verify
from insight.snapshot.signing import NotSigned, check_signature, sign
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
    with pytest.raises(NotSigned, match="overwritten"):
        sign(own_site, key)
    manifest = own_site / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_bytes(manifest.read_bytes().replace(b'"size": ', b'"size":  ', 1))
    with pytest.raises(NotSigned):
        check_signature(own_site, key)


def test_a_key_that_is_not_there_leaves_no_signature(own_site: Path, key: str) -> None:
    with pytest.raises(NotSigned, match="could not sign"):
        sign(own_site, "nobody@example.org")
    assert not (own_site / "manifest.json.asc").exists()
