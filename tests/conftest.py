"""What tests of several kinds share: one build of the real data with what every output reads of it, and Exampland."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from contract import build_id
from etl.build import build
from etl.lake import Shared
from etl.paths import PROJECT, DataFolder
from etl.reference import Reference, load_reference
from insight.findings import Finding, findings_of
from insight.format import slug
from insight.profile.profile import Profile
from insight.profile.reading import gather
from insight.queries import figures
from insight.queries.ask import Ask, remembering
from insight.snapshot import publish as publishing
from insight.snapshot.builder import Options
from insight.snapshot.builder import build as publish_snapshot
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import Warehouse, build_in_use, open_warehouse
from tests.catalogue import Catalogue, Server, running_server
from tests.exampland import MadeUp, save_csv, write_published, write_reference
from tests.once import kept_once, made_once

# A machine that many share is slow at times, and a folder of remembered examples is a state between runs.
settings.register_profile("project", deadline=None, database=None)
settings.load_profile("project")

# A build, of the real data or of Exampland, takes seconds; every fixture that opens or publishes one rests on one of these.
BUILDS = frozenset({"real_data", "made_up"})

# The main module of a worker. Streamlit puts a page in its place while it runs one, and leaves it there.
MAIN = sys.modules["__main__"]


# The files that take longest, the longest first: begun last, one of them would run alone while the other workers have nothing left.
# The first makes the build of the real data, the public site and the briefings; the next two need none of them, so that no worker
# waits for it.
LONGEST = (
    "data/test_outputs_agree.py", "unit/snapshot/test_publishing.py", "integration/test_cli_kill.py",
    "browser/test_accessibility.py", "app/test_every_page.py", "browser/test_addresses.py", "browser/test_first_screen.py",
    "shared/test_publishing_to_a_lake.py", "browser/test_snapshot.py", "browser/test_print.py", "data/test_briefing_numbers.py",
    "integration/test_faults.py", "browser/test_ten_tasks.py", "integration/test_spoiled_files.py",
    "integration/test_cli_build.py", "browser/test_sign_in.py", "integration/test_cli_ingest_originals.py",
    "unit/snapshot/test_site.py", "integration/test_cli_ingest.py", "data/test_briefing_every_force.py",
    "integration/test_cli_fetch.py", "integration/test_replicas.py", "app/test_build_swap.py",
    "integration/test_cli_ingest_police_tables.py", "shared/test_pages.py", "integration/test_left_out.py",
    "integration/test_hostile_names.py", "data/test_doubtful_zeros.py", "browser/test_headers.py",
    "unit/findings/test_every_force_and_year.py", "data/test_briefing_says.py",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)  # before pytest looks at -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What rests on a build is slow, so that no test has to remember to say so; the longest files come first."""
    for item in items:
        if BUILDS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_collection_finish() -> None:
    """Streamlit asks every installed package for its components, at each first run of an ``AppTest``: 0.15 s of 0.2; once will do.

    Who imports no Streamlit until now tests no page, and is not made to import it.
    """
    if "streamlit.testing.v1" in sys.modules:
        scanner = importlib.import_module("streamlit.components.v2.manifest_scanner")
        scanner.scan_component_manifests = cache(scanner.scan_component_manifests)  # type: ignore[attr-defined]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """A page run by an earlier test is the main module no more: processes that a test begins would run it again."""
    sys.modules["__main__"] = MAIN


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, object, object]:
    """Nor is one that was run by a fixture."""
    made = yield
    sys.modules["__main__"] = MAIN
    return made


