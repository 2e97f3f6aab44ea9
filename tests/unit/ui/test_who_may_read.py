"""Sign-in without a browser: what may be set, who may read, where a reader is led, what is kept from whom."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

import environment as env
from environment import WronglySet
from ui.sign_in.front import AWAY, WANTED, Front, own_address, routes, secrets
from ui.sign_in.people import PASS, PASS_SECONDS, Standing, has_own_pass, own_pass, standing
from ui.sign_in.settings import Settings, _as_set, settings

SECRET = "a secret of forty characters, for a test"
WHOLE = {
    env.SIGN_IN.name: "https://id.example/.well-known/openid-configuration",
    env.SIGN_IN_ADDRESS.name: "https://figures.example/",
    env.SIGN_IN_CLIENT.name: "dashboard",
    env.SIGN_IN_SECRET.name: "known to both",
    env.COOKIE_SECRET.name: SECRET,
}
PAGES = ("national", "compare", "force")
NOW = 1_800_000_000.0
ANN: dict[str, Any] = {"is_logged_in": True, "email": "ann@force.example", "iat": NOW - 60}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in env.OF_SIGN_IN:
        monkeypatch.delenv(variable.name, raising=False)


def told(monkeypatch: pytest.MonkeyPatch, **changes: str) -> None:
    for name, value in {**WHOLE, **changes}.items():
        monkeypatch.setenv(name, value)


def wanted(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    told(monkeypatch, **changes)
    found = settings()
    assert found is not None
    return found


def test_everybody_may_read_where_nothing_is_set() -> None:
    assert settings() is None
    assert secrets() is None
    assert routes(PAGES) == []


def test_streamlit_is_told_all_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch)
    auth = (secrets() or {})["auth"]
    assert auth["redirect_uri"] == "https://figures.example/oauth2callback"
    assert auth["cookie_secret"] == SECRET
    assert auth["provider"]["client_kwargs"] == {"scope": "openid email profile", "prompt": "login"}


@pytest.mark.parametrize("name", [name for name in WHOLE if name != env.SIGN_IN.name])
def test_half_a_setting_is_refused_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, **{name: ""})
    with pytest.raises(WronglySet, match=name):
        settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (env.SIGN_IN.name, "id.example"),
        (env.SIGN_IN.name, "http://id.example/.well-known/openid-configuration"),
        (env.SIGN_IN_ADDRESS.name, "figures.example"),
        (env.SIGN_IN_ADDRESS.name, "http://figures.example"),
        (env.SIGN_IN_ADDRESS.name, "http://localhost.example"),
        (env.SIGN_IN_ADDRESS.name, "https://figures.example/dashboard"),
        (env.SIGN_IN_ADDRESS.name, "https://figures.example?a=b"),
        (env.SIGN_IN_ADDRESS.name, "https://figures.example#top"),
        (env.SIGN_IN_ADDRESS.name, "https://ann@figures.example"),
        (env.SIGN_IN_ADDRESS.name, "https://figures.example:port"),
        (env.SIGN_IN_ADDRESS.name, "https://figures.example:70000"),
        (env.SIGN_IN_ADDRESS.name, "https://[::1"),
        (env.SIGN_IN_ADDRESS.name, "https://figures .example"),
        (env.SIGN_IN_ADDRESS.name, "https://:443"),
        (env.COOKIE_SECRET.name, "short"),
        (env.SIGN_IN_HOURS.name, "0"),
        (env.SIGN_IN_HOURS.name, "-1"),
        (env.SIGN_IN_HOURS.name, "nan"),
        (env.SIGN_IN_HOURS.name, "721"),
        (env.SIGN_IN_HOURS.name, "a day"),
        (env.SIGN_IN_DOMAINS.name, " , "),
        (env.SIGN_IN_DOMAINS.name, "@"),
        (env.SIGN_IN_GROUPS.name, ","),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, **{name: value})
    with pytest.raises(WronglySet, match=name):
        settings()


@pytest.mark.parametrize(
    ("told_as", "browsers_say"),
    [
        ("https://Figures.Example/", "https://figures.example"),
        ("HTTPS://figures.example:443", "https://figures.example"),
        ("https://figures.example:8443/", "https://figures.example:8443"),
        ("http://localhost:80", "http://localhost"),
        ("http://127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("http://[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_the_address_is_kept_as_browsers_say_it(told_as: str, browsers_say: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wanted(monkeypatch, **{env.SIGN_IN_ADDRESS.name: told_as}).address == browsers_say


OF_SIGN_IN_ALONE = [one.name for one in env.OF_SIGN_IN if one is not env.COOKIE_SECRET]


@pytest.mark.parametrize("value", ["", " "])
@pytest.mark.parametrize("name", OF_SIGN_IN_ALONE)
def test_what_is_set_and_says_nothing_lets_nobody_in(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=f"{name} is set and says nothing"):
        secrets()
    told(monkeypatch, **{name: value})
    with pytest.raises(SystemExit, match=f"{name} is set and says nothing"):
        secrets()


@pytest.mark.parametrize("name", [name for name in OF_SIGN_IN_ALONE if name != env.SIGN_IN.name])
def test_pages_do_not_stand_open_where_a_part_of_sign_in_is_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "something")
    with pytest.raises(SystemExit, match=env.SIGN_IN.name):
        secrets()


def test_streamlits_own_secrets_do_not_leave_the_pages_open(monkeypatch: pytest.MonkeyPatch) -> None:
    _as_set.cache_clear()  # a process looks once
    monkeypatch.setattr("ui.sign_in.settings.get_secrets_auth_section", lambda: {"client_id": "x"})
    with pytest.raises(SystemExit, match="secrets"):
        secrets()


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (ANN, Standing.IN),
        ({**ANN, "email": "ann@FORCE.example"}, Standing.IN),
        ({**ANN, "email_verified": True}, Standing.IN),
        ({**ANN, "email_verified": False}, Standing.STRANGER),
        ({**ANN, "email_verified": "true"}, Standing.STRANGER),
        ({**ANN, "email": "bob@elsewhere.example"}, Standing.STRANGER),
        ({**ANN, "email": "bob@sub.force.example"}, Standing.STRANGER),
        ({**ANN, "email": "bob@notforce.example"}, Standing.STRANGER),
        ({**ANN, "email": "force.example@elsewhere.example"}, Standing.STRANGER),
        ({**ANN, "email": "ann@elsewhere.example@force.example"}, Standing.STRANGER),
        ({**ANN, "email": "@force.example"}, Standing.STRANGER),
        ({**ANN, "email": "force.example"}, Standing.STRANGER),
        ({**ANN, "email": ["ann@force.example"]}, Standing.STRANGER),
        ({**ANN, "email": ""}, Standing.STRANGER),
        ({**ANN, "email": None}, Standing.STRANGER),
        ({**ANN, "iat": NOW - 12 * 3600 - 1}, Standing.OVER),
        ({**ANN, "iat": NOW + 299}, Standing.IN),
        ({**ANN, "iat": NOW + 301}, Standing.OVER),
        ({**ANN, "iat": float("inf")}, Standing.OVER),
        ({**ANN, "iat": float("nan")}, Standing.OVER),
        ({**ANN, "iat": 10**400}, Standing.OVER),
        ({**ANN, "iat": None}, Standing.OVER),
        ({**ANN, "iat": "now"}, Standing.OVER),
        ({**ANN, "is_logged_in": False}, Standing.OUT),
        ({**ANN, "is_logged_in": "yes"}, Standing.OUT),
        ({}, Standing.OUT),
    ],
)
def test_who_may_read_by_domain(claims: Mapping[str, Any], expected: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    assert standing(claims, wanted(monkeypatch, FORCE_SIGN_IN_DOMAINS="force.example, @other.example"), NOW) is expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"groups": ["analysts", "others"]}, Standing.IN),
        ({"groups": "analysts"}, Standing.IN),
        ({"roles": ["readers"]}, Standing.IN),
        ({"groups": ["Analysts"]}, Standing.STRANGER),
        ({"groups": [["analysts"]]}, Standing.STRANGER),
        ({"groups": 7, "roles": True}, Standing.STRANGER),
        ({"groups": {"analysts": True}}, Standing.STRANGER),
        ({"groups": "analysts of another kind"}, Standing.STRANGER),
        ({}, Standing.STRANGER),
        ({"groups": ["analysts"], "email": "bob@elsewhere.example"}, Standing.STRANGER),
    ],
)
def test_who_may_read_by_group_and_domain(claims: Mapping[str, Any], expected: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = wanted(monkeypatch, FORCE_SIGN_IN_GROUPS="analysts, readers", FORCE_SIGN_IN_DOMAINS="force.example")
    assert standing({**ANN, **claims}, narrow, NOW) is expected


def test_a_program_of_the_service_has_a_pass_that_no_one_else_can_make(monkeypatch: pytest.MonkeyPatch) -> None:
    name, _, value = own_pass(SECRET).partition("=")
    assert name == PASS
    assert has_own_pass({PASS: value}, SECRET)
    assert not has_own_pass({PASS: value}, SECRET + "!")
    assert not has_own_pass({PASS: value + "x"}, SECRET)
    assert not has_own_pass({PASS: PASS}, SECRET)
    assert not has_own_pass({}, SECRET)
    now = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + PASS_SECONDS + 5)
    assert not has_own_pass({PASS: value}, SECRET)
    assert own_pass(None) == ""


@given(
    st.text() | st.builds("{}{}".format, st.sampled_from(["//", "https://", "\\\\", "/\\", "compare?", "javascript:"]), st.text())
)
def test_whatever_address_is_asked_for_a_reader_stays_here(text: str) -> None:
    made = own_address(text, PAGES)
    assert made.partition("?")[0] in ("", *PAGES)
    assert urlsplit(f"https://figures.example/{made}").netloc == "figures.example"
    assert made.isascii()
    assert made.isprintable()


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ("compare?force=kent&with=essex%2Csurrey", "compare?force=kent&with=essex%2Csurrey"),
        ("?force=kent", "?force=kent"),
        ("compare", "compare"),
        ("//evil.example/compare?x=1", ""),
        ("https://evil.example/compare?x=1", ""),
        ("/compare", ""),
        ("../media/x", ""),
        ("compare?" + "x" * 5000, ""),
    ],
)
def test_a_page_of_ours_is_kept_with_its_choices(asked: str, made: str) -> None:
    assert own_address(asked, PAGES) == made
    assert parse_qsl(urlsplit(made).query) == (parse_qsl(urlsplit(asked).query) if made else [])


def before(monkeypatch: pytest.MonkeyPatch, **changes: str) -> TestClient:
    """The front before a stand-in for Streamlit that signs in who comes back from the provider."""

    async def back(request: Request) -> Response:
        answer = RedirectResponse("/", 302)
        if "code" in request.query_params:
            answer.set_cookie(USER_COOKIE_NAME, "signed")
        else:
            answer.delete_cookie(USER_COOKIE_NAME)
        return answer

    async def kept(_: Request) -> Response:
        return PlainTextResponse("figures")

    async def login(_: Request) -> Response:
        return PlainTextResponse("Authentication error", 400)

    inner = Starlette(
        routes=[
            Route("/auth/login", login),
            Route("/oauth2callback", back),
            Route("/media/{file:path}", kept),
            Route("/static/media/x", kept),
        ]
    )
    front = Front(inner, wanted(monkeypatch, **changes), PAGES)
    return TestClient(front, base_url="https://figures.example", follow_redirects=False)


def test_after_a_sign_in_a_reader_is_led_to_the_page_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    client = before(monkeypatch)
    client.cookies.set(WANTED, "compare%3Fforce%3Dkent")
    answer = client.get("/oauth2callback?code=1")
    assert answer.headers["location"] == "/compare?force=kent"
    assert any(one.startswith(f"{WANTED}=;") for one in answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize("wanted_page", ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%0d%0aLocation%3A%20x", ""])
def test_a_forged_address_leads_to_the_first_page(wanted_page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = before(monkeypatch)
    client.cookies.set(WANTED, wanted_page)
    assert client.get("/oauth2callback?code=1").headers["location"] == "/"


def test_who_was_not_signed_in_is_led_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    client = before(monkeypatch)
    client.cookies.set(WANTED, "compare")
    assert client.get("/oauth2callback").headers["location"] == "/"


def test_a_provider_that_is_away_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = before(monkeypatch).get("/auth/login")
    assert answer.status_code == 503
    assert answer.text == AWAY


@pytest.mark.parametrize(("address", "bound"), [("https://figures.example", True), ("http://localhost:8501", False)])
def test_cookies_are_bound_to_https_where_readers_come_over_it(
    address: str, bound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = before(monkeypatch, **{env.SIGN_IN_ADDRESS.name: address})
    cookies = client.get("/oauth2callback?code=1").headers.get_list("set-cookie")
    assert cookies
    assert all(("; Secure" in one) is bound for one in cookies)


@pytest.mark.parametrize(
    ("claims", "status"),
    [(ANN, 200), ({**ANN, "email": "bob@elsewhere.example"}, 401), ({**ANN, "iat": 0}, 401), ([], 401), (None, 401)],
)
def test_kept_files_are_given_to_who_may_read_alone(claims: Any, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    client = before(monkeypatch, FORCE_SIGN_IN_DOMAINS="force.example")
    if claims is not None:
        recent = {**claims, "iat": claims["iat"] and time.time()} if claims else claims
        client.cookies.set(USER_COOKIE_NAME, create_signed_value(SECRET, USER_COOKIE_NAME, json.dumps(recent)).decode())
    answer = client.get("/media/0a.csv")
    assert answer.status_code == status
    assert ("figures" in answer.text) is (status == 200)
    assert client.get("/static/media/x").status_code == 200
