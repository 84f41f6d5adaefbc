"""Draws every paper in its languages and a picture of each page: to be looked at.

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
    """Fill a folder with ``PAPER-LANGUAGE.pdf`` and PNGs of its pages beside each."""
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
                pictures(file)


def pictures(file: Path) -> None:
    """Write a picture of each page beside a PDF; those after the first bear their number."""
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document, 1):
            name = file.stem if number == 1 else f"{file.stem}-{number}"
            page.render(scale=DOTS).to_pil().save(file.with_name(f"{name}.png"))


if __name__ == "__main__":
    main()
