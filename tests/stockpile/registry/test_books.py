"""What only these books do; the contract suite asks the rest on both databases."""

from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import KeysUnreadable, NodeQuarantined, NodeUnknown, WeaponUnknown
from stockpile.registry import books as registry_books
from stockpile.registry import intake
from stockpile.registry.books import RegistryBooks
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE
from stockpile.registry.keys import RegistryKey
from tests.helpers.sites import a_weapon


def test_what_is_not_held_is_said_to_be_unknown(registry):
    with pytest.raises(NodeUnknown):
        registry.books.node("a" * 16)
    with pytest.raises(WeaponUnknown):
        registry.books.weapon("nowhere")
    assert registry.books.history("nowhere") == ()


def test_books_open_only_under_their_own_key(registry):
    with pytest.raises(KeysUnreadable):
        RegistryBooks(registry.database, RegistryKey(bytes(32)), registry.clock.now)


def test_a_page_stops_when_it_is_heavy_and_always_moves(registry, site):
    for number in range(3):
        site.write(a_weapon(f"w{number}", model="x" * (MOST_BYTES_A_PAGE // 2 + 1)))
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    listener, after, pages = registry.listener(), 0, []
    while (page := registry.books.feed(listener, after, 100)).items:
        pages.append(len(page.items))
        after = page.last
    assert sum(pages) == registry.books.head().size
    assert len(pages) >= 3


def test_what_a_stolen_key_sends_without_end_fills_no_registry(registry, site, monkeypatch):
    monkeypatch.setattr(registry_books, "MOST_KEPT", 3)
    site.fill(1)
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    registry.enrolment.revoke(site.node, "stolen")
    held = len(site.entries)
    for number in range(5):
        site.write(a_weapon(f"later-{number}"))
    for _time in range(2):
        for after in (held, held + 2):
            batch = wire.squeeze(wire.pack(site.entries[after : after + 2]))
            with pytest.raises(NodeQuarantined):
                intake.take(registry.books, site.node, batch)
    kept = [one.entry for one in registry.books.evidence()]
    assert kept == list(site.entries[held : held + 3])
