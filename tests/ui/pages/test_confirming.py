"""What waits for a second officer is looked at and decided by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain import mandates
from stockpile.domain.facts import Draft, WeaponDestroyed
from stockpile.language import plain
from stockpile.services.signing import Later
from tests.helpers.books import Desk
from tests.helpers.house import PIN
from tests.helpers.officers import by_one, in_office
from tests.helpers.readable import displayed, faults
from tests.helpers.stolen_laptops import stolen_laptop
from ui.pages.confirming import ConfirmingPage
from ui.pages.pins import PinsDialog
from ui.pages.weapon_dialogs import ReasonDialog

Key = Qt.Key
WAIT = 20_000


@pytest.fixture
def waiting(seat):
    """A correction that the officer here signed, and a second officer of the house."""
    weapon = seat.register("KB4471902")
    by, stockpile = seat.session.officer, seat.stockpile
    later = Later("the armourer is at the range")

    def act():
        people, correct = stockpile.people, stockpile.receiving.correct
        people.appoint("S. Second", ("commander",), PIN, by=by)
        return correct(weapon, {"model": "AKMS"}, "misread", by=by, witness=later), None

    seat.write(act)
    return weapon


def shown(seat, qtbot, width=1110, height=672, argument=""):
    page = ConfirmingPage(*seat.made_with)
    displayed(page, qtbot, width, height)
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.entered(argument)
    return page


def test_nothing_to_confirm_is_said_with_the_way_on(seat, qtbot):
    page = shown(seat, qtbot)
    assert page._faces.currentIndex() == 0
    assert faults(page) == []


def test_a_second_officer_confirms_what_they_saw(seat, waiting, qtbot):
    page = shown(seat, qtbot)
    assert len(page._all) == 1
    assert page.detail.title.text() == "Correct records"
    assert "KB4471902" in page.detail.about.text()
    assert "KB4471902" in page.list.lines[0].beneath  # many of one kind are told apart
    assert faults(page) == []
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page.list, Key.Key_F5)
    pins = page.dialog
    assert isinstance(pins, PinsDialog)
    assert "AKMS" in pins.what.text()
    qtbot.waitUntil(lambda: pins.rows[0].name == "S. Second", timeout=WAIT)
    pins.rows[0].pin.set_text(PIN)
    with qtbot.waitSignal(page.model.settled, timeout=WAIT) as settled:
        pins.confirm.click()
    assert settled.args == ["confirmed"]
    assert seat.on_books(lambda: seat.stockpile.books.weapon(waiting)).model == "AKMS"
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 0, timeout=WAIT)


def test_who_signed_it_takes_it_back_with_a_reason(seat, waiting, qtbot):
    page = shown(seat, qtbot, 820, 600, waiting)
    assert page.detail.refuse.text() == "Take back"
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page.list, Key.Key_F4)
    dialog = page.dialog
    assert isinstance(dialog, ReasonDialog)
    dialog._reason.set_text("it was right as it stood")
    with qtbot.waitSignal(page.model.settled, timeout=WAIT) as settled:
        dialog.accept()
    assert settled.args == ["withdrawn"]


def test_who_may_not_confirm_is_told_before_they_try(seat, waiting, qtbot):
    seat.sit_down("C. Clerk", "clerk")
    page = shown(seat, qtbot)
    assert not page.detail.confirm.isEnabled()
    assert "does not include confirming" in page.detail.confirm.toolTip()


@pytest.fixture
def doubtful(seat, tmp_path, monkeypatch):
    """A weapon of another node that one officer destroyed alone, as that node tells it here."""
    other = Desk(tmp_path / "other", "other")
    other.books.record(in_office(), by=None)
    weapon = other.register_weapon("KB 99").id
    heads = other.books.weapon(weapon).heads.custody
    with monkeypatch.context() as patch:
        patch.setattr(mandates, "demand_right", lambda *_told: None)
        by_one(other.books, [Draft(weapon, WeaponDestroyed("DC-1"), heads)])
    entries, books = other.books.entries(other.node, 0, 100), seat.stockpile.books
    people, by = seat.stockpile.people, seat.session.officer

    def hear():
        people.appoint("S. Second", ("commander",), PIN, by=by)
        books.trust(other.node, other.keys.public_key)
        return books.receive(entries), None

    seat.write(hear)
    other.close()
    return weapon


def rejected(page, qtbot, reason):
    """What is asked on the way, where two officers do not accept what is chosen."""
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page.list, Key.Key_F4)
    asked = [page.dialog.windowTitle()]
    page.dialog._reason.set_text(reason)
    page.dialog.accept()
    qtbot.waitUntil(lambda: isinstance(page.dialog, PinsDialog), timeout=WAIT)
    asked += [page.dialog.windowTitle(), page.dialog.what.text()]
    first, second = page.dialog.rows
    qtbot.waitUntil(lambda: second.name == "S. Second", timeout=WAIT)
    first.pin.set_text(PIN)
    second.pin.set_text(PIN)
    with qtbot.waitSignal(page.model.settled, timeout=WAIT) as settled:
        page.dialog.confirm.click()
    assert settled.args == ["rejected"]
    return [plain(one) for one in asked]


def test_two_decide_about_an_entry_without_right(seat, doubtful, qtbot):
    page = shown(seat, qtbot, argument=doubtful)
    assert page._one.kind == "entry"
    assert "only one signed" in page.detail.banner.accessibleName() + page._one.note
    assert faults(page) == []
    asked = rejected(page, qtbot, "the weapon is in its rack")
    assert asked[:2] == ["Do not accept the entry"] * 2
    assert seat.on_books(seat.stockpile.judging_entries.all) == ()


@pytest.fixture
def stolen(seat, monkeypatch):
    """A revoked laptop that wrote of its clock alone: three entries are shown, two come later."""
    monkeypatch.setattr("stockpile.domain.clock_entries.MOST_SIDES", 3)
    people, by = seat.stockpile.people, seat.session.officer

    def hear():
        people.appoint("S. Second", ("commander",), PIN, by=by)
        found = stolen_laptop(seat.stockpile.books)
        found.compared(5)
        found.heard()

    seat.on_books(hear)


def test_what_a_revoked_computer_wrote_of_its_clock_is_one_line_and_decided_about_as_one(
    seat, stolen, qtbot
):
    page = shown(seat, qtbot)
    (line,) = page.list.lines
    assert plain(line.identifier) == "5 entries about its own clock"
    assert line.beneath  # by whom it was written, and when
    detail = page.detail
    assert plain(detail._count.text()) == "3 entries are decided about as one"
    assert plain(detail._more.text()) == "2 more come when these are decided about."
    assert [plain(one.identifier)[:8] for one in detail.lines.lines] == [
        "Entry 2,", "Entry 3,", "Entry 4,",
    ]  # fmt: skip
    assert faults(page) == []
    title, signed, what = rejected(page, qtbot, "the thief's own clock")
    assert title == signed == "Do not accept the 3 entries"
    assert what.startswith("3 entries about its own clock\nEntry 2,")
    qtbot.waitUntil(lambda: page._one.entries == 2, timeout=WAIT)
    assert plain(page.list.lines[0].identifier) == "2 entries about its own clock"
    assert detail._more.isHidden()


def test_the_paper_of_what_was_confirmed_is_one_press_away(seat, qtbot, tmp_path):
    page, said = shown(seat, qtbot), []
    page.toast.connect(lambda *told: said.append(told))
    page.model.printed.emit(tmp_path / "papers" / "WB-KLA-26-0001.pdf")
    ((words, action, does),) = said
    assert "papers/WB-KLA-26-0001.pdf" in words
    assert (action, callable(does)) == ("Open", True)
