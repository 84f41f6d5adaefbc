"""Transfers in the hand: by keys from the board to the signatures, and back to the board."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog  # noqa: TID251 — it is found by its kind

from stockpile.domain.facts import WaybillOpened
from stockpile.domain.values import NodeId
from stockpile.language import plain
from stockpile.registry import courier_answers
from stockpile.services.courier_previews import Node, Preview
from stockpile.services.couriers import Taken
from tests.helpers import sticks
from tests.helpers.albums import a_photo
from tests.helpers.enrolling import enrolled_by_file
from tests.helpers.house import PIN, House
from tests.helpers.neighbours import OTHER, a_depot
from tests.helpers.readable import displayed, faults
from tests.helpers.registries import open_registry
from ui.pages.meeting_dialogs import BY_STICK
from ui.pages.transfers import BOARD, RECEIVING, SENDING, TransfersPage
from ui.widgets.button import IconButton

Key = Qt.Key
SENDER = Node(NodeId("g" * 16), "Gulu", bytes(32))
LONG = 20_000


@pytest.fixture
def second(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "S. Second", ("storekeeper",), PIN, by=by))
    seat.session.remember(second_officer="S. Second")
    return seat.on_books(partial(people.sign_in, "S. Second", PIN))


def opened(seat, qtbot):
    page = TransfersPage(*seat.made_with)
    qtbot.addWidget(page)
    page.resize(1110, 670)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    with qtbot.waitSignal(page.model.stands):
        page.entered("")
    return page


@pytest.fixture
def page(seat, second, qtbot):
    return opened(seat, qtbot)


def scan(page, qtbot, text):
    for character in text:
        qtbot.keyClicks(page.focusWidget(), character)
    qtbot.keyClick(page.focusWidget(), Key.Key_Return)


def sign(page, qtbot, *pins):
    qtbot.waitUntil(lambda: page.pins is not None and page.pins.isVisible())
    qtbot.waitUntil(lambda: all(one.name for one in page.pins.rows))
    for row, pin in zip(page.pins.rows, pins, strict=True):
        row.pin.set_text(pin)
        qtbot.keyClick(row.pin.edit, Key.Key_Return)


def postpone(page, qtbot, reason):
    qtbot.waitUntil(lambda: page.pins is not None and page.pins.isVisible())
    pins = page.pins
    pins.postpone.click()
    pins.reason.set_text(reason)
    pins.rows[0].pin.set_text(PIN)
    pins.postpone.click()


def confirmed(seat):
    """Let the second officer confirm the only act that waits."""
    people, proposals = seat.stockpile.people, seat.stockpile.proposals
    seat.write(
        lambda: (
            proposals.confirm(proposals.open()[0].id, by=people.sign_in("S. Second", PIN)), None
        )
    )  # fmt: skip


def sent(seat, second, *serials, **said):
    weapons = tuple(seat.register(one) for one in serials)
    site = seat.on_books(seat.stockpile.people.site)
    body = WaybillOpened("", weapons, site, to_name="Gulu", **said)
    act = partial(seat.stockpile.transfers.dispatch, body, by=seat.session.officer, witness=second)
    return seat.write(act)


def test_an_empty_board_says_what_to_do(page):
    assert page._empty.isVisible()
    assert page._new.isVisible()


def test_a_shipment_is_sent_by_keys_and_what_was_filled_in_survives_leaving(seat, page, qtbot):
    photographed(seat, "KB 1", 8)
    qtbot.keyClick(page, Key.Key_F4)
    assert page._faces.currentIndex() == SENDING
    page.send_face.to.set_value("Gulu")
    qtbot.keyClick(page.send_face.seals.edit, Key.Key_Return)
    scan(page, qtbot, "KB 1")
    qtbot.waitUntil(lambda: len(page.sending.lines) == 1)
    qtbot.keyClick(page, Key.Key_Escape)
    assert page._faces.currentIndex() == BOARD
    page.left()
    page.entered("")
    qtbot.keyClick(page, Key.Key_F4)
    assert page.send_face.is_scanning
    assert len(page.sending.lines) == 1
    qtbot.keyClick(page, Key.Key_F5)
    with qtbot.waitSignals([page.sending.left, page.photos.carried], timeout=LONG):
        sign(page, qtbot, PIN, PIN)
    assert page._faces.currentIndex() == BOARD
    assert "Photos beside it: 1 photo" in plain(page.news.photos.accessibleName())
    assert "is on its way" in page.news.said
    assert "words" in page.news.said
    qtbot.waitUntil(lambda: len(page.board.outgoing.lines) == 1)


def test_a_shipment_waits_for_a_second_officer_and_leaves_when_they_confirm(seat, page, qtbot):
    weapon = seat.register("KB 1")
    qtbot.keyClick(page, Key.Key_F4)
    page.send_face.to.set_value("Gulu")
    qtbot.keyClick(page.send_face.seals.edit, Key.Key_Return)
    scan(page, qtbot, "KB 1")
    qtbot.waitUntil(lambda: len(page.sending.lines) == 1)
    qtbot.keyClick(page, Key.Key_F5)
    with qtbot.waitSignal(page.sending.postponed, timeout=LONG):
        postpone(page, qtbot, "the commander is in town")
    assert page._faces.currentIndex() == BOARD
    assert page.sending.lines == ()
    assert page.board.outgoing.lines == ()
    stands = partial(seat.stockpile.books.weapon, weapon)
    assert seat.on_books(stands).status == "in_store"
    confirmed(seat)
    assert seat.on_books(stands).status == "in_transit"
    qtbot.waitUntil(lambda: len(page.board.outgoing.lines) == 1)
    page.board.reverse.click()
    page.dialog._reason.set_text("bridge out")
    page.dialog.confirm.click()
    waits = partial(seat.stockpile.proposals.count)
    postpone(page, qtbot, "again in town")
    qtbot.waitUntil(lambda: seat.on_books(waits) == 1)
    confirmed(seat)
    qtbot.waitUntil(lambda: len(page.board.settled.lines) == 1)


def test_what_cannot_leave_is_said_aloud_and_undo_takes_the_last_one_off(seat, page, second, qtbot):
    sent(seat, second, "GONE 1")
    seat.register("KB 1")
    page._begin()
    page.send_face.to.set_value("Lira")
    page.send_face._go_on()
    scan(page, qtbot, "GONE 1")
    qtbot.waitUntil(lambda: "cannot leave" in page.send_face.result.accessibleName())
    scan(page, qtbot, "KB 1")
    qtbot.waitUntil(lambda: len(page.sending.lines) == 1)
    qtbot.keyClick(page.focusWidget(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.sending.lines == ()
    qtbot.keyClick(page, Key.Key_F5)  # nothing to sign for
    qtbot.waitUntil(lambda: "does not go yet" in page.send_face.result.accessibleName())


def test_a_lorry_is_checked_and_signed_for_by_keys(seat, page, second, qtbot):
    waybill = sent(seat, second, "KB 1", "KB 2", seals=("S1",))
    page._receive(waybill)
    qtbot.waitUntil(lambda: page._faces.currentIndex() == RECEIVING)
    scan(page, qtbot, "KB 1")
    scan(page, qtbot, "ZZ 9")
    qtbot.waitUntil(lambda: len(page.receiving.checklist.scans) == 2)
    tiles = page.receive_face.tiles
    assert [tiles[one].figure for one in ("received", "short", "over", "wrong")] == list("1101")
    qtbot.keyClick(page, Key.Key_F5)
    assert page.receive_face.is_finishing
    qtbot.keyClick(page, Key.Key_Escape)
    assert not page.receive_face.is_finishing
    qtbot.keyClick(page.focusWidget(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page, Key.Key_F5)
    page.receive_face.broken.set_text("S1")
    qtbot.keyClick(page, Key.Key_F5)
    with qtbot.waitSignal(page.receiving.arrived, timeout=LONG) as arrived:
        sign(page, qtbot, PIN)
    receipt = arrived.args[0].waybill.receipt
    assert (len(receipt.received), receipt.unknown, receipt.broken_seals) == (1, (), ("S1",))
    assert "Received in part" in page.news.said


def test_a_shipment_that_came_back_is_signed_by_two(seat, page, second, qtbot):
    sent(seat, second, "KB 1")
    qtbot.waitUntil(lambda: len(page.board.outgoing.lines) == 1)
    page.board.reverse.click()
    page.dialog._reason.set_text("bridge out")
    page.dialog.confirm.click()
    with qtbot.waitSignal(page.model.turned, timeout=LONG):
        sign(page, qtbot, PIN, PIN)
    qtbot.waitUntil(lambda: len(page.board.settled.lines) == 1)


def test_a_courier_file_is_looked_at_and_taken_in(seat, page, qtbot, tmp_path):
    gulu = a_depot(tmp_path / "gulu", OTHER)
    file = tmp_path / "a.courier"
    packed = gulu.pack(file)
    page.model.load(file)
    qtbot.waitUntil(lambda: page.dialog is not None)
    words = page.dialog
    words.words.set_text(packed.words)
    words.confirm.click()
    qtbot.waitUntil(lambda: page.dialog is not words, timeout=LONG)
    code = page.dialog
    assert code.node.id == gulu.node
    code.confirm.click()
    qtbot.waitUntil(lambda: page.dialog is not code, timeout=LONG)
    with qtbot.waitSignal(page.model.taken):
        page.dialog.confirm.click()
    assert "facts taken in" in page.news.said
    file.write_bytes(file.read_bytes()[:-1])
    with qtbot.waitSignal(page.model.failed, timeout=LONG):
        page.model.load(file, packed.words)
    assert "Nothing of it was taken in" in page.news.said
    gulu.stockpile.close()


def test_who_may_not_send_or_receive_sees_the_board_alone(seat, second, qtbot):
    sent(seat, second, "KB 1")
    seat.sit_down("An Auditor", "auditor")
    page = opened(seat, qtbot)
    assert not page._new.isVisible()
    qtbot.keyClick(page, Key.Key_F4)
    assert page._faces.currentIndex() == BOARD
    assert not page.board.reverse.isVisible()


def test_two_computers_exchange_by_four_keys_and_a_receipt_by_one(seat, page, qtbot, tmp_path):
    """F8 and Enter for the folder that is remembered, Enter for what it brings; F7 answers."""
    gulu = a_depot(tmp_path / "gulu", OTHER)
    couriers, by = seat.stockpile.couriers, seat.session.officer
    keys, ours = gulu.stockpile.keys, seat.stockpile.keys
    seat.on_books(partial(couriers.introduce, keys.node, keys.public_key, "Gulu", by=by))
    gulu.stockpile.couriers.introduce(ours.node, ours.public_key, "Here", by=gulu.by)
    folder = tmp_path / "share"
    folder.mkdir()
    (theirs,) = gulu.stock(1, "GU")
    gulu.photograph(theirs, 4)
    _weapon, digest = photographed(seat, "KB 9", 5)
    gulu.pack_both(folder / "from gulu.courier", ours.node)
    qtbot.keyClick(page, Key.Key_F8)
    chooser = page.findChildren(QFileDialog)[-1]
    with qtbot.waitSignal(page.meetings.looked, timeout=LONG):
        chooser.fileSelected.emit(str(folder))
        chooser.close()
    assert page.model.folder == folder
    assert "1 photo" in plain(page.dialog.photos.said)
    with qtbot.waitSignals([page.meetings.met, page.photos.carried], timeout=LONG):
        qtbot.keyClick(page.dialog.confirm, Key.Key_Return)
    assert "Written for Gulu" in plain(page.news.said)
    assert "1 photo came." in plain(page.news.photos.accessibleName())
    (written,) = [one for one in folder.glob("*.courier") if one.name != "from gulu.courier"]
    assert gulu.load_both(written)[0].facts
    assert gulu.shows(digest)
    gulu.stock(1, "KB")
    gulu.pack(folder / "more.courier", ours.node)
    with qtbot.waitSignal(page.model.previewed, timeout=LONG):
        page.model.load(folder / "more.courier")
    with qtbot.waitSignal(page.model.taken, timeout=LONG):
        qtbot.keyClick(page.dialog.confirm, Key.Key_Return)
    qtbot.waitUntil(page.news.answer.isVisible)
    with qtbot.waitActive(page):
        page.activateWindow()
    with qtbot.waitSignal(page.model.packed, timeout=LONG) as packed:
        qtbot.keyClick(page, Key.Key_F7)
    gulu.load(packed.args[0].file)
    heard = dict(gulu.stockpile.couriers.heard(ours.node).holds)
    assert heard[gulu.node] == gulu.stockpile.books.tip().number
    gulu.stockpile.close()


def known(seat, tmp_path):
    """Another depot: each was introduced to the other, and each knows the other's site."""
    gulu = a_depot(tmp_path / "gulu", OTHER)
    couriers, by = seat.stockpile.couriers, seat.session.officer
    keys, ours = gulu.stockpile.keys, seat.stockpile.keys
    seat.on_books(partial(couriers.introduce, keys.node, keys.public_key, "Gulu", by=by))
    gulu.stockpile.couriers.introduce(ours.node, ours.public_key, "Here", by=gulu.by)
    hello = tmp_path / "hello.courier"
    gulu.pack(hello, ours.node)
    seat.on_books(lambda: couriers.take(couriers.open(hello), by=by))
    return gulu


