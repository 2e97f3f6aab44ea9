"""axe-core on a page, with the rows of a table that are alike looked at twice instead of hundreds of times.

Axe asks of each element what lies under it, which of a table with 2,000 cells takes it half a minute. Two rows are alike when they
have the same elements with the same classes, styles, roles and states; what they say differs, and axe judges no words.
``FORCE_TEST_EVERYTHING=1`` leaves every row.
"""

from __future__ import annotations

import os
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from environment import TEST_EVERYTHING

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SCROLLED = "scrollable-region-focusable"  # rests on how much there is, so that it comes before rows are hidden
OF_A_KIND = 2
HIDE_ROWS_ALIKE = """most => {
    const kind = one => `${one.tagName} ${one.className} ${one.getAttribute('style')} ${one.getAttribute('role')} ` +
        [...one.attributes].filter(({name}) => name.startsWith('aria-')).map(({name}) => name) +
        `${one.childElementCount ? '' : one.textContent.trim() ? 'said' : 'empty'}(${[...one.children].map(kind)})`
    for (const body of document.querySelectorAll('tbody')) {
        const seen = {}
        for (const row of body.rows) {
            const its = kind(row)
            seen[its] = (seen[its] ?? 0) + 1
            if (seen[its] > most && !row.contains(document.activeElement)) row.setAttribute('data-alike', '')
        }
    }
    document.head.insertAdjacentHTML('beforeend', '<style id="alike">tr[data-alike] { display: none !important }</style>')
}"""
SHOW_THEM = """() => {
    document.getElementById('alike').remove()
    document.querySelectorAll('[data-alike]').forEach(one => one.removeAttribute('data-alike'))
}"""


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds by the standards and its best practices: a dict a rule, as axe gives it."""
    if os.environ.get(TEST_EVERYTHING.name):
        return _found(page, {"runOnly": {"type": "tag", "values": STANDARDS}})
    found = _found(page, {"runOnly": {"type": "rule", "values": [SCROLLED]}})
    page.evaluate(HIDE_ROWS_ALIKE, OF_A_KIND)
    found += _found(page, {"runOnly": {"type": "tag", "values": STANDARDS}, "rules": {SCROLLED: {"enabled": False}}})
    page.evaluate(SHOW_THEM)
    return found


def _found(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    return list(Axe().run(page, options={**options, "resultTypes": ["violations"]}).response["violations"])
