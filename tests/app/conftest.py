"""Pages without a browser: the build they read, what it holds, and the product over it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from contract import CURRENT
from environment import WAREHOUSE
from tests.app.product import Product, product
from tests.app.surface import Stock, stock_of


@pytest.fixture(scope="session")
def stock(real_warehouse: Path) -> Stock:
    """What the real build holds."""
    return stock_of(real_warehouse.parent)


@pytest.fixture(autouse=True)
def _real_figures(real_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages read the real build and say what went wrong."""
    monkeypatch.setenv(WAREHOUSE.name, str(real_warehouse.parent))
    st.config.set_option("client.showErrorDetails", "full")
    logging.disable(logging.WARNING)  # Streamlit warns of each call outside a reader's session
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def own_build(real_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build that no connection of this process has open, and that a test may harm."""
    build = tmp_path / "force-own.duckdb"
    shutil.copyfile(real_warehouse, build)
    (tmp_path / CURRENT).symlink_to(build.name)
    monkeypatch.setenv(WAREHOUSE.name, str(tmp_path))
    st.cache_data.clear()
    return build


@pytest.fixture
def every_page(real_warehouse: Path) -> Iterator[Product]:
    """The product over the real build; of one test alone, for it takes Streamlit's place while it lives."""
    with product(real_warehouse) as rendered:
        yield rendered
