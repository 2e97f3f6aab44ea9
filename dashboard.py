"""The entry: theme, gate, masthead, navigation, the reader's selection. Everything else is in pages/, insight/ and ui/."""

from __future__ import annotations

import gc
import logging

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from environment import log_wanted, query_seconds, refused_at_the_start
from ui import health, masthead, shield, style, telemetry, turns, url_state
from ui.data_access import take_build, unreadable_in_words
from ui.navigation import entry
from ui.selectors import choose
from ui.sign_in import front, gate
from ui.typed_addresses import redirects
from vocabulary import PRODUCT

# A Material icon here would be fetched from Google's server by every reader.
ICON, LOGO = style.picture("shield.svg"), style.picture("name.svg")
FIRST = "national"
# Sections with several pages are menus. After a page's name stand the choices that act on it: others are kept, not shown.
SECTIONS: dict[str, list[tuple[str, str, str, tuple[str, ...]]]] = {
    "National": [
        ("pages/overview/national.py", "National", "national", ("measure", "year")),
    ],
    "Force": [
        ("pages/overview/force.py", "Force", "force", ("force", "group", "measure", "year")),
    ],
    "Compare": [
        ("pages/missing_children/compare.py", "Compare", "compare", ("force", "group", "measure", "year")),
    ],
    "Trends": [
        ("pages/missing_children/trends.py", "Trends", "trends", ("force", "group", "measure", "year")),
        ("pages/missing_children/police.py", "Police", "police", ("force", "group")),
    ],
    "Inspections": [
        ("pages/inspections/grades.py", "Grades", "grades", ("force", "group")),
        ("pages/inspections/protecting.py", "Vulnerable people", "protecting", ("force", "group", "measure", "year")),
        ("pages/inspections/child_protection.py", "Child protection", "child-protection", ("force", "group")),
        ("pages/inspections/follow_up.py", "Follow-up", "follow-up", ("force", "group")),
    ],
    "About": [
        ("pages/about/data.py", "Data", "data", ()),
        ("pages/about/methods.py", "Methods", "methods", ()),
        ("pages/about/downloads.py", "Downloads", "downloads", ("measure", "year")),
    ],
}
# Python looks through all that is held for cycles each time a few sessions have come: 0.3 to 1 s with what a process keeps, in
# which nobody is answered. With these it does so after some hundred (benchmarks, "Sessions").
COLLECTED_AFTER = (20_000, 10, 10)
ABOUT_JUDGEMENTS = {"force": ("force",)}  # what acts on a page about a force of Wales, which has judgements alone
CHOICES = {url: choices for entries in SECTIONS.values() for _, _, url, choices in entries}


def pages() -> dict[str, list[StreamlitPage]]:
    """The navigation: a section of one page is a link of its own, one of several a menu."""
    found: dict[str, list[StreamlitPage]] = {"": []}
    for section, entries in SECTIONS.items():
        made = [
            # The first page stands at the root; its own name, typed as an address, is a hidden page.
            entry(path, title, "start" if url == FIRST else url, first=url == FIRST)
            for path, title, url, _ in entries
        ]
        found[section if len(made) > 1 else ""] = [*found.get("" if len(made) == 1 else section, []), *made]
    path, title, url, _ = SECTIONS["National"][0]
    found[""].append(entry(path, title, url, hidden=True))
    return found


def main() -> None:
    """One run of a reader's session: the gate, build, address, selection, page."""
    st.set_page_config(page_title=PRODUCT, page_icon=ICON, layout="wide")
    st.logo(LOGO, size="large")
    style.apply()
    if not gate.is_open():
        # No navigation either: who has not signed in is told no page's name.
        with telemetry.counted("sign-in", gate.outcome()):
            gate.ask()
        return
    made = pages()
    page = st.navigation(made, position="top")
    with unreadable_in_words(), telemetry.counted(page.url_path or FIRST):
        _run(page, made)


def _run(page: StreamlitPage, made: dict[str, list[StreamlitPage]]) -> None:
    url_state.begin()
    take_build()
    head = masthead.place()
    url = page.url_path or FIRST
    selection = choose(CHOICES[url], ABOUT_JUDGEMENTS.get(url, CHOICES[url]))
    masthead.follow(next(one for one in made[""] if one.url_path == "force"))
    st.set_page_config(page_title=f"{page.title}: {selection.force.name} – {PRODUCT}", page_icon=ICON)
    page.run()
    url_state.show_remarks()
    masthead.fill(head, page.url_path, selection)


if __name__ == "__main__":
    with turns.in_turn():
        main()
else:
    # `streamlit run` imports this file once before it serves. Without this call a new server would take the pages/ folder for
    # old-style pages until its first reader came in at "/", and greet one who follows a deep link with "Page not found".
    gc.set_threshold(*COLLECTED_AFTER)
    logging.disable(logging.WARNING)  # Streamlit warns of every call outside a reader's session
    st.navigation(pages(), position="top")
    logging.disable(logging.NOTSET)
    with refused_at_the_start():
        query_seconds()  # else every page would end in an error
        log_wanted()
    app = st.App(
        __file__,
        secrets=front.secrets(),
        routes=[*front.routes(CHOICES), *health.routes(), *telemetry.routes(), *redirects(CHOICES)],
        middleware=[*shield.middleware(), *front.middleware(CHOICES)],
    )
