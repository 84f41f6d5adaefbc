"""A rifle is ordered to be destroyed, read at the site and certified, by keys and PINs alone."""

from __future__ import annotations

import pytest

from stockpile.app import PRACTICE_PIN
from stockpile.domain.receiving import Description
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers, Key, Modifier, report
from tests.helpers.house import PIN
from tests.helpers.nightly import nightly
from ui.pages.destruction import BOARD, ORDER, SITE

SERIAL = "ZX4471902"


class Call:
    def __init__(self, do):
        self.do = do


@pytest.fixture
def window(desktop, qtbot):
    """The practice depot before its officer, with a second one and a weapon of our own."""
    window = sign_in(desktop, qtbot)
    desktop.resize(1024, 700)
    session, desk = window._session, window._desk

    seconds = []

    def arrange():
        stockpile, by = session.stockpile, session.officer
        appointed = stockpile.people.appoint("S. Second", ("storekeeper",), PIN, by=by)
        seconds.append(appointed.facts[0].subject)
        said = Description(type="ASR", make="Izhmash", model="AKM", serial=SERIAL)
        return stockpile.receiving.register(said, stockpile.people.site(), by=by)[1]

    window.weapon_ = desk.on_books(Call(arrange)).do()
    session.remember(second_officer=seconds[0])
    return window


@pytest.fixture
def fingers():
    fingers = Fingers()
    yield fingers
    fingers.rest()


def open_page(window, fingers, qtbot):
    fingers.press(Key.Key_D, Modifier.AltModifier)
    qtbot.waitUntil(lambda: "destruction" in window._pages, timeout=PATIENCE)
    page = window._pages["destruction"]
    qtbot.waitUntil(page._begin_button.hasFocus, timeout=PATIENCE)
    return page


def to_order(page, fingers, qtbot):
    """From the empty page to the order on record."""
    fingers.press(Key.Key_F4)
    qtbot.waitUntil(lambda: page._at(ORDER))
    qtbot.waitUntil(page.order.scan.edit.hasFocus)
    fingers.scan(SERIAL)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=PATIENCE)
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(page.order.authority.edit.hasFocus)
    fingers.type("MoD 12/26")
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible(), timeout=PATIENCE)
    qtbot.waitUntil(page.dialog.rows[0].pin.edit.hasFocus)
    with qtbot.waitSignal(page.model.ordered, timeout=PATIENCE):
        fingers.pin(PRACTICE_PIN)
    qtbot.waitUntil(lambda: page._at(BOARD) and page.board.shown is not None)


def to_certificate(page, fingers, qtbot):
    """From the board by the site to the certificate told."""
    qtbot.waitUntil(page.board.scan.edit.hasFocus)
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(lambda: page._at(SITE), timeout=PATIENCE)
    qtbot.waitUntil(page.site.scan.edit.hasFocus)
    fingers.scan(SERIAL)
    qtbot.waitUntil(page.site.certify.isEnabled, timeout=PATIENCE)
    fingers.press(Key.Key_F5)
    certificate = page.site.certificate
    qtbot.waitUntil(certificate.scrap.edit.hasFocus)
    certificate.methods.set_value(("cutting",))
    certificate.where.set_text("Luzira")
    certificate.committee.name.setFocus()
    for name, role in (("Col. O", "chair"), ("J. Doe", "monitor")):
        certificate.committee.role.set_value(role)
        fingers.type(name)
        fingers.press(Key.Key_Return)
    certificate.inoperable.setFocus()
    fingers.press(Key.Key_Space)
    fingers.press(Key.Key_F5)


@nightly  # every change goes the same way on the page alone, in test_destruction
def test_a_rifle_goes_from_its_order_to_its_certificate_without_the_mouse(window, fingers, qtbot):
    fingers.begin()
    page = open_page(window, fingers, qtbot)
    to_order(page, fingers, qtbot)
    to_certificate(page, fingers, qtbot)
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible(), timeout=PATIENCE)
    qtbot.waitUntil(page.dialog.rows[0].pin.edit.hasFocus)
    with qtbot.waitSignal(page.site_model.certified, timeout=PATIENCE) as done:
        fingers.pin(PRACTICE_PIN)
        qtbot.waitUntil(page.dialog.rows[1].pin.edit.hasFocus)
        fingers.pin(PIN)
    report("D1", "From the order to the certificate, one rifle", "-", fingers.counted)
    assert fingers.counted.clicks == 0
    assert done.args[0].certified.number.startswith("DC-")
    weapon = window._desk.on_books(window._session.stockpile.books).weapon(window.weapon_)
    assert weapon.status == "destroyed"
    qtbot.waitUntil(lambda: len(page.board.ended.lines) == 1)
