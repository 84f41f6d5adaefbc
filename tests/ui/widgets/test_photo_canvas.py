from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest

from ui.widgets.photo_canvas import LARGEST, PhotoCanvas

pytestmark = pytest.mark.usefixtures("light")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot):
    made = PhotoCanvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    picture = QPixmap(1600, 1200)
    picture.fill(QColor("#112233"))
    made.show_picture(picture)
    return made


def test_a_photo_is_shown_whole_first(canvas):
    assert (canvas.percent, canvas.fits) == (25, True)
    assert canvas.place().toRect() == canvas.rect()
    assert canvas.grab().toImage().pixelColor(200, 150) == QColor("#112233")


def test_a_small_photo_is_not_blown_up(canvas):
    canvas.show_picture(QPixmap(100, 50))
    assert canvas.percent == 100
    assert canvas.place().center() == QRectF(canvas.rect()).center()


def test_zooming_keeps_the_point_that_is_looked_at(canvas):
    point = QPointF(100, 80)
    before = (point - canvas.place().topLeft()) / (canvas.percent / 100)
    canvas.zoom(4, point)
    after = (point - canvas.place().topLeft()) / (canvas.place().width() / 1600)
    assert abs(after.x() - before.x()) < 4
    assert abs(after.y() - before.y()) < 4
    assert not canvas.fits


def test_zooming_ends_at_the_whole_and_at_eightfold(canvas):
    canvas.zoom(100)
    assert canvas.percent == LARGEST * 100
    canvas.zoom(-100)
    assert (canvas.percent, canvas.fits) == (25, True)
    canvas.show_real_size()
    assert canvas.percent == 100


def test_the_photo_is_dragged_and_never_out_of_its_room(canvas):
    canvas.show_real_size()
    before = canvas.place().topLeft()
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 150))
    QTest.mouseMove(canvas, QPoint(150, 130))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(150, 130))
    assert canvas.place().topLeft() == before + QPointF(-50, -20)
    canvas.move_by(QPointF(9000, 9000))
    assert canvas.place().topLeft() == QPointF(0, 0)
    canvas.move_by(QPointF(-9000, -9000))
    assert canvas.place().right() == canvas.width()


def test_a_double_click_shows_a_part_and_the_whole_again(canvas):
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(100, 80))
    assert canvas.percent == 100
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(100, 80))
    assert canvas.fits


def test_without_a_photo_it_says_why_and_nothing_can_be_zoomed(canvas):
    canvas.say("not here", "cloud-off")
    assert not canvas.has_picture
    before = canvas.grab().toImage()
    canvas.zoom(3)
    canvas.show_real_size()
    assert canvas.grab().toImage() == before


def test_a_whole_photo_stays_whole_when_the_room_changes(canvas):
    canvas.resize(800, 600)
    assert (canvas.percent, canvas.fits) == (50, True)
