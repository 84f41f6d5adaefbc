"""The bench in the hand: keys and clicks, from the scan to the verified mark and to the doubt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.app import Simulator
from stockpile.domain.facts import MachineSet
from tests.helpers.wires import wire
from ui.pages.marking import MarkingPage
from ui.view_models.marking import Stage

Key = Qt.Key


@pytest.fixture
def machine(seat, tmp_path):
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        told = MachineSet("bench", "tl07", sim.url, "STOCKPILE.tml")
        marking, by = seat.stockpile.marking, seat.session.officer
        seat.write(lambda: (marking.set_machine(told, by=by), None))
        yield sim


def opened(seat, qtbot):
    page = MarkingPage(*seat.made_with)
    qtbot.addWidget(page)
    page.resize(1110, 670)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.entered("")
    return page


@pytest.fixture
def page(seat, machine, qtbot):
    seat.register("KB4471902")
    page = opened(seat, qtbot)
    qtbot.waitUntil(lambda: bool(page.model.bench.machines))
    return page


def reach(page, qtbot, stage):
    qtbot.waitUntil(lambda: page.model.state.stage is stage, timeout=15_000)


def scan(page, qtbot, text):
    """Type as a scanner does, whatever has the focus."""
    for character in text:
        qtbot.keyClicks(page.focusWidget(), character)
    qtbot.keyClick(page.focusWidget(), Key.Key_Return)


def brought(page, qtbot):
    scan(page, qtbot, "KB4471902")
    reach(page, qtbot, Stage.READY)


def test_without_a_machine_the_page_leads_to_the_settings(seat, qtbot):
    page = opened(seat, qtbot)
    asked = []
    page.go.connect(lambda *where: asked.append(where))
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 1)
    qtbot.mouseClick(page._set_up, Qt.MouseButton.LeftButton)
    assert asked == [("settings", "machines")]


def test_from_the_scan_to_the_verified_mark_by_keys_alone(page, qtbot):
    brought(page, qtbot)
    assert page._hero.mark.isEnabled()
    assert not page._result.isVisible()
    qtbot.keyClick(page.focusWidget(), Key.Key_F5)
    assert page._hero.mark.is_busy
    reach(page, qtbot, Stage.READ_BACK)
    text = page.model.state.text
    assert page._mark.edit.hasFocus()
    scan(page, qtbot, text.replace(" ", ""))
    reach(page, qtbot, Stage.VERIFIED)
    assert page._result.banner.accessibleName().startswith("Marked and verified")
    assert not page._hero.mark.isVisible()
    qtbot.keyClick(page.focusWidget(), Key.Key_F4)
    assert page.model.state.stage is Stage.SCAN
    assert page._weapon.edit.hasFocus()


def test_a_mark_that_cannot_be_scanned_is_typed(page, qtbot):
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    qtbot.keyClick(page.focusWidget(), Key.Key_F2)
    assert page._mark.edit.accessibleName() == "Type the mark as you read it"
    scan(page, qtbot, page.model.state.text)
    reach(page, qtbot, Stage.VERIFIED)


def test_a_wrong_scan_is_red_and_waits_for_a_person(page, qtbot):
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    scan(page, qtbot, "UG26999999")
    reach(page, qtbot, Stage.WRONG)
    assert page._result.banner.property("loud") == "bad"
    assert page._result.settle_buttons["unmarked"].isVisible()


def test_an_emergency_stop_is_settled_by_what_is_seen(page, machine, seat, qtbot):
    machine.order("fault", "estop-mid")
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.DOUBT)
    assert page._result.banner.property("loud") == "warn"
    qtbot.waitUntil(page._to_settle.isVisible)
    qtbot.mouseClick(page._result.settle_buttons["partial"], Qt.MouseButton.LeftButton)
    dialog = page._dialog
    assert not dialog.confirm.isEnabled()
    dialog._reason.set_text("Half of the digits are there.")
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    reach(page, qtbot, Stage.BORNE)
    qtbot.waitUntil(lambda: not page._to_settle.isVisible())
    assert len(seat.on_books(seat.stockpile.marking.jobs)) == 1


def test_what_is_in_doubt_can_be_brought_to_the_bench(page, machine, qtbot):
    machine.order("fault", "estop-mid")
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.DOUBT)
    qtbot.keyClick(page.focusWidget(), Key.Key_F4)
    reach(page, qtbot, Stage.SCAN)
    qtbot.waitUntil(page._to_settle.isVisible)
    qtbot.mouseClick(page._to_settle, Qt.MouseButton.LeftButton)
    reach(page, qtbot, Stage.DOUBT)


def test_a_scan_goes_to_the_field_and_never_presses_a_button(page, seat, qtbot):
    seat.register("ZZ7")
    brought(page, qtbot)
    page._hero.mark.setFocus()
    scan(page, qtbot, "ZZ7")
    qtbot.waitUntil(lambda: page.model.state.weapon.serial == "ZZ7")
    assert page.model.state.stage is Stage.READY
    assert seat.on_books(seat.stockpile.marking.jobs) == ()


def test_enter_starts_only_where_the_button_has_the_focus(page, seat, qtbot):
    brought(page, qtbot)
    qtbot.keyClick(page.focusWidget(), Key.Key_Return)
    assert page.model.state.stage is Stage.READY
    page._hero.mark.setFocus()
    qtbot.keyClick(page._hero.mark, Key.Key_Return)
    reach(page, qtbot, Stage.READ_BACK)


def test_what_names_no_weapon_is_said_under_the_field_and_kept_in_it(page, qtbot):
    scan(page, qtbot, "NOTHING")
    qtbot.waitUntil(lambda: "NOTHING" in page._weapon.message)
    assert page._weapon.text() == "NOTHING"


def test_a_role_without_the_right_is_told_first(page, seat, qtbot):
    seat.sit_down("Clerk", "clerk")
    brought(page, qtbot)
    assert page._no_right.isVisible()
    assert not page._hero.mark.isEnabled()
    qtbot.keyClick(page.focusWidget(), Key.Key_F5)
    assert page.model.state.stage is Stage.READY


def test_a_weapon_named_by_another_page_is_at_the_bench(page, seat, qtbot):
    weapon = seat.register("ZZ7")
    page.entered(weapon)
    reach(page, qtbot, Stage.READY)
    assert page.model.state.weapon.id == weapon
