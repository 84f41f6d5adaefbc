"""Setting a machine up: what it is, where it hangs, and what it proves, seen before any cable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.errors import OfficerNotAuthorised
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import PluggedPort
from tests.helpers.readable import displayed, faults
from ui.pages import machine_words
from ui.pages.settings_machine_form import MachineForm
from ui.view_models.machines import DRIVERS
from ui.view_models.settings import USUAL_LAYOUT, SettingsModel

Key = Qt.Key
NARROW = 520
ADAPTER = PluggedPort(r"hwgrep://SER=A5XK3R\b", "/dev/ttyUSB0", "FT232R A5XK3R")


@pytest.fixture
def form(seat, qtbot):
    return shown(seat, qtbot)


def shown(seat, qtbot):
    model = SettingsModel(*seat.made_with)
    form = MachineForm(model)
    form.model = model
    with qtbot.waitSignal(model.came):
        model.start()
    displayed(form, qtbot, NARROW, 1200)
    return form


def fill(form, qtbot, name="Bench 2", address="COM4"):
    qtbot.keyClicks(form.name.edit, name)
    qtbot.keyClicks(form.address.box.lineEdit(), address)


def kept(form, seat, name="Bench 2"):
    return seat.on_books(lambda: seat.stockpile.marking.machine(name))


def test_it_begins_with_the_commonest_machine(form):
    assert form.driver.value() == "tl07"
    assert form.layout_.text() == USUAL_LAYOUT
    assert form.method.value() == "dot_peen"
    assert form.every.text() == "1"
    assert not form.give_up.isVisible()


@pytest.mark.parametrize("by", ["key", "click"])
def test_a_machine_is_set_up(form, seat, qtbot, by):
    fill(form, qtbot)
    with qtbot.waitSignal(form.model.machine_set):
        if by == "key":
            qtbot.keyClick(form.address.box.lineEdit(), Key.Key_Return)
        else:
            qtbot.mouseClick(form.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Bench 2" in form.name.message)
    assert form.name.text() == form.address.value() == ""
    assert kept(form, seat) == MachineSet("Bench 2", "tl07", "COM4", USUAL_LAYOUT)


def test_every_machine_can_be_chosen_by_its_maker_and_says_what_it_proves(form):
    for driver in reversed(DRIVERS):
        form.driver.set_value(driver)
        assert form.driver.value() == driver
        can = form.model.machines.promised(driver)
        assert form.proofs.isVisible()
        assert form.proofs._follows.text() == machine_words.consequence(can)
        assert form.every.isEnabled() is not can.scan_always
        assert form.layout_.isVisible() is (driver in machine_words.USUAL)
        assert form.address.isVisible() is not can.by_hand
        assert (form.method.value() == "laser") is (driver in {"panasonic", "keyence"})


def test_a_usual_layout_gives_way_to_that_of_another_machine_and_a_typed_one_stays(form, qtbot):
    form.driver.set_value("sic")
    assert form.layout_.text() == "STOCKPILE:MARK"
    form.layout_.set_text("UGA:ISO2,YEAR,SERIAL")
    form.driver.set_value("tl07")
    assert form.layout_.text() == "UGA:ISO2,YEAR,SERIAL"


def test_a_machine_by_hand_needs_no_address(form, seat, qtbot):
    qtbot.keyClicks(form.name.edit, "Vice")
    form.driver.set_value("by_hand")
    with qtbot.waitSignal(form.model.machine_set):
        form.add.click()
    assert kept(form, seat, "Vice") == MachineSet("Vice", "by_hand", "")


def test_a_plugged_adapter_is_chosen_and_kept_by_its_own_number(form, seat, qtbot):
    form.model.machines.plugged.emit((ADAPTER,))
    assert form.address.box.count() == 1
    form.address.box.setCurrentIndex(0)
    assert "FT232R" in form.address.box.currentText()
    qtbot.keyClicks(form.name.edit, "Bench 2")
    with qtbot.waitSignal(form.model.machine_set):
        form.add.click()
    assert kept(form, seat).url == ADAPTER.address


def test_a_typed_address_outlives_a_look_at_the_ports(form, qtbot):
    fill(form, qtbot)
    form.model.machines.plugged.emit((ADAPTER,))
    assert form.address.value() == "COM4"


def test_how_often_is_read_back_and_our_own_layout_are_kept(form, seat, qtbot):
    fill(form, qtbot)
    form.driver.set_value("grbl")
    form.every.set_text("10")
    form.drawing.box.setCurrentIndex(0)
    with qtbot.waitSignal(form.model.machine_set):
        form.add.click()
    machine = kept(form, seat)
    assert (machine.read_back_every, machine.layout) == (10, "")
    assert machine.drawing in {one.name for one in seat.on_books(seat.stockpile.mark_layouts.all)}


def test_a_machine_is_changed_under_its_name_and_keeps_what_it_was_bound_to(form, seat, qtbot):
    before = MachineSet("Bench 1", "tl07", "COM4", "A.tml", "SN 1", fingerprint="ab")
    form.edit(before)
    assert form.add.text() == "Keep"
    form.address.set_value("COM5")
    with qtbot.waitSignal(form.model.machine_set):
        form.add.click()
    machine = kept(form, seat, "Bench 1")
    assert (machine.url, machine.identity, machine.fingerprint) == ("COM5", "SN 1", "ab")
    assert form.add.text() == "Set up"


def test_another_kind_of_machine_starts_unapproved(form, seat, qtbot):
    bound = MachineSet(
        "Bench 1", "tl07", "COM4", "A.tml", "UC500 0001", witness_proven=True, fingerprint="ab"
    )
    form.edit(bound)
    form.driver.set_value("telesis")
    with qtbot.waitSignal(form.model.machine_set):
        form.add.click()
    now = kept(form, seat, "Bench 1")
    assert (now.driver, now.identity, now.fingerprint) == ("telesis", "", "")
    assert not now.witness_proven


def test_giving_up_empties_the_form(form, qtbot):
    form.edit(MachineSet("Bench 1", "sic", "COM4", "A:B"))
    qtbot.keyClick(form.give_up, Key.Key_Space)
    assert form.name.text() == ""
    assert form.name.isEnabled()
    assert form.driver.value() == "tl07"
    assert not form.give_up.isVisible()


def test_what_is_missing_is_said_at_its_field(form, qtbot):
    form.add.click()
    assert form.name.message
    assert form.address.message
    assert form.name.edit.hasFocus()
    assert faults(form) == []
    assert form.name.y() == form.driver.y()
    qtbot.keyClicks(form.name.edit, "Bench 2")
    form.add.click()
    assert not form.name.message
    assert form.address.box.hasFocus()


def test_a_number_that_is_none_is_said_at_its_field(form, qtbot):
    fill(form, qtbot)
    for text in ("0", "1001", "two", "-1"):
        form.every.set_text(text)
        form.add.click()
        assert form.every.message


def test_a_machine_that_nobody_makes_is_said_at_its_field(form, qtbot):
    fill(form, qtbot)
    form.driver.box.setCurrentText("Enigma")
    form.add.click()
    assert form.driver.message


def test_a_refusal_is_said_and_what_was_typed_stays(form, qtbot):
    fill(form, qtbot)
    form.model.machine_refused.emit(OfficerNotAuthorised("A. Mbuyi", "set_machine"))
    assert form.name.message
    assert form.name.text() == "Bench 2"


def test_without_the_right_that_is_said_first(seat, qtbot):
    seat.sit_down("Clerk", "clerk")
    form = shown(seat, qtbot)
    assert form._right.isVisible()
    assert not form.add.isEnabled()
    fill(form, qtbot)
    qtbot.keyClick(form.address.box.lineEdit(), Key.Key_Return)
    qtbot.keyClick(form.add, Key.Key_Space)
    assert form.name.text() == "Bench 2"


@pytest.mark.parametrize("driver", ["sic", "scanner_string", "by_hand"])
def test_everybody_can_use_it(seat, tongue, qtbot, driver):
    form = shown(seat, qtbot)
    form.driver.set_value(driver)
    form.add.click()
    assert faults(form) == []
