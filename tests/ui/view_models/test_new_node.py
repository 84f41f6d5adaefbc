"""Another signing key on a screen: in force at the next start, and refused it changes nothing."""

from __future__ import annotations

import pytest

from stockpile.app import open_home
from stockpile.domain.errors import EntriesUnsent, WrongPassphrase, WrongPin
from stockpile.services.ports import Peer
from tests.helpers.house import PASSPHRASE, PIN, SECOND, second_officer
from tests.helpers.seats import seat
from tests.helpers.sites import SiteKeys
from ui.view_models.new_node import NewNodeModel, SecondOfficer

__all__ = ["seat"]
BOTH = SecondOfficer(SECOND, PIN)


@pytest.fixture
def next_start():
    """What is looked at once the program has ended: asked for before the seat, it ends after it."""
    looks = []
    yield looks
    for look in looks:
        look()


@pytest.fixture
def model(next_start, seat):
    by = seat.session.officer
    seat.on_books(lambda: second_officer(seat.stockpile, by))
    return NewNodeModel(seat.desk, seat.session)


def test_what_is_refused_changes_nothing(seat, model, qtbot):
    tip = seat.on_books(seat.stockpile.books.tip)
    for said, error in (
        ((PASSPHRASE, PIN, SecondOfficer(SECOND, "0000")), WrongPin),
        (("another passphrase", PIN, BOTH), WrongPassphrase),
    ):
        with qtbot.waitSignal(model.refused) as told:
            model.renew("the year is over", *said)
        assert isinstance(told.args[0], error)
    registry = SiteKeys()
    peer = Peer("https://x", registry.node, registry.public_key, heard_at=1)
    seat.on_books(lambda: seat.stockpile.books.keep_peer(peer))
    with qtbot.waitSignal(model.refused) as told:
        model.renew("the year is over", PASSPHRASE, PIN, BOTH)
    assert isinstance(told.args[0], EntriesUnsent)
    assert seat.on_books(seat.stockpile.books.tip) == tip


def test_at_the_next_start_it_is_another_node_that_continues_the_old_one(
    next_start, seat, model, qtbot
):
    home, old = seat.stockpile.home, seat.stockpile.keys.node
    with qtbot.waitSignal(model.done, timeout=30_000) as told:
        model.renew("the year is over", PASSPHRASE, PIN, BOTH)
        model.renew("a second click", PASSPHRASE, PIN, BOTH)
    made = told.args[0]
    assert (made.waits, made.node != old) == (True, True)
    assert seat.stockpile.keys.node == old  # until the program ends

    def look():
        with open_home(home, PASSPHRASE) as stockpile:
            assert stockpile.keys.node == made.node
            assert old in dict(stockpile.books.tips())

    next_start.append(look)
