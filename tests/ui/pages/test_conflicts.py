"""Contradictions are settled by a number and Enter, one after the other, by keys alone."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain import codec
from stockpile.domain.cards import MOST_SIDES
from stockpile.domain.facts import Draft, WeaponDestroyed, WeaponRelocated
from stockpile.language import plain
from tests.helpers.disputes import disputing
from tests.helpers.house import PIN
from tests.helpers.readable import displayed, faults
from tests.helpers.shots import drawn, encoded
from tests.helpers.three_nodes import site_of
from ui.pages.conflicts import ConflictsPage
from ui.pages.seconding import SecondOfficer

Key = Qt.Key
WAIT = 20_000


@pytest.fixture
def dispute(seat, tmp_path):
    found = disputing(seat, tmp_path)
    yield found
    found.other.close()


def shown(seat, qtbot, width=1110, height=672, argument=""):
    page = ConflictsPage(*seat.made_with)
    displayed(page, qtbot, width, height)
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.entered(argument)
    return page


def chosen(page, qtbot, number):
    """Press a number and wait until Enter is a person's again."""
    qtbot.keyClick(page.list, Key(Key.Key_0 + number))
    assert page.card.chosen == number
    qtbot.waitUntil(lambda: not page.card.is_guarded, timeout=WAIT)


def settled(page, qtbot, number, reason=""):
    chosen(page, qtbot, number)
    if reason:
        page.card.reason.edit.selectAll()
        qtbot.keyClicks(page.card.reason.edit, reason)
    with qtbot.waitSignals([page.model.settled, page.model.came], timeout=WAIT):
        qtbot.keyClick(page.card.reason.edit, Key.Key_Return)


def status(seat, weapon):
    return seat.on_books(lambda: seat.stockpile.books.weapon(weapon)).status


def test_nothing_open_is_said_with_the_way_on(seat, qtbot):
    page = shown(seat, qtbot)
    assert page._faces.currentIndex() == 0
    assert faults(page) == []


def test_a_number_a_reason_and_enter_settle_one_and_the_next_comes(seat, dispute, qtbot):
    first, second = dispute.fork(), dispute.described_twice()
    page = shown(seat, qtbot)
    assert page._case.weapons == (first,)
    counted = []
    page.counted.connect(counted.append)
    settled(page, qtbot, 1, "looked in the rack")
    assert status(seat, first) == "in_store"
    qtbot.waitUntil(lambda: page._case is not None and page._case.weapons == (second,),
                    timeout=WAIT)  # fmt: skip
    assert plain(counted[-1]) == "1"
    assert page.list.hasFocus()
    settled(page, qtbot, 2)  # the last reason stands there already
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 0, timeout=WAIT)
    history = seat.on_books(lambda: seat.stockpile.books.history(second))
    assert history[-1].body.reason == "looked in the rack"


def test_without_a_reason_nothing_is_settled_and_esc_takes_the_choice_back(seat, dispute, qtbot):
    weapon = dispute.fork()
    page = shown(seat, qtbot)
    chosen(page, qtbot, 1)
    assert page.card.reason.edit.hasFocus()
    qtbot.keyClick(page.card.reason.edit, Key.Key_Return)
    assert status(seat, weapon) == "disputed"
    qtbot.keyClick(page.card.reason.edit, Key.Key_Escape)
    assert page.card.chosen == 0
    assert not page.card.reason.isVisible()
    assert page.list.hasFocus()


def test_a_scanner_that_types_a_code_settles_nothing(seat, dispute, qtbot):
    weapon = dispute.fork()
    page = shown(seat, qtbot)
    qtbot.keyClick(page.list, Key.Key_1)
    qtbot.keyClicks(page.card.reason.edit, "KB4471")
    qtbot.keyClick(page.card.reason.edit, Key.Key_Return)
    seat.desk.wait()
    assert status(seat, weapon) == "disputed"


def test_both_values_stand_side_by_side_and_the_record_is_one_key_away(seat, dispute, qtbot):
    weapon = dispute.fork()
    page = shown(seat, qtbot, argument=weapon)
    words = [plain(one.text()) for one in page.card.sides.findChildren(type(page.card._title))]
    assert {"gulu site", "Kampala Central", "≠ Place"} <= set(words)
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(page.list, Key.Key_F6)
    assert went.args == ["weapon", weapon]


def test_two_records_that_look_alike_are_joined_by_one_key(seat, qtbot):
    one, other = seat.register("KB 1"), seat.register("KB 1")
    page = shown(seat, qtbot)
    assert len(page.card.buttons) == 3
    settled(page, qtbot, 1, "same photo")
    assert {status(seat, one), status(seat, other)} == {"in_store", "merged"}


