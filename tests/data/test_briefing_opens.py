"""Slides open in LibreOffice without repair and render: as many pages as slides, every title on its page."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from pptx import Presentation

from tests.needs import needs

SECONDS = 120
pytestmark = [
    needs("soffice", "libreoffice-impress"), needs("pdftotext", "poppler-utils"),
]  # fmt: skip


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def converted(deck: bytes, folder: Path) -> list[str]:
    """The texts of the pages that LibreOffice makes of a deck."""
    (folder / "deck.pptx").write_bytes(deck)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "deck.pptx")]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    text = subprocess.run(["pdftotext", str(folder / "deck.pdf"), "-"], check=True, capture_output=True, timeout=SECONDS).stdout
    return text.decode("utf-8").split("\f")[:-1]


@pytest.mark.parametrize("name", ["Wiltshire", "South Wales", "City of London"])
def test_libreoffice_renders_every_slide_with_its_title(name: str, decks: dict[str, bytes], tmp_path: Path) -> None:
    deck = decks[name]
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(deck)).slides]
    pages = converted(deck, tmp_path)
    assert len(pages) == len(titles)
    for title, text in zip(titles, pages, strict=True):
        assert squeezed(title) in squeezed(text)
