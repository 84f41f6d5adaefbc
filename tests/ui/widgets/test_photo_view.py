from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 — a test drives widgets

from tests.helpers.shots import drawn, encoded
from ui.widgets.photo_view import PhotoView, Shot

pytestmark = pytest.mark.usefixtures("light")

SHOTS = [Shot("a", "Left side"), Shot("b", "Mark", "serial"), Shot("c", "Top")]
PHOTO = encoded("JPEG", drawn(1600, 1200))


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def opened(qtbot, window, digest="b"):
    view, asked = PhotoView(SHOTS, digest, window), []
    view.wanted.connect(asked.append)
    view.open()
    qtbot.waitExposed(view)
    return view, asked


def press(view, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(view.canvas, key, modifier)


def test_the_photo_is_asked_for_when_it_is_opened_and_fills_the_window(qtbot, window):
    view, asked = opened(qtbot, window)
    assert asked == ["b"]
    assert view.width() > 900
    view.show_picture("a", PHOTO)
    assert not view.canvas.has_picture  # another one's
    view.show_picture("b", PHOTO)
    assert view.canvas.has_picture
    assert view.canvas.accessibleName() == "Mark. serial. 2 of 3"


def test_arrows_turn_to_the_others_and_end_at_the_ends(qtbot, window):
    view, asked = opened(qtbot, window)
    press(view, Qt.Key.Key_Right)
    assert (view.shot.digest, view.forth.isEnabled()) == ("c", False)
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_PageUp)
    press(view, Qt.Key.Key_Home)
    assert asked == ["b", "c", "b", "a"]
    press(view, Qt.Key.Key_End)
    QTest.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.shot.digest == "b"


def test_from_the_right_the_left_arrow_goes_on(qtbot, window, mirrored):
    view, _asked = opened(qtbot, window)
    press(view, Qt.Key.Key_Left)
    assert view.shot.digest == "c"


def test_keys_zoom_move_and_show_the_whole(qtbot, window):
    view, _asked = opened(qtbot, window)
    view.show_picture("b", PHOTO)
    whole = view.canvas.percent
    press(view, Qt.Key.Key_Plus)
    assert view.canvas.percent > whole
    press(view, Qt.Key.Key_Minus)
    assert view.canvas.fits
    press(view, Qt.Key.Key_1)
    assert view.canvas.percent == 100
    before = view.canvas.place()
    press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.place().left() < before.left()
    assert view.shot.digest == "b"
    press(view, Qt.Key.Key_0)
    assert view.canvas.fits


def test_the_wheel_zooms_round_the_pointer(qtbot, window):
    view, _asked = opened(qtbot, window)
    view.show_picture("b", PHOTO)
    whole, at = view.canvas.percent, QPointF(50, 60)
    turned = QWheelEvent(
        at, view.canvas.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - Qt takes it by place only
    )  # fmt: skip
    QApplication.sendEvent(view.canvas, turned)
    assert view.canvas.percent > whole


def test_a_photo_that_is_not_here_is_said(qtbot, window):
    view, _asked = opened(qtbot, window)
    fetching = view.canvas.grab().toImage()
    view.show_missing("a")
    assert view.canvas.grab().toImage() == fetching
    view.show_missing("b")
    assert view.canvas.grab().toImage() != fetching


def test_escape_closes(qtbot, window):
    view, _asked = opened(qtbot, window)
    press(view, Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_an_unknown_photo_begins_at_the_first(qtbot, window):
    assert opened(qtbot, window, "zzz")[0].shot.digest == "a"
