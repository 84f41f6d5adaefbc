"""Label sheets: drawn beside their place, read back, and only then put there."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.stocks import Stock, points, stock_named, stock_names
from stockpile.adapters.pdf.verify import verify
from stockpile.domain.errors import DiskFull, DiskTrouble, FieldMissing, FieldUnreadable
from stockpile.domain.values import Digest
from stockpile.language import _
from stockpile.services.ports import Label, Progress, Sheet, silent

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


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
        with _beside(file) as draft:
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
    _settle(file.parent)
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


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Lend a draft's name in the file's own folder; the draft is gone afterwards."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
    except OSError as error:
        raise _disk_error(file, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _disk_error(file: Path, error: OSError) -> DiskFull | DiskTrouble:
    if error.errno in _NO_ROOM:
        return DiskFull(str(file))
    return DiskTrouble(str(file), error.strerror or str(error))


def _settle(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
