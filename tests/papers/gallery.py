"""Draws every paper in its languages and a picture of each first page: to be looked at.

python -m tests.papers.gallery FOLDER [--languages ar,zh,en] [--papers waybill,dossier]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pypdfium2

from stockpile.language import LANGUAGES, speaking
from tests.papers.depot import depot
from tests.papers.every_paper import PAPERS

USUAL = "ar,zh,en"
DOTS = 110 / 72


def main() -> None:
    """Fill a folder with ``PAPER-LANGUAGE.pdf`` and a PNG of the first page beside each."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("folder", type=Path)
    said.add_argument("--languages", default=USUAL, help=f"of {','.join(LANGUAGES)}")
    said.add_argument("--papers", default=",".join(PAPERS))
    asked = said.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, depot(Path(place)) as here:
        for name in asked.papers.split(","):
            for language in asked.languages.split(","):
                file = asked.folder / f"{name}-{language}.pdf"
                with speaking(language):
                    PAPERS[name](here, file)
                picture(file)


def picture(file: Path) -> Path:
    """Write a picture of the first page beside a PDF."""
    with pypdfium2.PdfDocument(file) as document:
        shown = document[0].render(scale=DOTS).to_pil()
    png = file.with_suffix(".png")
    shown.save(png)
    return png


if __name__ == "__main__":
    main()
