"""All names of forces and councils of the build of this run, worked out once a build."""

from __future__ import annotations

from functools import lru_cache

from insight.search import SearchIndex, search_index
from ui.data_access import ask, build_path


def index() -> SearchIndex:
    """Every name by which a force can be found."""
    return _index(str(build_path()))


@lru_cache(2)
def _index(build: str) -> SearchIndex:
    return search_index(ask)
