from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from ui.widgets.side_view import SideView, Sign

pytestmark = pytest.mark.usefixtures("light")

SIGNS = [
    Sign("KB 1", "Serial", "receiver", "left", "Receiver, left side"),
    Sign("UG 26 0007", "Applied mark", "receiver", "right", ours=True),
    Sign("1902", "Assembly", "bolt", "top"),
]


def shown(qtbot, width=900, signs=SIGNS):
    view = SideView()
    qtbot.addWidget(view)
    view.show_weapon("ASR", signs)
    view.resize(width, 320)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    return view


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def test_arrows_go_from_mark_to_mark(qtbot):
    view, told = shown(qtbot), []
    view.mark_chosen.connect(told.append)
    assert view.chosen == -1
    view.rows()[0].setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Home)
    assert told == [0, 1, 2, 0]
    assert [row.isChecked() for row in view.rows()] == [True, False, False]
    stops = [row.focusPolicy() == Qt.FocusPolicy.StrongFocus for row in view.rows()]
    assert stops == [True, False, False]


def test_a_press_on_a_number_or_a_line_chooses(qtbot):
    view, told = shown(qtbot), []
    view.mark_chosen.connect(told.append)
    number = view.drawing.discs()[2].toPoint()
    QTest.mouseClick(view.drawing, Qt.MouseButton.LeftButton, pos=number)
    assert QApplication.focusWidget() is view.rows()[2]
    QTest.mouseClick(view.rows()[1], Qt.MouseButton.LeftButton)
    assert told == [2, 1]
    assert view.rows()[1].isChecked()


def test_what_the_page_chooses_is_shown_and_not_told(qtbot):
    view, told = shown(qtbot), []
    view.mark_chosen.connect(told.append)
    before = view.grab().toImage()
    view.choose(1)
    assert (view.chosen, told) == (1, [])
    assert view.grab().toImage() != before
    view.choose(7)
    assert view.chosen == -1
    assert view.grab().toImage() == before


def test_another_weapon_takes_its_place_and_the_same_one_changes_nothing(qtbot):
    view = shown(qtbot)
    view.choose(1)
    view.show_weapon("ASR", SIGNS)
    assert view.chosen == 1
    view.show_weapon("PST", SIGNS[:1])
    assert (view.chosen, len(view.rows())) == (-1, 1)
    view.show_weapon("PST", [])
    assert view.rows() == ()


def test_drawing_and_lines_have_names(qtbot):
    view = shown(qtbot)
    assert "Assault rifle" in view.drawing.accessibleName()
    assert "3" in view.drawing.accessibleName()
    assert all(row.accessibleName() for row in view.rows())


def test_the_legend_stands_where_reading_ends_and_the_weapon_is_not_mirrored(qtbot):
    left = shown(qtbot)
    spots = left.drawing.spots()
    assert left.rows()[0].mapTo(left, left.rows()[0].rect().topLeft()).x() > 500
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = shown(qtbot)
    assert right.rows()[0].mapTo(right, right.rows()[0].rect().topLeft()).x() < 100
    assert right.drawing.spots() == spots


def test_without_room_beside_it_the_legend_stands_below(qtbot):
    view = shown(qtbot, 500)
    view.resize(500, 560)
    row = view.rows()[0]
    assert row.mapTo(view, row.rect().topLeft()).y() > view.drawing.geometry().bottom() - 1


def test_before_anything_is_shown_there_is_a_part_and_no_mark(qtbot):
    view = SideView()
    qtbot.addWidget(view)
    assert view.rows() == ()
    assert view.drawing.accessibleName().startswith("Weapon")


@pytest.mark.parametrize("width", [480, 900])
def test_the_legend_of_a_few_marks_does_not_scroll(qtbot, width):
    view = shown(qtbot, width, [*SIGNS, *SIGNS])
    view.resize(width, view.minimumSizeHint().height())
    QApplication.processEvents()
    assert view._legend.verticalScrollBar().maximum() == 0
