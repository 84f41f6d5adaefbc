"""All widgets together: named, large enough, unclipped, in three languages and both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from stockpile.language import PSEUDO
from tests.ui import gallery
from ui.theme import Mode
from ui.widgets.button import Button, Kind
from ui.widgets.chip import Chip
from ui.widgets.text import ShortLabel

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
PAGES = ("register", "entry", "marking", "transfers", "dashboard", "photos")


@pytest.fixture(params=["en", "ar", PSEUDO])
def window(request, qtbot, light):
    gallery.speak(request.param)
    shown = gallery.Gallery()
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    return shown


def _seen(window, kind):
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def _focusable(window):
    return [
        widget
        for widget in _seen(window, QWidget)
        if isinstance(widget, CONTROLS) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def _spoken(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_the_focus_is_named_and_large_enough(window, page):
    window.open_page(page)
    QApplication.processEvents()
    controls = _focusable(window)
    assert len(controls) > 10
    assert [type(c).__name__ for c in controls if not _spoken(c)] == []
    assert [_spoken(c) for c in controls if min(c.width(), c.height()) < 24] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_no_word_is_clipped(window, page, size):
    window.resize(*size)
    window.open_page(page)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    clipped = [label.text() for label in _seen(window, QLabel) if _is_clipped(label)]
    assert clipped == []
    assert [button.text() for button in _seen(window, Button) if _is_cut(button)] == []


def _is_clipped(label):
    if isinstance(label, ShortLabel) or not label.text():
        return False
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    return label.fontMetrics().horizontalAdvance(label.text()) > label.width() + 1


def _is_cut(button):
    return button.width() < button.sizeHint().width()


@pytest.mark.parametrize("page", ["entry", "photos"])
def test_tab_reaches_everything(window, qtbot, page):
    window.open_page(page)
    QApplication.processEvents()
    wanted = {
        c
        for c in _focusable(window)
        if c.focusPolicy() & Qt.FocusPolicy.TabFocus and c.isEnabled() and not c.focusProxy()
    }
    reached = set()
    for _press in range(len(wanted) + 8):
        current = QApplication.focusWidget()
        reached.add(current)
        qtbot.keyClick(current, Qt.Key.Key_Tab)
    parents = {widget.parentWidget() for widget in reached if widget}
    assert [_spoken(c) for c in wanted - reached - parents] == []


def test_a_page_has_at_most_one_primary_button(window):
    for page in PAGES:
        window.open_page(page)
        QApplication.processEvents()
        loud = [b for b in _seen(window, Button) if b.kind is Kind.PRIMARY]
        assert len(loud) <= 1


def test_chips_show_their_whole_word_where_there_is_room(window):
    window.open_page("entry")
    QApplication.processEvents()
    assert [c.text for c in _seen(window, Chip) if c.width() < c.sizeHint().width()] == []


def test_two_pictures_of_one_page_are_the_same(window):
    window.open_page("register")
    QApplication.processEvents()
    assert window.grab().toImage() == window.grab().toImage()


def test_every_page_changes_its_theme_while_it_is_open(window, light):
    QApplication.processEvents()
    bright = window.grab().toImage()
    light.use(Mode.DARK)
    QApplication.processEvents()
    dark = window.grab().toImage()
    assert bright.pixelColor(5, 760).lightness() > 200
    assert dark.pixelColor(5, 760).lightness() < 60
    light.use(Mode.LIGHT)
    QApplication.processEvents()
    assert window.grab().toImage() == bright
