"""Places: the plan by keys alone, the forms, the cards, and scans that come anywhere."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.places import PlacesPage

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def room(seat):
    site, by = seat.on_books(seat.stockpile.people.site), seat.session.officer
    return seat.write(partial(seat.stockpile.places.open, "Room", "room", site, by=by))


@pytest.fixture
def racks(seat, room):
    said = {"name": "Rack 1..5", "code": "R1..5", "capacity": 2}
    by = seat.session.officer
    return seat.write(partial(seat.stockpile.places.open_row, room.id, said, by=by))


@pytest.fixture
def page(seat, racks, qtbot):
    return entered(seat, qtbot)


def entered(seat, qtbot):
    page = PlacesPage(*seat.made_with)
    qtbot.addWidget(page)
    page.resize(1110, 660)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.entered("")
    qtbot.waitUntil(lambda: bool(page.model.now.tree))
    return page


def press(qtbot, key, modifier=Modifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def scan(qtbot, code):
    qtbot.keyClicks(QApplication.focusWidget(), code)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)


def test_the_plan_shows_how_full_each_rack_is(page, seat, racks, qtbot):
    for n in range(3):
        seat.register(f"KB{n}", racks[1])
    qtbot.waitUntil(lambda: plain(page.plan.tiles[1].figure) == "3 / 2")
    tile = page.plan.tiles[1]
    assert (tile.name, plain(tile.said)) == ("Rack 2", "1 too many")
    assert plain(page._room_said.text()) == "3 weapons · room for 10"
    assert plain(page._room.text()) == "Kampala Central / Room"


def test_keys_alone_walk_the_plan_open_a_rack_and_come_back(page, seat, racks, qtbot):
    seat.register("KB1", racks[1])
    page.plan.focus_tile()
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(page.contents.isVisible)
    qtbot.waitUntil(page.contents.list.hasFocus)
    assert [line.identifier for line in page.contents.list.lines] == ["KB1"]
    press(qtbot, Key.Key_Down)
    with qtbot.waitSignal(page.go) as told:
        press(qtbot, Key.Key_Return)
    assert told.args[0] == "weapon"
    press(qtbot, Key.Key_Escape)
    assert page.plan.isVisible()
    assert page.plan.current == racks[1].id


def test_ctrl_and_an_arrow_move_a_rack_and_two_change_places(page, seat, racks, qtbot):
    page.plan.focus_tile()
    press(qtbot, Key.Key_Right, Modifier.ControlModifier)
    names = lambda: [one.name for one in page.plan.tiles][:3]  # noqa: E731 — read again and again
    qtbot.waitUntil(lambda: names() == ["Rack 2", "Rack 1", "Rack 3"])
    place = seat.on_books(lambda: seat.stockpile.places.one(racks[0].id))
    assert (place.across, place.down) == (2, 1)


def test_a_scan_anywhere_on_the_page_is_a_rack_or_a_weapon(page, seat, racks, qtbot):
    weapon = seat.register("KB1")
    page.plan.focus_tile()
    scan(qtbot, "R3")
    scan(qtbot, "KB1")
    qtbot.waitUntil(lambda: page.bench.result.isVisible() and not page.racking.waiting)
    place = seat.on_books(lambda: seat.stockpile.books.weapon(weapon).place)
    assert place == racks[2].id
    qtbot.waitUntil(lambda: page.plan.tiles[2].is_now)
    qtbot.waitUntil(lambda: plain(page.plan.tiles[2].figure) == "1 / 2")


def test_a_place_is_added_by_keys_and_a_code_that_is_taken_is_said_in_the_form(page, qtbot):
    press(qtbot, Key.Key_N, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: page.acts.dialog is not None)
    dialog = page.acts.dialog
    dialog.name.set_text("Rack 6")
    dialog.code.set_text("R1")
    dialog._judge()
    dialog.accept()
    qtbot.waitUntil(lambda: not dialog.save.is_busy)
    assert dialog.isVisible()
    dialog.code.set_text("R6")
    with qtbot.waitSignal(page.toast) as told:
        dialog.accept()
    assert "added" in told.args[0]
    qtbot.waitUntil(lambda: len(page.plan.tiles) == 6)
    assert page.acts.dialog is None


def test_f2_changes_the_rack_under_the_cursor(page, seat, racks, qtbot):
    page.plan.focus_tile()
    press(qtbot, Key.Key_F2)
    qtbot.waitUntil(lambda: page.acts.dialog is not None)
    page.acts.dialog.name.set_text("Rack North")
    with qtbot.waitSignal(page.model.changed):
        page.acts.dialog.accept()
    qtbot.waitUntil(lambda: "Rack North" in [one.name for one in page.plan.tiles])


def test_an_empty_rack_is_closed_with_a_reason(page, seat, racks, qtbot):
    page._open(racks[4].id)
    qtbot.waitUntil(page.contents.isVisible)
    page.contents.close_.click()
    page.acts.dialog._reason.set_text("sold")
    with qtbot.waitSignal(page.toast):
        page.acts.dialog.accept()
    qtbot.waitUntil(lambda: len(page.plan.tiles) == 4)
    assert page.plan.isVisible()


def test_a_rack_that_holds_something_is_not_closed_and_says_why(page, seat, racks, qtbot):
    seat.register("KB1", racks[0])
    page._open(racks[0].id)
    qtbot.waitUntil(page.contents.isVisible)
    page.contents.close_.click()
    page.acts.dialog._reason.set_text("sold")
    page.acts.dialog.accept()
    qtbot.waitUntil(lambda: bool(seat.said))
    assert "not empty" in plain(seat.said[-1].text)


def test_the_cards_of_a_room_are_printed_by_one_key(page, qtbot):
    with qtbot.waitSignal(page.toast, timeout=20_000) as told:
        press(qtbot, Key.Key_P, Modifier.ControlModifier)
    assert "5 cards" in plain(told.args[0])


def test_a_room_of_the_tree_is_shown_on_the_plan(page, seat, room, qtbot):
    site = seat.on_books(seat.stockpile.people.site)
    page.tree.rows[site].click()
    qtbot.waitUntil(lambda: [one.name for one in page.plan.tiles] == ["Room"])
    page._open(room.id)
    qtbot.waitUntil(lambda: len(page.plan.tiles) == 5)


def test_a_depot_without_rooms_says_what_to_do_first(seat, qtbot):
    page = entered(seat, qtbot)
    qtbot.waitUntil(lambda: page.model.now.is_bare)
    assert not page.tree.isVisible()
    page.acts.ask_new("room")
    page.acts.dialog.name.set_text("Room 1")
    page.acts.dialog._judge()
    page.acts.dialog.accept()
    qtbot.waitUntil(lambda: not page.model.now.is_bare)
    qtbot.waitUntil(page.plan.isVisible)


def test_who_may_only_look_changes_nothing(page, seat, racks, qtbot):
    seat.sit_down("P. Ilunga", "auditor")
    page.entered("")
    qtbot.waitUntil(lambda: not page._add.isEnabled())
    assert not page._cards.isEnabled()
    assert not page.bench.field.isEnabled()
    page._open(racks[0].id)
    qtbot.waitUntil(page.contents.isVisible)
    assert not page.contents.change.isEnabled()


def test_a_place_that_somebody_wants_to_see_is_opened(page, racks, qtbot):
    page.entered(racks[2].id)
    qtbot.waitUntil(page.contents.isVisible)
    assert plain(page.contents._title.text()) == "Rack 3"


@pytest.mark.parametrize("size", [(756, 560), (1110, 660)])
def test_everything_can_be_read_and_pressed_in_every_language(tongue, seat, racks, qtbot, size):
    seat.register("KB1", racks[0])
    page = PlacesPage(*seat.made_with)
    displayed(page, qtbot, *size)
    page.entered("")
    qtbot.waitUntil(lambda: bool(page.plan.tiles))
    scan(qtbot, "R1")
    qtbot.waitUntil(page.bench.result.isVisible)
    assert faults(page) == []
    page._open(racks[0].id)
    qtbot.waitUntil(page.contents.isVisible)
    assert faults(page) == []
    page.acts.ask_change(racks[0])
    qtbot.waitUntil(page.acts.dialog.isVisible)
    assert faults(page.acts.dialog) == []
    page.acts.dialog.reject()


def test_a_bare_depot_can_be_read_in_every_language(tongue, seat, qtbot):
    page = PlacesPage(*seat.made_with)
    displayed(page, qtbot, 756, 560)
    page.entered("")
    qtbot.waitUntil(lambda: page.model.now.is_bare and bool(page.model.now.tree))
    assert faults(page) == []


def test_the_room_is_handed_over_where_the_day_is_closed(page, room, qtbot):
    qtbot.waitUntil(page._hand_over.isEnabled)
    with qtbot.waitSignal(page.go) as told:
        page._hand_over.click()
    assert told.args[0] == "today"
    assert told.args[1].startswith("handover:")
