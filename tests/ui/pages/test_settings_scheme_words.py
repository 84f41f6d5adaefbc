"""Words and codes of a scheme, one line of fields each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.language import plain
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.settings_scheme_words import WordsEditor
from ui.view_models.schemes import LISTED_PARTS

__all__ = ["tongue"]

POLICE, ARMY = ("force", "POL", "Police"), ("force", "UPDF", "Army")


@pytest.fixture
def editor(light, qtbot):
    editor = WordsEditor()
    displayed(editor, qtbot, 640, 400)
    return editor


@pytest.fixture
def told(editor):
    """The words at each time at which somebody was told of a change."""
    told = []
    editor.edited.connect(lambda: told.append(editor.words()))
    return told


def test_words_are_shown_as_they_are_on_record_and_nobody_is_told(editor, told):
    editor.show_words((POLICE, ARMY))
    assert editor.words() == (POLICE, ARMY)
    editor.show_words((ARMY,))
    assert editor.words() == (ARMY,)
    assert told == []


def test_where_there_are_none_it_says_what_words_are_for(editor):
    editor.show_words(())
    assert editor._none.isVisible()
    editor.show_words((POLICE,))
    assert not editor._none.isVisible()


def test_a_new_word_is_one_of_the_last_ones_part_and_is_typed_at_once(editor, told, qtbot):
    qtbot.keyClick(editor.add, Qt.Key.Key_Space)
    assert told == [((LISTED_PARTS[0], "", ""),)]
    editor.show_words((POLICE,))
    qtbot.keyClick(editor.add, Qt.Key.Key_Space)
    new = editor.lines[-1]
    qtbot.waitUntil(new.text.edit.hasFocus)
    qtbot.keyClicks(new.text.edit, "UPDF")
    qtbot.keyClicks(new.called.edit, "Army")
    assert told[-1] == (POLICE, ARMY)
    new.part.box.setCurrentIndex(0)
    new.part.box.activated.emit(0)
    assert editor.words()[-1][0] == LISTED_PARTS[0]


def test_a_word_is_taken_away_by_key_and_the_focus_stays_near(editor, told, qtbot):
    editor.show_words((POLICE, ARMY))
    first, second = editor.lines
    qtbot.keyClick(first.remove, Qt.Key.Key_Space)
    assert told == [(ARMY,)]
    qtbot.waitUntil(second.remove.hasFocus)
    qtbot.keyClick(second.remove, Qt.Key.Key_Space)
    assert told[-1] == ()
    qtbot.waitUntil(editor.add.hasFocus)
    assert editor._none.isVisible()


def test_each_field_says_aloud_which_word_it_belongs_to(editor, qtbot):
    editor.show_words((POLICE, ARMY))
    assert [plain(line.remove.accessibleName()) for line in editor.lines] == [
        "Take this word away: Word or code 1", "Take this word away: Word or code 2",
    ]  # fmt: skip
    qtbot.keyClick(editor.lines[0].remove, Qt.Key.Key_Space)
    (left,) = editor.lines
    assert plain(left.text.edit.accessibleDescription()) == "Word or code 1"


def test_what_is_wrong_with_the_words_stands_below_them_until_it_is_mended(editor):
    editor.show_wrong("Too short")
    assert editor._wrong.isVisible()
    assert editor._wrong.text() == "Too short"
    editor.show_wrong("")
    assert not editor._wrong.isVisible()


def test_it_is_readable_in_every_tongue(tongue, editor):
    editor.show_words((POLICE, ("force", "", "No force code")))
    assert faults(editor) == []
