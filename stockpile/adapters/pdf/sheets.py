"""Label sheets: drawn beside their place, read back, and only then put there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.stocks import Stock, points, stock_named, stock_names
from stockpile.adapters.pdf.verify import verify
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.values import Digest
from stockpile.language import _
from stockpile.services.ports import Label, Progress, Sheet, silent
from stockpile.whole_files import beside, settle


class PdfLabelSheets:
    """Label sheets as PDF: the port `LabelSheets`.

    The first of a label's lines names the item and is written largest. The same labels on the same
    stock give the same bytes.
    """

    def stocks(self) -> tuple[str, ...]:
        """Return the names of the shipped label stocks."""
        return stock_names()

    def draw(
        self,
        labels: Sequence[Label],
        stock: str,
        file: Path,
        *,
        start_at: int = 1,
        progress: Progress = silent,
    ) -> Sheet:
        """Draw the labels, read every one back, and only then put the file in place.

        `start_at` is the first free cell of a part-used sheet, counted from 1 in reading order.
        Progress counts the labels read back; it may raise Cancelled at any page. Whatever is
        raised, no file and no part of one stays behind. Raises StockUnknown, FieldMissing (no
        labels), FieldUnreadable (no such cell), LabelUnprintable, LabelMisread, DiskFull,
        DiskTrouble.
        """
        kind = stock_named(stock)
        if not labels:
            raise FieldMissing("labels")
        if not 1 <= start_at <= kind.per_page:
            raise FieldUnreadable("start_at", str(start_at))
        with beside(file) as draft:
            return _made(labels, kind, start_at, draft, file, progress)


def _made(
    labels: Sequence[Label],
    stock: Stock,
    start_at: int,
    draft: Path,
    file: Path,
    progress: Progress,
) -> Sheet:
    total = len(labels)
    with draft.open("xb") as out:
        pages = _draw(labels, stock, start_at, out, progress)
        out.flush()
        os.fsync(out.fileno())
    verify(draft, stock, labels, start_at=start_at, verified=lambda done: progress(done, total))
    with draft.open("rb") as finished:
        digest = Digest(hashlib.file_digest(finished, "sha256").hexdigest())
    draft.replace(file)
    settle(file.parent)
    return Sheet(file, pages, total, digest)


def _draw(
    labels: Sequence[Label], stock: Stock, start_at: int, out: BinaryIO, progress: Progress
) -> int:
    """Write the whole PDF and return the number of its pages."""
    document = StreamedDocument(
        out, points(stock.page.width), points(stock.page.height), _("Labels"), stock.title
    )
    layout = LabelLayout(stock, document)
    rest = iter(labels)
    first = start_at - 1
    while page := list(islice(rest, stock.per_page - first)):
        progress(0, len(labels))
        drawn = [layout.drawn(label, place) for place, label in enumerate(page, start=first)]
        document.add_page("\n".join(drawn))
        first = 0
    document.finish()
    return document.pages
