"""The gate before the pages, run by run: a sign-in that ends closes a session that is open."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

import environment as env
from tests.app.driving import SECONDS, problems
from tests.app.surface import DASHBOARD, PROJECT
from ui.sign_in import gate
from ui.telemetry import REGISTRY

CLAIMS = {"is_logged_in": True, "email": "ann@force.example", "iat": time.time()}


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Sign-in is wanted; what the provider says of the reader is what a test makes of this."""
    said: dict[str, object] = {}
    monkeypatch.setattr(gate, "_claims", lambda: said)
    for variable, value in (
        (env.SIGN_IN, "https://id.example"),
        (env.SIGN_IN_ADDRESS, "https://figures.example"),
        (env.SIGN_IN_CLIENT, "dashboard"),
        (env.SIGN_IN_SECRET, "known to both"),
        (env.COOKIE_SECRET, "a secret of forty characters, for a test"),
        (env.SIGN_IN_HOURS, "2"),
    ):
        monkeypatch.setenv(variable.name, value)
    return said


def session() -> AppTest:
    return AppTest.from_file(DASHBOARD, default_timeout=SECONDS).run()


def buttons(opened: AppTest) -> list[str]:
    return [one.label for one in opened.button]


def test_a_session_whose_sign_in_ends_is_closed_at_its_next_run(claims: dict[str, object]) -> None:
    claims.update(CLAIMS)
    opened = session()
    assert problems(opened) == []
    assert opened.selectbox
    assert "Sign out" in buttons(opened)
    claims["iat"] = time.time() - 2 * 3600 - 1
    opened.run()
    assert [one.value for one in opened.text] == ["Your sign-in has ended; it lasts 2 hours. Sign in again."]
    assert list(opened.selectbox) == []


def test_nothing_is_read_for_who_has_not_signed_in(claims: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(env.WAREHOUSE.name, "/nowhere")  # reading it would be told as an error
    opened = session()
    assert [one.value for one in opened.text] == ["Sign in to read this dashboard."]
    assert list(opened.error) == []


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({}, "anonymous"),
        ({**CLAIMS, "iat": 0}, "expired"),
        ({**CLAIMS, "email": "bob@elsewhere.example"}, "refused"),
    ],
)
def test_the_operator_sees_who_stands_before_the_gate(
    said: dict[str, object], outcome: str, claims: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(env.SIGN_IN_DOMAINS.name, "force.example")
    claims.update(said)
    labels = {"page": "sign-in", "outcome": outcome}
    before = REGISTRY.get_sample_value("force_page_runs_total", labels) or 0
    session()
    assert REGISTRY.get_sample_value("force_page_runs_total", labels) == before + 1


def test_a_file_is_made_at_the_click_only_while_the_sign_in_lasts(
    claims: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    claims.update(CLAIMS)
    make = gate.while_open(lambda: b"figures")
    assert make() == b"figures"
    ends = time.time() + 2 * 3600 + 1
    monkeypatch.setattr(gate.time, "time", lambda: ends)
    with pytest.raises(gate.SignInOver):
        make()


def test_every_file_that_is_made_at_the_click_goes_through_the_gate() -> None:
    """The templates for own data are no figures: they stand in the page as they are."""
    code = [path for folder in ("ui", "pages") for path in (PROJECT / folder).rglob("*.py")]
    having = {path.relative_to(PROJECT).as_posix() for path in code if "download_button(" in path.read_text(encoding="utf-8")}
    assert having == {"ui/files.py", "ui/own_data.py"}


def test_no_sign_out_is_offered_where_nobody_signs_in() -> None:
    assert "Sign out" not in buttons(session())
