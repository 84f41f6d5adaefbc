"""The books of a node on SQLite, beyond the contract of all books: anchors, memory, portions."""

from __future__ import annotations

import threading

import pytest

from stockpile import __version__
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.sqlite import books
from stockpile.domain import ledger
from stockpile.domain.facts import LotRegistered, PlaceOpened, WeaponRegistered
from stockpile.services.ports import RegisterFilter
from tests.helpers.books import registration


def test_every_act_is_anchored_outside(depot):
    for n in range(3):
        depot.register_weapon(f"A{n}")
        assert AnchorFile(depot.home).read() == depot.books.tip()


def test_an_entry_names_the_program_and_the_highest_counter(depot):
    drafts = [registration(depot.id(), f"A{n}") for n in range(4)]
    (entry,) = depot.books.record(drafts, by=None).entries
    header = ledger.read_header(entry.header)
    assert (header.app, header.lc, header.k) == (__version__, 4, 4)


def test_tidied_books_hold_what_they_held(depot, monkeypatch):
    monkeypatch.setattr(books, "TIDIED", 1)
    depot.register_weapon("A1")
    depot.books.tidy()
    with depot.books._store.reading() as connection:
        ((_, held, brought),) = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchall()
    assert held == brought > 0
    depot.register_weapon("A2")
    assert depot.books.tip().number == depot.books.check(deep=True).entries == 2


def test_lists_hear_of_every_write(depot):
    heard = []
    depot.books.when_written(lambda _: heard.append(depot.books.tip().number))
    depot.register_weapon("A1")
    depot.register_weapon("A2")
    assert heard == [1, 2]


def test_a_great_delivery_is_written_in_portions(depot, other):
    """A portion is durable before the next is begun, so that a long exchange may stop anywhere."""
    for _ in range(6):
        depot.books.record([registration(depot.id(), f"A{n}") for n in range(1000)], by=None)
    entries = depot.books.entries(depot.node, 0, 9)
    assert sum(len(entry.facts) for entry in entries) > books.FACTS_A_TRANSACTION
    heard = []
    other.books.when_written(lambda _: heard.append(dict(other.books.tips())[depot.node].number))
    other.books.trust(depot.node, depot.keys.public_key)
    taken = other.books.receive(entries)
    assert heard == [5, 6]
    assert taken.entries == entries
    assert other.register.count(RegisterFilter()) == 6000


def test_references_of_no_kind_are_none(depot):
    depot.found()
    assert depot.books.references() == ()
    assert depot.books.references(LotRegistered, WeaponRegistered) == ()
    assert len(depot.books.references(PlaceOpened)) == 1


def test_off_the_lane_nothing_is_read(depot):
    opened = depot.books
    caught = []

    def elsewhere():
        with pytest.raises(AssertionError, match="lane"):
            opened.weapon("x")
        caught.append(True)

    lane = threading.Thread(target=elsewhere)
    lane.start()
    lane.join()
    assert caught == [True]