def photographed(seat, serial, seed):
    """Put a photo on the record of a weapon that is here; return its digest."""
    weapon = seat.register(serial)
    add = partial(seat.stockpile.photographs.add, weapon, a_photo(seed), by=seat.session.officer)
    return weapon, seat.write(add).digest


def test_photos_of_a_shipment_are_ticked_by_one_key_and_lie_beside_its_file(
    seat, page, second, qtbot, tmp_path
):
    gulu = known(seat, tmp_path)
    page.model.remember_folder(tmp_path)
    weapon, digest = photographed(seat, "KB 1", 1)
    body = WaybillOpened("", (weapon,), seat.on_books(seat.stockpile.people.site), to=gulu.site)
    by = seat.session.officer
    seat.write(partial(seat.stockpile.transfers.dispatch, body, by=by, witness=second))
    qtbot.waitUntil(lambda: len(page.board.outgoing.lines) == 1)
    page.board.pack.click()
    qtbot.waitUntil(lambda: page.dialog is not None)
    assert "1 photo" in plain(page.dialog.photos.said)
    with qtbot.waitSignal(page.photos.carried, timeout=LONG):
        qtbot.keyClick(page.dialog.confirm, Key.Key_Return)
    assert "Photos beside it: 1 photo" in plain(page.news.photos.accessibleName())
    assert "courier file is written" in plain(page.news.said)
    (file,) = [one for one in tmp_path.glob("*.courier") if one.name != "hello.courier"]
    gulu.load_both(file)
    assert gulu.shows(digest)
    dialog = page.dialog
    page.board.pack.click()
    qtbot.waitUntil(lambda: page.dialog is not dialog)
    page.dialog.photos.tick.click()
    with qtbot.waitSignal(page.photos.carried, timeout=LONG):
        page.dialog.confirm.click()
    assert list(tmp_path.glob("*.photos")) == []
    gulu.stockpile.close()


