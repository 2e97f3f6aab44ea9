"""Buttons under a chart or table: its figures as CSV with a description beside it, as a workbook, and the chart as a picture."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from insight.charts.chart import Chart
from insight.downloads.files import XLSX_MIME, csv_bytes, csv_package, file_name, stem, with_source, xlsx_bytes
from insight.downloads.images import MIME, image
from insight.queries.left_out import kept_back, own_releases
from insight.warehouse import build_id
from ui.data_access import ask, build_path
from ui.sign_in import gate
from ui.telemetry import download_counted

ICON = ":material/download:"
KEPT_BACK = (
    "These data include entries that a user added and nobody has cleared for publication, so {} cannot be made from them. "
    "Ask whoever runs this dashboard."
)


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
    made_when_asked(
        label, data, file_name(*name, build_id(build_path()), ending=ending), mime, f"{ending}-" + "-".join(name), ICON
    )


def made_when_asked(label: str, data: Callable[[], bytes], name: str, mime: str, key: str, icon: str) -> None:
    """A button that takes a file away; it is made at the click, while the reader may read. The only such button of all pages."""
    st.download_button(
        label, data=_counted(gate.while_open(data), name), file_name=name, mime=mime, key=key, on_click="ignore", icon=icon
    )


def _counted(make: Callable[[], bytes], name: str) -> Callable[[], bytes]:
    def made() -> bytes:
        with download_counted(name.rpartition(".")[2]):
            return make()

    return made


def may_leave(what: str) -> bool:
    """Whether this run's build may be given away whole; where a user's own rows keep it back, the page says so.

    Args:
        what: that is not made: "a briefing".
    """
    if kept_back(ask(own_releases)):
        st.caption(KEPT_BACK.format(what))
        return False
    return True
