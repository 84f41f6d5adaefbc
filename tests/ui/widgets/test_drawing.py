from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.theme import font
from ui.widgets.drawing import facing, fitting, rounded, text_width, words

pytestmark = pytest.mark.usefixtures("light")


def _canvas():
    image = QImage(200, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def _inked(image):
    white = QColor("white")
    return [x for x in range(200) if any(image.pixelColor(x, y) != white for y in range(40))]


def _written(text, where, direction):
    image = _canvas()
    painter = QPainter(image)
    painter.setLayoutDirection(direction)
    words(painter, where, text, font(13), "#000000")
    painter.end()
    return _inked(image)


def test_words_start_where_reading_starts():
    where = QRect(0, 0, 200, 40)
    assert min(_written("Lot", where, Qt.LayoutDirection.LeftToRight)) < 10
    assert max(_written("Lot", where, Qt.LayoutDirection.RightToLeft)) > 190


def test_words_never_leave_their_place():
    where = QRect(20, 0, 60, 40)
    inked = _written("much too long for this place", where, Qt.LayoutDirection.LeftToRight)
    assert min(inked) >= 18
    assert max(inked) <= 82


def test_a_measured_text_is_never_shortened():
    for text in ("Scanner ready", "In transit", "7.62×39", "صالح"):
        width = text_width(font(12, 500), text)
        metrics = QFontMetrics(font(12, 500))
        assert metrics.elidedText(text, Qt.TextElideMode.ElideRight, width) == text


def test_a_border_lies_inside():
    image = _canvas()
    painter = QPainter(image)
    rounded(painter, QRectF(10, 10, 50, 20), 4, "#FF0000", "#0000FF", 2)
    painter.end()
    assert image.pixelColor(11, 20) == QColor("#0000FF")
    assert image.pixelColor(30, 20) == QColor("#FF0000")
    assert min(_inked(image)) >= 10


def test_a_place_is_counted_from_where_reading_starts(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(100, 20)
    assert facing(widget, QRect(0, 0, 10, 20)).x() == 0
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert facing(widget, QRect(0, 0, 10, 20)).x() == 90


def test_what_was_measured_is_remembered_per_style():
    assert fitting("much too long", font(13).step, 40) != fitting("much too long", font(9).step, 80)
    assert fitting("short", font(13).step, 400) == "short"
