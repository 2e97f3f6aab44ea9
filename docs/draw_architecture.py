"""Draw the parts of the code and what they import: ``python docs/draw_architecture.py``.

Writes ``docs/architecture.svg`` and the table in ``docs/architecture.md`` from the imports that grimp finds. With ``--check`` it
writes nothing and fails when either is stale.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from graphlib import TopologicalSorter
from html import escape
from itertools import pairwise
from pathlib import Path
from textwrap import wrap

import grimp

DOCS = Path(__file__).resolve().parent
PROJECT = DOCS.parent
PICTURE, PAGE = DOCS / "architecture.svg", DOCS / "architecture.md"
BEGIN, END = "<!-- drawn from the code: begin -->\n", "<!-- drawn from the code: end -->\n"
PACKAGES = ("etl", "insight", "ui", "pages")
ABOUT_PAGES = "One thin file a page: controls and views in order."
WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 250, 84, 24, 44, 20  # pixels of a box, of the gaps and of the edge

Uses = dict[str, set[str]]


def part_of(module: str) -> str:
    """The part that a module belongs to: a package, or what lies directly in ``insight``."""
    names = module.split(".")
    return ".".join(names[:2]) if names[0] == "insight" else names[0]


def uses() -> Uses:
    """What each part imports of the others."""
    if str(PROJECT) not in sys.path:
        sys.path.insert(0, str(PROJECT))
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    found: Uses = {part_of(module): set() for module in graph.modules if module != "insight"}
    for module in graph.modules - {"insight"}:
        parts = {part_of(other) for other in graph.find_modules_directly_imported_by(module)}
        found[part_of(module)] |= parts - {part_of(module), "insight"}
    return found


def about(part: str) -> str:
    """The first sentence of a part's docstring, as plain text."""
    path = PROJECT / part.replace(".", "/")
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not source.exists():
        return ABOUT_PAGES
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return text.partition("\n\n")[0].replace("\n", " ").replace("``", "").partition(". ")[0].rstrip(".") + "."


