"""Forbidden areas come and go by keys alone, and each says which it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.pages.settings_layout_areas import AreasEditor

PIN = ("22", "1", "4", "3")
CREST = ("2", "5.5", "1", "1")

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def editor(qtbot):
    made = AreasEditor()
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_areas_are_shown_as_they_are_typed(editor):
    assert editor._none.isVisible()
    editor.show_areas((PIN, CREST))
    assert editor.areas() == (PIN, CREST)
    assert not editor._none.isVisible()
    editor.show_areas(())
    assert editor.areas() == ()


def test_an_area_is_added_and_typed_into_at_once(editor, qtbot):
    with qtbot.waitSignal(editor.edited):
        QTest.keyClick(editor.add, Qt.Key.Key_Space)
    (line,) = editor.lines
    qtbot.waitUntil(line.fields[0].edit.hasFocus)
    with qtbot.waitSignal(editor.edited):
        QTest.keyClick(line.fields[0].edit, Qt.Key.Key_7)
    assert editor.areas()[0][0] == "17"


def test_an_area_is_taken_away_and_the_cursor_stays_near(editor, qtbot):
    editor.show_areas((PIN, CREST))
    first, second = editor.lines
    with qtbot.waitSignal(editor.edited):
        QTest.keyClick(first.remove, Qt.Key.Key_Space)
    assert editor.areas() == (CREST,)
    assert second.remove.hasFocus()
    with qtbot.waitSignal(editor.edited):
        QTest.keyClick(second.remove, Qt.Key.Key_Space)
    assert editor.add.hasFocus()


def test_each_area_is_named_aloud(editor):
    editor.show_areas((PIN, CREST))
    said = [one.fields[0].edit.accessibleDescription() for one in editor.lines]
    assert ["1" in said[0], "2" in said[1]] == [True, True]
    assert "2" in editor.lines[1].remove.accessibleName()


def test_what_is_wrong_is_said_under_the_first_and_goes_again(editor):
    editor.show_areas((PIN, CREST))
    editor.show_wrong("No length.")
    assert [one.fields[0].message for one in editor.lines] == ["No length.", ""]
    editor.show_wrong("")
    assert editor.lines[0].fields[0].message == ""
