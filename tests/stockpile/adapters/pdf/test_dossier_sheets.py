"""Copies, sizes of paper, and codes that are read back before a paper leaves."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from stockpile.adapters.pdf import dossier
from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.domain.errors import PaperMisread
from stockpile.language import plain
from stockpile.services.documents import (
    Column,
    Paper,
    SignatureBox,
    Signatures,
    Style,
    Table,
    Words,
)

SHORT = Paper(
    "Collection receipt", "Kampala", "CR-KLA-26-0001",
    (Words("One rifle."), Signatures((SignatureBox("Received by"), SignatureBox("Given by")))),
    copies=2,
)  # fmt: skip
MIDDLE = replace(SHORT, blocks=(Table((Column("Serial"),), (("KB 1",),) * 14), *SHORT.blocks))
LONG = replace(SHORT, blocks=(Table((Column("Serial"),), (("KB 1",),) * 30), *SHORT.blocks))


def pages(file):
    with pypdfium2.PdfDocument(file) as document:
        return [plain(page.get_textpage().get_text_range()) for page in document]


def codes(file):
    with pypdfium2.PdfDocument(file) as document:
        shown = document[0].render(scale=300 / 72, grayscale=True).to_pil()
    half = shown.height // 2
    heads = [shown.crop((0, top, shown.width, top + 500)) for top in (0, half)]
    formats = zxingcpp.barcode_formats_from_str("Code128,QRCode")
    return [[one.text for one in zxingcpp.read_barcodes(head, formats)] for head in heads]


@pytest.mark.parametrize("paper", [SHORT, MIDDLE])
def test_two_copies_share_a_sheet_where_both_fit(tmp_path, paper):
    drawn = PdfPress().draw(paper, tmp_path / "a.pdf")
    (page,) = pages(drawn.file)
    assert drawn.pages == 1
    assert page.count("Collection receipt") == 2
    assert "Copy 1 of 2" in page
    assert "Copy 2 of 2" in page
    assert codes(drawn.file) == [[paper.code]] * 2


def test_copies_that_are_longer_than_half_a_sheet_follow_each_other(tmp_path):
    drawn = PdfPress().draw(LONG, tmp_path / "a.pdf")
    first, second = pages(drawn.file)
    assert "Copy 1 of 2 · Page 1 of 1" in first
    assert "Copy 2 of 2 · Page 1 of 1" in second


def test_letter_is_as_wide_and_high_as_letter_is(tmp_path):
    for paper in (SHORT, replace(SHORT, copies=1)):
        file = PdfPress().draw(replace(paper, size="Letter"), tmp_path / "a.pdf").file
        chosen = PdfPress(lambda: Style(size="Letter")).draw(paper, tmp_path / "b.pdf").file
        for one in (file, chosen):
            with pypdfium2.PdfDocument(one) as document:
                assert document[0].get_size() == (612, 792)


def test_the_seal_of_the_house_stands_as_a_qr_code_beside_the_bars(tmp_path):
    sealed = PdfPress(seal=lambda paper: f"SP1/{paper.code}/" + "A" * 120)
    drawn = sealed.draw(replace(SHORT, copies=1), tmp_path / "a.pdf")
    assert set(codes(drawn.file)[0]) == {SHORT.code, f"SP1/{SHORT.code}/" + "A" * 120}


def test_a_paper_whose_code_does_not_scan_does_not_leave(tmp_path, monkeypatch):
    monkeypatch.setattr(dossier, "_MODULE", 0.1)
    with pytest.raises(PaperMisread) as caught:
        PdfPress().draw(SHORT, tmp_path / "a.pdf")
    assert caught.value.expected == f"Code128 {SHORT.code}"
    assert list(tmp_path.iterdir()) == []
