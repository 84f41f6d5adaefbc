"""The dots of a label: drawn, read as a scanner does, spoilt, withheld when they say wrongly."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from stockpile.adapters.printing.canvas import LARGEST, Canvas, demand_read, drawn
from stockpile.adapters.printing.placing import placed
from stockpile.domain.errors import LabelMisread
from stockpile.services.ports import Bitmap
from tests.helpers.label_printers import LAYOUT, boxes, label


def test_what_is_drawn_is_read():
    canvas = Canvas(500, 300)
    canvas.symbol("code128", "K8Z1PN3K1VKND", 40, 20, 2, 60)
    canvas.symbol("matrix", "K8Z1PN3K1VKND01234567", 40, 120, 4)
    assert canvas.read() == (
        ("Code128", "K8Z1PN3K1VKND"),
        ("DataMatrix", "K8Z1PN3K1VKND01234567"),
    )
    canvas.spoil()
    assert canvas.read() != drawn(placed(label(), LAYOUT, 203, boxes)).read()


def test_dots_come_back_as_they_were_drawn():
    canvas = Canvas(16, 2)
    canvas.ink(0, 1, Bitmap(8, 1, b"\xa0"))
    canvas.ink(0, 0, Bitmap(0, 1, b""))
    assert canvas.bitmap() == Bitmap(16, 2, b"\0\0\xa0\0")
    assert canvas.grey()[16:20] == b"\x00\xff\x00\xff"
    with Image.open(io.BytesIO(canvas.png())) as picture:
        assert picture.size == (16, 2)


def test_a_label_that_no_printer_has_is_kept_small():
    assert Canvas(10**9, 5).width == LARGEST


def test_a_label_that_reads_otherwise_is_withheld():
    face, other = placed(label(), LAYOUT, 203, boxes), placed(label(1), LAYOUT, 203, boxes)
    for printed in ([drawn(other)], [], [drawn(face), drawn(face)]):
        with pytest.raises(LabelMisread):
            demand_read(face, printed)
