"""Addresses as people type them: a force by any of its names, and as a part of the path (``/force/kent``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import events
from insight.format import slug
from insight.search import bare_name


def option_named(typed: str, options: Mapping[str, str], other_names: Mapping[str, str]) -> str | None:
    """The option that a word in an address means: by its slug in any case, by its label, or by another name that it has.

    Args:
        typed: as it stands in the address.
        options: slug to label.
        other_names: ``insight.search.bare_name`` of further names to slug.

    Returns:
        A key of ``options``; None where no option, or more than one, is meant.
    """
    if typed in options:
        return typed
    plain = slug(typed)
    if plain in options:
        return plain
    meant = {key for key, label in options.items() if plain and slug(label) == plain}
    meant |= {other_names.get(bare_name(typed), "")} & set(options)
    return meant.pop() if len(meant) == 1 else None


def redirects(pages: Iterable[str]) -> list[Route]:
    """Routes by which ``/<page>/<force>`` leads to ``/<page>?force=<force>``; Streamlit itself knows no path of two parts."""
    return [Route(f"/{page}/{{force}}", _to_choice) for page in pages]


def _to_choice(request: Request) -> Response:
    """The same page with the force as a choice; relative, so that it holds under any address that the server has."""
    page = request.url.path.split("/")[-2]
    events.tell("redirect", page=page)
    query = urlencode({**request.query_params, "force": request.path_params["force"]})
    return RedirectResponse(f"../{page}?{query}", status_code=307)
