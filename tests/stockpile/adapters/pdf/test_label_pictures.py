"""A picture of a label is its print: as large, and its symbols read."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from stockpile.adapters.pdf.label_pictures import PdfLabelPictures
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.tags import matrix_payload
from stockpile.services.ports import LabelPictures

MATRIX = LabelElement("matrix", 40_000, 2_000, 12_000, 12_000)


@pytest.fixture
def pictures() -> LabelPictures:
    return PdfLabelPictures()


def test_what_is_shown_is_what_is_printed(pictures, make_label):
    label = make_label("KB-1")
    layout = LabelLayoutSet("One", "weapon", 60_000, 30_000, (MATRIX,))
    picture = pictures.picture(label, layout, 203)
    shown = Image.frombytes("L", (picture.width, picture.height), picture.pixels)
    assert picture.width / picture.height == pytest.approx(2, rel=0.01)
    (found,) = zxingcpp.read_barcodes(shown)
    assert found.text == matrix_payload(label.tag, label.mac)


def test_the_largest_card_is_no_larger_than_a_screen(pictures, make_label):
    layout = LabelLayoutSet("Card", "crate", 210_000, 148_500, (MATRIX,))
    assert pictures.picture(make_label("A-12"), layout, 300).width <= 1_601


def test_every_stock_is_told(pictures):
    assert {"l7160", "roll-58x40"} <= {face.name for face in pictures.faces()}
