"""The page of holders: found while typing, added and changed by keys, erased for a reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import Authorisation
from tests.helpers.holding import hand, put
from ui.pages.holders import HoldersPage
from ui.widgets.dialogs import ConfirmDialog


@pytest.fixture
def page(seat, qtbot):
    made = HoldersPage(*seat.made_with)
    qtbot.addWidget(made)
    made.resize(1110, 660)
    made.show()
    return made


def enter(page, qtbot, argument=""):
    """Open the page, once what was written before has been listed."""
    page.entered(argument)
    qtbot.waitUntil(lambda: page.count.text() != "")
    page.model._desk.wait()


def names(page):
    return [page.table.rows.row_at(n).holder.name for n in range(page.table.rows.rowCount())]


def type_keys(text, widget):
    QTest.keyClicks(widget, text)


def test_an_empty_page_says_what_to_do_next(page, qtbot):
    enter(page, qtbot)
    assert page.empty.isVisible()
    assert not page.add.isVisible()
    assert not page.both.isVisible()


def test_people_are_found_while_typing_and_enter_goes_into_the_list(seat, page, qtbot):
    put(seat, authorisations=(Authorisation("ASR"),))
    put(seat, "Okello Ana", reference="A-119")
    enter(page, qtbot)
    assert names(page) == ["Ilunga Paul", "Okello Ana"]
    with qtbot.waitSignal(page.model.listed, check_params_cb=lambda lines: len(lines) == 1):
        type_keys("a119", page.search)
    assert names(page) == ["Okello Ana"]
    with qtbot.waitSignal(page.model.shown):
        QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert "Okello Ana" in page.side.name.text()
    assert page.both.shows_detail


def test_nobody_who_answers_is_said(seat, page, qtbot):
    put(seat)
    enter(page, qtbot)
    with qtbot.waitSignal(page.model.listed, check_params_cb=lambda lines: not lines):
        type_keys("zz", page.search)
    assert page.both.isVisible()
    assert page.count.text() == "Nobody answers to this."


def test_a_person_is_added_by_keys_alone_and_shown(seat, page, qtbot):
    enter(page, qtbot)
    page._ask_new()
    type_keys("Kato Grace", page.dialog.name.edit)
    type_keys("A-120", page.dialog.reference.edit)
    line = page.dialog.clearances()[0]
    line.what.set_value("ASR")
    assert len(page.dialog.clearances()) == 2  # another empty one stands ready
    type_keys("2099-06-30", line.until.edit)
    type_keys("4711", page.dialog.pin.edit)
    with qtbot.waitSignal(page.model.shown):
        QTest.keyClick(page.dialog.pin.edit, Qt.Key.Key_Return)
    assert page.dialog is None
    (person,) = seat.on_books(seat.stockpile.holders.all)
    assert (person.name, person.reference, person.has_pin) == ("Kato Grace", "A-120", True)
    assert person.authorisations == (Authorisation("ASR", "2099-06-30"),)
    assert names(page) == ["Kato Grace"]


def test_what_is_wrong_is_said_at_its_field(seat, page, qtbot):
    put(seat, card="C1")
    enter(page, qtbot)
    page._ask_new()
    dialog = page.dialog

    def refused(field):
        with qtbot.waitSignal(page.model.refused):
            QTest.keyClick(dialog.name.edit, Qt.Key.Key_Return)
        assert field.message
        assert not dialog.save.is_busy

    refused(dialog.name)
    dialog.name.set_text("Okello")
    dialog.card.set_text("c 1")
    refused(dialog.card)
    dialog.card.set_text("")
    dialog.pin.set_text("1")
    refused(dialog.pin)
    dialog.pin.set_text("")
    line = dialog.clearances()[0]
    line.what.set_value("ASR")
    line.until.set_text("next year")
    refused(line.until)
    dialog.reject()


def test_a_person_is_changed_and_the_cursor_stays_on_them(seat, page, qtbot):
    put(seat, "Aaa")
    person = put(seat, "Okello Ana")
    enter(page, qtbot, person.id)
    qtbot.waitUntil(lambda: page.both.shows_detail)
    page.side.change.click()
    page.dialog.name.set_text("Zulu Ana")
    with qtbot.waitSignal(page.model.shown):
        page.dialog.save.click()
    qtbot.waitUntil(lambda: names(page) == ["Aaa", "Zulu Ana"])
    assert page.table.current_row().holder.id == person.id


def test_a_new_pin_is_typed_twice(seat, page, qtbot):
    person = put(seat)
    enter(page, qtbot, person.id)
    qtbot.waitUntil(lambda: page.both.shows_detail)
    page._ask_pin()
    dialog = page.dialog
    type_keys("4711", dialog.pin.edit)
    QTest.keyClick(dialog.pin.edit, Qt.Key.Key_Return)
    type_keys("4712", dialog.again.edit)
    QTest.keyClick(dialog.again.edit, Qt.Key.Key_Return)
    assert dialog.again.message
    dialog.again.set_text("4711")
    with qtbot.waitSignal(page.model.saved):
        QTest.keyClick(dialog.again.edit, Qt.Key.Key_Return)
    assert seat.on_books(seat.stockpile.holders.all)[0].has_pin


def test_who_is_erased_leaves_the_list_and_who_holds_something_does_not(seat, page, qtbot):
    person = put(seat)
    weapon_holder = put(seat, "Okello Ana")
    hand(seat, weapon_holder, "KB1")

    def erase(one):
        page.model.choose(one.id)
        qtbot.waitUntil(lambda: page.model.chosen == one.id and page._shown is not None)
        qtbot.waitUntil(lambda: page._shown.account.holder.id == one.id)
        page._ask_erase()
        dialog = page.findChildren(ConfirmDialog)[-1]
        assert not dialog.confirm.isEnabled()
        dialog._reason.set_text("left the unit")
        dialog.confirm.click()

    enter(page, qtbot)
    with qtbot.waitSignal(page.model.erased):
        erase(person)
    qtbot.waitUntil(lambda: names(page) == ["Okello Ana"])
    with qtbot.waitSignal(page.model.refused):
        erase(weapon_holder)
    assert "Okello Ana" in seat.said[-1].text
    assert names(page) == ["Okello Ana"]


def test_a_list_that_came_in_is_told(seat, page, qtbot, tmp_path):
    enter(page, qtbot)
    file = tmp_path / "people.csv"
    file.write_text("Name,Number,Card\nIlunga,1,C1\nOkello,2,C1\n", "utf-8")
    with qtbot.waitSignal(page.toast) as told:
        page.model.bring_in(file)
    assert "1 added" in told.args[0].replace("\u2068", "").replace("\u2069", "")
    assert "row" in told.args[0]


def test_a_narrow_page_shows_one_of_both(seat, page, qtbot):
    person = put(seat)
    page.resize(760, 560)
    enter(page, qtbot)
    QApplication.processEvents()
    page.table.go_to(0)
    qtbot.waitUntil(lambda: page._shown is not None)
    assert not page.both.shows_detail
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.both.shows_detail
    page.side.back.click()
    assert not page.both.shows_detail
    enter(page, qtbot, person.id)
    qtbot.waitUntil(lambda: page.both.shows_detail)


def test_who_may_not_record_people_is_not_offered_to(seat, page, qtbot):
    seat.sit_down("I. Spector", "inspector")
    enter(page, qtbot)
    assert not page._first.isEnabled()
    page._ask_new()
    assert page.dialog is None
