"""Forces, authorities, regions and countries, and the names that publishers write."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from etl.definitions.entry import Definition, filled
from vocabulary import AreaLevel


class Force(Definition):
    """A territorial police force with its place on the tile map; ``unranked_because`` keeps it out of ranks and ranges.

    ``label`` names it in charts and tables beside regions, ``in_text`` its area and ``organisation_in_text`` itself within a
    sentence; each is the plain name where the file says nothing else.
    """

    force_code: str = Field(pattern=r"^[EW]\d{8}$")
    force_name: str
    organisation_name: str
    label: str
    in_text: str
    organisation_in_text: str
    short_code: str = Field(min_length=3, max_length=3)
    region: str
    country: Literal["England", "Wales"]
    tile_column: int = Field(ge=0)
    tile_row: int = Field(ge=0)
    unranked_because: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return filled(given, label="force_name", in_text="force_name", organisation_in_text="organisation_name")


class Authority(Definition):
    """An upper-tier authority and the force it lies in."""

    la_code: str = Field(pattern=r"^E\d{8}$")
    la_name: str
    force_code: str


class Area(Definition):
    """A region or country; ``label`` and ``in_text`` as for a force."""

    area_code: str
    area_name: str
    area_level: AreaLevel
    label: str
    in_text: str

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return filled(given, label="area_name", in_text="area_name")

    @field_validator("area_level")
    @classmethod
    def _wider_than_a_force(cls, level: AreaLevel) -> AreaLevel:
        if level not in (AreaLevel.REGION, AreaLevel.COUNTRY):
            raise ValueError("an area of this file is a region or a country")
        return level


class Subregion(Definition):
    """Part of a region that is published as an area of its own, and its authorities."""

    area_code: str
    source: str
    authorities: list[str]


class PublishedName(Definition):
    """A name as a publisher writes it, and the force it means, or the forces joined by ``JOINT``."""

    published_name: str
    force_code: str
    note: str | None = None
