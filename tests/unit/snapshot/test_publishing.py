"""Published once and for all: nothing is overwritten, two builds are the same, an index, a feed and `latest` follow."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import brotli
import pandas as pd
import pytest
from lxml import html
from typer.testing import CliRunner

from environment import LEAVE_OUT
from insight.queries.left_out import LeftOut, OwnData
from insight.snapshot import builder
from insight.snapshot import publish as publishing
from insight.snapshot.__main__ import app
from insight.snapshot.builder import Made
from insight.snapshot.publish import AlreadyPublished, NotInOrder, published

DAY = date(2026, 1, 31)
ATOM = "{http://www.w3.org/2005/Atom}"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_two_builds_are_the_same_to_the_byte_and_the_second_draws_nothing(
    small_site: Path, exampland: Path, publish: Callable[..., Made], tmp_path: Path
) -> None:
    made = publish(exampland, tmp_path)
    assert contents(made.folder) == contents(small_site)
    assert contents(tmp_path) == contents(small_site.parents[1])
    assert made.drawn == 0
    assert made.reused > 0


def test_charts_drawn_anew_are_the_same_to_the_byte(
    small_site: Path, exampland: Path, publish: Callable[..., Made], tmp_path: Path
) -> None:
    options = builder.Options(None, 1, "https://example.org/", frozenset({"E99000001", "W99000001"}))
    made = builder.build(exampland, tmp_path, date(2026, 1, 31), options)
    assert made.reused == 0
    assert contents(made.folder) == contents(small_site)


def test_a_published_date_is_refused_and_left_alone(own_site: Path, exampland: Path, publish: Callable[..., Made]) -> None:
    before = contents(own_site)
    with pytest.raises(AlreadyPublished, match="nothing published is overwritten"):
        publish(exampland, own_site.parents[1])
    assert contents(own_site) == before


def test_the_command_refuses_with_2(own_site: Path, exampland: Path) -> None:
    done = CliRunner().invoke(
        app, ["build", "--out", str(own_site.parents[1]), "--date", own_site.name, "--warehouse", str(exampland.parent)]
    )
    assert done.exit_code == 2
    assert "Refused" in done.output


def test_a_wrong_date_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["build", "--out", str(tmp_path), "--date", "31/01/2026"])
    assert done.exit_code == 2
    assert not list(tmp_path.iterdir())


def test_files_of_a_snapshot_cannot_be_written_to(small_site: Path) -> None:
    assert {path.stat().st_mode & 0o222 for path in small_site.rglob("*") if path.is_file()} == {0}


def test_a_build_that_fails_leaves_nothing(
    exampland: Path, publish: Callable[..., Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(builder, "write", fail)
    with pytest.raises(OSError, match="disk full"):
        publish(exampland, tmp_path)
    assert published(tmp_path) == []
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()] == []


@pytest.fixture(scope="module")
def two_editions(
    small_site: Path, exampland: Path, publish: Callable[..., Made], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A public folder with a second edition of the same figures, to be read only."""
    out = tmp_path_factory.mktemp("two") / "public"
    shutil.copytree(small_site.parents[1], out, symlinks=True)
    publish(exampland, out, date(2026, 3, 1))
    return out


