"""PDFium, one call at a time: the library knows no threads, and several of ours render pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pypdfium2

ONE_AT_A_TIME: Final = threading.RLock()
"""Held around everything that PDFium does, opening and closing included."""


@contextmanager
def opened(pdf: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Lend an opened document; its user holds ``ONE_AT_A_TIME`` for whatever is done with it.

    Raises pypdfium2.PdfiumError for what is no PDF.
    """
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        with ONE_AT_A_TIME:
            document.close()


@contextmanager
def page_of(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Lend a page, counted from 0, and keep every other thread away from PDFium until then."""
    with ONE_AT_A_TIME, closing(document[number]) as page:
        yield page
