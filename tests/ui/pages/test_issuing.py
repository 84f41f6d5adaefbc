"""The counter in the hand: by scans and single keys, signed by both, refused in red."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from stockpile.domain.facts import Authorisation
from stockpile.language import plain
from tests.helpers.counters import HOLDER_PIN, KIT, LOT, set_counter
from tests.helpers.fingers import Fingers, Key
from tests.helpers.house import PIN
from tests.helpers.readable import displayed, faults
from ui.pages.issuing import IssuingPage
from ui.pages.pins import PinsDialog
from ui.pages.signing import SigningDialog
from ui.widgets.button import Button, Kind
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.scan_result import Outcome


@pytest.fixture
def counter(seat):
    made = seat.on_books(partial(set_counter, seat.stockpile, seat.session.officer, 4))
    seat.on_books(partial(made.person, "P. Otim", pin=HOLDER_PIN))
    seat.on_books(partial(made.person, "J. Were", "", Authorisation("PST")))
    seat.on_books(partial(made.person, "M. Nakato"))
    return made


@pytest.fixture
def page(seat, counter, qtbot):
    page = IssuingPage(*seat.made_with)
    displayed(page, qtbot, 1098, 668)
    page.entered("")
    qtbot.waitUntil(page._scan.edit.hasFocus)
    return page


@pytest.fixture
def fingers(page):
    fingers = Fingers()
    yield fingers
    fingers.rest()


@pytest.fixture
def scan(page, fingers, seat):
    def scanned(*codes):
        for code in codes:
            fingers.scan(code)
        for _trip in range(3):
            seat.desk.wait()

    return scanned


def outcome(page):
    return page._result.result.outcome


def asked(page, qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(page._signatures.dialog, kind))
    return page._signatures.dialog


def sign(page, qtbot, fingers, *pins):
    dialog = asked(page, qtbot, PinsDialog)
    qtbot.waitUntil(dialog.rows[0].pin.edit.hasFocus)
    for pin in pins:
        fingers.pin(pin)
    qtbot.waitUntil(lambda: outcome(page) is Outcome.GOOD)


def receipts(seat):
    book = seat.stockpile.receipts
    return seat.on_books(lambda: book.latest("issue", 5))


def test_a_weapon_is_handed_over_by_keys_alone(page, scan, fingers, seat, qtbot):
    scan("CARD-001", "KB4470000")
    assert [one.identifier for one in page._lines.lines] == ["KB4470000"]
    assert page._aside.person.isVisible()
    fingers.press(Key.Key_F5)
    sign(page, qtbot, fingers, PIN, HOLDER_PIN)
    (receipt,) = receipts(seat)
    assert receipt.body.how == "pin"
    assert page._result.result.identifier == receipt.body.number
    qtbot.waitUntil(lambda: len(page._aside.out.lines) == 1)


def test_a_hand_over_by_mistake_is_undone_and_its_paper_opened(
    page, scan, fingers, seat, counter, qtbot, monkeypatch
):
    opened = []
    monkeypatch.setattr("ui.pages.issuing.QDesktopServices.openUrl", opened.append)
    scan("CARD-001", "KB4470000")
    fingers.press(Key.Key_F5)
    sign(page, qtbot, fingers, PIN, HOLDER_PIN)
    qtbot.waitUntil(lambda: len(page._result.result.answers) == 3)
    page._result.answered.emit("paper")
    assert opened[0].fileName().startswith("HR-KLA-")
    page._result.answered.emit("more")
    page._gate.dialog.voucher.click()
    qtbot.waitUntil(lambda: len(opened) == 2)
    assert opened[1].fileName().startswith("IV-KLA-")
    page._result.answered.emit("undo")
    qtbot.waitUntil(lambda: not seat.on_books(seat.stockpile.issuing.out))
    history = seat.on_books(partial(seat.stockpile.books.history, counter.weapons[0]))
    assert history[-1].body.remarks == "handed over by mistake"


def test_what_is_typed_like_a_hand_offers_people(page, fingers, qtbot, seat):
    qtbot.waitUntil(lambda: bool(page.model.offers("oti")))
    fingers.type("otim")
    qtbot.waitUntil(lambda: bool(page._offers.offers))
    assert plain(page._offers.offers[0].text) == "Sgt P. Otim"
    page._offers.taken.emit(page._offers.offers[0].key)
    qtbot.waitUntil(lambda: page.model.counter.person is not None)
    assert page._scan.text() == ""


def test_red_asks_for_a_reason_and_goes_out_with_it(page, scan, fingers, seat, qtbot):
    scan("CARD-002", "KB4470000")
    assert outcome(page) is Outcome.UNEXPECTED
    assert not page._over.isVisible()  # one loud button: the reason
    fingers.press(Key.Key_F8)
    dialog = asked(page, qtbot, ConfirmDialog)
    dialog._reason.set_text("armourer beside")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: not page.model.counter.red)
    fingers.press(Key.Key_F5)
    dialog = asked(page, qtbot, SigningDialog)  # who has no PIN signs by hand
    dialog.reason.set_text("hand bandaged")
    dialog.reason.submitted.emit()
    sign(page, qtbot, fingers, PIN)
    (receipt,) = receipts(seat)
    assert (receipt.body.how, receipt.body.reason) == ("unsigned", "hand bandaged")
    assert receipt.content.weapons[0][1].override == "armourer beside"


def test_a_hand_drawn_signature_goes_with_the_receipt(page, scan, fingers, seat, qtbot):
    scan("CARD-001", "KB4470000")
    fingers.press(Key.Key_F2)
    dialog = asked(page, qtbot, SigningDialog)
    QTest.mousePress(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    for x in range(40, 200, 20):
        QTest.mouseMove(dialog.pad, QPoint(x, 40 + x % 50))
    QTest.mouseRelease(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    dialog.confirm.click()
    sign(page, qtbot, fingers, PIN)
    (receipt,) = receipts(seat)
    assert receipt.body.how == "drawn"
    assert seat.stockpile.photographs.read(receipt.body.proof).startswith(b"\xff\xd8")


def test_rounds_are_typed_after_their_lot(page, scan, fingers, seat, qtbot):
    scan("CARD-001", "KB4470000", LOT)
    fingers.type("90")
    fingers.press(Key.Key_Return)
    assert page.model.counter.rounds[0].quantity == 90
    scan(LOT)
    page._item.quantity.set_text("60")
    page._item.quantity.submitted.emit()
    assert page.model.counter.rounds[0].quantity == 60
    assert page._scan.edit.hasFocus()


def test_a_return_says_what_is_wrong_with_one_key_each(page, scan, fingers, seat, qtbot):
    scan("CARD-001", "KB4470000", LOT)
    fingers.type("90")
    fingers.press(Key.Key_F5)
    sign(page, qtbot, fingers, PIN, HOLDER_PIN)
    qtbot.waitUntil(page._scan.edit.hasFocus)
    scan("KB4470000")
    assert (page.model.counter.mode, page._mode.isVisible()) == ("return", True)
    fingers.press(Key.Key_F10)
    fingers.press(Key.Key_F11)
    (item,) = page.model.counter.items
    assert (item.remarks, item.condition, item.short[0].count) == ("damaged", "repairable", 1)
    fingers.press(Key.Key_F12)
    qtbot.waitUntil(page._item.expended.edit.hasFocus)
    for field, text in ((page._item.quantity, "60"), (page._item.expended, "30")):
        field.set_text(text)
    page._item.expended.submitted.emit()
    fingers.press(Key.Key_F5)
    sign(page, qtbot, fingers, PIN)
    assert seat.on_books(seat.stockpile.issuing.out) == ()
    ammunition = seat.stockpile.ammunition
    assert seat.on_books(partial(ammunition.named, LOT)).quantity == 4_970


def test_a_due_time_that_is_none_is_said_at_its_field(page, scan, fingers, qtbot):
    page._header.due.set_text("soon")
    page._header.due.edited.emit("soon")
    scan("CARD-001", "KB4470000")
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: bool(page._header.due.message))
    assert outcome(page) is Outcome.REFUSED
    assert page._signatures.dialog is None


def test_a_wrong_pin_leaves_the_counter_as_it_is(page, scan, fingers, qtbot, seat):
    scan("CARD-001", "KB4470000")
    fingers.press(Key.Key_F5)
    dialog = asked(page, qtbot, PinsDialog)
    qtbot.waitUntil(dialog.rows[0].pin.edit.hasFocus)
    fingers.pin(PIN)
    fingers.pin("0000")
    qtbot.waitUntil(lambda: bool(dialog.rows[1].pin.message))
    fingers.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: page._signatures.dialog is None)
    assert len(page.model.counter.items) == 1
    assert receipts(seat) == ()


def test_a_line_is_taken_off_and_the_mode_turned_by_a_key(page, scan, fingers):
    scan("CARD-001", "KB4470000", "KB4470001")
    fingers.press(Key.Key_F4)
    assert [one.identifier for one in page._lines.lines] == ["KB4470000"]
    fingers.press(Key.Key_F6)
    assert page.model.counter.mode == "return"
    assert not page._header.isVisible()
    page._mode.chosen.emit("issue")
    assert page._header.isVisible()


def test_an_officer_who_may_not_issue_looks_only(seat, counter, qtbot):
    seat.sit_down("I. Spector", "inspector")
    page = IssuingPage(*seat.made_with)
    displayed(page, qtbot, 1098, 668)
    page.entered(counter.weapons[0])
    qtbot.waitUntil(lambda: not page.model.counter.is_empty)
    assert not page._over.isEnabled()
    page._hand_over()
    assert page._signatures.dialog is None


def test_a_weapon_that_is_out_is_brought_back_from_the_list(page, scan, fingers, qtbot):
    scan("CARD-003", "KB4470000")
    fingers.press(Key.Key_F5)
    dialog = asked(page, qtbot, SigningDialog)
    dialog.reason.set_text("at the range")
    dialog.reason.submitted.emit()
    sign(page, qtbot, fingers, PIN)
    qtbot.waitUntil(lambda: bool(page._aside.out.lines))
    page._aside.opened.emit(page._aside.out.lines[0].key)
    qtbot.waitUntil(lambda: page.model.counter.mode == "return" and not page.model.counter.is_empty)
    assert page.model.counter.items[0].kit == KIT


@pytest.mark.parametrize("size", [(1098, 668), (756, 540)])
def test_the_page_is_whole_in_every_language(tongue, seat, counter, qtbot, size):
    page = IssuingPage(*seat.made_with)
    displayed(page, qtbot, *size)
    page.entered("")
    assert faults(page) == []
    for code in ("CARD-002", "KB4470000", "KB4470001", LOT):
        page.model.scan(code)
        for _trip in range(3):
            seat.desk.wait()
    assert faults(page) == []
    assert (page.width(), page.height()) == size
    loud = [one for one in page.findChildren(Button) if one.kind is Kind.PRIMARY]
    assert sum(one.isVisible() for one in loud) <= 1
