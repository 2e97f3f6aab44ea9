"""`docs/warehouse.md`, made from the build in use: every table with its key, its columns and what may stand in them.

python -m insight.documentation
"""

from __future__ import annotations

from collections.abc import Mapping

from environment import PROJECT
from insight.fields import Field, TableShape, table_shapes
from insight.warehouse import build_in_use, open_warehouse

FILE = PROJECT / "docs" / "warehouse.md"
HEAD = FILE.with_name("warehouse_head.md")


def warehouse_page(shapes: Mapping[str, TableShape]) -> str:
    """The page as Markdown, from every table and view of a build."""
    tables = [_section(one) for one in shapes.values() if not one.is_view]
    views = [_section(one) for one in shapes.values() if one.is_view]
    return "\n".join([HEAD.read_text(encoding="utf-8"), "## Tables", "", *tables, "## Views", "", *views]).rstrip() + "\n"


def _section(shape: TableShape) -> str:
    lines = [f"### {shape.name}", "", shape.description, ""]
    if shape.key:
        lines += [f"Key: {', '.join(f'`{name}`' for name in shape.key)}.", ""]
    joint = [one for one in shape.references if len(one.columns) > 1]
    lines += [f"{', '.join(f'`{name}`' for name in one.columns)} refer to `{one.table}`.\n" for one in joint]
    lines += ["| column | type | what it holds |", "|---|---|---|"]
    lines += [f"| `{one.name}` | {_type(one, shape)} | {_cell(one)} |" for one in shape.fields]
    return "\n".join([*lines, ""])


def _type(field: Field, shape: TableShape) -> str:
    """Of a view it is not known what may be empty."""
    return field.type if field.required or shape.is_view else f"{field.type}, may be empty"


def _cell(field: Field) -> str:
    said = [field.description.replace("|", "\\|")]
    if field.values:
        said.append(f"One of: {', '.join(f'`{value}`' for value in field.values)}.")
    if field.references:
        said.append(f"Refers to `{field.references}`.")
    return " ".join(said)


def main() -> None:
    """Write the page."""
    warehouse = open_warehouse(build_in_use())
    FILE.write_text(warehouse_page(table_shapes(warehouse)), encoding="utf-8")


if __name__ == "__main__":
    main()
