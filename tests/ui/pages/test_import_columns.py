"""The columns of a list: what each was taken for, by what, and another meaning told."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt

from stockpile.domain.headings import FIELDS
from tests.helpers.readable import bare, displayed, faults
from ui.pages.import_columns import ImportColumns
from ui.view_models.importing import ColumnLine

Key = Qt.Key
SERIAL = ColumnLine("No. 7", "KB4471902", "serial", "heading", 0.98)
CALIBRE = ColumnLine("Cal", "7.62x39", "calibre", "values", 0.61)
TOLD = ColumnLine("Rack", "A12-04", "where", "told", 1.0)
UNUSED = ColumnLine("Initials", "AM", "", "", 0.0)
NAMELESS = ColumnLine("", "x", "", "", 0.0)
ALL = (SERIAL, CALIBRE, TOLD, UNUSED, NAMELESS)


def shown(qtbot, *lines):
    columns = ImportColumns()
    columns.show_columns(lines)
    displayed(columns, qtbot, 340, 620)
    return columns


@pytest.fixture
def columns(light, qtbot):
    return shown(qtbot, *ALL)


def test_each_column_says_what_it_is_taken_for_by_what_and_how_surely(columns):
    serial, calibre, told, unused, _nameless = columns.fields
    assert [one.value() for one in (serial, calibre, told, unused)] == [
        "serial", "calibre", "where", "-",
    ]  # fmt: skip
    assert serial.box.accessibleName() == "No. 7"
    assert "by its heading" in serial.message
    assert "98" in serial.message
    assert "KB4471902" in serial.message
    assert "61" in calibre.message
    assert "%" not in told.message


def test_a_list_without_columns_has_no_fields(light, qtbot):
    assert shown(qtbot).fields == ()


def test_a_column_without_a_heading_is_named_so_and_cannot_be_told(columns):
    nameless = columns.fields[-1]
    assert nameless.box.accessibleName() == "No heading"
    assert not nameless.isEnabled()


def test_every_field_of_the_record_and_none_is_offered(columns):
    box = columns.fields[0].box
    texts = [box.itemText(at) for at in range(box.count())]
    assert len(texts) == len(FIELDS) + 1
    assert texts[0] == "Not used"
    assert len(set(texts)) == len(texts)


def test_another_meaning_is_told_by_the_keyboard(columns, qtbot):
    line = columns.fields[0].box.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, "Lot")
    with qtbot.waitSignal(columns.told) as said:
        qtbot.keyClick(line, Key.Key_Return)
    assert said.args == ["No. 7", "lot"]


def test_another_meaning_is_told_by_a_click(columns, qtbot):
    box = columns.fields[3].box
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    box.showPopup()
    at = box.findText("Lot")
    box.view().scrollTo(box.model().index(at, 0))
    place = box.view().visualRect(box.model().index(at, 0))
    with qtbot.waitSignal(columns.told) as said:
        qtbot.mouseMove(box.view().viewport(), place.center())
        qtbot.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert said.args == ["Initials", "lot"]


def test_that_a_column_means_nothing_is_told_by_an_empty_field(columns, qtbot):
    line = columns.fields[1].box.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, "Not used")
    with qtbot.waitSignal(columns.told) as said:
        qtbot.keyClick(line, Key.Key_Return)
    assert said.args == ["Cal", ""]


def test_the_meaning_it_has_and_words_that_mean_nothing_tell_nothing(columns, qtbot):
    line = columns.fields[0].box.lineEdit()
    said = []
    columns.told.connect(lambda *told: said.append(told))
    qtbot.keyClick(line, Key.Key_Return)
    line.selectAll()
    qtbot.keyClicks(line, "zzz")
    qtbot.keyClick(line, Key.Key_Return)
    assert said == []


def test_the_same_columns_judged_again_keep_the_cursor(columns):
    before = columns.fields
    before[1].box.setFocus()
    columns.show_columns([replace(one, field="lot", why="told") for one in ALL])
    assert columns.fields == before
    assert before[1].box.hasFocus()
    assert before[1].value() == "lot"


def test_other_columns_take_their_place_and_the_old_ones_tell_nothing(columns, qtbot):
    said, old = [], columns.fields[2].box
    columns.told.connect(lambda *told: said.append(told))
    old.setFocus()
    qtbot.keyClicks(old.lineEdit(), "Lot")
    columns.show_columns([SERIAL])
    qtbot.waitUntil(lambda: not shiboken6.isValid(old))
    assert len(columns.fields) == 1
    assert said == []


def test_everybody_can_use_it(tongue, qtbot):
    columns = shown(qtbot, *ALL)
    assert faults(columns) == []
    assert bare(columns, "No. 7", "KB4471902", "A12-04") == []
