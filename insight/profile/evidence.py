"""What a finding rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """A figure that a finding rests on.

    ``subject`` is a measure's id, or what a judgment is about; ``period`` is sortable (ISO date, or an inspection cycle);
    ``text`` is the figure as the sentence prints it, ``value`` the stored one, None for a judgment or a figure that is absent.
    """

    subject: str
    title: str
    period: str
    value: float | None
    text: str
    source: str
