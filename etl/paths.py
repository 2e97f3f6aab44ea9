"""Where things lie. The data folder and the warehouse folder can be named by the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA_VARIABLE = "FORCE_DATA"
WAREHOUSE_VARIABLE = "FORCE_WAREHOUSE"


@dataclass(frozen=True)
class DataFolder:
    """The folders of one data directory (``data/`` unless ``FORCE_DATA`` names another)."""

    root: Path
    warehouse: Path

    @property
    def reference(self) -> Path:
        """Forces, authorities, measures, questions, breaks, publications."""
        return self.root / "reference"

    @property
    def published(self) -> Path:
        """Figures that come with the project, one folder a publication, one file a release."""
        return self.root / "published"

    @property
    def incoming(self) -> Path:
        """Releases that a user added; same layout as ``published``."""
        return self.root / "incoming"


def data_folder(root: Path | None = None, warehouse: Path | None = None) -> DataFolder:
    """The folders in use: the arguments, else the environment, else those of the project."""
    if root is None:
        root = Path(os.environ.get(DATA_VARIABLE) or PROJECT / "data")
    if warehouse is None:
        named = os.environ.get(WAREHOUSE_VARIABLE)
        warehouse = Path(named) if named else root / "warehouse"
    return DataFolder(root=root, warehouse=warehouse)
