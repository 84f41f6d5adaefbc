from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QStandardItemModel

from ui.theme import LIGHT
from ui.widgets.table_header import HEIGHT, TableHeader

pytestmark = pytest.mark.usefixtures("light")


def _header(qtbot, lead=48, *, sortable=True):
    model = QStandardItemModel(0, 1)
    model.setHorizontalHeaderLabels(["Serial"])
    header = TableHeader([sortable], first_lead=lead)
    qtbot.addWidget(header)
    header.setModel(model)
    model.setParent(header)
    header.resize(200, HEIGHT)
    return header


def _inked(header):
    picture = header.grab().toImage()
    ground = QColor(LIGHT.surface)
    return [x for x in range(200) if any(picture.pixelColor(x, y) != ground for y in range(30))]


def test_a_title_starts_where_the_words_under_it_start(qtbot):
    assert 46 <= min(_inked(_header(qtbot))) <= 52


def test_a_title_changes_sides(qtbot, mirrored):
    assert 148 <= max(_inked(_header(qtbot))) <= 153


def test_an_arrow_tells_the_order(qtbot):
    header = _header(qtbot)
    width = max(_inked(header))
    header.setSortIndicatorShown(True)
    header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert max(_inked(header)) > width
    up = header.grab().toImage()
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert header.grab().toImage() != up


def test_a_title_without_an_order_shows_none(qtbot):
    header = _header(qtbot, sortable=False)
    width = max(_inked(header))
    header.setSortIndicatorShown(True)
    header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert max(_inked(header)) == width
    assert not header.sectionsClickable()
