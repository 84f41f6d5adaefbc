"""The settings in the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.app import Simulator
from stockpile.domain.facts import MachineSet
from tests.helpers.wires import wire
from ui.pages.settings import SettingsPage
from ui.theme import Mode


@pytest.fixture
def page(seat, light, qtbot):
    made = SettingsPage(*seat.made_with, light)
    qtbot.addWidget(made)
    made.resize(1110, 660)
    made.show()
    with qtbot.waitSignal(made.model.came):
        made.entered("")
    return made


@pytest.mark.parametrize(
    "key", ["look", "machines", "layouts", "officers", "proof", "notices", "help", "about"]
)
def test_every_section_opens_by_its_name(page, key):
    page.entered(key)
    assert page.section == key


def test_the_colours_change_at_once_and_are_remembered(page, seat, light):
    look = page.part("look")
    look.theme.set_value("dark")
    look.theme.box.activated.emit(0)
    assert light.is_dark
    assert seat.session.settings.theme == "dark"
    light.use(Mode.LIGHT)


def test_another_language_is_spoken_from_the_next_start_on(page, seat):
    look = page.part("look")
    look.language.set_value("fr")
    look.language.box.activated.emit(0)
    assert seat.session.settings.language == "fr"
    assert look.language.message


def test_a_machine_is_set_up_and_says_who_it_is(page, tmp_path, qtbot):
    section = page.part("machines")
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        section.form.name.set_text("Bench")
        section.form.address.set_value(sim.url)
        with qtbot.waitSignal(page.model.machine_set):
            qtbot.mouseClick(section.form.add, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "Bench" in section._answers)
        with qtbot.waitSignal(page.model.probed):
            section.probe_button("Bench").click()
    assert "SIM" in section.answer("Bench")


def test_what_is_opened_in_a_long_list_comes_into_sight(page, seat, qtbot):
    marking, by = seat.stockpile.marking, seat.session.officer
    for number in range(6):
        machine = MachineSet(f"Bench {number}", "couth", f"COM{number}")
        seat.write(lambda machine=machine: (marking.set_machine(machine, by=by), None))
    page.entered("machines")
    section = page.part("machines")
    qtbot.waitUntil(lambda: len(section._answers) == 6)
    section.line("Bench 0").change.click()
    qtbot.waitUntil(lambda: not section.form.name.visibleRegion().isEmpty())
    section.line("Bench 5").commission.click()
    qtbot.waitUntil(lambda: not section.commissioning.back.visibleRegion().isEmpty())
    section.commissioning.back.click()
    qtbot.waitUntil(lambda: not section.line("Bench 5").visibleRegion().isEmpty())


def test_what_is_changed_about_officers_has_its_own_page(page, qtbot):
    page.show_section("officers")
    with qtbot.waitSignal(page.go) as told:
        page.part("officers").open.click()
    assert told.args == ["officers", ""]


def test_the_record_is_proved_and_the_result_stays(page, qtbot):
    section = page.part("proof")
    with qtbot.waitSignal(page.model.proved):
        section.check.click()
        assert not section.rebuild.isEnabled()
    assert section.result.accessibleName().startswith("The record is whole")
    assert section.rebuild.isEnabled()
