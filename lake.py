"""Opens a shared warehouse: DuckLake, its catalogue in PostgreSQL, its tables as Parquet in a folder or an S3-compatible store.

``FORCE_WAREHOUSE=ducklake:postgres:dbname=…`` names one. A build is one snapshot, found by the build's id, which the snapshot
carries as its commit message; ``about.in_use`` names the build in use. Both sides open it here (``etl/lake.py`` publishes).
Nothing here is imported where the warehouse is a folder of files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from contract import BUILD, SHARED, build_id
from environment import LAKE_FILES, STORE_ADDRESS, STORE_KEY, STORE_REGION, STORE_SECRET, shared_warehouse

# What a build of a shared warehouse is called where a file's path stands otherwise: no file has such a name.
FOLDER = Path("shared-warehouse")
EXTENSIONS = ("postgres_scanner", "ducklake")
REMOTE, REMOTE_EXTENSION = "s3://", "httpfs"
STORE = {"ENDPOINT": STORE_ADDRESS, "REGION": STORE_REGION, "KEY_ID": STORE_KEY, "SECRET": STORE_SECRET}
CATALOGUE_SECONDS = 10
ENTER = "USE lake"
IN_USE = "SELECT build_id FROM lake.about.in_use"
SNAPSHOTS = "SELECT commit_message, max(snapshot_id) FROM lake.snapshots() WHERE author = 'build' GROUP BY ALL ORDER BY ALL"
FILES_ROOT = "SELECT value FROM __ducklake_metadata_lake.ducklake_metadata WHERE key = 'data_path'"
# After the catalogue is attached nothing but the tables' own files can be reached, and no setting be changed.
LOCKED = ("SET enable_external_access = false", "SET lock_configuration = true")
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
REMEDY = "Look whether PostgreSQL runs and whether FORCE_WAREHOUSE names it rightly; a password is best kept in ~/.pgpass."
NOTHING_YET = "The shared warehouse holds no build yet. Run `python -m etl build`."
# What DuckDB says of an empty catalogue, opened for writing and for reading, and before what PostgreSQL says.
NEW, ABSENT = "data_path is not set", "creating a new DuckLake is explicitly disabled"
OF_POSTGRES = re.compile(r"^.*Unable to connect to Postgres at \".*?\": |^\w+ Error: ")
SECRETS = (
    re.compile(
        r"(?i)\b(password|passfile|sslpassword|secret\w*|key_id|session_token)\s*(=|=>)?\s*('(?:[^'\\]|\\.|'')*'|[^\s'\"]+)"
    ),
    re.compile(r"(?<=://)[^/@\s]*@"),
)


class Unreachable(Exception):
    """The shared warehouse cannot be opened; the message says why and what to do, without a credential."""


class NewCatalogue(Unreachable):
    """The catalogue is empty and nobody said where the tables shall lie."""


class NoBuild(Unreachable):
    """The catalogue answers and holds no such build."""


def without_credentials(text: str) -> str:
    """A text that can be shown: no password of the address, nor of a store, stands in it."""
    address = shared_warehouse()
    for part in filter(None, (address, (address or "").removeprefix("ducklake:").removeprefix("postgres:"))):
        text = text.replace(part, "(the shared warehouse)")
    text = SECRETS[0].sub(lambda found: f"{found[1]}=…", text)
    return SECRETS[1].sub("…@", text)


def build_address(build_id: str) -> Path:
    """What stands for a build where a file's path stands otherwise."""
    return FOLDER / f"{BUILD}{build_id}{SHARED}"


def open_lake(
    settings: Mapping[str, str | bool | int | float | list[str]] | None = None,
    *,
    snapshot: int | None = None,
    writing: bool = False,
) -> duckdb.DuckDBPyConnection:
    """A connection with the catalogue attached as ``lake``, in use.

    Args:
        settings: of DuckDB, beside those that hold for every lake.
        snapshot: the one to read; without it the newest at each transaction.
        writing: whether anything may be changed; a new catalogue is then filled.

    Raises:
        Unreachable: a package is absent, or the catalogue does not answer.
    """
    connection = duckdb.connect(config={**SETTINGS, **(settings or {})})
    try:
        for name in EXTENSIONS:
            load(connection, name)
        if (LAKE_FILES.value or "").startswith(REMOTE):
            _allow_remote_files(connection)
        connection.execute(_attach(snapshot, writing))
        connection.execute(ENTER)
    except duckdb.Error as error:
        connection.close()
        raise unreachable(error) from None  # the error's own text, and what caused it, hold the address with its password
    return connection


def open_for_reading(
    build: Path, settings: Mapping[str, str | bool | int | float | list[str]] | None = None
) -> duckdb.DuckDBPyConnection:
    """A build of a shared warehouse, which the connection can neither change nor leave.

    Raises:
        NoBuild: the catalogue holds it no longer, or never did.
        Unreachable: the catalogue does not answer.
    """
    connection = open_lake(settings, snapshot=_snapshot_of(build))
    root = LAKE_FILES.value or str(connection.execute(FILES_ROOT).fetchall()[0][0])
    connection.execute("SET allowed_directories = [$root]", {"root": root})
    for statement in LOCKED:
        connection.execute(statement)
    return connection