def test_photos_of_both_sides_are_laid_beside_each_other_and_opened_large(seat, qtbot):
    weapons = [seat.register("KB 1") for _twice in range(2)]
    photographs, by = seat.stockpile.photographs, seat.session.officer
    for width, weapon in enumerate(weapons, 80):
        seat.write(partial(photographs.add, weapon, encoded(picture=drawn(width, 60)), by=by))
    page = shown(seat, qtbot)
    strip = page.card.strip
    qtbot.waitUntil(lambda: len(strip._photos) == 2, timeout=WAIT)
    titles = {plain(one.shot.title) for one in strip._photos}
    assert titles == {"Account 1: Another view", "Account 2: Another view"}
    strip.opened.emit(strip._photos[1].shot.digest)
    view = page.view
    qtbot.waitUntil(lambda: not view.canvas._picture.isNull(), timeout=WAIT)
    view.close()
    qtbot.waitUntil(lambda: page.view is None, timeout=WAIT)


def test_what_wants_two_asks_for_the_second_officer(seat, dispute, qtbot):
    weapon = seat.register("KB 9")
    dispute.told_here()
    site = site_of(dispute.other)
    other = dispute.other.books
    from_there = other.weapon(weapon).heads.custody
    seat.on_books(lambda: seat.by_two([Draft(weapon, WeaponDestroyed("DC-1"), from_there)]))
    other.record([Draft(weapon, WeaponRelocated(site), from_there)], by=None)
    dispute.heard_here()
    page = shown(seat, qtbot, argument=weapon)
    number = next(n for n, one in enumerate(page._case.choices, 1) if "Two officers" in one.follows)
    chosen(page, qtbot, number)
    page.card.reason.set_text("the pieces were counted")
    asked = []
    seat.desk.ask_second = lambda error, *rest: asked.append((error.act, rest[-1]))
    qtbot.keyClick(page.card.reason.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT)
    assert asked[0][0] == "destroy"
    with qtbot.waitSignal(page.model.refused, timeout=WAIT):
        asked[0][1]()
    assert status(seat, weapon) == "disputed"


def test_everybody_can_use_it(seat, dispute, tongue, qtbot):
    dispute.fork()
    dispute.described_twice()
    dispute.counted_elsewhere()
    dispute.marked_outside()
    dispute.moved_here(dispute.missed())
    dispute.cloned()
    dispute.stolen()
    seat.register("KB4471902")
    page = shown(seat, qtbot)
    assert len(page._listing.cases) == 8
    for at in range(8):
        page.list.setCurrentIndex(page.list.rows.index(at))
        page.card.choose(1)
        QApplication.processEvents()
        assert faults(page) == [], page._case.title
    page.resize(810, 560)
    QApplication.processEvents()
    assert faults(page) == []


def test_the_list_is_narrowed_and_that_is_remembered(seat, dispute, qtbot):
    forked, described = dispute.fork(), dispute.described_twice()
    page = shown(seat, qtbot)
    counted = []
    page.counted.connect(counted.append)
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.among.kind.set_value("identity_fork")
    assert [one.weapons for one in page._listing.cases] == [(described,)]
    assert counted == []  # the number beside the page's name stays that of all
    page.left()
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.entered("")
    assert page.among.kind.value() == "identity_fork"
    assert len(page._listing.cases) == 1
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.entered(forked)  # who comes from a weapon's record sees its contradiction
    assert page._case.weapons == (forked,)
    assert page.among.kind.value() == ""


