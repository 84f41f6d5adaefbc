"""The way in without a network, in the hand: words are compared, and wrong ones stop all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import Draft, NodeRevoked
from stockpile.domain.values import Digest
from stockpile.language import plain
from stockpile.services.ports import Peer
from tests.helpers.enrolling import certified_by, enrolled_by_file, with_authority
from tests.helpers.house import House
from tests.helpers.registries import open_registry
from ui.pages.meeting_dialogs import BY_STICK
from ui.pages.sync import SyncPage


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


@pytest.fixture
def page(seat, qtbot):
    made = SyncPage(*seat.made_with)
    qtbot.addWidget(made)
    made.resize(1110, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.entered("")
    qtbot.waitUntil(lambda: bool(made._standing.head_code))
    return made


def test_words_are_shown_compared_and_the_page_says_that_sticks_are_the_way(
    page, registry, tmp_path, qtbot
):
    card = page._by_file
    assert card.isVisible()
    with qtbot.waitSignal(card.model.asked):
        card.write_request(tmp_path / "asks")
    assert len(card._own_words.text().split()) == 8
    assert str(tmp_path / "asks.request") in card._said.text()
    certified_by(registry, tmp_path / "asks.request", tmp_path / "in.certificate")
    with qtbot.waitSignal(card.model.opened) as said:
        card.load(tmp_path / "in.certificate")
    qtbot.mouseClick(card._take, Qt.MouseButton.LeftButton)
    assert card._words.message  # nothing was typed
    card._words.set_text("kufav sabot")
    with qtbot.waitSignal(card.model.refused):
        qtbot.mouseClick(card._take, Qt.MouseButton.LeftButton)
    assert "do not go on" in card._words.message
    card._words.set_text(said.args[0].words)
    with qtbot.waitSignal(card.enrolled):
        qtbot.keyClick(card._words.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._standing.peer is not None)
    assert "courier file" in page._result.accessibleName()
    assert registry.books.key.node in page._registry._url.text()
    assert not page._sync.isVisible()
    assert page._enrol.isVisible()  # for when there is a line
    assert card._take.isHidden()
    assert "known by a file" in page._status.accessibleName()
    page.entered("")
    assert page._stick.hasFocus()
    with qtbot.waitSignal(page.go) as gone:
        qtbot.keyClick(page._stick, Qt.Key.Key_Space)
    assert gone.args == ["transfers", BY_STICK]
    found = replace(page._standing.peer, acknowledged=4_812, heard_at=1_790_000_000_000)
    page._show(replace(page._standing, peer=found))
    assert "heard up to no. 4812" in plain(page._status.accessibleName())


def test_a_certificate_that_is_none_is_said_in_words(page, tmp_path, qtbot):
    card = page._by_file
    (tmp_path / "bad.certificate").write_bytes(b"weapon;serial\n")
    with qtbot.waitSignal(card.model.refused):
        card.load(tmp_path / "bad.certificate")
    assert "no file of the authority" in card._said.text()
    assert card._take.isHidden()


def test_how_far_the_clock_is_off_stands_on_the_registrys_card(page, qtbot):
    standing = replace(page._standing, peer=Peer("https://x", "r" * 16, bytes(32)))
    page._show(replace(standing, clock_offset=-3 * 3_600_000))
    assert "3 h 0 min ahead" in plain(page._registry._clock.text())
    page._show(standing)
    assert page._registry._clock.isHidden()


def test_what_the_authority_did_not_sign_is_an_alarm(page, seat, registry, tmp_path, qtbot):
    with_authority(registry)
    house = House(seat.stockpile.home, seat.stockpile, seat.session.officer)
    seat.on_books(lambda: enrolled_by_file(house, registry, tmp_path))
    with qtbot.waitSignal(page.model.tried):
        page.entered("")
    assert page._tried.isHidden()
    alone = NodeRevoked(seat.stockpile.keys.node, 0, Digest("0" * 64), "because I say so")
    with registry.books.writing() as connection:  # a registry that is in other hands
        registry.books.record(connection, (Draft(alone.node, alone),))
    seat.on_books(lambda: enrolled_by_file(house, registry, tmp_path))
    with qtbot.waitSignal(page.model.tried):
        page.entered("")
    assert page._tried.isVisible()
    assert "did not sign" in page._tried.accessibleName()
