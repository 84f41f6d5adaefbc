"""Fast entry in the hand: a serial, Enter, the next one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.receiving import Description
from stockpile.language import PSEUDO, use_language
from stockpile.services.ports import Hit, RegisterRow
from tests.helpers.readable import controls, cut_words, pushed_out
from ui.pages.entry import EntryPage
from ui.pages.register import RegisterPage
from ui.widgets.field import State

Key = Qt.Key


@pytest.fixture
def rack(seat):
    return seat.open_place("Rack 01")


@pytest.fixture
def page(seat, rack, qtbot):
    """The page with its batch described, the cursor in the serial."""
    page = EntryPage(*seat.made_with)
    qtbot.addWidget(page)
    page.resize(1110, 660)
    page.show()
    qtbot.waitUntil(lambda: bool(page._fields._places))
    page._fields.model.set_value("AKM")
    page._fields.type.set_value("ASR")
    page._fields.place.set_value(rack.id)
    page.activateWindow()
    page.entered("")
    return page


def scan(page, qtbot, serial):
    """Type as a scanner does: the characters and Enter, without waiting for anything."""
    qtbot.keyClicks(page._serial.edit, serial)
    qtbot.keyClick(page._serial.edit, Key.Key_Return)


def hit(number, serial):
    row = RegisterRow(
        f"w{number}", "N", serial, "", "ASR", "Izhmash", "AKM", "7.62x39 mm", "serviceable",
        "in_store", "Rack 01", "", 0,
    )  # fmt: skip
    return Hit(row, 1.0, "serial_looks_alike")


def saved(page):
    return [line.said.serial for line in page._model.lines if line.state == "saved"]


def test_a_serial_and_enter_and_the_weapon_is_in_the_register(page, seat, qtbot):
    register = RegisterPage(*seat.made_with)
    qtbot.addWidget(register)
    register.resize(1110, 660)
    register.show()
    scan(page, qtbot, "KB4471902")
    qtbot.waitUntil(lambda: register._table.rows.row_at(0) is not None)
    assert register._table.rows.row_at(0).row.serial == "KB4471902"
    register._search.setText("4471902")
    qtbot.waitUntil(lambda: register._found.rows.rowCount() == 1)
    register.entered(page._model.lines[0].weapon)
    qtbot.waitUntil(lambda: register._weapon.life is not None)
    sentence = register._detail._timeline.findChildren(type(page._figure))[0].text()
    assert sentence == "Put on record: Rack 01"


def test_the_field_is_empty_for_the_next_one_and_has_the_cursor(page, qtbot):
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._serial.text() == ""
    assert page._serial.edit.hasFocus()
    assert page._saved.text == "1 saved"


def test_twenty_scans_without_a_pause_are_all_saved_in_order(page, qtbot):
    typed = [f"KB{number:05d}" for number in range(20)]
    for serial in typed:
        scan(page, qtbot, serial)
    qtbot.waitUntil(lambda: page._model.waiting == 0, timeout=20_000)
    assert saved(page) == typed


def test_a_second_enter_while_it_is_being_saved_saves_nothing_more(page, qtbot):
    scan(page, qtbot, "KB1")
    qtbot.keyClick(page._serial.edit, Key.Key_Return)
    qtbot.keyClick(page._serial.edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert len(page._model.lines) == 1


def test_the_answer_to_the_last_weapon_leaves_the_half_typed_next_one_alone(page, qtbot):
    scan(page, qtbot, "KB1")
    qtbot.keyClicks(page._serial.edit, "KB2 ha")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._serial.text() == "KB2 ha"


def test_a_refusal_stands_under_its_field_and_the_serial_stays(page, qtbot):
    page._fields.year.set_text("12")
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: bool(page._fields.year.message))
    assert page._serial.text() == "KB1"
    assert saved(page) == []
    page._fields.year.set_text("1974")
    qtbot.keyClick(page._serial.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._fields.year.message == ""


def test_a_refused_serial_that_was_typed_over_can_be_put_back(page, qtbot):
    page._fields.year.set_text("12")
    scan(page, qtbot, "KB1")
    qtbot.keyClicks(page._serial.edit, "KB2")
    qtbot.waitUntil(lambda: page._model.waiting == 0)
    assert page._serial.text() == "KB2"
    refused = page._model.lines[0]
    page._put_back(refused)
    assert page._serial.text() == "KB2"
    assert page._serial.message
    page._empty()
    page._put_back(refused)
    assert page._serial.text() == "KB1"


def test_an_empty_serial_saves_no_weapon_without_a_number(page, qtbot):
    qtbot.keyClick(page._serial.edit, Key.Key_Return)
    assert page._serial.message
    assert page._model.lines == ()


def test_without_a_place_nothing_is_sent_and_the_place_says_so(page, qtbot):
    page._fields.place.set_value("")
    scan(page, qtbot, "KB1")
    assert page._fields.place.message
    assert page._model.lines == ()
    assert page._serial.text() == "KB1"


def test_look_alikes_warn_while_typing_and_never_stop(page, seat, rack, qtbot):
    weapon = seat.register("KB4471902", rack)
    qtbot.keyClicks(page._serial.edit, "KB44719O2")
    qtbot.waitUntil(page._alike.isVisible)
    assert page._serial.edit.property("state") == State.WARN.value
    assert [hit.row.id for hit in page._alike.hits] == [weapon]
    qtbot.keyClick(page._serial.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: saved(page) == ["KB44719O2"])
    assert not page._alike.isVisible()
    assert "Looks like one on record" in page._list.words_of(1)


def test_what_is_not_locked_is_said_of_one_weapon_only(page, qtbot):
    page._fields.year.set_text("1974")
    page._fields.year.set_locked(locked=False)
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._fields.year.text() == ""
    assert page._fields.model.value() == "AKM"


def test_a_half_typed_serial_survives_a_visit_elsewhere(page, qtbot):
    qtbot.keyClicks(page._serial.edit, "KB44")
    window = QStackedWidget()
    qtbot.addWidget(window)
    window.addWidget(page)
    window.addWidget(QWidget())
    window.show()
    page.left()
    window.setCurrentIndex(1)
    window.setCurrentIndex(0)
    page.entered("")
    assert page._serial.text() == "KB44"
    assert window.focusWidget() is page._serial.edit
    page.setParent(None)  # closed by the fixture that made it


def test_the_toast_offers_to_correct_and_goes_to_the_weapon(page, qtbot):
    with qtbot.waitSignal(page.toast) as blocker:
        scan(page, qtbot, "KB1")
    text, action, does = blocker.args
    assert "KB1" in text
    assert action == "Correct…"
    with qtbot.waitSignal(page.go) as going:
        does()
    assert going.args == ["register", page._model.lines[0].weapon]


def test_a_role_without_the_right_is_told_before_it_tries(page, seat, qtbot):
    assert not page._not_mine.isVisible()
    seat.sit_down("O. Auditor", "auditor")
    assert page._not_mine.isVisible()
    assert not page._save.isEnabled()
    assert not page._serial.edit.isEnabled()


def test_a_narrow_page_keeps_its_running_list(page, qtbot):
    wide = page._aside.width()
    page.resize(770, 600)
    assert page._list.isVisible()
    assert page._aside.width() < wide


def test_escape_brings_the_cursor_back_to_the_serial(page, qtbot):
    page._fields.year.edit.setFocus()
    qtbot.keyClick(page._fields.year.edit, Key.Key_Escape)
    assert page._serial.edit.hasFocus()


def test_every_control_has_a_name_and_room_for_a_finger(page):
    for control in controls(page):
        assert control.accessibleName() or control.text(), control
        assert min(control.width(), control.height()) >= 24, control


def test_longer_words_fit_the_smallest_window(seat, qtbot):
    use_language(PSEUDO)
    page = EntryPage(*seat.made_with)
    qtbot.addWidget(page)
    page.resize(768, 540)
    page.show()
    page._list.show_line(page._model.submit(Description(serial="ЖКМ 0012345678-45"), None))
    page._alike.show_hits("KB1O", [hit(1, "KB10")])
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 768
    assert cut_words(page) == []
    assert pushed_out(page) == []
