"""A real OIDC provider (Canaille) with two made-up people and the dashboard as its client.

It runs in an environment of its own (``requirements-provider.txt``): its package brings a folder ``tests`` that would hide ours. So
this file is run by path there, and imports nothing of the project; what it needs of that environment is imported when it runs.
"""

from __future__ import annotations

import os
import sys
import uuid
from wsgiref.simple_server import WSGIRequestHandler, make_server

CLIENT, SECRET = "dashboard", "a secret of the dashboard and its provider"
WORD = "correct horse battery staple"
MEMBER, STRANGER = "ann", "bob"
DOMAIN, OTHER_DOMAIN = "force.example", "elsewhere.example"
QUIET = {"version": 1, "disable_existing_loggers": False}


class Silent(WSGIRequestHandler):
    """Writes no line for a request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def main(port: int, dashboard: str) -> None:
    """Serve until the process is ended.

    Args:
        port: to listen on, at 127.0.0.1.
        dashboard: the address of the dashboard, without a slash at its end.
    """
    from canaille import create_app
    from joserfc.jwk import JWKRegistry

    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # http on the loopback address
    key = JWKRegistry.generate_key("RSA", 2048)
    key.ensure_kid()
    app = create_app(
        config={
            "SECRET_KEY": uuid.uuid4().hex,
            "PREFERRED_URL_SCHEME": "http",
            "SERVER_NAME": f"127.0.0.1:{port}",
            "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "LOGGING": QUIET, "SMTP": None},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
        }
    )
    with app.app_context():
        _people(dashboard)
    make_server("127.0.0.1", port, app, handler_class=Silent).serve_forever()


def _people(dashboard: str) -> None:
    from canaille.app import models
    from canaille.backends import Backend

    people = [
        models.User(user_name=name, formatted_name=name, family_name=name, emails=[f"{name}@{domain}"], password=WORD)
        for name, domain in ((MEMBER, DOMAIN), (STRANGER, OTHER_DOMAIN))
    ]
    back = f"{dashboard}/oauth2callback"
    client = models.Client(
        client_id=CLIENT,
        client_secret=SECRET,
        client_name="Dashboard",
        client_uri=dashboard,
        redirect_uris=[back],
        post_logout_redirect_uris=[back],
        grant_types=["authorization_code"],
        response_types=["code"],
        scope=["openid", "email", "profile", "groups"],
        token_endpoint_auth_method="client_secret_basic",
    )
    for one in (*people, client):
        Backend.instance.save(one)
    Backend.instance.save(models.Group(display_name="analysts", members=[people[0]]))
    Backend.instance.update(client, audience=[client])
    Backend.instance.save(client)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
