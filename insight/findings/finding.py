"""What a finding is: a sentence, the rule that made it, the figures it rests on, and where they can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from insight.profile.profile import Evidence


class Severity(IntEnum):
    """How much a finding asks for attention. It orders findings and says nothing of good or bad."""

    LIMIT = 0
    PLAIN = 1
    NOTABLE = 2
    MARKED = 3
    ACTION = 4


INSPECTION_PAGES = ("follow-up", "grades", "child-protection")
JUDGED = "Inspection: needs attention"
LABELS = {
    Severity.ACTION: "Different from average, or changed",
    Severity.MARKED: "Different from average, or changed",
    Severity.NOTABLE: "Different from average, or changed",
    Severity.PLAIN: "Context",
    Severity.LIMIT: "Limits of the data",
}


@dataclass(frozen=True)
class Link:
    """The page that shows a finding: its address and the choices that differ from the reader's."""

    page: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Finding:
    """One plain sentence about a force (others may qualify it).

    ``headline`` says the same in some twenty words, for a title and the few findings that open a page: the lowest grade or the
    verdict stands in it, intervals and details only in ``sentence``. ``wider``: it is of the wider picture of child protection,
    and never among those few.
    """

    rule: str
    headline: str
    sentence: str
    severity: Severity
    figures: tuple[Evidence, ...]
    link: Link
    wider: bool = False

    @property
    def label(self) -> str:
        """The words beside a finding: what kind of attention it asks for."""
        judged = self.severity >= Severity.NOTABLE and self.link.page in INSPECTION_PAGES
        return JUDGED if judged else LABELS[self.severity]
