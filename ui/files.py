"""Buttons under a chart or table: its figures as CSV with a description beside it, as a workbook, and the chart as a picture."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from insight.charts.chart import Chart
from insight.downloads.files import XLSX_MIME, csv_bytes, csv_package, file_name, stem, with_source, xlsx_bytes
from insight.downloads.images import MIME, image
from insight.warehouse import build_id
from ui.data_access import build_path

ICON = ":material/download:"


def buttons(frame: pd.DataFrame, name: tuple[str, ...], title: str, source: str, notes: list[str] | None = None) -> None:
    """Figures to take away, made when asked for; the build is in the files' names and in their rows.

    Args:
        frame: what the files hold.
        name: parts of their names: what, force, measure, period.
        title: what the figures are.
        source: publisher, releases, dates, licence.
        notes: how to read them.
    """
    build = build_id(build_path())
    _button("Download CSV", "csv", lambda: csv_bytes(with_source(frame, source, build)), name, "text/csv")
    _button(
        "CSV with description (ZIP)",
        "zip",
        lambda: csv_package(frame, stem(*name, build), title, source, build, notes or []),
        name,
        "application/zip",
    )
    _button(
        "XLSX", "xlsx", lambda: xlsx_bytes(with_source(frame, source, build), title, source, build, notes or []), name, XLSX_MIME
    )


def pictures(drawn: Chart, name: tuple[str, ...], source: str) -> None:
    """The chart as PNG and SVG with title, source, date and licence in the image."""
    _button("PNG", "png", lambda: image(drawn, source, "png"), name, MIME["png"])
    _button("SVG", "svg", lambda: image(drawn, source, "svg"), name, MIME["svg"])


def _button(label: str, ending: str, data: Callable[[], bytes], name: tuple[str, ...], mime: str) -> None:
    st.download_button(
        label,
        data=data,
        file_name=file_name(*name, build_id(build_path()), ending=ending),
        mime=mime,
        key=f"{ending}-" + "-".join(name),
        on_click="ignore",
        icon=ICON,
    )