def test_photos_beside_a_file_come_after_the_record_and_alone_where_it_is_here(
    seat, page, qtbot, tmp_path
):
    gulu = known(seat, tmp_path)
    (weapon,) = gulu.stock(1, "GU")
    first = gulu.photograph(weapon, 2)
    gulu.pack_both(tmp_path / "a.courier", seat.stockpile.keys.node)
    with qtbot.waitSignal(page.model.previewed, timeout=LONG):
        page.load(tmp_path / "a.courier")
    with qtbot.waitSignal(page.photos.carried, timeout=LONG):
        qtbot.keyClick(page.dialog.confirm, Key.Key_Return)
    assert "facts taken in" in plain(page.news.said)
    assert "1 photo came." in plain(page.news.photos.accessibleName())
    assert seat.stockpile.photographs.held([first]) == {first}

    seat.stockpile.photographs.photos.forget(first)
    with qtbot.waitSignal(page.model.previewed, timeout=LONG):
        page.load(tmp_path / "a.courier")
    assert plain(page.dialog.confirm.text()) == "Take in 1 photo"
    with qtbot.waitSignal(page.photos.carried, timeout=LONG):
        page.dialog.confirm.click()
    assert seat.stockpile.photographs.held([first]) == {first}

    spoilt = tmp_path / "a.courier.photos"
    spoilt.write_bytes(spoilt.read_bytes()[:-1])
    with qtbot.waitSignal(page.photos.carried, timeout=LONG):
        page.load(spoilt)
    assert "is not what its sender signed" in page.news.photos.accessibleName()
    gulu.stockpile.close()


