from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget  # noqa: TID251 — a test drives widgets

from ui.widgets.palette import Offer, Palette

OFFERS = (Offer("mark", "Start marking"), Offer("print", "Print labels"))


@pytest.fixture
def host(qtbot, light):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    field = QLineEdit(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    return window


@pytest.fixture
def palette(host):
    palette = Palette(host)
    palette.asked.connect(lambda text, number: palette.offer(number, OFFERS if text else ()))
    palette.open()
    return palette


def _line(palette):
    return palette.findChild(QLineEdit)


def test_a_few_letters_and_enter_run_a_command(qtbot, palette):
    qtbot.keyClicks(_line(palette), "ma")
    qtbot.keyClick(_line(palette), Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as told:
        qtbot.keyClick(_line(palette), Qt.Key.Key_Return)
    assert told.args == ["print"]
    assert not palette.isVisible()


def test_escape_puts_it_away_and_the_cursor_back(qtbot, host, palette):
    assert _line(palette).hasFocus()
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(_line(palette), Qt.Key.Key_Escape)
    assert host.findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly).hasFocus()


def test_a_press_beside_the_panel_puts_it_away(qtbot, palette):
    with qtbot.waitSignal(palette.closed):
        qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 590))


def test_an_answer_to_an_older_text_is_dropped(qtbot, host, light):
    palette, asked = Palette(host), []
    palette.asked.connect(lambda text, number: asked.append((text, number)))
    palette.open()
    palette.type_text("KB4471902")
    (_nothing, older), (text, newer) = asked
    assert text == "KB4471902"
    palette.offer(older, OFFERS)
    chosen = []
    palette.chosen.connect(chosen.append)
    qtbot.keyClick(_line(palette), Qt.Key.Key_Return)
    assert chosen == []
    palette.offer(newer, OFFERS)
    qtbot.keyClick(_line(palette), Qt.Key.Key_Return)
    assert chosen == ["mark"]


def test_tab_stays_in_the_line(qtbot, palette):
    qtbot.keyClick(_line(palette), Qt.Key.Key_Tab)
    assert _line(palette).hasFocus()


def test_it_covers_the_window_at_every_size(qtbot, host, palette):
    host.resize(700, 500)
    qtbot.waitUntil(lambda: palette.size() == host.size())
