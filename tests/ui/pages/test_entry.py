"""Fast entry in the hand: a serial, Enter, the next one."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import Draft, WeaponLost
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
    qtbot.waitUntil(lambda: bool(page._one.fields._places))
    page._one.fields.model.set_value("AKM")
    page._one.fields.type.set_value("ASR")
    page._one.fields.place.set_value(rack.id)
    page.activateWindow()
    page.entered("")
    return page


def scan(page, qtbot, serial):
    """Type as a scanner does: the characters and Enter, without waiting for anything."""
    qtbot.keyClicks(page._one.serial.edit, serial)
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)


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
    sentence = register._detail._timeline.findChildren(type(page._aside._figure))[0].text()
    assert sentence == "Put on record: Rack 01"


def test_the_field_is_empty_for_the_next_one_and_has_the_cursor(page, qtbot):
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._one.serial.text() == ""
    assert page._one.serial.edit.hasFocus()
    assert page._saved.text == "1 saved"


def test_twenty_scans_without_a_pause_are_all_saved_in_order(page, qtbot):
    typed = [f"KB{number:05d}" for number in range(20)]
    for serial in typed:
        scan(page, qtbot, serial)
    qtbot.waitUntil(lambda: page._model.waiting == 0, timeout=20_000)
    assert saved(page) == typed


def test_a_second_enter_while_it_is_being_saved_saves_nothing_more(page, qtbot):
    scan(page, qtbot, "KB1")
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert len(page._model.lines) == 1


def test_the_answer_to_the_last_weapon_leaves_the_half_typed_next_one_alone(page, qtbot):
    scan(page, qtbot, "KB1")
    qtbot.keyClicks(page._one.serial.edit, "KB2 ha")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._one.serial.text() == "KB2 ha"


def test_a_refusal_stands_under_its_field_and_the_serial_stays(page, qtbot):
    page._one.fields.more.named["year"].set_text("12")
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: bool(page._one.fields.more.named["year"].message))
    assert page._one.serial.text() == "KB1"
    assert saved(page) == []
    page._one.fields.more.named["year"].set_text("1974")
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._one.fields.more.named["year"].message == ""


def test_a_refused_serial_that_was_typed_over_can_be_put_back(page, qtbot):
    page._one.fields.more.named["year"].set_text("12")
    scan(page, qtbot, "KB1")
    qtbot.keyClicks(page._one.serial.edit, "KB2")
    qtbot.waitUntil(lambda: page._model.waiting == 0)
    assert page._one.serial.text() == "KB2"
    refused = page._model.lines[0]
    page._put_back(refused)
    assert page._one.serial.text() == "KB2"
    assert page._one.serial.message
    page._one.empty()
    page._put_back(refused)
    assert page._one.serial.text() == "KB1"


def test_an_empty_serial_saves_no_weapon_without_a_number(page, qtbot):
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)
    assert page._one.serial.message
    assert page._model.lines == ()


def test_without_a_place_nothing_is_sent_and_the_place_says_so(page, qtbot):
    page._one.fields.place.set_value("")
    scan(page, qtbot, "KB1")
    assert page._one.fields.place.message
    assert page._model.lines == ()
    assert page._one.serial.text() == "KB1"


def test_look_alikes_warn_while_typing_and_never_stop(page, seat, rack, qtbot):
    weapon = seat.register("KB4471902", rack)
    qtbot.keyClicks(page._one.serial.edit, "KB44719O2")
    qtbot.waitUntil(page._one.alike.isVisible)
    assert page._one.serial.edit.property("state") == State.WARN.value
    assert [hit.row.id for hit in page._one.alike.hits] == [weapon]
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: saved(page) == ["KB44719O2"])
    assert not page._one.alike.isVisible()
    assert "Looks like one on record" in page._aside.list.words_of(1)


def test_what_is_not_locked_is_said_of_one_weapon_only(page, qtbot):
    page._one.fields.more.named["year"].set_text("1974")
    page._one.fields.more.named["year"].set_locked(locked=False)
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._one.fields.more.named["year"].text() == ""
    assert page._one.fields.model.value() == "AKM"


def test_a_half_typed_serial_survives_a_visit_elsewhere(page, qtbot):
    qtbot.keyClicks(page._one.serial.edit, "KB44")
    window = QStackedWidget()
    qtbot.addWidget(window)
    window.addWidget(page)
    window.addWidget(QWidget())
    window.show()
    page.left()
    window.setCurrentIndex(1)
    window.setCurrentIndex(0)
    page.entered("")
    assert page._one.serial.text() == "KB44"
    assert window.focusWidget() is page._one.serial.edit
    page.setParent(None)  # closed by the fixture that made it


def test_the_toast_offers_undo_and_the_list_leads_to_the_weapon(page, qtbot):
    with qtbot.waitSignal(page.toast) as blocker:
        scan(page, qtbot, "KB1")
    text, action, does = blocker.args
    assert "KB1" in text
    assert action == "Undo"
    with qtbot.waitSignal(page.go) as going:
        page._aside.list._rows[1]._act.click()
    assert going.args == ["register", page._model.lines[0].weapon]
    does()
    qtbot.waitUntil(lambda: page._model.lines[0].state == "withdrawn")
    assert page._saved.text == "0 saved"


def test_ctrl_p_prints_the_labels_of_what_was_entered_and_bears_none(page, seat, qtbot):
    said = []
    page.toast.connect(lambda *told: said.append(told[0]))
    qtbot.keyClick(page._one.serial.edit, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert said == ["Nothing entered yet in this window."]
    for serial in ("KB1", "KB2"):
        scan(page, qtbot, serial)
        qtbot.waitUntil(lambda serial=serial: saved(page)[-1:] == [serial])
        with qtbot.waitSignal(page._printing.toast, timeout=20_000) as told:
            page._labels.click()
        assert "1 label printed" in told.args[0]
    assert not page._printed.isVisible()
    weapons = [line.weapon for line in page._model.lines]
    stand = seat.on_books(lambda: seat.stockpile.books.weapons(weapons))
    assert [one.labels for one in stand] == [1, 1]


def test_ctrl_z_takes_the_last_weapon_back_and_again_the_one_before(page, seat, qtbot):
    for serial in ("KB1", "KB2", "KB3"):
        scan(page, qtbot, serial)
    qtbot.waitUntil(lambda: len(saved(page)) == 3)
    undo = partial(
        qtbot.keyClick, page._one.serial.edit, Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    )
    undo()
    undo()
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert "Withdrawn: entered by mistake" in page._aside.list.words_of(3)
    weapon = page._model.lines[2].weapon
    stands = seat.on_books(partial(seat.stockpile.books.weapon, weapon))
    assert stands.status == "withdrawn"
    undo()
    qtbot.waitUntil(lambda: saved(page) == [])
    with qtbot.waitSignal(page.toast) as blocker:
        undo()
    assert blocker.args[0] == "There is nothing to take back."


def test_ctrl_z_in_a_half_typed_serial_takes_the_typing_back(page, qtbot):
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    qtbot.keyClicks(page._one.serial.edit, "KB2")
    qtbot.keyClick(page._one.serial.edit, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page._one.serial.text() == ""
    assert saved(page) == ["KB1"]


def test_a_run_of_numbers_is_judged_and_saved_by_a_second_enter(page, seat, qtbot):
    scan(page, qtbot, "KB4471902+50")
    assert page._ways.current == "several"
    assert page._several.last.text() == "KB4471951"
    qtbot.keyClick(page._several.last.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: page._model.saved_count == 50)
    (line,) = page._model.lines
    assert (line.said.serial, line.last, line.count) == ("KB4471902", "KB4471951", 50)
    qtbot.keyClick(page._several.last.edit, Key.Key_Return)
    assert page._ways.current == "one"
    assert page._one.serial.edit.hasFocus()
    qtbot.keyClick(page._one.serial.edit, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._model.lines[0].state == "withdrawn")
    weapons = page._model.lines[0].weapons
    all_of = seat.on_books(partial(seat.stockpile.books.weapons, weapons))
    assert {one.status for one in all_of} == {"withdrawn"}


def test_a_run_that_is_too_long_is_said_at_the_serial(page, qtbot):
    scan(page, qtbot, "KB1+99999")
    assert page._ways.current == "one"
    assert page._one.serial.message


def test_a_pasted_column_becomes_a_list_with_a_verdict_for_each_line(page, seat, rack, qtbot):
    seat.register("KB2", rack)
    QApplication.clipboard().setText("KB1\nKB2\tsecond column\n\nKB1\nSUPRIMIDO\n")
    qtbot.keyClick(page._one.serial.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    model = page._several._model
    qtbot.waitUntil(lambda: model.is_judged)
    standings = [line.standing for line in model.lines]
    assert standings == ["new", "on_record", "twice", "removed"]
    page._several._save.click()
    qtbot.waitUntil(lambda: page._model.saved_count == 2)
    assert list(page._several._outcome.values()) == ["saved", "left_out", "left_out", "saved"]


def test_one_pasted_serial_is_one_serial(page, qtbot):
    QApplication.clipboard().setText("KB1\n")
    qtbot.keyClick(page._one.serial.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page._one.serial.text().strip() == "KB1"
    assert page._ways.current == "one"


def test_without_a_place_a_list_is_not_saved_and_says_so(page, qtbot):
    page._one.fields.place.set_value("")
    scan(page, qtbot, "KB1+3")
    qtbot.waitUntil(lambda: page._several._model.is_judged)
    qtbot.keyClick(page._several.last.edit, Key.Key_Return)
    assert page._several._said.text()
    assert page._model.lines == ()


def test_a_lost_weapon_raises_the_alarm_and_blocks_nothing(page, seat, rack, qtbot):
    weapon = seat.register("KB4471902", rack)
    write_lost(seat, weapon)
    qtbot.keyClicks(page._one.serial.edit, "KB4471902")
    qtbot.waitUntil(page._one._alarm.isVisible)
    assert page._one.serial.edit.property("state") == State.BAD.value
    assert "Reported lost or stolen" in page._one._alarm.accessibleName()
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: saved(page) == ["KB4471902"])
    assert "lost or stolen" in page._aside.list.words_of(1)
    assert not page._one._alarm.isVisible()


def test_an_explosive_remnant_stops_the_work_until_eod_is_called(page, qtbot):
    page._one.fields.more.remnant.setChecked(True)
    assert page._one._remnant.isVisible()
    scan(page, qtbot, "KB1")
    assert page._model.lines == ()
    assert page._one._called.hasFocus()
    page._one._called.click()
    assert page._one.serial.edit.hasFocus()
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    assert page._model.lines[0].said.safe.remnant
    assert not page._one._remnant.isVisible()


def test_what_was_said_in_a_place_is_there_after_a_restart(page, seat, rack, qtbot):
    page._one.fields.origin.set_value("craft")
    scan(page, qtbot, "KB1")
    qtbot.waitUntil(lambda: saved(page) == ["KB1"])
    again = EntryPage(*seat.made_with)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again._one.fields.model.value() == "AKM")
    assert again._one.fields.chosen_place() == rack
    assert again._one.fields.origin.value() == "craft"


def write_lost(seat, weapon):
    """Report a weapon lost, as another page will one day."""
    books = seat.stockpile.books

    def act():
        heads = books.weapon(weapon).heads.custody
        return seat.by_two([Draft(weapon, WeaponLost("lost"), heads)]), None

    seat.write(act)


def test_a_role_without_the_right_is_told_before_it_tries(page, seat, qtbot):
    assert not page._not_mine.isVisible()
    seat.sit_down("O. Auditor", "auditor")
    assert page._not_mine.isVisible()
    assert not page._one._save.isEnabled()
    assert not page._one.serial.edit.isEnabled()


def test_a_narrow_page_keeps_its_running_list(page, qtbot):
    wide = page._aside.width()
    page.resize(770, 600)
    assert page._aside.list.isVisible()
    assert page._aside.width() < wide


def test_escape_brings_the_cursor_back_to_the_serial(page, qtbot):
    page._one.fields.show_more(more=True)
    page._one.fields.more.named["year"].edit.setFocus()
    qtbot.keyClick(page._one.fields.more.named["year"].edit, Key.Key_Escape)
    assert page._one.serial.edit.hasFocus()


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
    page._aside.list.show_line(page._model.submit(Description(serial="ЖКМ 0012345678-45"), None))
    page._one.alike.show_hits("KB1O", [hit(1, "KB10")])
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 768
    assert cut_words(page) == []
    assert pushed_out(page) == []