def reachable(graph: Uses, start: str) -> set[str]:
    """All that a part rests on, directly or by way of others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def in_groups(graph: Uses) -> tuple[dict[str, list[str]], Uses]:
    """Parts that import each other, put together under the name of the first; what each group imports of the others."""
    below = {part: reachable(graph, part) for part in graph}
    group = {part: min({part} | {other for other in below[part] if part in below[other]}) for part in graph}
    members: dict[str, list[str]] = {}
    for part in sorted(graph):
        members.setdefault(group[part], []).append(part)
    joined = {name: {group[used] for part in parts for used in graph[part]} - {name} for name, parts in members.items()}
    return members, joined


def without_detours(graph: Uses) -> Uses:
    """The imports that do not follow from others, so that the picture can be read."""
    return {
        part: {used for used in direct if not any(used in reachable(graph, other) for other in direct - {used})}
        for part, direct in graph.items()
    }


def rows_of(graph: Uses) -> dict[str, int]:
    """The row of each part from the bottom: one above the highest of what it imports."""
    row: dict[str, int] = {}
    for part in TopologicalSorter({part: sorted(graph[part]) for part in sorted(graph)}).static_order():
        row[part] = 1 + max((row[used] for used in graph[part]), default=-1)
    return row


def picture(graph: Uses) -> str:
    """The picture as SVG, with every arrow from a part to what it imports."""
    members, joined = in_groups(graph)
    arrows = without_detours(joined)
    row = rows_of(joined)
    top = max(row.values())
    places, widest = _places(members, arrows, row)
    height = MARGIN * 2 + (top + 1) * (HEIGHT + DOWN) - DOWN
    width = round(widest + 2 * MARGIN)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-labelledby="title" font-family="Liberation Sans, Arial, sans-serif" font-size="12">',
        '<title id="title">The parts of the code. An arrow goes from a part to what it imports; the table in architecture.md '
        "says the same in words.</title>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#505a5f"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for part in sorted(arrows):
        drawn += [_arrow(places[part, row[part]], [places[step] for step in _way(part, to, row)]) for to in sorted(arrows[part])]
    for name, parts in sorted(members.items()):
        centre, level = places[name, row[name]]
        drawn += _box(centre, level, parts)
    return "\n".join([*drawn, "</svg>", ""])


def _way(part: str, to: str, row: dict[str, int]) -> list[tuple[str, int]]:
    """The places an arrow passes in the rows between, and where it ends."""
    return [(f"{part} > {to}", level) for level in range(row[part] - 1, row[to], -1)] + [(to, row[to])]


def _places(
    members: dict[str, list[str]], arrows: Uses, row: dict[str, int]
) -> tuple[dict[tuple[str, int], tuple[float, float]], float]:
    """Centre and top of every box and of every passage of an arrow through a row, and the widest row, in pixels."""
    top = max(row.values())
    room = {(name, row[name]): len(parts) * WIDTH for name, parts in members.items()}
    links: list[tuple[tuple[str, int], tuple[str, int]]] = []
    for part in sorted(arrows):
        for to in sorted(arrows[part]):
            way = [(part, row[part]), *_way(part, to, row)]
            room |= dict.fromkeys(way[1:-1], 0)
            links += pairwise(way)
    levels = [sorted(step for step in room if step[1] == level) for level in range(top + 1)]
    centre: dict[tuple[str, int], float] = {}
    widest = max(sum(room[step] + ACROSS for step in level) - ACROSS for level in levels)
    for sweep in range(8):  # each part moves towards the middle of what it is tied to, downwards and upwards in turn
        for level in levels if sweep % 2 else reversed(levels):
            middle = {step: _middle(step, links, centre) for step in level}
            level.sort(key=lambda step: (middle[step], step))
            left = MARGIN + (widest - sum(room[step] + ACROSS for step in level) + ACROSS) / 2
            for step in level:
                centre[step] = left + room[step] / 2
                left += room[step] + ACROSS
    return {step: (x, MARGIN + (top - step[1]) * (HEIGHT + DOWN)) for step, x in centre.items()}, widest


def _middle(
    step: tuple[str, int], links: list[tuple[tuple[str, int], tuple[str, int]]], centre: dict[tuple[str, int], float]
) -> float:
    tied = [centre[b if a == step else a] for a, b in links if step in (a, b) and (b if a == step else a) in centre]
    return sum(tied) / len(tied) if tied else centre.get(step, 0.0)


def _arrow(start: tuple[float, float], way: list[tuple[float, float]]) -> str:
    points = [f"{start[0]:.0f},{start[1] + HEIGHT:.0f}"]
    for x, y in way[:-1]:
        points += [f"{x:.0f},{y:.0f}", f"{x:.0f},{y + HEIGHT:.0f}"]
    points.append(f"{way[-1][0]:.0f},{way[-1][1]:.0f}")
    return f'<polyline points="{" ".join(points)}" fill="none" stroke="#505a5f" marker-end="url(#head)"/>'


def _box(centre: float, level: float, parts: list[str]) -> Iterable[str]:
    """The boxes of parts that import each other, side by side; alone it is one box."""
    for number, part in enumerate(parts):
        left = centre + (number - len(parts) / 2) * WIDTH
        fill = "#eef2f7" if part.startswith("insight") else "#fff7e0"
        yield f'<rect x="{left:.0f}" y="{level:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="4" fill="{fill}" stroke="#0b0c0c"/>'
        yield f'<text x="{left + 10:.0f}" y="{level + 19:.0f}" font-weight="bold" font-size="14">{escape(part)}</text>'
        lines = wrap(about(part), 40)
        lines = [*lines[:3], lines[3] + (" …" if len(lines) > 4 else "")] if len(lines) > 3 else lines
        for line, text in enumerate(lines):
            yield f'<text x="{left + 10:.0f}" y="{level + 36 + 14 * line:.0f}">{escape(text)}</text>'


def table(graph: Uses) -> str:
    """All parts with what they are for and all that they import, as a Markdown table."""
    rows = [
        f"| `{part}` | {about(part)} | {', '.join(f'`{used}`' for used in sorted(graph[part])) or 'nothing of the others'} |"
        for part in sorted(graph)
    ]
    return "\n".join(["| part | what it is for | imports |", "|---|---|---|", *rows, ""])


def drawn() -> dict[Path, str]:
    """Each file with the content that the code asks for today."""
    graph = uses()
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return {PICTURE: picture(graph), PAGE: before + begin + table(graph) + END + after}


def stale() -> list[str]:
    """Names of the files that no longer say what the code does."""
    return [path.name for path, text in drawn().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write both files, or with ``--check`` say whether they are stale."""
    if "--check" in arguments:
        names = stale()
        if names:
            print(f"Stale: {', '.join(names)}. Run `make docs`.")
        return int(bool(names))
    for path, text in drawn().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
