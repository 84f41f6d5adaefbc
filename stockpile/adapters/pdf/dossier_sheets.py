"""From pages to sheets: page x of y, and two copies on a sheet with a line to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_flow import Leaf, in_lines
from stockpile.language import _, figure

Page = tuple[str, tuple[str, ...]]
"""What draws a page, and the names of the pictures on it."""


def page_words(pages: int, copy: int, copies: int) -> list[str]:
    """Return what each page says of itself: which of how many, and of which copy."""
    words = [
        _("Page {page} of {pages}").format(page=figure(one), pages=figure(pages))
        for one in range(1, pages + 1)
    ]
    if copies == 1:
        return words
    said = _("Copy {number} of {count}").format(number=figure(copy), count=figure(copies))
    return [f"{said} · {one}" for one in words]


def bind(document: StreamedDocument, copies: Sequence[Sequence[Page]], halved: Leaf | None) -> None:
    """Put the pages of all copies into a document; ``halved`` is what each of two is drawn on.

    Copies that are longer than half a sheet follow each other.
    """
    if halved is None:
        for pages in copies:
            for operators, names in pages:
                document.add_page(operators, names)
        return
    for pair in in_lines([pages[0] for pages in copies], 2):
        upper, lower = next(zip_longest(pair[::2], pair[1::2]))
        document.add_page(*_shared(upper, lower, halved))


def _shared(upper: Page, lower: Page | None, leaf: Leaf) -> Page:
    """Return a sheet with one copy above the other and a dashed line to cut along."""
    scale = leaf.scale
    middle, width = leaf.height * scale, leaf.width * scale
    raised = f"q {scale:g} 0 0 {scale:g} 0 {middle:.3f} cm\n{upper[0]}\nQ"
    cut = f"q 0.55 G 0.6 w [4 3] 0 d 0 {middle:.3f} m {width:.3f} {middle:.3f} l S Q"
    operators, names = lower or ("", ())
    below = f"q {scale:g} 0 0 {scale:g} 0 0 cm\n{operators}\nQ" if operators else ""
    return f"{raised}\n{cut}\n{below}", tuple(dict.fromkeys((*upper[1], *names)))
