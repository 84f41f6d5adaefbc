"""The marks of a weapon and of its parts, written by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import Component, Mark
from tests.helpers import readable
from tests.helpers.readable import displayed, faults
from ui.widgets.marks_editor import MarksEditor

Key, Modifier = Qt.Key, Qt.KeyboardModifier
PROOF = Mark("proof", "ЖК", component="barrel", position="left", script="Cyrl")
BARREL = Component("barrel", (Mark("serial", "B 77"), Mark("maker", "ЗИД")), ".22")


tongue = readable.tongue


@pytest.fixture
def editor(light, qtbot):
    editor = MarksEditor()
    displayed(editor, qtbot, 700, 600)
    return editor


def test_what_is_shown_is_given_back_unchanged(editor, qtbot):
    with qtbot.assertNotEmitted(editor.changed):
        editor.set_marks((PROOF,), (BARREL, Component("slide")))
    assert editor.marks() == (PROOF,)
    assert editor.components() == (BARREL, Component("slide"))


def test_marks_and_parts_are_added_by_keys_alone(editor, qtbot):
    editor.setFocus()
    qtbot.keyClick(editor, Key.Key_Insert)
    assert editor.form.text.edit.hasFocus()
    qtbot.keyClicks(editor.form.text.edit, "26")
    qtbot.keyClick(editor.form.text.edit, Key.Key_Insert, Modifier.AltModifier)
    editor.part_kind.set_value("slide")
    qtbot.keyClick(editor.part_kind.box, Key.Key_Insert)
    qtbot.keyClicks(editor.form.text.edit, "S 9")
    assert editor.marks() == (Mark("other", "26", script="Zyyy"),)
    assert editor.components() == (Component("slide", (Mark("serial", "S 9", script="Latn"),)),)


def test_a_row_that_says_nothing_is_no_mark(editor):
    editor.add_mark()
    assert editor.marks() == ()
    editor.form._take_sign("star")
    assert editor.marks()[0].symbol == "star"


def test_the_arrow_keys_lead_from_row_to_row_and_the_form_follows(editor, qtbot):
    editor.set_marks((PROOF, Mark("year", "1974")))
    assert editor.form.text.text() == "ЖК"
    qtbot.keyClick(editor._table, Key.Key_Down)
    assert editor.form.text.text() == "1974"


def test_what_is_said_in_the_form_is_said_of_the_row(editor, qtbot):
    editor.set_marks((PROOF, Mark("year", "1974")))
    qtbot.keyClick(editor._table, Key.Key_Down)
    editor.form.position.set_value("right")
    assert [mark.position for mark in editor.marks()] == ["left", "right"]
    assert editor.form.text.text() == "1974"


def test_a_part_goes_with_its_marks(editor, qtbot):
    editor.set_marks((PROOF,), (BARREL,))
    editor._table.go_to(1)
    qtbot.keyClick(editor._table, Key.Key_Delete, Modifier.AltModifier)
    assert editor.components() == ()
    assert editor.marks() == (PROOF,)
    editor._table.go_to(0)
    editor.remove()
    editor.remove()
    assert editor.marks() == ()


def test_a_photo_of_a_mark_is_asked_for_and_kept_at_it(editor, qtbot):
    editor.set_marks((PROOF,))
    with qtbot.waitSignal(editor.photo_wanted):
        editor._photo.click()
    editor.show_photo("ab" * 32)
    assert editor.marks()[0].photo == "ab" * 32


@pytest.mark.usefixtures("tongue")
def test_it_can_be_used_and_read_in_a_narrow_place(qtbot):
    editor = MarksEditor()
    editor.set_marks((PROOF,), (BARREL,))
    editor.fit(430)
    displayed(editor, qtbot, 430, 640)
    assert faults(editor) == []
