"""The machines of the depot: which there are, who answers, bound and tried out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel  # noqa: TID251 — a test looks at widgets

from stockpile import wording
from stockpile.app import Simulator
from stockpile.domain.errors import PortMissing
from stockpile.domain.facts import CommissionCheck, Commissioning, MachineSet
from stockpile.language import plain
from stockpile.services.machines import Found
from tests.helpers.readable import bare, displayed, faults
from tests.helpers.wires import wire
from ui.pages.settings_machines import MachinesSection
from ui.theme import Ink
from ui.view_models.machines import DRIVERS, Bound
from ui.view_models.settings import Probed, SettingsModel, SetUp

Key = Qt.Key
NARROW = 520  # pixels: what the smallest window leaves for a section
BENCH = MachineSet("Bench 1", "tl07", "/dev/ttyUSB0", "STOCKPILE.tml")
BOX = MachineSet("Yard", "tl07", "socket://10.0.0.7:4001", "SMALL.tml")
STEPS = (CommissionCheck(1, "passed"), CommissionCheck(2, "failed", "it kept the text"))
TRIED = replace(
    BOX, identity="UC500 SN 4471", fingerprint="ab12cd34ef56789012",
    commissioning=Commissioning("2026-11-20", checks=STEPS),
)  # fmt: skip
VICE = MachineSet("Vice", "by_hand", "", method="scribe")


def promises(seat):
    marking = seat.stockpile.marking
    return {name: marking.capabilities(MachineSet("", name, "")) for name in DRIVERS}


def shown(seat, qtbot, *machines):
    model = SettingsModel(*seat.made_with)
    section = MachinesSection(model)
    section.model = model
    model.came.emit(SetUp(machines, promises=promises(seat)))
    displayed(section, qtbot, NARROW, 2400)
    return section


def put_on_record(seat, machine):
    marking, by = seat.stockpile.marking, seat.session.officer
    seat.on_books(lambda: marking.set_machine(machine, by=by))


def said_by(line):
    return " ".join(plain(one.text()) for one in line.findChildren(QLabel))


def test_without_a_machine_that_is_said(seat, qtbot):
    section = shown(seat, qtbot)
    assert section._none.isVisible()
    assert "by hand" in section._none.text()


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
    section.model.came.emit(SetUp((BENCH, BOX), promises=promises(seat)))
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


def test_how_far_a_machine_can_be_trusted_stands_at_its_name(seat, qtbot):
    section = shown(seat, qtbot, TRIED, BENCH, VICE)
    chips = [section.line(name).standing.text for name in ("Yard", "Bench 1", "Vice")]
    assert chips == ["A step failed", "Not commissioned", "Not commissioned"]
    words = said_by(section.line("Yard"))
    assert "Gravotech, Technifor (TL07)" in words
    assert "Proves start, end and text" in words
    assert "1 of 10 steps passed" in words
    assert "Bound to UC500 SN 4471, layout ab12cd34ef56" in words
    assert "0 of 4 steps passed" in said_by(section.line("Vice"))


def test_a_machine_without_a_cable_is_neither_asked_nor_bound(seat, qtbot):
    line = shown(seat, qtbot, VICE).line("Vice")
    assert not line.probe.isEnabled()
    assert not line.bind.isEnabled()
    assert line.commission.isEnabled()


def test_a_machine_is_bound_to_what_answers(seat, tmp_path, qtbot):
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        machine = MachineSet("Bench 1", "tl07", sim.url, "STOCKPILE.tml")
        put_on_record(seat, machine)
        section = shown(seat, qtbot, machine)
        with qtbot.waitSignal(section.model.machines.bound):
            section.line("Bench 1").bind.click()
            assert section.line("Bench 1").bind.is_busy
        qtbot.waitUntil(lambda: section.line("Bench 1").machine.identity != "")
    assert "It is bound" in section.answer("Bench 1")
    kept = seat.on_books(lambda: seat.stockpile.marking.machine("Bench 1"))
    assert "SIM-0001" in kept.identity
    assert kept.fingerprint


def test_a_bound_machine_is_bound_anew_only_after_a_question(seat, tmp_path, qtbot):
    gone = replace(TRIED, url=str(tmp_path / "none"))
    put_on_record(seat, gone)
    section = shown(seat, qtbot, gone)
    section.line("Yard").bind.click()
    assert section.binding.isVisible()
    assert bare(section.binding, "UC500 SN 4471") == []
    section.binding.cancel.click()
    assert not section.line("Yard").bind.is_busy
    section.line("Yard").bind.click()
    with qtbot.waitSignal(section.model.machines.bound):
        section.binding.confirm.click()
    assert str(tmp_path / "none") in section.answer("Yard")
    assert section.line("Yard").said.property("ink") == Ink.BAD.value


def test_a_machine_that_has_no_words_for_itself_is_not_called_bound(seat, qtbot):
    section = shown(seat, qtbot, BENCH)
    section.model.machines.bound.emit(Bound("Bench 1", Found("", "")))
    assert "swapped cable" in section.answer("Bench 1")
    assert section.line("Bench 1").said.property("ink") == Ink.WARN.value
    section.model.machines.bound.emit(Bound("nobody", Found("", "")))


def test_changing_a_machine_fills_the_form_with_it(seat, qtbot):
    section = shown(seat, qtbot, BENCH, BOX)
    section.line("Yard").change.click()
    assert section.form.name.text() == "Yard"
    assert not section.form.name.isEnabled()


def test_commissioning_takes_the_place_of_the_list_and_comes_back(seat, qtbot):
    section = shown(seat, qtbot, BENCH)
    section.line("Bench 1").commission.click()
    assert section.commissioning.isVisible()
    assert not section.form.isVisible()
    qtbot.keyClick(section.commissioning.back, Key.Key_Space)
    assert section.form.isVisible()
    assert not section.commissioning.isVisible()
    assert section.line("Bench 1").commission.hasFocus()


def test_without_the_right_nothing_can_be_changed(seat, qtbot):
    seat.sit_down("Clerk", "clerk")
    line = shown(seat, qtbot, BENCH).line("Bench 1")
    assert not line.bind.isEnabled()
    assert not line.change.isEnabled()
    assert line.probe.isEnabled()


def test_everybody_can_use_it(seat, tongue, qtbot):
    section = shown(seat, qtbot, BENCH, BOX, TRIED, VICE)
    section.model.probed.emit(Probed("Bench 1", "TL07 SN 4471", "simulation"))
    section.model.machines.bound.emit(Bound("Yard", error=PortMissing(BOX.url, "refused")))
    section.form.add.click()
    assert faults(section) == []
    assert bare(section, "Bench 1", "/dev/ttyUSB0", "TL07 SN 4471", "UC500 SN 4471") == []
