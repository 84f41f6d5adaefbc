"""Columns, the form of an extract, the name of a filter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import PSEUDO, use_language
from stockpile.services.extracts import COLUMNS, USUAL_COLUMNS, Wanted
from tests.helpers.readable import cut_words
from ui.pages.register_dialogs import ColumnsDialog, ExtractDialog, NameDialog, ResumeDialog
from ui.pages.weapon_columns import USUAL, all_columns

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    return page


def test_columns_are_hidden_shown_and_moved_by_keys(page, qtbot):
    dialog = ColumnsDialog([("serial", 200), ("model", 150)], page)
    dialog.open()
    assert dialog.list.count() == len(all_columns())
    assert dialog.chosen() == [("serial", 200), ("model", 150)]
    dialog.list.setCurrentRow(1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.list.currentRow() == 0
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.list.setCurrentRow(2)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    first = dialog.list.item(2).data(Qt.ItemDataRole.UserRole)
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.use.click()
    assert told.args == [[("model", 150), ("serial", 200), (first, 0)]]


def test_the_usual_columns_come_back_and_none_is_not_decided(page):
    dialog = ColumnsDialog([("year", 70)], page)
    dialog.open()
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    assert dialog.isVisible()
    dialog.usual.click()
    assert [code for code, _width in dialog.chosen()] == list(USUAL)


def test_an_extract_says_what_the_list_shows(page, qtbot):
    dialog = ExtractDialog(3, ["serial", "model", "number"], page)
    dialog.open()
    assert dialog.wanted() == Wanted("xlsx", ("serial", "make", "model", "calibre", "number"))
    assert not dialog.guard.isVisible()
    dialog.form.set_value("csv")
    assert dialog.guard.isVisible()
    assert "double click" in dialog.safety.text()
    dialog.guard.set_value("no")
    dialog.columns.set_value("all")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.confirm.click()
    assert told.args == [Wanted("csv", COLUMNS, is_guarded=False)]
    dialog.columns.set_value("usual")
    assert dialog.wanted().columns == USUAL_COLUMNS


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf", "json"])
def test_every_form_says_how_safe_it_is(page, form):
    dialog = ExtractDialog(1, [], page)
    dialog.form.set_value(form)
    assert dialog.wanted().form == form
    assert dialog.safety.text()
    assert dialog.wanted().columns == USUAL_COLUMNS


def test_a_name_is_wanted_and_not_one_that_is_taken(page, qtbot):
    dialog = NameDialog("Make: FN", ["Lost"], page)
    dialog.open()
    assert not dialog.confirm.isEnabled()
    qtbot.keyClicks(dialog.name.edit, "lost")
    assert not dialog.confirm.isEnabled()
    qtbot.keyClicks(dialog.name.edit, " FN")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.confirm.click()
    assert told.args == ["lost FN"]


def test_longer_words_are_whole(page):
    use_language(PSEUDO)
    for dialog in (ColumnsDialog([], page), ExtractDialog(9, [], page), NameDialog("x", [], page)):
        dialog.open()
        assert cut_words(dialog) == []


def test_the_last_good_label_is_scanned_into_its_dialog(light, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ResumeDialog(parent)
    dialog.open()
    assert not dialog.confirm.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.label.edit, "K8Z1PN3K1VKND")
    with qtbot.waitSignal(dialog.decided) as told:
        qtbot.keyClick(dialog.label.edit, Qt.Key.Key_Return)
    assert told.args == ["K8Z1PN3K1VKND"]
    assert not dialog.isVisible()