def test_none_of_a_class_says_so_with_the_way_back(seat, dispute, qtbot):
    dispute.fork()
    page = shown(seat, qtbot)
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.among.kind.set_value("mark_doubled")
    assert (page._faces.currentIndex(), page._beside.currentIndex()) == (1, 1)
    assert faults(page) == []
    qtbot.keyClick(page.list, Key.Key_F, Qt.KeyboardModifier.ControlModifier
                   | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    assert page.among.kind.box.lineEdit().hasFocus()
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.among.clear()
    assert page._beside.currentIndex() == 0


def test_a_weapon_that_is_not_known_is_said_under_its_field(seat, dispute, qtbot):
    weapon = dispute.fork()
    page = shown(seat, qtbot)
    for typed, found in (("NOWHERE", []), ("KB4471902", [(weapon,)])):
        page.among.weapon.set_text(typed)
        with qtbot.waitSignal(page.model.came, timeout=WAIT):
            qtbot.keyClick(page.among.weapon.edit, Key.Key_Return)
        assert [one.weapons for one in page._listing.cases] == found
        assert page.among.weapon._message.isVisible() is not bool(found)


def test_the_site_of_a_side_narrows_the_list_and_its_total_is_not_claimed(seat, dispute, qtbot):
    dispute.fork()
    for _twice in range(2):
        seat.register("KB 1")
    page = shown(seat, qtbot)
    assert page._listing.total == 2
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.among.site.set_value(site_of(dispute.other))
    assert (len(page._listing.cases), page._listing.total) == (1, None)
    assert "1 is shown" in plain(page._count.text())


def test_a_list_of_hundreds_comes_in_pages_and_goes_on_by_f7(seat, qtbot, monkeypatch):
    monkeypatch.setattr("ui.view_models.conflicts.MOST_SHOWN", 2)
    for serial in ("KB 1", "KB 2", "KB 3"):
        for _twice in range(2):
            seat.register(serial)
    page = shown(seat, qtbot)
    assert (len(page.list.lines), page._listing.total) == (2, 3)
    assert page.more.isVisible()
    chosen_before = page._case.id
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        qtbot.keyClick(page.list, Key.Key_F7)
    assert (len(page.list.lines), page._case.id) == (3, chosen_before)
    assert not page.more.isVisible()
    hidden = page._listing.cases[2]
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.entered(hidden.weapons[0])  # stands on the second page: shown before the first
    assert page._case.id == hidden.id


def words_of(page):
    return {plain(one.text()) for one in page.card.sides.findChildren(type(page.card._title))}


def test_a_number_outside_its_block_is_void_by_one_key(seat, dispute, qtbot):
    weapon = dispute.marked_outside()
    page = shown(seat, qtbot, argument=weapon)
    assert {"150", "100\u2013199", "gulu site"} <= words_of(page)
    page.model._desk.ask_second = lambda *_asked: None
    assert [plain(one.title) for one in page._case.choices] == [
        "UG 26 000150 stays: its number is accepted", "UG 26 000150 is void: mark it again",
    ]  # fmt: skip
    assert not page.card.inquiry.isVisible()


def test_what_a_count_missed_opens_its_investigation_or_is_closed_by_what_answers_it(
    seat, dispute, qtbot
):
    weapon = dispute.missed()
    page = shown(seat, qtbot, argument=weapon)
    assert "not found" in words_of(page)
    assert page._case.choices == ()
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(page.list, Key.Key_F8)
    assert went.args == ["investigations", "inquiry-KB4471906"]
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        dispute.moved_here(weapon)
    settled(page, qtbot, 1, "it stood in the workshop")
    assert seat.on_books(seat.stockpile.investigations.count_open) == 0


def test_two_histories_of_a_computer_stand_side_by_side(seat, dispute, qtbot):
    dispute.cloned()
    page = shown(seat, qtbot)
    assert plain(page._case.named) == "gulu site"
    assert {"in the chain", "beside the chain"} <= words_of(page)
    lines = [one.splitlines() for one in words_of(page) if one.count("Put on record") == 3]
    assert [one.partition(":")[0] for one in lines[0]] == ["Scopy-1", "Scopy-2", "Scopy-3"]
    (choice,) = page._case.choices
    assert "Two officers" in choice.follows
    assert not page.card.weapon.isVisible()


def test_what_a_stolen_laptop_wrote_of_its_clock_is_one_card_settled_by_one_key_and_two_pins(
    seat, dispute, qtbot
):
    asking = SecondOfficer(seat.desk, seat.session)
    seat.desk.ask_second = asking.ask
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(lambda: people.appoint("S. Second", ("commander",), PIN, by=by))
    dispute.stolen(5)
    page = shown(seat, qtbot)
    counted = []
    page.counted.connect(counted.append)
    assert (len(page.list.lines), plain(page._count.text())) == (1, "1 is open")
    titles = [plain(one.title) for one in page._case.sides]
    assert [one.partition(".")[0] for one in titles] == ["1", "2", "3", "4", "5"]
    assert {"2", "3", "4", "5", "6"} <= words_of(page)
    assert faults(page) == []
    chosen(page, qtbot, 2)
    qtbot.keyClicks(page.card.reason.edit, "the thief's own clock")
    qtbot.keyClick(page.card.reason.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: asking.dialog is not None, timeout=WAIT)
    first, second = asking.dialog.rows
    qtbot.waitUntil(lambda: second.name == "S. Second", timeout=WAIT)
    first.pin.set_text(PIN)
    second.pin.set_text(PIN)
    with qtbot.waitSignals([page.model.settled, page.model.came], timeout=WAIT):
        asking.dialog.confirm.click()
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 0, timeout=WAIT)
    assert counted[-1] == ""
    assert seat.on_books(seat.stockpile.books.count_conflicts) == 0
    last = seat.on_books(lambda: seat.stockpile.books.entries(seat.stockpile.keys.node, 0, 1000))[
        -1
    ]
    bodies = [codec.decode(one).body for one in last.facts]
    assert [one.number for one in bodies] == [2, 3, 4, 5, 6]
    assert {one.reason for one in bodies} == {"the thief's own clock"}


def test_of_a_long_time_after_the_theft_the_next_come_when_the_first_are_settled(
    seat, dispute, qtbot
):
    dispute.stolen(MOST_SIDES + 3)
    page = shown(seat, qtbot)
    assert (len(page.list.lines), len(page._case.sides)) == (1, MOST_SIDES)
    assert "3 more entries have the same" in plain(page.card._sentence.text())