def test_photos_that_are_chosen_alone_ask_for_their_words(seat, page, qtbot, tmp_path):
    gulu = known(seat, tmp_path)
    (weapon,) = gulu.stock(1, "GU")
    photo = gulu.photograph(weapon, 7)
    packed, photos = gulu.pack_both(tmp_path / "a.courier")
    couriers, by = seat.stockpile.couriers, seat.session.officer
    seat.on_books(lambda: couriers.take(couriers.open(packed.file, packed.words), by=by))
    page.load(photos.file)
    qtbot.waitUntil(lambda: page.dialog is not None)
    page.dialog.words.set_text(packed.words.upper())
    with qtbot.waitSignal(page.photos.carried, timeout=LONG):
        page.dialog.confirm.click()
    assert seat.stockpile.photographs.held([photo]) == {photo}
    page.load(photos.file)
    words = page.dialog
    qtbot.waitUntil(lambda: page.dialog is not words)
    page.dialog.words.set_text("babab")
    with qtbot.waitSignal(page.photos.carried, timeout=LONG):
        page.dialog.confirm.click()
    assert "words do not open" in page.news.photos.accessibleName()
    gulu.stockpile.close()


def test_who_stops_the_photos_hears_that_the_record_is_safe(seat, page, qtbot, tmp_path):
    gulu = known(seat, tmp_path)
    (weapon,) = gulu.stock(1, "GU")
    photo = gulu.photograph(weapon, 3)
    gulu.pack_both(tmp_path / "a.courier", seat.stockpile.keys.node)
    page.photos.began.connect(lambda _work: page._bar.findChild(IconButton).click())
    with qtbot.waitSignal(page.model.previewed, timeout=LONG):
        page.load(tmp_path / "a.courier")
    with qtbot.waitSignal(page.photos.failed, timeout=LONG):
        page.dialog.confirm.click()
    assert page._bar.isHidden()
    assert "The record is safe" in page.news.photos.accessibleName()
    assert seat.stockpile.photographs.held([photo]) == frozenset()
    gulu.stockpile.close()