# ------------------------------------------------------------------------------------------------ the real data
@pytest.fixture(scope="session")
def real_reference() -> Reference:
    """The project's own reference."""
    return load_reference(PROJECT / "data" / "reference")


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A copy of the data that comes with the project, built once for all workers of a run. Copy it before changing it."""

    def make(root: Path) -> None:
        for name in ("reference", "published"):
            shutil.copytree(PROJECT / "data" / name, root / name)
        build(DataFolder(root, root / "warehouse"))

    root = made_once(tmp_path_factory, "real", make)
    return DataFolder(root, root / "warehouse")


@pytest.fixture(scope="session")
def real_warehouse(real_data: DataFolder) -> Path:
    """The build of the real data."""
    return (real_data.warehouse / "current").resolve()


@pytest.fixture(scope="session")
def real(real_warehouse: Path) -> Warehouse:
    """The build of the real data, open as a page opens it."""
    return open_warehouse(real_warehouse)


@pytest.fixture(scope="session")
def ask(real: Warehouse) -> Ask:
    """Asks the build of the real data, each question once a worker. Change nothing in an answer."""
    return remembering(real)


@pytest.fixture(scope="session")
def contexts(ask: Ask) -> dict[str, Context]:
    """Every force by name with the newest of everything; its profile is gathered once a worker."""
    profile = cache(lambda code, until: gather(ask, code, until))
    known = register(ask)
    return {name: Context(ask, known.newest(slug(name)), profile) for name in ask(figures.forces)["force_name"]}


@pytest.fixture(scope="session")
def all_facts(contexts: dict[str, Context], tmp_path_factory: pytest.TempPathFactory) -> list[Profile]:
    """What findings of each force are made from, the newest of everything; gathered once for all workers of a run."""
    return kept_once(tmp_path_factory, "facts", lambda: [context.profile() for context in contexts.values()])


@pytest.fixture(scope="session")
def all_findings(all_facts: list[Profile], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """All that is said of each force by its name, the newest of everything; found once for all workers of a run."""
    return kept_once(tmp_path_factory, "findings", lambda: {facts.name: findings_of(facts) for facts in all_facts})


@pytest.fixture(scope="session")
def catalogue_server() -> Iterator[Server]:
    """PostgreSQL for catalogues of shared warehouses."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def shared_data(catalogue_server: Server, real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A shared warehouse with the build of the real data. Change nothing in it."""
    folder = tmp_path_factory.mktemp("shared")
    made, draft = catalogue_server.catalogue("real_data", folder / "files"), folder / "draft.duckdb"
    shutil.copyfile(real_warehouse, draft)
    place = Shared(folder)
    with made.named(), place.holding(0):
        place.publish(draft, build_id(real_warehouse))
    return made


@pytest.fixture(scope="session")
def shared_real(shared_data: Catalogue) -> Warehouse:
    """The same figures as ``real``, from the shared warehouse."""
    with shared_data.named():
        return open_warehouse(build_in_use())


@pytest.fixture(scope="session", autouse=True)
def large_file() -> Iterator[int]:
    """Snapshots of tests are compressed as if each file were a large one: Brotli's last per cent takes a third of a whole one's time.
    The true bound is given to the test that asks about it."""
    true = publishing.LARGE
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "LARGE", 0)
        yield true


@pytest.fixture(scope="session")
def public_site(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web server's folder with one whole snapshot of the real data, made once for all workers of a run."""

    def make(root: Path) -> None:
        publish_snapshot(real_warehouse, root / "public", date(2026, 1, 31), Options(root / "charts"))

    return made_once(tmp_path_factory, "site", make) / "public"


# ------------------------------------------------------------------------------------------------ the made-up country
@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    """Exampland, built once for all workers of a run. Copy its folder (``made_up_data``) before changing anything."""

    def make(root: Path) -> None:
        write_reference(root / "reference")
        write_published(root / "published")
        build(DataFolder(root, root / "warehouse"))

    root = made_once(tmp_path_factory, "made-up", make)
    return MadeUp(DataFolder(root, root / "warehouse"))


@pytest.fixture
def made_up_data(made_up: MadeUp, tmp_path: Path) -> Iterator[DataFolder]:
    """A copy of Exampland's data folder and build, to be changed at will; gone after the test, for a build has 20 MB."""
    root = tmp_path / "data"
    shutil.copytree(made_up.folder.root, root, symlinks=True)
    yield DataFolder(root, root / "warehouse")
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def save() -> Callable[..., Path]:
    """``save(rows, path)`` writes rows as CSV."""
    return save_csv
