"""The PDF opens, holds its own fonts, is the same every time, and does not grow in memory."""

from __future__ import annotations

import io
import tracemalloc

import pypdfium2
import pytest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.shaping import Hand, written


def made(*pages: str) -> bytes:
    out = io.BytesIO()
    document = StreamedDocument(out, 200, 100, "Labels", "a stock")
    for text in pages:
        runs = " ".join(document.show(run, 10) for run in written(text, Hand.PLAIN).runs)
        document.add_page(f"BT 1 0 0 1 10 50 Tm {runs} ET")
    assert document.pages == len(pages)
    document.finish()
    return out.getvalue()


@pytest.fixture
def opened():
    """Return an opener of PDFs that closes them again."""
    documents = []

    def open_it(content: bytes) -> pypdfium2.PdfDocument:
        documents.append(pypdfium2.PdfDocument(content))
        return documents[-1]

    yield open_it
    for document in documents:
        document.close()


def test_pages_and_text_are_there(opened):
    document = opened(made("KB-4567", "АК-74", "五六式"))
    assert len(document) == 3
    assert document[0].get_size() == (200, 100)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert texts == ["KB-4567", "АК-74", "五六式"]
    assert document.get_metadata_value("Title") == "Labels"
    assert document.get_metadata_value("Subject") == "a stock"


def test_every_font_is_embedded(opened):
    content = made("KB-4567 بندقية 枪")
    assert b"Helvetica" not in content
    assert content.count(b"/FontFile2") == 3
    text = opened(content)[0].get_textpage().get_text_bounded()
    assert "KB-4567" in text
    assert "枪" in text


def test_the_same_labels_give_the_same_bytes():
    assert made("KB-4567", "بندقية") == made("KB-4567", "بندقية")
    assert made("KB-4567") != made("KB-4568")


def test_the_cross_references_point_at_their_objects():
    content = made("KB-4567", "بندقية")
    start = int(content.rsplit(b"startxref", 1)[1].split()[0])
    lines = content[start:].splitlines()
    assert lines[0] == b"xref"
    first, count = map(int, lines[1].split())
    assert first == 0
    for number, line in enumerate(lines[3 : 2 + count], start=1):
        assert content[int(line.split()[0]) :].startswith(f"{number} 0 obj".encode())


class Nowhere(io.RawIOBase):
    def write(self, content):
        return len(content)


def test_memory_does_not_grow_with_the_pages():
    page = "0 0 1 1 re f\n" * 5000
    document = StreamedDocument(Nowhere(), 200, 100, "Labels", "a stock")
    tracemalloc.start()
    try:
        for _ in range(20):
            document.add_page(page)
        early, _ = tracemalloc.get_traced_memory()
        for _ in range(200):
            document.add_page(page)
        late, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (late - early) / 200 < 3000  # a page's numbers and offset; its content is 65 kB
