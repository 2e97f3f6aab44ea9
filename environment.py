"""The environment variables of the project: names, meanings, defaults, and the folders that they name. Nobody else reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent


class WronglySet(Exception):
    """What is wanted cannot be had as a variable is set; says in words what to set."""


@dataclass(frozen=True)
class Variable:
    """An environment variable: what it is for and what holds where it is not set (both as the README says them)."""

    name: str
    meaning: str
    default: str

    @property
    def value(self) -> str | None:
        """What it is set to; None where it is not set or empty."""
        return os.environ.get(self.name) or None

    @property
    def blank(self) -> bool:
        """Whether it is set and says nothing: a slip where what it narrows would then stand open."""
        told = os.environ.get(self.name)
        return told is not None and not told.strip()

    def number(self, of: str, most: float) -> float:
        """The number that it is set to, or its default.

        Args:
            of: what it counts, for the message.
            most: that it may be; the least is above 0.

        Raises:
            WronglySet: it is no number, or beyond that.
        """
        try:
            found = float(self.value or self.default)
        except ValueError:
            found = 0.0
        if not 0 < found <= most:  # so that NaN is refused too
            raise WronglySet(f"{self.name} must be a number of {of} above 0 and up to {most:g}.")
        return found


DATA = Variable("FORCE_DATA", "the data folder: `reference/`, `published/` and `incoming/`", "`data/` of the project")
WAREHOUSE = Variable(
    "FORCE_WAREHOUSE",
    "the folder of builds, with `current`; or a shared warehouse, `ducklake:postgres:dbname=…` (docs/shared-warehouse.md)",
    "`warehouse/` in the data folder",
)
LAKE_FILES = Variable(
    "FORCE_LAKE_FILES",
    "where the tables of a shared warehouse lie, seen from this machine: a folder, or `s3://…`",
    "what its catalogue says",
)
STORE_ADDRESS = Variable("AWS_ENDPOINT_URL", "the S3-compatible store of a shared warehouse", "Amazon's")
STORE_REGION = Variable("AWS_REGION", "its region", "the store's own")
STORE_KEY = Variable("AWS_ACCESS_KEY_ID", "its key", "none")
STORE_SECRET = Variable("AWS_SECRET_ACCESS_KEY", "the secret of that key", "none")
PRODUCER = Variable("FORCE_PRODUCER", "who compiles and answers for this copy, named on every page", "pages say so")
CONTACT = Variable("FORCE_CONTACT", "how readers reach them: an address or telephone number", "pages say so")
PUBLIC_SITE = Variable(
    "FORCE_PUBLIC_SITE",
    "where the public site stands (`https://…`, the folder that holds `snapshots/`); Downloads links to its JSON",
    "Downloads names the files without links",
)
LEAVE_OUT = Variable(
    "FORCE_LEAVE_OUT",
    "publications, with commas between, that the public site, its data and the whole-set download leave out",
    "none",
)
OWN_DATA = Variable(
    "FORCE_OWN_DATA",
    "`publish`: the public site, briefings and the whole-set download may hold rows that a user added; they are marked there",
    "none is made of such a build",
)
QUERY_SECONDS = Variable("FORCE_QUERY_SECONDS", "seconds that one query of a reader may take, up to 3,600", "20")
COOKIE_SECRET = Variable(
    "STREAMLIT_SERVER_COOKIE_SECRET",
    "what cookies are signed with, the same for all replicas; with sign-in it must be set, to 32 characters or more",
    "each process makes its own",
)
# Sign-in: docs/operations.md says how to set it up.
SIGN_IN = Variable(
    "FORCE_SIGN_IN",
    "sign-in is asked for: the address of the provider's `.well-known/openid-configuration` (docs/operations.md)",
    "everybody may read",
)
SIGN_IN_ADDRESS = Variable("FORCE_SIGN_IN_ADDRESS", "the dashboard's own address, as readers know it", "sign-in needs it")
SIGN_IN_CLIENT = Variable("FORCE_SIGN_IN_CLIENT", "the provider's name for the dashboard (client ID)", "sign-in needs it")
SIGN_IN_SECRET = Variable("FORCE_SIGN_IN_SECRET", "the secret that the provider gave it", "sign-in needs it")
SIGN_IN_DOMAINS = Variable(
    "FORCE_SIGN_IN_DOMAINS", "e-mail domains of those who may read, with commas between", "all whom the provider knows"
)
SIGN_IN_GROUPS = Variable(
    "FORCE_SIGN_IN_GROUPS",
    "groups or roles (claims `groups`, `roles`) of which a reader must have one, with commas between",
    "none is needed",
)
SIGN_IN_HOURS = Variable("FORCE_SIGN_IN_HOURS", "hours after which a reader must sign in again", "12")
SIGN_IN_SCOPE = Variable("FORCE_SIGN_IN_SCOPE", "what the provider is asked to tell", "openid email profile")
SIGN_IN_PROMPT = Variable(
    "FORCE_SIGN_IN_PROMPT", "how the provider is to ask: `login` for the password each time, or `select_account`", "login"
)
LOG_FORM = "json"
LOG = Variable(
    "FORCE_LOG",
    "`json`: a line of JSON on the error stream for each page run, download, redirect, command and step of a build",
    "none",
)
# What only tests and benchmarks ask.
CHROMIUM = Variable(
    "CHROMIUM",
    "the browser of browser tests and benchmarks",
    "tests: `chromium-headless-shell`, or `chromium`; benchmarks: `chromium`",
)
TEST_EVERYTHING = Variable("FORCE_TEST_EVERYTHING", "tests of pages try the full product of choices", "every pair of choices")
UPDATE_SNAPSHOTS = Variable("UPDATE_SNAPSHOTS", "findings kept by eye are written anew, not compared", "they are compared")
SOFFICE = Variable("SOFFICE", "the LibreOffice that tests open files with", "`soffice` on the path, else those tests are skipped")
CI = Variable("CI", "what a test needs and is absent is a failure", "the test is skipped")
OF_A_SHARED_WAREHOUSE = (LAKE_FILES, STORE_ADDRESS, STORE_REGION, STORE_KEY, STORE_SECRET)
OF_SIGN_IN = (
    COOKIE_SECRET,
    SIGN_IN,
    SIGN_IN_ADDRESS,
    SIGN_IN_CLIENT,
    SIGN_IN_SECRET,
    SIGN_IN_DOMAINS,
    SIGN_IN_GROUPS,
    SIGN_IN_HOURS,
    SIGN_IN_SCOPE,
    SIGN_IN_PROMPT,
)
OF_TESTS = (CHROMIUM, TEST_EVERYTHING, UPDATE_SNAPSHOTS, SOFFICE, CI)
VARIABLES = (
    DATA,
    WAREHOUSE,
    *OF_A_SHARED_WAREHOUSE,
    LEAVE_OUT,
    OWN_DATA,
    PRODUCER,
    CONTACT,
    PUBLIC_SITE,
    QUERY_SECONDS,
    LOG,
    *OF_SIGN_IN,
    *OF_TESTS,
)
SHARED = "ducklake:"
LONGEST_QUERY = 3600.0


def query_seconds() -> float:
    """How long one query of a reader may take, in seconds.

    Raises:
        WronglySet: the variable says no such number.
    """
    return QUERY_SECONDS.number("seconds", LONGEST_QUERY)


def log_wanted() -> bool:
    """Whether a log is asked for.

    Raises:
        WronglySet: the variable names a form that there is not; without a word there would be no log.
    """
    if LOG.value not in (None, LOG_FORM):
        raise WronglySet(f"{LOG.name} must be {LOG_FORM}, or not set.")
    return LOG.value == LOG_FORM


@contextmanager
def refused_at_the_start() -> Iterator[None]:
    """Settings that cannot be end the dashboard before anything is served.

    Raises:
        SystemExit: with words.
    """
    try:
        yield
    except WronglySet as error:
        raise SystemExit(f"The dashboard does not start: {error}") from error


def data_root() -> Path:
    """The data folder in use."""
    return Path(DATA.value or PROJECT / "data")


def shared_warehouse() -> str | None:
    """The address of the shared warehouse in use, which may hold a password; None where the warehouse is a folder."""
    named = WAREHOUSE.value
    return named if named and named.startswith(SHARED) else None


def warehouse_root(data: Path | None = None) -> Path:
    """The folder of builds in use; with a shared warehouse, the one where a build is drafted before it is published.

    Args:
        data: a data folder that was named otherwise; its own ``warehouse`` holds unless the variable names another.
    """
    named = None if shared_warehouse() else WAREHOUSE.value
    return Path(named or (data or data_root()) / "warehouse")
