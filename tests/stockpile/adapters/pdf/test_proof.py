"""The head of a paper is read as a scanner reads it, and what reads otherwise is named."""

from __future__ import annotations

import io

import pytest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.proof import demand_codes
from stockpile.adapters.pdf.symbols import code_128, qr
from stockpile.domain.errors import PaperMisread

WIDTH, HEIGHT = 595, 842
MODULE = 72 / 300 * 4


def drawn(*symbols):
    """Return a page with symbols at its head: each with its place from the upper edge."""
    out = io.BytesIO()
    document = StreamedDocument(out, WIDTH, HEIGHT, "Paper", "")
    said = []
    for symbol, x, top in symbols:
        height = MODULE if symbol.rows > 1 else 30
        y = HEIGHT - top - symbol.rows * height
        said.append(f"q {MODULE} 0 0 {height} {x} {y:.2f} cm {symbol.runs} f Q")
    document.add_page("\n".join(said))
    document.finish()
    return out.getvalue()


def test_what_stands_there_is_what_should():
    page = drawn((code_128("HR-KLA-26-0001"), 60, 48), (qr("SP1/A"), 400, 48))
    demand_codes(page, (0.0,), ("Code128 HR-KLA-26-0001", "QRCode SP1/A"))


@pytest.mark.parametrize(
    ("codes", "read"),
    [
        (("Code128 HR-KLA-26-0002",), "Code128 HR-KLA-26-0001"),
        (("Code128 HR-KLA-26-0001", "QRCode SP1/A"), "Code128 HR-KLA-26-0001"),
    ],
)
def test_another_number_or_a_missing_seal_withholds_the_paper(codes, read):
    page = drawn((code_128("HR-KLA-26-0001"), 60, 48))
    with pytest.raises(PaperMisread) as caught:
        demand_codes(page, (0.0,), codes)
    assert caught.value.read == read


def test_both_copies_on_a_sheet_are_read():
    bars = code_128("CR-KLA-26-0001")
    both = drawn((bars, 60, 28), (bars, 60, HEIGHT / 2 + 28))
    demand_codes(both, (0.0, HEIGHT / 2), ("Code128 CR-KLA-26-0001",))
    with pytest.raises(PaperMisread) as caught:
        demand_codes(drawn((bars, 60, 28)), (0.0, HEIGHT / 2), ("Code128 CR-KLA-26-0001",))
    assert caught.value.read == ""


def test_what_is_no_pdf_does_not_leave():
    with pytest.raises(PaperMisread):
        demand_codes(b"no PDF", (0.0,), ("Code128 A",))
