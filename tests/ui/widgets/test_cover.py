"""The lock over everything: other windows go out of sight and come back as they were."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
)

from tests.helpers.readable import displayed
from ui.widgets.cover import Cover

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def stack(qtbot):
    made = QStackedWidget()
    for page in (QLineEdit("half-typ"), QLabel("Locked")):
        made.addWidget(page)
    displayed(made, qtbot, 300, 200)
    return made


@pytest.fixture
def cover(stack):
    made = Cover(stack)
    yield made
    made.take_off()


def asking(qtbot, parent):
    dialog = QDialog(parent)
    dialog.line = QLineEdit("found tw", dialog)
    QVBoxLayout(dialog).addWidget(dialog.line)
    qtbot.addWidget(dialog)
    return dialog


def test_the_page_comes_back_with_the_cursor_where_it_stood(stack, cover, qtbot):
    page, screen = stack.widget(0), stack.widget(1)
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    cover.put_on(screen)
    assert stack.currentWidget() is screen
    assert not page.isVisible()
    assert not page.hasFocus()
    cover.take_off()
    assert stack.currentWidget() is page
    assert page.text() == "half-typ"
    qtbot.waitUntil(page.hasFocus)


def test_a_dialog_over_a_dialog_is_hidden_and_neither_is_answered(stack, cover, qtbot):
    below = asking(qtbot, stack)
    above = asking(qtbot, below)
    answers = []
    for one in (below, above):
        one.finished.connect(answers.append)
        one.open()
    cover.put_on(stack.widget(1))
    assert not below.isVisible()
    assert not above.isVisible()
    assert stack.isVisible()
    cover.take_off()
    assert below.isVisible()
    assert above.isVisible()
    assert above.line.text() == "found tw"
    assert answers == []


def test_a_window_that_opens_behind_the_lock_waits_until_it_is_off(stack, cover, qtbot):
    cover.put_on(stack.widget(1))
    late = asking(qtbot, stack)
    late.open()
    qtbot.waitUntil(lambda: not late.isVisible())
    cover.take_off()
    assert late.isVisible()
    after = asking(qtbot, stack)
    after.open()
    qtbot.wait(0)
    assert after.isVisible()  # nothing is kept out of sight any more


def test_a_menu_is_closed_for_good(stack, cover, qtbot):
    menu = QMenu(stack)
    menu.addAction("Withdraw")
    menu.popup(stack.mapToGlobal(stack.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    cover.put_on(stack.widget(1))
    assert not menu.isVisible()
    cover.take_off()
    assert not menu.isVisible()
