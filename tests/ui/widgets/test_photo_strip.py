from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog  # noqa: TID251 — a test drives widgets

from tests.helpers.shots import a_file, encoded, opened
from ui.theme import LIGHT
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.photo_strip import PhotoStrip, Shot, taken_from

pytestmark = pytest.mark.usefixtures("light")

SHOTS = [Shot("a", "Left side"), Shot("b", "Mark", "serial"), Shot("c", "Top", missing=True)]
COPY = Qt.DropAction.CopyAction
NO_KEYS = Qt.KeyboardModifier.NoModifier


def shown(qtbot, shots=SHOTS, **given):
    strip = PhotoStrip(shots, **given)
    qtbot.addWidget(strip)
    strip.resize(700, strip.height())
    with qtbot.waitExposed(strip):
        strip.show()
    strip.activateWindow()
    return strip


def press(key, modifier=NO_KEYS):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def start(strip):
    strip.tiles()[0].setFocus(Qt.FocusReason.TabFocusReason)


def test_arrows_go_from_photo_to_photo_and_enter_opens_one(qtbot):
    strip, chosen, asked = shown(qtbot), [], []
    strip.chosen.connect(chosen.append)
    strip.opened.connect(asked.append)
    start(strip)
    assert strip.current == "a"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    assert (chosen, asked) == (["b", "c", "b"], ["b"])
    press(Qt.Key.Key_End)
    assert strip.current == ""
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Home)
    assert strip.current == "a"


def test_the_row_is_one_stop_of_the_tab_key(qtbot):
    strip = shown(qtbot)
    start(strip)
    press(Qt.Key.Key_Right)
    stops = [tile.focusPolicy() == Qt.FocusPolicy.StrongFocus for tile in strip.tiles()]
    assert stops == [False, True, False, False]


def test_from_the_right_the_arrows_go_where_they_point(qtbot, mirrored):
    strip = shown(qtbot)
    start(strip)
    press(Qt.Key.Key_Left)
    assert strip.current == "b"
    press(Qt.Key.Key_Right)
    assert strip.current == "a"


def test_a_click_chooses_and_a_double_click_opens(qtbot):
    strip, asked = shown(qtbot), []
    strip.opened.connect(asked.append)
    QTest.mouseClick(strip.tiles()[1], Qt.MouseButton.LeftButton)
    assert (strip.current, asked) == ("b", [])
    QTest.mouseDClick(strip.tiles()[1], Qt.MouseButton.LeftButton)
    assert asked == ["b"]


def test_pictures_are_asked_for_when_the_row_is_seen_and_only_once(qtbot):
    strip, asked = PhotoStrip(SHOTS[:1]), []
    qtbot.addWidget(strip)
    strip.wanted.connect(lambda digest, edge: asked.append((digest, edge)))
    assert asked == []
    with qtbot.waitExposed(strip):
        strip.show()
    assert asked == [("a", 144)]
    strip.show_shots(SHOTS[:2])
    assert asked == [("a", 144), ("b", 144)]
    strip.show_picture("a", encoded())
    assert strip.tiles()[0].has_picture
    strip.show_shots([SHOTS[1], SHOTS[0]])
    assert strip.tiles()[1].has_picture  # and it is not fetched again
    assert len(asked) == 2
    strip.show_missing("b")
    assert "Not on this computer yet" in strip.tiles()[0].accessibleName()
    strip.show_picture("gone", encoded())


def test_delete_asks_why_and_tells_the_reason(qtbot):
    strip, removed = shown(qtbot), []
    strip.removed.connect(lambda *told: removed.append(told))
    start(strip)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Delete)
    (dialog,) = strip.findChildren(ConfirmDialog)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    assert not dialog.confirm.isEnabled()
    QTest.keyClicks(QApplication.focusWidget(), "a face")
    qtbot.waitUntil(dialog.confirm.isEnabled)
    QTest.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert removed == [("b", "a face")]