def test_everything_on_the_board_can_be_read_and_pressed(tongue, seat, second, qtbot):
    sent(seat, second, "KB 1")
    page = opened(seat, qtbot)
    qtbot.waitUntil(lambda: len(page.board.outgoing.lines) == 1)
    assert page._meet.isVisible()
    page.news.taken(Taken(Preview(SENDER, 0, 1, 2, (), (), 0), 2))
    displayed(page, qtbot, 1110, 670)
    assert faults(page) == []


def test_the_registrys_stick_is_written_and_its_answer_loaded_by_two_presses(
    seat, page, qtbot, tmp_path
):
    """From Sync: the folder is asked for at once; Enter writes, and later takes the answer."""
    registry = open_registry(str(tmp_path / "registry.db"))
    house = House(seat.stockpile.home, seat.stockpile, seat.session.officer)
    seat.on_books(lambda: enrolled_by_file(house, registry, tmp_path))
    folder = tmp_path / "stick"
    folder.mkdir()
    page.entered(BY_STICK)
    chooser = page.findChildren(QFileDialog)[-1]
    with qtbot.waitSignal(page.meetings.looked, timeout=LONG):
        chooser.fileSelected.emit(str(folder))
        chooser.close()
    with qtbot.waitSignal(page.meetings.met, timeout=LONG):
        qtbot.keyClick(page.dialog.confirm, Key.Key_Return)
    assert "Written for National registry" in plain(page.news.said)
    (written,) = folder.glob("*.courier")
    taken = sticks.take(registry, written)
    made = courier_answers.answer(registry.books, seat.stockpile.keys.node)
    (folder / made.name).write_bytes(made.whole)
    with qtbot.waitSignal(page.meetings.looked, timeout=LONG):
        page.meet(folder)
    with qtbot.waitSignal(page.meetings.met, timeout=LONG):
        qtbot.keyClick(page.dialog.confirm, Key.Key_Return)
    (peer,) = seat.on_books(seat.stockpile.books.peers)
    assert peer.acknowledged == taken.number > 0
    registry.database.close()
