"""Pages without a browser: the build they read, what it holds, and the product over it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

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
def every_page(real_warehouse: Path) -> Iterator[Product]:
    """The product over the real build; of one test alone, for it takes Streamlit's place while it lives."""
    with product(real_warehouse) as rendered:
        yield rendered
