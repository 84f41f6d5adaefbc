"""The window: pages by key, what stands around them, the palette, the notice that undoes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.receiving import Description
from stockpile.language import isolated, plain
from stockpile.services.ports import RegisterFilter
from tests.helpers.desktops import sign_in
from ui.pages.settings import SettingsPage
from ui.theme import Tone
from ui.view_models.alarms import Alarm

Key = Qt.Key


@pytest.fixture
def window(desktop, qtbot):
    made = sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: made._sidebar.accessibleName() is not None)
    return made


def shown(window):
    return next(key for key, page in window._pages.items() if page is window._stack.currentWidget())


def test_every_page_opens_by_its_keys_and_is_remembered(window, desktop, qtbot):
    pages = ("entry", "import", "marking", "issuing", "counting", "transfers", "places", "today")
    for keys, page in (*enumerate(pages, 2), ("s", "sync"), (1, "register")):
        qtbot.keyClick(window, str(keys), Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda page=page: shown(window) == page)
        assert desktop.session.settings.page == page


def test_contradictions_are_counted_before_their_page_was_ever_opened(window, desktop, qtbot):
    stockpile, by = desktop.session.stockpile, desktop.session.officer
    desk, row = desktop.desk, window._sidebar._rows["conflicts"]
    receiving, people = desk.on_books(stockpile.receiving), desk.on_books(stockpile.people)
    assert row._counter == ""
    for _twice in range(2):
        recorded, _weapon = receiving.register(
            Description(serial="ZZ 1", model="AKM"), people.site(), by=by
        )
        desk.recorded.emit(recorded)
    qtbot.waitUntil(lambda: plain(row._counter) == "1")
    qtbot.keyClick(window, Key.Key_X, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shown(window) == "conflicts")


def test_f1_opens_the_keys(window, qtbot):
    qtbot.keyClick(window, Key.Key_F1)
    qtbot.waitUntil(lambda: shown(window) == "settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.section == "help"


def test_a_page_is_made_once(window):
    assert window.page("sync") is window.page("sync")


def test_the_palette_opens_what_is_typed_into_it(window, qtbot):
    window._palette.open()
    window._palette.type_text("sync")
    qtbot.keyClick(window._palette._line, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == "sync")


def test_the_palette_finds_weapons(window, desktop, qtbot):
    register = desktop.desk.on_books(desktop.session.stockpile.register)
    (row,) = register.page("serial", 0, 1, RegisterFilter())
    window._palette.open()
    window._palette.type_text(row.serial)
    found = f"weapon:{row.id}"
    offers = window._palette._list._offers
    qtbot.waitUntil(lambda: found in [one.key for one in offers.offers], timeout=10_000)
    offer = next(one for one in offers.offers if one.key == found)
    assert offer.title == isolated(row.serial)
    assert all(part == isolated(part) for part in offer.detail.split(" · "))


def test_a_notice_undoes_once(window, qtbot):
    done = []
    window.page("register").toast.emit("Moved", "Undo", lambda: done.append(1))
    window._act()
    window._act()
    assert done == [1]


def test_who_sits_here_is_told_in_words(window):
    assert "Commander" in window._sidebar._officer.accessibleName()


def test_where_the_record_is_stands_in_the_bar(window, qtbot):
    qtbot.waitUntil(lambda: window._topbar._chips.count() == 1)
    assert window._topbar._chips.itemAt(0).widget().text == "On this computer only"


def test_look_alikes_are_made_ready_before_anybody_asks(window, desktop, qtbot):
    likeness = desktop.session.stockpile.register._likeness
    qtbot.waitUntil(lambda: likeness._held is not None and likeness.understands)


def test_an_alarm_stands_above_every_page_until_somebody_read_it(window, qtbot):
    window._alarms.raised.emit(Alarm("ZX 1", is_certain=True))
    assert window._alarm.isVisible()
    assert window._alarm.result.identifier == "ZX 1"
    window.open("register")
    assert window._alarm.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: not window._alarm.isVisible())


def test_the_line_at_the_foot_leads_to_the_proof_where_it_speaks_of_it(window, qtbot):
    prover, line = window._prover, window._line
    prover._tell(is_running=True, share=0.25)
    assert "25 %" in plain(line.text())
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert shown(window) == "settings"
    assert window.page("settings").section == "proof"
    prover._tell(is_running=False, found="It differs.", found_at=1)
    assert line.tone is Tone.BAD
    prover._tell(found="", found_at=0)
    assert "on this computer only" in plain(line.text())
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert shown(window) == "sync"