def snapshots(connection: duckdb.DuckDBPyConnection | None = None) -> dict[str, int]:
    """The snapshot of every build that is kept, by the build's id, oldest first.

    Args:
        connection: to ask over; without one, that which the process keeps for asking.

    Raises:
        Unreachable: the catalogue does not answer.
    """
    return {str(build_id): int(number) for build_id, number in _answer(SNAPSHOTS, connection)}


def build_in_use(connection: duckdb.DuckDBPyConnection | None = None) -> Path:
    """The address of the build in use.

    Args:
        connection: to ask over; without one, that which the process keeps for asking.

    Raises:
        NoBuild: nothing was published yet.
        Unreachable: the catalogue does not answer.
    """
    found = _answer(IN_USE, connection)
    if not found:
        raise NoBuild(NOTHING_YET)
    return build_address(str(found[0][0]))


def _answer(question: str, connection: duckdb.DuckDBPyConnection | None) -> list[tuple[Any, ...]]:
    """Ask the catalogue; nothing where a new one has no such table."""
    if connection is not None:
        return _rows(question, connection)
    try:
        return _rows(question, kept_for_asking())
    except duckdb.Error:  # PostgreSQL was started anew since
        kept_for_asking.cache_clear()
    try:
        return _rows(question, kept_for_asking())
    except duckdb.Error as error:
        kept_for_asking.cache_clear()
        raise unreachable(error) from None


def _rows(question: str, connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        try:
            return cursor.execute(question).fetchall()
        except duckdb.CatalogException:
            return []


@lru_cache(maxsize=1)
def kept_for_asking() -> duckdb.DuckDBPyConnection:
    """Loading the extensions takes half a second: which build is in use is asked over one connection of the process."""
    return open_lake()


def copy_build(build: Path, file: Path) -> None:
    """A build as a DuckDB file of its own, without the rules that a shared warehouse cannot hold.

    Raises:
        NoBuild: the catalogue holds it no longer, or never did.
        Unreachable: the catalogue does not answer.
    """
    with open_lake(snapshot=_snapshot_of(build)) as connection:
        try:
            connection.execute(f"ATTACH {quoted(str(file))} AS copy")
            connection.execute("COPY FROM DATABASE lake TO copy")
            connection.execute("DROP TABLE IF EXISTS copy.about.in_use")  # names a build of the catalogue; a file has a link
        except duckdb.Error as error:
            raise unreachable(error) from None


def _snapshot_of(build: Path) -> int:
    snapshot = snapshots().get(build_id(build))
    if snapshot is None:
        raise NoBuild(f"The shared warehouse holds no build {build_id(build)}. `python -m etl status` names those that it has.")
    return snapshot


def load(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its package; nothing is fetched."""
    package = find_spec(f"duckdb_extension_{name}")
    if package is None or package.origin is None:
        wheel = f"duckdb-extension-{name.replace('_', '-')}"
        why = f"FORCE_WAREHOUSE names a shared warehouse and the package {wheel} is not installed."
        raise Unreachable(f"{why} Install requirements-lake.txt, or name a folder.")
    file = Path(package.origin).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    connection.execute(f"LOAD {quoted(str(file))}")


def _allow_remote_files(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the store's address and keys from the environment, as its other clients do."""
    load(connection, REMOTE_EXTENSION)
    named = {option: variable.value for option, variable in STORE.items() if variable.value}
    if endpoint := named.pop("ENDPOINT", None):
        scheme, _, host = endpoint.rpartition("://")
        named |= {"ENDPOINT": host.rstrip("/"), "URL_STYLE": "path", "USE_SSL": str(scheme != "http").lower()}
    options = "".join(f", {option} {quoted(value)}" for option, value in named.items())
    connection.execute(f"CREATE SECRET store (TYPE s3{options})")


def _attach(snapshot: int | None, writing: bool) -> str:
    """No part of ATTACH can be a bound parameter; texts are quoted, the number is one."""
    options = ["DATA_INLINING_ROW_LIMIT 0"] if writing else ["READ_ONLY", "CREATE_IF_NOT_EXISTS FALSE"]
    if LAKE_FILES.value:
        options += [f"DATA_PATH {quoted(LAKE_FILES.value)}", "OVERRIDE_DATA_PATH TRUE"]
    if snapshot is not None:
        options.append(f"SNAPSHOT_VERSION {int(snapshot)}")
    address = shared_warehouse() or ""
    waits = "" if "://" in address or "connect_timeout" in address else f" connect_timeout={CATALOGUE_SECONDS}"
    return f"ATTACH {quoted(address + waits)} AS lake ({', '.join(options)})"


def quoted(value: str) -> str:
    """A text as SQL writes it, where no parameter can be bound."""
    return "'" + value.replace("'", "''") + "'"


def unreachable(error: duckdb.Error) -> Unreachable:
    """What DuckDB says of the catalogue, in words that can be shown, with the remedy."""
    said = str(error).splitlines()[0]
    if NEW in said:
        return NewCatalogue(NOTHING_YET)
    if ABSENT in said:
        return NoBuild(NOTHING_YET)
    told = without_credentials(OF_POSTGRES.sub("", said)).rstrip(".")
    return Unreachable(f"The shared warehouse does not answer: {told}. {REMEDY}")
