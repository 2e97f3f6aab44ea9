"""What every entry of ``data/reference`` is."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Definition(BaseModel):
    """A frozen entry of a reference file; an unknown or missing key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def filled(given: Any, **names: str) -> Any:
    """An entry with each name that it leaves out taken from another of its keys."""
    if not isinstance(given, dict):
        return given
    return {**given, **{key: given.get(key) or given.get(name) for key, name in names.items()}}
