"""What was published can be checked: a tampered byte, a removed file, an extra file are named, and the command exits with 1."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from insight.snapshot.__main__ import app
from insight.snapshot.manifest import NoManifest, verify

TOOLS = {"python", "brotli", "duckdb", "jinja2", "pandas", "pyarrow", "vl-convert-python"}


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_a_snapshot_is_as_its_manifest_says(small_site: Path) -> None:
    assert verify(small_site).whole
    code, said = run("verify", str(small_site))
    assert code == 0
    assert "as published" in said


def test_verify_takes_the_folder_of_all_snapshots(small_site: Path) -> None:
    assert run("verify", str(small_site.parents[1]))[0] == 0


def test_the_manifest_lists_every_file_and_says_what_it_was_made_from_and_with(small_site: Path) -> None:
    found = json.loads((small_site / "manifest.json").read_text(encoding="utf-8"))
    files = {path.relative_to(small_site).as_posix() for path in small_site.rglob("*") if path.is_file()}
    assert {entry["path"] for entry in found["files"]} == files - {"manifest.json"}
    assert found["build"].keys() == {"build_id", "built_at", "code_version", "content_hash"}
    assert set(found["tools"]) == TOOLS
    assert all(len(source["file_sha256"]) == 64 for source in found["sources"])
    entry = next(entry for entry in found["files"] if entry["path"] == "data/force.csv")
    content = (small_site / "data" / "force.csv").read_bytes()
    assert (entry["size"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_manifest_says_how_many_figures_of_each_kind_are_withheld(small_site: Path) -> None:
    """Exampland's releases of 2023 and 2024 differ in what they suppress."""
    found = json.loads((small_site / "manifest.json").read_text(encoding="utf-8"))["withheld"]
    held = pd.read_csv(small_site / "data" / "observation.csv", dtype={"release": "str"})
    withheld = held[held["status"] == "withheld"]
    ours = withheld["area_level"] == "force"
    assert found["by_kind"].keys() == {"suppressed_now", "former_authorities", "our_sums"}
    assert found["by_kind"]["our_sums"]["figures"] == ours.sum()
    assert (
        sum(kind["figures"] for name, kind in found["by_kind"].items() if name != "our_sums") == found["figures"] == (~ours).sum()
    )
    assert found["to_protect"] <= found["figures"]


def test_a_tampered_byte_is_named(own_site: Path) -> None:
    page = own_site / "forces" / "north-sampleshire.html"
    page.chmod(0o644)
    content = bytearray(page.read_bytes())
    content[len(content) // 2] ^= 1
    page.write_bytes(content)
    code, said = run("verify", str(own_site))
    assert code == 1
    assert "altered: " in said
    assert "forces/north-sampleshire.html" in said


def test_a_removed_and_an_extra_file_are_named(own_site: Path) -> None:
    (own_site / "data" / "force.csv").unlink()
    (own_site / "data" / "forces.csv").write_text("extra")
    verdict = verify(own_site)
    assert (verdict.missing, verdict.added, verdict.altered) == (("data/force.csv",), ("data/forces.csv",), ())
    code, said = run("verify", str(own_site))
    assert code == 1
    assert "missing: " in said
    assert "added: " in said


def test_a_link_in_place_of_a_file_is_altered(own_site: Path) -> None:
    page = own_site / "methods.html"
    page.rename(own_site.parent / "elsewhere.html")
    page.symlink_to(own_site.parent / "elsewhere.html")
    assert verify(own_site).altered == ("methods.html",)


def test_a_deleted_snapshot_a_stranger_and_altered_listings_are_named(own_site: Path) -> None:
    out, top = own_site.parents[1], own_site.parent
    assert run("verify", str(out))[0] == 0
    (top / "notes.txt").write_text("stranger")
    (top / "latest").unlink()
    for name in ("feed.xml", "index.html"):
        (top / name).write_text("forged")
    code, said = run("verify", str(top))
    assert code == 1
    for fault in ("added: ", "notes.txt", "missing: ", "latest", "feed.xml: it is not", "index.html: it is not"):
        assert fault in said
    own_site.rename(out.parent / "gone")
    code, said = run("verify", str(out))
    assert code == 1
    assert f"{own_site.name}: snapshots.json lists this snapshot" in said


def test_a_manifest_that_was_rewritten_is_told_from_the_index(own_site: Path) -> None:
    page, manifest = own_site / "methods.html", own_site / "manifest.json"
    for path in (page, manifest):
        path.chmod(0o644)
    page.write_bytes(b"forged")
    found = json.loads(manifest.read_text(encoding="utf-8"))
    entry = next(entry for entry in found["files"] if entry["path"] == "methods.html")
    entry.update(size=6, sha256=hashlib.sha256(b"forged").hexdigest())
    manifest.write_text(json.dumps(found), encoding="utf-8")
    verdict = verify(own_site)
    assert verdict.altered == ()
    assert verdict.notes
    assert run("verify", str(own_site))[0] == 1


@pytest.mark.parametrize("text", [None, "", "[]", '{"files": [1]}'])
def test_a_folder_without_a_readable_manifest_is_no_snapshot(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(NoManifest):
        verify(tmp_path)
    assert run("verify", str(tmp_path))[0] == 2
