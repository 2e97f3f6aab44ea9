"""A briefing of one force: slides with native charts and tables, and a tagged PDF, from the same pages of content."""

from __future__ import annotations

from insight.briefing.content import briefing_of
from insight.briefing.model import Briefing
from insight.briefing.pdf import NoPrinter, can_print, pdf
from insight.briefing.slides import slides

MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
}


def briefing_bytes(briefing: Briefing, kind: str) -> bytes:
    """A briefing as ``pptx`` or ``pdf``.

    Raises:
        KeyError: for another kind.
    """
    return {"pptx": slides, "pdf": pdf}[kind](briefing)


__all__ = ["MIME", "Briefing", "NoPrinter", "briefing_bytes", "briefing_of", "can_print", "pdf", "slides"]
