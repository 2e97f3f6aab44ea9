"""What changed since a release: each measure as that release had it newest, the same year as it stands now, and the newest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import figure_text, plural
from insight.profile.profile import Profile
from insight.tables.figures import to_take_away
from insight.tables.model import Table, table_of
from insight.verdicts import has_verdicts, shown_verdict

Row = Mapping[str, Any]
SEEN = ("as released then", "the same year as it stands now", "the newest year")


def since_release(then: pd.DataFrame, facts: Profile, release: str) -> Table:
    """A row a measure that the release had, to read.

    Args:
        then: rows of ``insight.queries.force.as_of`` for the force and release.
        facts: the force as it stands.
        release: what the release is called.
    """
    rows = []
    for held, restated, now in _looked_back(then, facts):
        written = [figure_text(row, held, facts.words) for row in (held, restated, now)]
        rows.append(
            {
                "Measure": held["short_title"],
                f"Release {release}": f"{written[0]} (March {held['period_end'].year})",
                "Same year now": written[1] if written[1] != written[0] else "unchanged",
                "Newest": f"{written[2]} (March {now['period_end'].year})",
                "Verdict then": shown_verdict(held),
                "Verdict now": shown_verdict(now),
            }
        )
    return table_of(rows)


def since_to_take_away(then: pd.DataFrame, facts: Profile) -> pd.DataFrame:
    """The same figures, three rows a measure with every stored column; ``seen`` says which of the three a row is."""
    rows = [{**row, "seen": seen} for triple in _looked_back(then, facts) for seen, row in zip(SEEN, triple, strict=True)]
    return pd.DataFrame([]) if not rows else to_take_away(pd.DataFrame(rows)).assign(seen=[row["seen"] for row in rows])


def _looked_back(then: pd.DataFrame, facts: Profile) -> list[tuple[Row, Row, Row]]:
    """The newest figure of each measure that the release had, the same year as it stands now, and the newest."""
    newest = {row["measure_id"]: row for row in facts.newest()}
    found: list[tuple[Row, Row, Row]] = []
    for measure_id, known in then.sort_values(["position", "period_end"]).groupby("measure_id", sort=False):
        held = {str(name): value for name, value in known.iloc[-1].to_dict().items()}
        now, restated = newest.get(measure_id), facts.of(str(measure_id), held["period_end"].year)
        if now is not None and restated is not None and has_verdicts(now):
            found.append((held, restated, now))
    return found


def since_sentence(table: Table, release: str) -> str:
    """How many figures were restated and how many verdicts differ."""
    rows = table.records()
    if not rows:
        return f"The {release} release has no figure for this force."
    restated = sum(row["Same year now"] != "unchanged" for row in rows)
    moved = sum(row["Verdict then"] != row["Verdict now"] for row in rows)
    return (
        f"Since the {release} release, {restated or 'none'} of {plural(len(rows), 'figure')} "
        f"{'has' if restated == 1 else 'have'} been revised and {moved or 'none'} "
        f"{'compares' if moved == 1 else 'compare'} differently."
    )
