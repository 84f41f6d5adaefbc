"""Papers of a home: how they are drawn and sealed, and the folder where they lie for a day.

What was drawn to be printed lies there in the clear. A paper can be drawn anew from the ledger at
any time, so that a stolen disk need not show a year of them. What is older than a day goes when the
home is opened; who wants to keep a file saves it elsewhere.
"""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import Final

from stockpile.adapters.extracts.files import ExtractFiles
from stockpile.adapters.keys.ring import KeyRing
from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.adapters.pdf.extract_pages import write_pdf
from stockpile.adapters.sheets.workbook_writing import write_xlsx
from stockpile.adapters.sheets.writing import write_csv, write_json
from stockpile.domain.paper_seals import Summary, sealed_summary
from stockpile.domain.values import Instant
from stockpile.services.documents import Paper, Style
from stockpile.settings import Settings

FOLDER: Final = "papers"
KEPT_FOR: Final = 24 * 3_600_000
"""Milliseconds for which a paper lies there after it was drawn."""


def sweep_papers(home: Path, now: Instant) -> None:
    """Take away papers that were drawn more than a day ago; one that is in use stays."""
    with contextlib.suppress(OSError):
        for file in (home / FOLDER).iterdir():
            with contextlib.suppress(OSError):
                if file.is_file() and _drawn(file) < now - KEPT_FOR:
                    file.unlink()


def _drawn(file: Path) -> Instant:
    return file.lstat().st_mtime_ns // 1_000_000


def press_of(home: Path, keys: KeyRing) -> PdfPress:
    """Return what draws the papers of a home, as is set there, each under its node's seal."""
    return PdfPress(partial(_style, home), partial(_sealed, keys))


def extract_files_of(home: Path) -> ExtractFiles:
    """Return what writes the extracts of a home in each form; a PDF as is set for papers."""
    pdf = partial(write_pdf, style=partial(_style, home))
    return ExtractFiles({"xlsx": write_xlsx, "csv": write_csv, "json": write_json, "pdf": pdf})


def _style(home: Path) -> Style:
    """Return what is set for papers now; it is read anew for each."""
    settings = Settings.read(home)
    return Style(settings.digits, "Letter" if settings.paper == "Letter" else "A4")


def _sealed(keys: KeyRing, paper: Paper) -> str:
    """Return the seal that a paper bears as a QR Code; one that names no entry has none."""
    foot = paper.bottom
    if not foot.head:
        return ""
    return sealed_summary(Summary(paper.code, keys.node, foot.entry, foot.head), keys.sign)
