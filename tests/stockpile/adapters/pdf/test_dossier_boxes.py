"""Signatures on paper: side by side, with what stands there already, never torn over a page."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.services.documents import Paper, SignatureBox, Signatures, Words
from tests.helpers.files import a_picture

FOUR = Signatures(
    (
        SignatureBox("Handed out by", "A. Mbuyi", "Signed with PIN, 2026-05-04 06:10"),
        SignatureBox("Received by", "J. Okello", jpeg=a_picture(300, 120)),
        SignatureBox("Witness", "P. Ilunga"),
        SignatureBox("Commander"),
    )
)


def drawn(tmp_path, *blocks, rtl=False):
    paper = Paper("Hand receipt", "Guard 2", "HR-KLA-26-0001", blocks, (), rtl)
    return PdfPress().draw(paper, tmp_path / "p.pdf").file


def places(page, *words):
    """Return left edge and height of each word on a page."""
    text = page.get_textpage()
    found = {}
    for word in words:
        hit = text.search(word).get_next()
        if hit is not None:
            left, bottom, _right, _top = text.get_charbox(hit[0])
            found[word] = (left, bottom)
    return found


def test_three_boxes_stand_side_by_side(tmp_path):
    with pypdfium2.PdfDocument(drawn(tmp_path, Signatures(FOUR.boxes[:3]))) as document:
        at = places(document[0], "Handed", "Received", "Witness")
    assert at["Handed"][0] < at["Received"][0] < at["Witness"][0]
    assert at["Handed"][1] == pytest.approx(at["Witness"][1], abs=1)


def test_four_boxes_stand_two_by_two(tmp_path):
    with pypdfium2.PdfDocument(drawn(tmp_path, FOUR)) as document:
        at = places(document[0], "Handed", "Received", "Witness", "Commander", "Signed with PIN")
        pictures = [one for one in document[0].get_objects() if one.type == 3]
    assert at["Handed"][0] < at["Received"][0]
    assert at["Handed"][1] == pytest.approx(at["Received"][1], abs=1)
    assert at["Commander"][1] < at["Handed"][1] - 60
    assert at["Signed with PIN"][1] < at["Handed"][1]
    assert len(pictures) == 1


def test_in_arabic_the_first_box_is_the_right_one(tmp_path):
    boxes = Signatures((SignatureBox("سلّمه", "A. Mbuyi"), SignatureBox("استلمه", "J. Okello")))
    with pypdfium2.PdfDocument(drawn(tmp_path, boxes, rtl=True)) as document:
        at = places(document[0], "Mbuyi", "Okello")
    assert at["Mbuyi"][0] > at["Okello"][0] + 100


@pytest.mark.parametrize("lines", range(34, 50, 3))
def test_boxes_are_never_torn_over_a_page(tmp_path, lines):
    file = drawn(tmp_path, *(Words(f"Line {n}") for n in range(lines)), FOUR)
    with pypdfium2.PdfDocument(file) as document:
        pages = [places(page, "Handed", "Ilunga", "Commander") for page in document]
    assert [len(page) for page in pages if page] == [3]


def test_more_boxes_than_a_page_holds_are_all_drawn(tmp_path):
    many = Signatures(tuple(SignatureBox(f"Counter{n:02}") for n in range(40)))
    with pypdfium2.PdfDocument(drawn(tmp_path, many)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) > 1
    assert sum(text.count("Counter") for text in texts) == 40
