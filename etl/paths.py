"""Where things lie. The data folder and the warehouse folder can be named by the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from environment import PROJECT, data_root, shared_warehouse, warehouse_root

__all__ = ["PROJECT", "DataFolder", "data_folder"]


@dataclass(frozen=True)
class DataFolder:
    """The folders of one data directory (``data/`` unless ``FORCE_DATA`` names another)."""

    root: Path
    warehouse: Path
    shared: bool = False  # builds go to the shared warehouse; they are drafted in the folder

    @property
    def reference(self) -> Path:
        """Forces, authorities, measures, questions, breaks, publishers and publications."""
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
    root = root or data_root()
    return DataFolder(root=root, warehouse=warehouse or warehouse_root(root), shared=not warehouse and bool(shared_warehouse()))
