"""What the project says of each release it knows, and by which hashes it knows it again."""

from __future__ import annotations

import hashlib
import re

import pytest

from etl.paths import PROJECT
from etl.reference import load_reference
from insight.warehouse import Warehouse

PUBLISHED = PROJECT / "data" / "published"
SAMPLES = PROJECT.parent / "shared" / "published_samples"
REFERENCE = load_reference(PROJECT / "data" / "reference")
KNOWN = [
    (name, release)
    for name, publication in REFERENCE.publications.items()
    if publication.grain == "figures"
    for release in publication.releases
]


@pytest.mark.parametrize(("name", "release"), KNOWN)
def test_the_hash_of_a_releases_figures_is_that_of_our_file(name: str, release: str) -> None:
    """After a correction of the figures the hash in publications.yaml follows."""
    content = (PUBLISHED / name / f"{release}.csv").read_bytes()
    assert REFERENCE.publications[name].releases[release].figures_sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", REFERENCE.publications)
def test_what_is_said_of_every_release_names_no_year(name: str) -> None:
    publication = REFERENCE.publications[name]
    for text in (publication.title, publication.subject, publication.coverage, publication.done, publication.url):
        assert not re.search(r"\b(19|20)\d\d\b", text), text


def test_no_two_releases_are_known_by_one_hash() -> None:
    releases = [release for publication in REFERENCE.publications.values() for release in publication.releases.values()]
    hashes = [one for r in releases for one in (r.original_sha256, *r.other_sha256, r.figures_sha256) if one]
    assert len(hashes) == len(set(hashes))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the publishers' originals are not at hand")
def test_an_original_is_known_with_either_line_ends() -> None:
    known = {
        release.original_sha256: release
        for publication in REFERENCE.publications.values()
        for release in publication.releases.values()
    }
    found = 0
    for path in sorted(SAMPLES.glob("*.csv")):
        content = path.read_bytes()
        release = known.get(hashlib.sha256(content).hexdigest())
        if release is not None:
            found += 1
            lines = content.replace(b"\r\n", b"\n")
            for same in (lines, lines.replace(b"\n", b"\r\n")):
                assert release.is_original(hashlib.sha256(same).hexdigest()), path.name
    assert found == 10


def test_londons_figures_are_those_that_the_publisher_gives_under_its_name(real: Warehouse) -> None:
    """Missing children and incidents of the originals' rows London, Inner London and Outer London."""
    query = """
        SELECT release, area_code, max(value) FILTER (figure_id = 'children_missing'),
            max(value) FILTER (figure_id = 'missing_incidents')
        FROM observation WHERE release IN ('2015', '2017') AND area_code IN ('E12000007', 'E13000001', 'E13000002')
        GROUP BY ALL ORDER BY ALL
    """
    assert [tuple(row) for row in real.rows("London", query).itertuples(index=False)] == [
        ("2015", "E12000007", 970, 4710), ("2015", "E13000001", 330, 1140), ("2015", "E13000002", 640, 3570),
        ("2017", "E12000007", 1990, 10880), ("2017", "E13000001", 820, 4640), ("2017", "E13000002", 1180, 6250),
    ]  # fmt: skip
