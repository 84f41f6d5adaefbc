"""Whatever desk reads what is on the hot list, the window is told; once, and of new records too."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain import hot_list
from stockpile.domain.hot_list import HotListHead
from stockpile.services.ports import Peer
from tests.helpers.sites import SiteKeys
from ui.view_models.alarms import AlarmsModel

LISTED = ("KB4471902", "ZX1")


def listed(stockpile):
    registry = SiteKeys()
    stockpile.books.keep_peer(Peer("http://r", registry.node, registry.public_key))
    head = HotListHead(1, registry.node, 1, 1, b"s" * 16, 1, 2, 0, b"")
    texts = [f"{kind}:{serial}" for serial in LISTED for kind in "su"]
    keys = [hot_list.key_of(text, head.salt, head.rounds) for text in texts]
    stockpile.hot_lists.accept(hot_list.made(head, keys, registry.sign))


@pytest.fixture
def raised(seat):
    found = []
    seat.on_books(partial(listed, seat.stockpile))
    model = AlarmsModel(seat.desk, seat.session)
    model.raised.connect(found.append)
    model.keep = found
    yield found
    assert model.keep is found


def test_a_scan_anywhere_is_heard_once(seat, raised, qtbot):
    seat.session.begin(seat.stockpile, seat.session.officer)  # another officer: the same home
    seat.on_books(partial(seat.stockpile.scanning.read, "kb-4471902"))
    qtbot.waitUntil(lambda: bool(raised))
    seat.on_books(partial(seat.stockpile.scanning.read, "KB 5"))
    qtbot.wait(20)
    assert [(one.text, one.is_certain) for one in raised] == [("kb-4471902", False)]


def test_what_is_put_on_record_is_held_against_the_list(seat, raised, qtbot):
    for number in range(25):
        seat.register(f"OK {number}", make="Unknown maker")
    seat.register("ZX 1", make="Unknown maker")
    qtbot.waitUntil(lambda: [one.text for one in raised] == ["ZX 1"])
