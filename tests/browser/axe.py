"""axe-core on a page, with the rows of a table that are alike looked at twice instead of hundreds of times.

Axe asks of each element what lies under it, which of a table with 2,000 cells takes it half a minute. Two cells of a column are alike
when they have the same elements with the same classes, styles, roles and states; what they say differs, and axe judges no words. A row
is taken out when each of its cells was seen twice: of 43 forces with grades, some ten have all that there is.
``FORCE_TEST_EVERYTHING=1`` leaves every row.
"""

from __future__ import annotations

import os
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from environment import TEST_EVERYTHING

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OF_A_KIND = 2
# A space as high as what is taken out: a frame that scrolls goes on doing so.
TAKE_OUT_ROWS_ALIKE = """most => {
    const own = one => `${one.tagName} ${one.className} ${one.getAttribute('style')} ${one.getAttribute('role')} ` +
        [...one.attributes].filter(({name}) => name.startsWith('aria-')).map(({name}) => name)
    const kind = one => own(one) + `${one.childElementCount ? '' : one.textContent.trim() ? 'said' : 'empty'}(${[...one.children].map(kind)})`
    const parts = row => [own(row), ...[...row.children].map((cell, column) => `${column} ${kind(cell)}`)]
    const putBack = []
    for (const table of document.querySelectorAll('table')) {
        const height = table.offsetHeight, seen = {}, alike = []
        for (const row of table.querySelectorAll('tbody > tr')) {
            const its = parts(row)
            if (its.every(one => seen[one] >= most) && !row.contains(document.activeElement)) alike.push(row)
            else its.forEach(one => seen[one] = (seen[one] ?? 0) + 1)
        }
        for (const row of alike) {
            const place = document.createComment('row')
            row.replaceWith(place)
            putBack.push(() => place.replaceWith(row))
        }
        if (alike.length) {
            const space = document.createElement('div')
            space.style.height = `${height - table.offsetHeight}px`
            table.after(space)
            putBack.push(() => space.remove())
        }
    }
    window.putRowsBack = () => putBack.forEach(one => one())
}"""


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds by the standards and its best practices: a dict a rule, as axe gives it."""
    every = bool(os.environ.get(TEST_EVERYTHING.name))
    if not every:
        page.evaluate(TAKE_OUT_ROWS_ALIKE, OF_A_KIND)
    options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    if not every:
        page.evaluate("window.putRowsBack()")
    return found
