"""The machines of the depot: which there are, who answers, and a new one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile import wording
from stockpile.domain.errors import OfficerNotAuthorised, PortMissing
from stockpile.domain.facts import MachineSet
from tests.helpers.readable import bare, displayed, faults
from ui.pages.settings_machines import MachinesSection
from ui.theme import Ink
from ui.view_models.settings import USUAL_LAYOUT, Probed, SettingsModel, SetUp

Key = Qt.Key
NARROW = 520  # pixels: what the smallest window leaves for a section
BENCH = MachineSet("Bench 1", "tl07", "/dev/ttyUSB0", "STOCKPILE.tml")
BOX = MachineSet("Yard", "tl07", "socket://10.0.0.7:4001", "SMALL.tml")


def shown(seat, qtbot, *machines):
    model = SettingsModel(*seat.made_with)
    section = MachinesSection(model)
    section.model = model
    model.came.emit(SetUp(machines))
    displayed(section, qtbot, NARROW, 900)
    return section


def fill(section, qtbot, name="Bench 2", address="COM4"):
    qtbot.keyClicks(section.form.name.edit, name)
    qtbot.keyClicks(section.form.address.edit, address)


def test_without_a_machine_that_is_said(seat, qtbot):
    section = shown(seat, qtbot)
    assert section._none.isVisible()
    assert section.form.layout_.text() == USUAL_LAYOUT
    assert section.form.driver.value() == "tl07"


def test_each_machine_has_a_button_of_its_own_name(seat, qtbot):
    section = shown(seat, qtbot, BENCH, BOX)
    assert not section._none.isVisible()
    assert section.probe_button("Bench 1").accessibleName() == "Who answers? Bench 1"
    assert section.probe_button("Yard").accessibleName() == "Who answers? Yard"
    assert bare(section, "Bench 1", "/dev/ttyUSB0", "SMALL.tml", "socket://10.0.0.7:4001") == []


@pytest.mark.parametrize("by", ["key", "click"])
def test_nobody_at_the_cable_is_said_at_the_machine(seat, tmp_path, qtbot, by):
    lost = MachineSet("Bench 1", "tl07", str(tmp_path / "none"), "STOCKPILE.tml")
    section = shown(seat, qtbot, lost, BOX)
    button = section.probe_button("Bench 1")
    with qtbot.waitSignal(section.model.probed):
        if by == "key":
            qtbot.keyClick(button, Key.Key_Space)
        else:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert button.is_busy
    assert not button.is_busy
    assert str(tmp_path / "none") in section.answer("Bench 1")
    assert section._answers["Bench 1"].said.property("ink") == Ink.BAD.value
    assert section.answer("Yard") == ""


@pytest.mark.parametrize("state", ["ready", "marking", "paused", "fault", "simulation"])
def test_who_answers_and_how_it_is_are_said(seat, qtbot, state):
    section = shown(seat, qtbot, BENCH)
    section.model.probed.emit(Probed("Bench 1", "TL07 SN 4471", state))
    line = section._answers["Bench 1"]
    assert line._state.text == wording.machine_state(state)
    assert bare(section, "TL07 SN 4471") == []
    section.model.probed.emit(Probed("Bench 1", error=PortMissing("COM4", "?")))
    assert not line._state.isVisible()


def test_an_answer_of_a_machine_that_has_gone_is_dropped(seat, qtbot):
    section = shown(seat, qtbot, BENCH)
    section.model.probed.emit(Probed("Yard", "TL07", "ready"))
    assert section.answer("Bench 1") == ""


def test_an_answer_outlives_a_look_at_what_is_set_up(seat, qtbot):
    section = shown(seat, qtbot, BENCH)
    section.model.probed.emit(Probed("Bench 1", "TL07 SN 4471", "ready"))
    section.model.came.emit(SetUp((BENCH, BOX)))
    assert "TL07 SN 4471" in section.answer("Bench 1")
    assert section.answer("Yard") == ""


def test_a_machine_asked_is_still_asked_after_a_look_at_what_is_set_up(seat, tmp_path, qtbot):
    lost = MachineSet("Bench 1", "tl07", str(tmp_path / "none"), "STOCKPILE.tml")
    section = shown(seat, qtbot, lost)
    with qtbot.waitSignal(section.model.probed):
        section.probe_button("Bench 1").click()
        section.model.came.emit(SetUp((lost,)))
        assert section.probe_button("Bench 1").is_busy
    assert not section.probe_button("Bench 1").is_busy


@pytest.mark.parametrize("by", ["key", "click"])
def test_a_machine_is_set_up(seat, qtbot, by):
    section = shown(seat, qtbot)
    fill(section, qtbot)
    with qtbot.waitSignal(section.model.machine_set):
        if by == "key":
            qtbot.keyClick(section.form.address.edit, Key.Key_Return)
        else:
            qtbot.mouseClick(section.form.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Bench 2" in section._answers)
    assert "Bench 2" in section.form.address.message
    assert section.form.name.text() == section.form.address.text() == ""


def test_what_is_missing_is_said_at_its_field(seat, qtbot):
    section = shown(seat, qtbot)
    section.form.add.click()
    assert section.form.name.message
    assert section.form.address.message
    assert section.form.name.edit.hasFocus()
    assert faults(section) == []
    assert section.form.name.y() == section.form.driver.y()
    qtbot.keyClicks(section.form.name.edit, "Bench 2")
    section.form.add.click()
    assert not section.form.name.message
    assert section.form.address.edit.hasFocus()


def test_a_refusal_is_said_and_what_was_typed_stays(seat, qtbot):
    section = shown(seat, qtbot)
    fill(section, qtbot)
    section.model.machine_refused.emit(OfficerNotAuthorised("A. Mbuyi", "set_machine"))
    assert section.form.name.message
    assert section.form.name.text() == "Bench 2"


def test_without_the_right_that_is_said_first(seat, qtbot):
    seat.sit_down("Clerk", "clerk")
    section = shown(seat, qtbot)
    assert section.form._right.isVisible()
    assert not section.form.add.isEnabled()
    fill(section, qtbot)
    qtbot.keyClick(section.form.address.edit, Key.Key_Return)
    qtbot.keyClick(section.form.add, Key.Key_Space)
    assert section.form.name.text() == "Bench 2"


def test_everybody_can_use_it(seat, tongue, qtbot):
    section = shown(seat, qtbot, BENCH, BOX)
    section.model.probed.emit(Probed("Bench 1", "TL07 SN 4471", "simulation"))
    section.model.probed.emit(Probed("Yard", error=PortMissing(BOX.url, "refused")))
    section.form.add.click()
    assert faults(section) == []
    assert bare(section, "Bench 1", "/dev/ttyUSB0", BOX.url, "TL07 SN 4471") == []