def test_escape_takes_nothing_off(qtbot):
    strip, removed = shown(qtbot), []
    strip.removed.connect(lambda *told: removed.append(told))
    start(strip)
    press(Qt.Key.Key_Delete)
    (dialog,) = strip.findChildren(ConfirmDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert removed == []


def test_the_cursor_and_the_focus_stay_in_the_row_when_a_photo_goes(qtbot):
    strip = shown(qtbot)
    start(strip)
    press(Qt.Key.Key_Right)
    strip.show_shots([SHOTS[0], SHOTS[2]])
    assert strip.current == "c"
    assert QApplication.focusWidget() is strip.tiles()[1]
    strip.show_shots([])
    assert QApplication.focusWidget() is strip.tiles()[0]
    assert strip.current == ""


def test_without_photos_the_tile_for_new_ones_takes_the_room(qtbot):
    strip = shown(qtbot, [])
    (add,) = strip.tiles()
    assert add.width() > 600
    strip.show_shots(SHOTS)
    qtbot.waitUntil(lambda: add.width() < 200)


def test_a_row_to_look_at_only_takes_nothing(qtbot, tmp_path):
    strip, told = shown(qtbot, SHOTS, editable=False), []
    strip.added.connect(told.append)
    assert len(strip.tiles()) == 3
    assert not strip.acceptDrops()
    start(strip)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Insert)
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(a_file(tmp_path)))])
    assert not strip.take(offered)
    assert (told, strip.findChildren(ConfirmDialog)) == ([], [])
    assert strip.findChildren(QFileDialog) == []
    strip.show_shots([])
    assert strip.current == ""


def test_files_are_dropped(qtbot, tmp_path):
    strip, told = shown(qtbot), []
    strip.added.connect(told.append)
    files = [a_file(tmp_path, "1.jpg"), a_file(tmp_path, "2.jpg")]
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(file)) for file in [*files, tmp_path]])
    at, left = QPoint(5, 5), Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(at, COPY, offered, left, NO_KEYS)
    QApplication.sendEvent(strip, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(strip, QDropEvent(QPointF(at), COPY, offered, left, NO_KEYS))
    assert told == [tuple(files)]


def test_a_text_is_not_taken(qtbot):
    strip, told = shown(qtbot), []
    strip.added.connect(told.append)
    offered = QMimeData()
    offered.setText("KB4471902")
    entering = QDragEnterEvent(QPoint(5, 5), COPY, offered, Qt.MouseButton.LeftButton, NO_KEYS)
    entering.ignore()
    QApplication.sendEvent(strip, entering)
    assert not entering.isAccepted()
    assert taken_from(offered) == ()


def test_a_picture_is_pasted_from_the_clipboard(qtbot):
    strip, told = shown(qtbot), []
    strip.added.connect(told.append)
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(picture)
    start(strip)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    ((content,),) = told
    assert opened(content).size == (30, 20)
    QGuiApplication.clipboard().clear()
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(told) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Insert, Qt.Key.Key_Space])
def test_files_are_picked(qtbot, tmp_path, key):
    strip, told = shown(qtbot, []), []
    strip.added.connect(told.append)
    start(strip)
    press(key)
    (dialog,) = strip.findChildren(QFileDialog)
    file = a_file(tmp_path)
    dialog.filesSelected.emit([str(file)])
    dialog.reject()
    assert told == [(Path(file),)]
    strip.show_adding(busy=True)
    strip.show_adding(busy=False)


def test_without_photos_it_is_no_taller_than_the_tile_that_takes_them(light, qtbot):
    strip = PhotoStrip()
    qtbot.addWidget(strip)
    strip.show()
    (tile,) = strip.tiles()
    assert strip.height() - tile.height() <= 4
    alone = tile.height()
    assert tile.grab().toImage().pixelColor(60, alone - 3) == QColor(LIGHT.inset)
    strip.show_shots([Shot("ab" * 32, "Left side")])
    assert strip.height() > strip.tiles()[0].height() == tile.height() > alone
