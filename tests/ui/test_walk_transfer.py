"""Row 9 of the walk-throughs: a hundred weapons leave, and a hundred come, in the real window."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog  # noqa: TID251 — a test drives widgets

from stockpile.app import PRACTICE_PIN
from stockpile.domain.receiving import Description
from stockpile.language import plain
from tests.helpers import desktops
from tests.helpers.albums import a_photo
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import KEYS_OF_A_PIN, Fingers, report
from tests.helpers.house import PIN
from tests.helpers.neighbours import OTHER, a_depot

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WEAPONS = 100
MOST_SENT = 25 + WEAPONS + 2 * KEYS_OF_A_PIN
"""Destination, carrier and seal in 25 keys, a scan a weapon, two PINs."""
MOST_RECEIVED = 10 + WEAPONS + KEYS_OF_A_PIN
"""The target names the file and a hundred scans; the signature of who took it over comes on top."""


@pytest.fixture
def window(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    with qtbot.waitActive(desktop):
        desktop.activateWindow()
    return window


@pytest.fixture
def on_books(desktop):
    return partial(desktops.on_books, desktop.desk)


@pytest.fixture
def fingers(window):
    fingers = Fingers()
    yield fingers
    fingers.rest()


@pytest.fixture
def gulu(desktop, window, on_books, tmp_path):
    """Another depot: both were introduced to each other, and each knows the other's site."""
    depot = a_depot(tmp_path / "gulu", OTHER)
    session = desktop.session
    here, by = session.stockpile, session.officer
    people, theirs, ours = here.people, depot.stockpile.keys, here.keys
    second = on_books(partial(people.appoint, "S. Second", ("storekeeper",), PIN, by=by))
    vouch = here.couriers.introduce
    on_books(partial(vouch, theirs.node, theirs.public_key, "Gulu Depot", by=by))
    depot.stockpile.couriers.introduce(ours.node, ours.public_key, "Practice", by=depot.by)
    hello = tmp_path / "hello.courier"
    depot.pack(hello, ours.node)
    on_books(lambda: here.couriers.take(here.couriers.open(hello), by=by))
    on_books(partial(here.couriers.pack, hello, theirs.node, by=by))
    depot.load(hello)
    session.remember(second_officer=second.facts[0].subject, courier_folder=str(tmp_path))
    yield depot
    depot.stockpile.close()


def open_page(window, fingers, qtbot):
    """Open the page by its key, as a clerk does."""
    fingers.begin()
    fingers.keys += 1
    QTest.keyClick(window, Key.Key_7, Modifier.AltModifier)
    page = window.page("transfers")
    qtbot.waitUntil(lambda: page.board.code.edit.hasFocus() or page._empty.isVisible())
    return page


def test_a_hundred_weapons_leave(desktop, window, gulu, on_books, fingers, qtbot, tmp_path):
    here, by = desktop.session.stockpile, desktop.session.officer
    said = [Description(serial=f"TR{number:05}", type="ASR", model="AKM") for number in range(100)]
    site = on_books(here.people.site)
    _recorded, sent = on_books(partial(here.receiving.register_several, said, site, by=by))
    page = open_page(window, fingers, qtbot)
    face = page.send_face
    qtbot.waitUntil(lambda: bool(face._destinations))
    fingers.press(Key.Key_F4)
    qtbot.waitUntil(face.isVisible)
    face.to.box.setCurrentIndex(
        -1
    )  # as if several depots were known: nothing is filled in beforehand
    face.to.setFocus()
    fingers.press(Key.Key_Down)
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(face.carrier.edit.hasFocus)
    fingers.type("4 Bn")
    fingers.press(Key.Key_Tab)
    fingers.type("S77120")
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(face.scan.edit.hasFocus)
    for one in said:
        fingers.scan(one.serial)
    qtbot.waitUntil(lambda: len(page.sending.lines) == WEAPONS, timeout=PATIENCE)
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: page.pins is not None and page.pins.rows[0].pin.edit.hasFocus())
    qtbot.waitUntil(lambda: page.pins.rows[1].name == "S. Second")
    with qtbot.waitSignal(page.sending.left, timeout=PATIENCE) as left:
        fingers.pin(PRACTICE_PIN)
        fingers.pin(PIN)
    sent_off = left.args[0]
    report(9, "transfer out 100", MOST_SENT, fingers.counted)
    assert fingers.counted.scans == WEAPONS
    assert fingers.counted.clicks == 0
    assert fingers.counted.units <= MOST_SENT

    assert sent_off.waybill.opened.seals == ("S77120",)
    assert sent_off.waybill.opened.carrier == "4 Bn"
    assert sent_off.paper.file.read_bytes().startswith(b"%PDF")
    assert sent_off.packed.file.parent == tmp_path
    stands = on_books(lambda: here.books.weapons(sent))
    assert {one.status for one in stands} == {"in_transit"}
    preview = gulu.stockpile.couriers.open(sent_off.packed.file).preview
    assert [(one.weapons, one.is_ours) for one in preview.shipments] == [(WEAPONS, True)]
    qtbot.waitUntil(lambda: len(page.board.outgoing.lines) == 1)


