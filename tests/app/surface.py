"""What there is to test: the pages that the entry registers, the forces, measures and years that a build holds."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from insight.format import slug
from insight.queries import figures
from insight.warehouse import build_in_use, open_warehouse

PROJECT = Path(__file__).resolve().parents[2]
DASHBOARD = PROJECT / "dashboard.py"
WALES = ("dyfed-powys", "gwent", "north-wales", "south-wales")
CITY = "city-of-london"


@dataclass(frozen=True)
class Page:
    """An entry of the navigation; ``choices`` act on it. ``default`` is the page that the bare address opens."""

    path: str
    title: str
    url: str
    choices: tuple[str, ...] = ()

    @property
    def default(self) -> bool:
        return self.url == "national"

    @property
    def address(self) -> str:
        """Its place under the server's root; Streamlit serves the default page at the root itself."""
        return "" if self.default else self.url


def pages() -> list[Page]:
    """Every page, in the order of the navigation."""
    return [page for entries in sections().values() for page in entries]


def sections() -> dict[str, list[Page]]:
    """The pages of each section, read from the entry's text so that nothing is run."""
    tree = ast.parse(DASHBOARD.read_text())
    found = next(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and "SECTIONS" in ast.unparse(_target(node)) and node.value
    )
    return {section: [Page(*entry) for entry in entries] for section, entries in ast.literal_eval(found).items()}


def _target(node: ast.Assign | ast.AnnAssign) -> ast.expr:
    return node.target if isinstance(node, ast.AnnAssign) else node.targets[0]


@dataclass(frozen=True)
class Choice:
    """A force, a measure and a year as they stand in an address."""

    force: str
    measure: str
    year: str

    @property
    def query(self) -> dict[str, str]:
        return {"force": self.force, "measure": self.measure, "year": self.year}


@dataclass(frozen=True)
class Stock:
    """What a build holds. ``names`` and ``codes`` go from a force's slug, ``years`` from a measure's slug."""

    names: dict[str, str]
    codes: dict[str, str]
    years: dict[str, list[date]]

    @property
    def forces(self) -> list[str]:
        return list(self.names)

    @property
    def measure_years(self) -> list[tuple[str, str]]:
        """Every measure with every year that it has a figure for."""
        return [(measure, str(year.year)) for measure, years in self.years.items() for year in years]

    def everything(self) -> list[Choice]:
        """Every force with every measure in every year."""
        return [Choice(force, measure, year) for measure, year in self.measure_years for force in self.forces]

    def every_pair(self) -> list[Choice]:
        """Few choices in which every force meets every measure and every year, and every measure every year."""
        made = [
            Choice(force, measure, str(years[(place + step) % len(years)].year))
            for place, force in enumerate(self.forces)
            for step, (measure, years) in enumerate(self.years.items())
        ]
        met = {(choice.force, choice.year) for choice in made}
        holders = {str(year.year): measure for measure, years in self.years.items() for year in years}
        made += [
            Choice(force, measure, year) for force in self.forces for year, measure in holders.items() if (force, year) not in met
        ]
        return sorted(made, key=lambda choice: (choice.measure, choice.year, choice.force))

    def each_force(self) -> list[Choice]:
        """Every force once, with the first measure in its newest year."""
        measure, years = next(iter(self.years.items()))
        return [Choice(force, measure, str(max(years).year)) for force in self.forces]

    def with_rotating_forces(self, first: int = 0) -> list[Choice]:
        """Every measure with every year once; the force is the next one each time, from the ``first`` on, so all take part."""
        pairs = self.measure_years
        forces = islice(cycle(self.forces), first, first + len(pairs))
        return [Choice(force, *pair) for force, pair in zip(forces, pairs, strict=True)]

    def first_and_last_years(self) -> list[tuple[str, str]]:
        """Every measure with its first and its newest year."""
        return [(measure, str(year.year)) for measure, years in self.years.items() for year in (min(years), max(years))]


def stock_of(folder: Path) -> Stock:
    """What the build in use in a folder holds."""
    warehouse = open_warehouse(build_in_use(folder))
    forces, measures, years = (question(warehouse) for question in (figures.forces, figures.measures, figures.years))
    covered = years[years["with_value"] > 0]
    slugs = forces["force_name"].map(slug)
    return Stock(
        names=dict(zip(slugs, forces["force_name"], strict=True)),
        codes=dict(zip(slugs, forces["force_code"], strict=True)),
        years={
            slug(measure): [stamp.date() for stamp in covered.loc[covered["measure_id"] == measure, "period_end"]]
            for measure in measures["measure_id"]
        },
    )
