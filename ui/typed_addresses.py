"""Addresses as people type them: a force by any of its names, and as a part of the path (``/force/kent``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

import pandas as pd
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from insight.format import slug

# Words of organisations' names that do not tell one force from another.
COMMON_WORDS = {"the", "and", "of", "police", "constabulary", "service", "force"}
NAMES = ("force_name", "organisation_name", "short_code", "force_code")


def names_of_forces(forces: pd.DataFrame) -> dict[str, str]:
    """What a force may be called in an address, as ``bare_name`` has it, with the slug that our own links write.

    Args:
        forces: one row per force with ``NAMES``.
    """
    return {bare_name(row[column]): slug(row["force_name"]) for row in forces.to_dict("records") for column in NAMES}


def bare_name(typed: str) -> str:
    """A name without case, punctuation and the words that all forces share: 'Kent Police' is ``kent``."""
    return "-".join(word for word in slug(typed).split("-") if word not in COMMON_WORDS)


def option_named(typed: str, options: Mapping[str, str], other_names: Mapping[str, str]) -> str | None:
    """The option that a word in an address means: by its slug in any case, by its label, or by another name that it has.

    Args:
        typed: as it stands in the address.
        options: slug to label.
        other_names: ``bare_name`` of further names to slug.

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
    query = urlencode({**request.query_params, "force": request.path_params["force"]})
    return RedirectResponse(f"../{page}?{query}", status_code=307)
