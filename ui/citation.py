"""Links to send on: every choice stands in them; one to cite names the build too, so that nothing is left to a default."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from insight.views.selection import Selection
from insight.warehouse import build_id
from ui import url_state
from ui.data_access import NAMED, build_path
from ui.templates import from_template, text_of

# Its text never changes, so that a content security policy can name it by its hash (deploy/dashboard.nginx.conf).
SCRIPT = "\n".join(text_of(name).strip() for name in ("copy.js", "print.js"))


def share(page: str) -> None:
    """A button that copies the link to this page with its choices, in one click."""
    st.html(from_template("share.html", link=_address(page, **{NAMED: ""})), width="content")


def script() -> None:
    """What makes the button copy, and cuts high charts for paper. It stands at the foot of a page, for it takes room."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)


def cite(page: str, selection: Selection) -> None:
    """The link to exactly these figures."""
    with st.popover("Cite", type="tertiary"):
        st.code(citable(page, selection), language=None, wrap_lines=True)
        st.caption("Opens exactly these figures while this build is kept; afterwards the page says so.")


def citable(page: str, selection: Selection) -> str:
    """The address of a page with nothing left to a default.

    Args:
        page: the page's own address, empty for the first one.
        selection: what is chosen; ``latest`` becomes the year it means today.
    """
    return _address(page, year=str(selection.period_end.year), **{NAMED: build_id(build_path())})


def _address(page: str, **changes: str) -> str:
    parts = urlsplit(st.context.url or "")
    base = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{base}/{page}{url_state.query(**changes)}"