def test_index_feed_and_latest_follow_the_newest(two_editions: Path) -> None:
    top = two_editions / "snapshots"
    assert [path.name for path in published(two_editions)] == ["2026-01-31", "2026-03-01"]
    assert (top / "latest").readlink() == Path("2026-03-01")
    index = json.loads((top / "snapshots.json").read_text(encoding="utf-8"))["snapshots"]
    assert [entry["date"] for entry in index] == ["2026-03-01", "2026-01-31"]
    feed = ElementTree.fromstring((top / "feed.xml").read_text(encoding="utf-8"))
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 3
    assert next(entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")) == "2026-03-01T00:00:00Z"
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert "https://example.org/snapshots/2026-03-01/index.html" in links
    text = (top / "index.html").read_text(encoding="utf-8")
    assert text.index("2026-03-01/index.html") < text.index("2026-01-31/index.html")
    assert "No figure, verdict, judgement or method changed." in (top / "2026-03-01" / "changes.html").read_text(encoding="utf-8")


def test_the_root_is_the_newest_edition_with_a_list_of_all(two_editions: Path) -> None:
    out = two_editions
    root = html.fromstring((out / "index.html").read_bytes())
    newest = html.fromstring((out / "snapshots" / "2026-03-01" / "index.html").read_bytes())
    assert root.findtext(".//h1") == newest.findtext(".//h1")
    listed = root.xpath("//section[h2/@id='editions']//a/@href")
    assert "snapshots/2026-01-31/index.html" in listed
    for link in root.xpath("//@href"):
        if not str(link).startswith(("#", "http")):
            assert (out / str(link).partition("#")[0]).exists(), link


def test_a_date_before_the_newest_is_refused(own_site: Path, exampland: Path, publish: Callable[..., Made]) -> None:
    with pytest.raises(NotInOrder, match="2026-01-31"):
        publish(exampland, own_site.parents[1], date(2025, 12, 1))
    assert [path.name for path in published(own_site.parents[1])] == ["2026-01-31"]


def test_the_first_edition_is_called_the_first_everywhere(small_site: Path) -> None:
    for path in ("changes.json", "changes.html", "../feed.xml", "../snapshots.json"):
        text = (small_site / path).read_text(encoding="utf-8")
        assert "the first edition" in text, path
        assert "changed." not in text.partition("<footer>")[0], path


def test_compressed_files_hold_what_they_stand_for(small_site: Path) -> None:
    zipped = sorted(small_site.rglob("*.gz"))
    assert zipped
    for path in zipped:
        plain = path.with_suffix("").read_bytes()
        assert gzip.decompress(path.read_bytes()) == plain
        assert brotli.decompress(path.with_suffix(".br").read_bytes()) == plain
        assert path.stat().st_size < len(plain)


def test_a_page_is_compressed_to_the_last_per_cent_and_a_large_file_is_not(
    large_file: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "LARGE", large_file)
    page, table = (b"".join(b"%d," % number for number in range(lines)) for lines in (20_000, 80_000))
    made = publishing.with_compressed({"page.html": page, "table.csv": table}, 1)
    assert made["page.html.br"] == brotli.compress(page, quality=11)
    assert made["table.csv.br"] == brotli.compress(table, quality=6)


@pytest.mark.parametrize(
    "gone",
    [
        ["latest"],
        ["latest", "snapshots.json"],
        ["latest", "snapshots.json", "feed.xml", "index.html", "../index.html", "../404.html"],
    ],
)
def test_a_snapshot_that_was_killed_before_it_was_listed_is_listed_by_the_same_command(
    gone: list[str], own_site: Path, small_site: Path, exampland: Path
) -> None:
    top = own_site.parent
    for name in gone:
        (top / name).unlink()
    (top / ".part-2026-01-31").mkdir()
    (top / ".part-2026-01-31" / "x").write_text("left", encoding="utf-8")
    (top / ".snapshots.json.999999999.part").write_text("left", encoding="utf-8")
    (top / ".latest-999999999").symlink_to(own_site.name)
    out = top.parent
    command = ["build", "--out", str(out), "--date", own_site.name, "--warehouse", str(exampland.parent)]
    command += ["--address", "https://example.org/"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert "It is listed now." in done.output
    assert contents(out) == contents(small_site.parents[1])
    assert (top / "latest").readlink() == Path(own_site.name)
    assert CliRunner().invoke(app, ["verify", str(out)]).exit_code == 0
    assert CliRunner().invoke(app, command).exit_code == 2, "what is listed is refused as ever"


@pytest.mark.parametrize(
    ("column", "value", "setting", "refused"),
    [("origin", "added by a user", {}, OwnData), ("publication", "mine", {LEAVE_OUT.name: "mine"}, LeftOut)],
    ids=["a user's own", "left out"],
)
def test_what_may_not_be_given_away_any_more_is_not_listed_by_a_run_that_goes_on(
    column: str,
    value: str,
    setting: dict[str, str],
    refused: type[Exception],
    own_site: Path,
    exampland: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was allowed when the snapshot was made, and withdrawn before the same command listed it."""
    sources = own_site / "data" / "source.csv"
    frame = pd.read_csv(sources, dtype="str")
    frame.loc[0, column] = value
    sources.chmod(0o644)
    frame.to_csv(sources, index=False)
    (own_site.parent / "latest").unlink()
    monkeypatch.setattr("insight.snapshot.builder.verify", lambda folder: SimpleNamespace(whole=True))
    for name, told in setting.items():
        monkeypatch.setenv(name, told)
    with pytest.raises(refused):
        builder.build(exampland, own_site.parents[1], DAY, builder.Options(workers=1))
    assert not (own_site.parent / "latest").exists()


def test_an_unlisted_snapshot_that_was_altered_is_not_listed(own_site: Path, exampland: Path) -> None:
    page = own_site / "index.html"
    page.chmod(0o644)
    page.write_text("altered", encoding="utf-8")
    (own_site.parent / "latest").unlink()
    command = ["build", "--out", str(own_site.parents[1]), "--date", own_site.name, "--warehouse", str(exampland.parent)]
    assert CliRunner().invoke(app, command).exit_code == 2
    assert not (own_site.parent / "latest").exists()
