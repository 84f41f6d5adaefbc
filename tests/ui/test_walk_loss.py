"""A loss is reported by one scan and two PINs, and a scan anywhere raises the alarm."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.app import PRACTICE_PIN
from stockpile.domain.receiving import Description
from stockpile.language import plain
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers, Key, Modifier, report
from tests.helpers.house import PIN
from ui.sounds import Sound, player
from ui.widgets.scan_result import Outcome

SERIAL = "ZX4471902"


@pytest.fixture
def window(desktop, qtbot):
    """The practice depot before its officer, with a second one and a weapon of our own."""
    window = sign_in(desktop, qtbot)
    desktop.resize(1366, 768)
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


class Call:
    def __init__(self, do):
        self.do = do


@pytest.fixture
def fingers():
    fingers = Fingers()
    yield fingers
    fingers.rest()


@pytest.fixture
def heard(qtbot):
    found = []
    player().played.connect(found.append)
    yield found
    player().played.disconnect(found.append)


def open_losses(window, fingers, qtbot):
    fingers.press(Key.Key_L, Modifier.AltModifier)
    qtbot.waitUntil(lambda: "losses" in window._pages, timeout=PATIENCE)
    page = window._pages["losses"]
    qtbot.waitUntil(page.board.scan.edit.hasFocus)
    return page


def report_it(window, page, fingers, qtbot):
    """From the form with its weapon to the report on record."""
    qtbot.waitUntil(lambda: len(page.model.lines) == 1, timeout=PATIENCE)
    qtbot.waitUntil(page.report.scan.edit.hasFocus)
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(page.report.circumstances.edit.hasFocus)
    fingers.press(Key.Key_F7)
    fingers.type("lock forced")
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible())
    qtbot.waitUntil(page.dialog.rows[0].pin.edit.hasFocus)
    with qtbot.waitSignal(page.model.reported, timeout=PATIENCE) as told:
        fingers.pin(PRACTICE_PIN)
        qtbot.waitUntil(page.dialog.rows[1].pin.edit.hasFocus)
        fingers.pin(PIN)
    return told.args[0]


def test_a_loss_is_one_scan_twenty_keys_and_two_pins(window, fingers, qtbot, heard):
    fingers.begin()
    page = open_losses(window, fingers, qtbot)
    fingers.scan(SERIAL)
    told = report_it(window, page, fingers, qtbot)
    report("10", "Report a loss, scanned", "1 S + 20 K + 2 P = 31", fingers.counted)
    assert fingers.counted.units <= 1 + 20 + 10
    assert fingers.counted.clicks == 0
    assert fingers.counted.keys <= 20
    with pypdfium2.PdfDocument(told.file) as document:
        text = plain(document[0].get_textpage().get_text_range())
    for said in (told.number, SERIAL, "lock forced", "Practice depot", "S. Second"):
        assert said in text
    qtbot.waitUntil(page.unsent.isVisible)
    assert [line.key for line in page.board.reports.lines] == [told.number]

    heard.clear()
    fingers.begin()
    qtbot.waitUntil(page.board.scan.edit.hasFocus)
    fingers.scan(SERIAL)
    qtbot.waitUntil(page.result.isVisible, timeout=PATIENCE)
    assert page.result.result.outcome is Outcome.ALARM
    assert Sound.ALARM in heard
    fingers.press(Key.Key_F9)
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible())
    qtbot.waitUntil(page.dialog.circumstances.edit.hasFocus)
    fingers.type("under the bench")
    with qtbot.waitSignal(page.model.recovered, timeout=PATIENCE):
        fingers.press(Key.Key_Return)
    report("10b", "It is back", "-", fingers.counted)
    weapon = window._desk.on_books(window._session.stockpile.books).weapon(window.weapon_)
    assert weapon.status == "recovered"
    qtbot.waitUntil(lambda: not page.board.reports.lines)
