"""The bench in the hand: keys and clicks, from the scan to the verified mark and to the doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt

from stockpile.app import Simulator
from stockpile.domain.facts import MachineSet
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.language import plain
from tests.helpers.house import PIN
from tests.helpers.shots import encoded
from tests.helpers.wires import wire
from ui.pages.marking import MarkingPage
from ui.pages.marking_order_dialogs import NewOrderDialog
from ui.view_models.marking import Settled
from ui.view_models.marking_state import Stage

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


def in_front(page, qtbot):
    """Put the page in front again: a dialog that closed took the keys with it."""
    with qtbot.waitActive(page):
        page.activateWindow()


def reach(page, qtbot, stage):
    qtbot.waitUntil(lambda: page.model.state.stage is stage, timeout=15_000)


def scan(page, qtbot, text):
    """Type as a scanner does, whatever has the focus."""
    for character in text:
        qtbot.keyClicks(page.focusWidget(), character)
    qtbot.keyClick(page.focusWidget(), Key.Key_Return)


def symbol(text):
    """Return a Data Matrix of the text, large and clean, as a picture."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    return Image.fromarray(made.to_image(scale=8, add_quiet_zones=True))


def brought(page, qtbot):
    scan(page, qtbot, "KB4471902")
    reach(page, qtbot, Stage.READY)


def test_without_a_machine_the_page_leads_to_the_settings(seat, qtbot):
    page = opened(seat, qtbot)
    asked = []
    page.go.connect(lambda *where: asked.append(where))
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 1)
    qtbot.mouseClick(page._no_machine.set_up, Qt.MouseButton.LeftButton)
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
    scan(page, qtbot, text)
    reach(page, qtbot, Stage.VERIFIED)
    assert page._result.banner.accessibleName().startswith("Marked and verified")
    assert not page._hero.mark.isVisible()
    assert page._weapon.edit.hasFocus()  # the next scan is the next weapon
    qtbot.keyClick(page.focusWidget(), Key.Key_F4)
    assert page.model.state.stage is Stage.SCAN
    assert page._weapon.edit.hasFocus()


def test_a_pedal_starts_by_enter_and_a_scanners_line_feed_does_not(page, seat, qtbot):
    scan(page, qtbot, "KB4471902")
    qtbot.keyClick(page.focusWidget(), Key.Key_Return)  # a second Enter from the scanner
    reach(page, qtbot, Stage.READY)
    assert seat.on_books(seat.stockpile.marking.jobs) == ()
    qtbot.waitUntil(lambda: page._since_scan.elapsed() > 300)
    qtbot.keyClick(page.focusWidget(), Key.Key_Return)
    reach(page, qtbot, Stage.READ_BACK)
    assert len(seat.on_books(seat.stockpile.marking.jobs)) == 1


def test_a_pedal_may_send_a_key_of_its_own(page, seat, qtbot):
    seat.session.remember(pedal="F13")
    brought(page, qtbot)
    qtbot.keyClick(page.focusWidget(), Key.Key_F13)
    reach(page, qtbot, Stage.READ_BACK)


def test_a_mark_that_cannot_be_read_is_typed_unseen_at_last(page, qtbot):
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    text = page.model.state.text
    qtbot.keyClick(page.focusWidget(), Key.Key_F2)
    reach(page, qtbot, Stage.UNREADABLE)
    qtbot.keyClick(page.focusWidget(), Key.Key_F2)
    reach(page, qtbot, Stage.BLIND)
    assert page._mark.edit.accessibleName() == "Type the mark as you read it"
    assert text not in page._hero._plate.text()
    scan(page, qtbot, text)
    reach(page, qtbot, Stage.VERIFIED)


def test_a_mark_is_read_off_a_picture_and_the_photo_is_kept(page, seat, tmp_path, qtbot):
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    file = tmp_path / "mark.png"
    symbol(page.model.state.text).save(file)
    qtbot.keyClick(page.focusWidget(), Key.Key_F3)
    page.dialog.fileSelected.emit(str(file))
    page.dialog.close()
    reach(page, qtbot, Stage.VERIFIED)
    weapon = page.model.state.weapon.id
    facts = seat.on_books(lambda: seat.stockpile.books.history(weapon))
    assert (facts[-1].body.how, len(facts[-1].body.photo)) == ("photo", 64)


