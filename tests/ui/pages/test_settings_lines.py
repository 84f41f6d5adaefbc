"""Lines come and go, each is named anew, and the cursor stays near."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.pages.settings_lines import Line, Lines
from ui.widgets.arrange import boxed, column, row
from ui.widgets.button import Button
from ui.widgets.text import secondary

pytestmark = pytest.mark.usefixtures("light")


class Numbered(Line):
    def __init__(self):
        super().__init__()
        self.number = 0
        self.setLayout(row(self.remove))

    def name(self, number):
        self.number = number
        self.name_removal("Away", str(number))


@pytest.fixture
def edits():
    return []


@pytest.fixture
def shown(qtbot, edits):
    none, add = secondary("None"), Button("Add")
    lines = Lines(none, add, lambda: edits.append("edited"))
    page = boxed(column(none, boxed(lines.body), add))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    lines.page, lines.none, lines.add = page, none, add
    return lines


def test_lines_that_are_shown_tell_nobody(shown, edits):
    shown.show([Numbered(), Numbered()])
    assert [one.number for one in shown.all] == [1, 2]
    shown.show([])
    assert shown.all == []
    assert shown.none.isVisible()
    assert edits == []


def test_what_somebody_adds_changes_or_takes_away_is_told(shown, edits, qtbot):
    first, second = Numbered(), Numbered()
    shown.append(first)
    shown.append(second)
    assert not shown.none.isVisible()
    second.edited.emit()
    qtbot.mouseClick(first.remove, Qt.MouseButton.LeftButton)
    assert edits == ["edited"] * 4
    assert (shown.all, second.number) == ([second], 1)
    assert second.remove.accessibleName() == "Away: 1"


def test_the_cursor_goes_to_the_last_line_then_to_what_adds_one(shown, qtbot):
    shown.show([Numbered(), Numbered()])
    first, second = shown.all
    qtbot.mouseClick(first.remove, Qt.MouseButton.LeftButton)
    assert second.remove.hasFocus()
    qtbot.mouseClick(second.remove, Qt.MouseButton.LeftButton)
    assert shown.add.hasFocus()
