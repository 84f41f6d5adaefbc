"""Signing by hand: what is drawn is a picture, and a touch by accident is nothing."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ui.widgets.signature_pad import SignaturePad

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(light, qtbot):
    pad = SignaturePad("Signature of P. Otim", "Sign here")
    qtbot.addWidget(pad)
    pad.resize(300, 120)
    with qtbot.waitExposed(pad):
        pad.show()
    return pad


def draw(pad, *points):
    QTest.mousePress(pad, LEFT, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(*points[-1]))


def darkness(content):
    picture = Image.open(io.BytesIO(content)).convert("L")
    return sum(picture.histogram()[:128]), picture.size


def test_a_signature_is_black_on_white_and_twice_as_sharp(pad, qtbot):
    with qtbot.waitSignal(pad.changed):
        draw(pad, (20, 60), (120, 20), (200, 90), (280, 60))
    assert pad.is_signed
    dark, size = darkness(pad.jpeg())
    assert size == (600, 240)
    assert 1_000 < dark < 20_000


def test_a_touch_by_accident_is_no_signature(pad):
    draw(pad, (20, 60))
    assert not pad.is_signed
    assert pad.jpeg() == b""


def test_it_can_be_wiped_away(pad):
    draw(pad, (20, 60), (120, 20), (200, 90), (280, 60))
    pad.clear()
    assert not pad.is_signed


def test_a_stroke_that_leaves_the_paper_ends_at_its_edge(pad):
    draw(pad, (20, 60), (120, 20), (900, 90), (280, 60))
    assert max(point.x() for stroke in pad._strokes for point in stroke) <= 300