def test_a_picture_that_says_nothing_asks_for_other_light(page, tmp_path, qtbot):
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    page.model.read_picture(encoded())
    reach(page, qtbot, Stage.UNREADABLE)


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
    dialog = page.dialog
    dialog._reason.set_text("Half of the digits are there.")
    assert not dialog.confirm.isEnabled()
    qtbot.keyClicks(dialog.read.edit, "UG26")
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    reach(page, qtbot, Stage.READY)
    qtbot.waitUntil(lambda: not page._to_settle.isVisible())
    assert len(seat.on_books(seat.stockpile.marking.jobs)) == 1


def test_what_was_read_by_eye_is_signed_by_two(page, machine, seat, qtbot):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(lambda: people.appoint("P. Ilunga", ["armourer"], PIN, by=by))
    machine.order("fault", "estop-mid")
    brought(page, qtbot)
    page._start()
    reach(page, qtbot, Stage.DOUBT)
    page._settle(Settled("partial", "Half of it.", "UG 2", "typed"))
    row = page.dialog.rows[0]
    qtbot.waitUntil(lambda: row.name == "P. Ilunga")
    qtbot.keyClicks(row.pin.edit, PIN)
    qtbot.keyClick(row.pin.edit, Key.Key_Return)
    reach(page, qtbot, Stage.READY)


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


def test_an_order_is_opened_taken_in_hand_and_paused_by_keys(page, seat, qtbot):
    seat.register("KB4471903")
    place = seat.on_books(seat.stockpile.people.site)
    qtbot.keyClick(page.focusWidget(), Key.Key_F9)
    qtbot.mouseClick(page.dialog.new, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page.dialog, NewOrderDialog))
    page.dialog.place.set_value(place)
    qtbot.waitUntil(page.dialog.confirm.isEnabled)
    page.dialog.accept()
    qtbot.waitUntil(lambda: page.orders.in_hand is not None)
    assert page._order.isVisible()
    assert "0 of 2 marked" in plain(page._about.text())
    in_front(page, qtbot)
    qtbot.keyClick(page.focusWidget(), Key.Key_F7)
    page.dialog._reason.set_text("no time")
    page.dialog.accept()
    qtbot.waitUntil(lambda: page.orders.in_hand.state.aside == 1)
    qtbot.waitUntil(lambda: page.dialog is None)
    in_front(page, qtbot)
    qtbot.keyClick(page.focusWidget(), Key.Key_F10)
    qtbot.waitUntil(lambda: page.orders.in_hand is None)
    assert not page._order.isVisible()
    in_front(page, qtbot)
    qtbot.keyClick(page.focusWidget(), Key.Key_F9)
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.take.isEnabled())
    page.dialog.take.click()
    qtbot.waitUntil(lambda: page.orders.in_hand is not None)


def test_what_is_not_in_the_order_is_marked_all_the_same_on_one_more_key(page, seat, qtbot):
    other = seat.register("KB4471903")
    service, by = seat.stockpile.marking_orders, seat.session.officer
    seat.write(lambda: (service.open("", [other], MOSAIC_IMPORT, by=by), None))
    qtbot.waitUntil(lambda: bool(page.orders.orders))
    page.orders.take(page.orders.orders[0])
    qtbot.waitUntil(lambda: page.orders.in_hand is not None)
    scan(page, qtbot, "KB4471902")
    reach(page, qtbot, Stage.OUTSIDE)
    qtbot.keyClick(page.focusWidget(), Key.Key_F5)
    assert page.model.state.stage is Stage.OUTSIDE
    qtbot.keyClick(page.focusWidget(), Key.Key_F8)
    assert page.model.state.stage is Stage.READY


def test_the_station_is_set_up_for_its_machine(page, seat, qtbot):
    brought(page, qtbot)
    qtbot.keyClick(page.focusWidget(), Key.Key_F6)
    page.dialog.position.set_value("left")
    page.dialog.accept()
    qtbot.waitUntil(lambda: "On the left" in page._hero._how.text())
    assert page.model.setup.position == "left"


def test_few_numbers_are_said_in_time(page, qtbot):
    assert not page._low.isVisible()
    page._show_bench(replace(page.model.bench, is_low=True, left=12))
    assert page._low.isVisible()
    assert "Only 12 marking numbers are left" in plain(page._low.accessibleName())


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