def test_a_hundred_weapons_come(desktop, window, gulu, on_books, fingers, qtbot, tmp_path):
    here = desktop.session.stockpile
    weapons = gulu.stock(WEAPONS, "GU")
    to = on_books(here.people.site)
    waybill = gulu.send(weapons, to, seals=("S1",))
    stick = tmp_path / "there.courier"
    gulu.pack(stick, here.keys.node, about=weapons)
    page = open_page(window, fingers, qtbot)
    fingers.press(Key.Key_O, Modifier.ControlModifier)
    dialog = page.findChild(QFileDialog)
    dialog.selectFile(str(stick))
    with qtbot.waitSignal(page.model.previewed, timeout=PATIENCE):
        fingers.keys += 1
        dialog.accept()  # Enter on the file
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.confirm.hasFocus())
    with qtbot.waitSignal(page.model.taken, timeout=PATIENCE):
        fingers.press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.board.incoming.lines) == 1, timeout=PATIENCE)
    desktop.activateWindow()  # without a screen no window becomes active when a dialog closes
    qtbot.waitUntil(page.board.code.edit.hasFocus)
    fingers.scan(waybill.opened.number)  # the code on the paper
    face = page.receive_face
    qtbot.waitUntil(face.scan.edit.hasFocus)
    for number in range(WEAPONS - 1):
        fingers.scan(f"GU {number:05}")
    page.receive_face.scan.edit.setFocus()
    fingers.scan("XX 1")  # something that nobody knows
    qtbot.waitUntil(lambda: len(page.receiving.checklist.scans) == WEAPONS, timeout=PATIENCE)
    assert face.tiles["received"].figure == str(WEAPONS - 1)
    assert face.tiles["short"].figure == "1"
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(face.broken.edit.hasFocus)
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: page.pins is not None and page.pins.rows[0].pin.edit.hasFocus())
    with qtbot.waitSignal(page.receiving.arrived, timeout=PATIENCE) as arrived:
        fingers.pin(PRACTICE_PIN)
    report(9, "transfer in 100", MOST_RECEIVED, fingers.counted)
    assert fingers.counted.clicks == 0
    assert fingers.counted.units <= MOST_RECEIVED + 1  # the waybill's own code is a scan more

    came = arrived.args[0]
    assert came.waybill.state == "partly"
    assert came.note.file.read_bytes().startswith(b"%PDF")
    assert came.waybill.receipt.short == (weapons[-1],)
    assert came.waybill.receipt.unknown == ("XX 1",)
    assert plain(came.waybill.receipt.declaration).startswith("I have checked 99 weapons")


def test_photos_come_with_what_was_sent_and_go_with_what_goes_back(
    desktop, window, gulu, on_books, fingers, qtbot, tmp_path
):
    here = desktop.session.stockpile
    weapons = gulu.stock(1, "GU")
    digest = gulu.photograph(weapons[0], 1)
    gulu.send(weapons, on_books(here.people.site))
    stick = tmp_path / "there.courier"
    gulu.pack_both(stick, here.keys.node, weapons)
    page = open_page(window, fingers, qtbot)
    fingers.press(Key.Key_O, Modifier.ControlModifier)
    dialog = page.findChild(QFileDialog)
    dialog.selectFile(str(stick))
    with qtbot.waitSignal(page.model.previewed, timeout=PATIENCE):
        dialog.accept()
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.confirm.hasFocus())
    with qtbot.waitSignal(page.photos.carried, timeout=PATIENCE):
        fingers.press(Key.Key_Return)
    assert here.photographs.held([digest]) == {digest}
    assert "1 photo came." in plain(page.news.photos.accessibleName())

    added = partial(here.photographs.add, weapons[0], a_photo(2), by=desktop.session.officer)
    ours = on_books(added)[1].digest
    qtbot.waitUntil(lambda: len(page.board.incoming.lines) == 1, timeout=PATIENCE)
    asked = page.dialog
    page.board.pack.click()
    qtbot.waitUntil(lambda: page.dialog is not asked and page.dialog.confirm.hasFocus())
    with qtbot.waitSignal(page.photos.carried, timeout=PATIENCE):
        fingers.press(Key.Key_Return)
    (back,) = tmp_path.glob("* back.courier")
    gulu.load_both(back)
    assert gulu.shows(ours)
