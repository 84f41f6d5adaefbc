"""The list at the counter: asked of what is scanned, believed only from a registry we know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.adapters.hot_list.files import SealedHotLists
from stockpile.domain import hot_list
from stockpile.domain.errors import HotListForged
from stockpile.domain.facts import Draft, WeaponLost, WeaponRecovered
from stockpile.domain.hot_list import HotListHead
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import PlaceId
from stockpile.services.hot_list import HotLists
from stockpile.services.ports import Peer
from tests.helpers import officers
from tests.helpers.sites import SiteKeys, a_weapon, open_site

MADE = 1_800_000_000_000


@pytest.fixture
def registry():
    return SiteKeys()


@pytest.fixture
def site(tmp_path, registry):
    opened = open_site(tmp_path, with_officers=True)
    opened.books.keep_peer(Peer("http://r", registry.node, registry.public_key))
    yield opened
    opened.close()


@pytest.fixture
def lists(site, tmp_path):
    return HotLists(site.books, SealedHotLists(tmp_path, bytes(32)))


def a_list(keys, texts, number=1, made=MADE):
    head = HotListHead(1, keys.node, number, made, b"s" * 16, 1, 1, 0, b"")
    listed = [hot_list.key_of(text, head.salt, head.rounds) for text in texts]
    return hot_list.made(head, listed, keys.sign)


def test_a_serial_is_possible_a_number_is_certain(lists, site, registry):
    assert lists.check_text("KB 1") == ""
    site.books.record([a_weapon("w1", "KB 1")], by=None)
    weapon = site.books.weapon("w1")
    lists.accept(a_list(registry, ["s:KB1", "u:KB1"]))
    assert (lists.check_text("kb-1"), lists.check(weapon)) == ("possible", "possible")
    lists.accept(a_list(registry, hot_list.texts_of(weapon), 2))
    assert lists.check(weapon) == "certain"
    assert lists.check_text(registry_number(weapon.id)) == "certain"
    assert lists.check_text("KB 2") == ""


def test_only_a_newer_list_of_a_registry_we_know_is_taken(lists, registry, site, tmp_path):
    assert lists.accept(a_list(registry, ["s:KB1"], 5))
    assert not lists.accept(a_list(registry, [], 5))
    assert not lists.accept(a_list(registry, [], 4))
    stranger = SiteKeys()
    for raw in (a_list(stranger, [], 9), a_list(registry, [], 9)[:-1], b"nothing"):
        with pytest.raises(HotListForged):
            lists.accept(raw)
    assert lists.number(registry.node) == 5
    again = HotLists(site.books, SealedHotLists(tmp_path, bytes(32)))
    assert again.check_text("KB 1") == "possible"
    (held,) = again.held()
    assert (held.number, held.keys, held.made) == (5, 1, MADE)
    assert held.size == len(again.outgoing()[0])


def test_a_list_of_a_registry_that_is_known_no_more_counts_for_nothing(lists, site, registry):
    lists.accept(a_list(registry, ["s:KB1"]))
    fresh = replace(lists, files=lists.files, _opened=type(lists._opened)())
    site.books.keep_peer(Peer("http://r", "b" * 16, SiteKeys().public_key))
    assert fresh.check_text("KB 1") == ""
    assert fresh.held() == ()


def test_a_weapon_recovered_here_after_the_list_was_made_raises_no_alarm(lists, site, registry):
    site.books.record([a_weapon("w1", "KB 1")], by=None)
    weapon = site.books.weapon("w1")
    officers.by_two(site.books, [Draft("w1", WeaponLost("lost"), weapon.heads.custody)])
    lost_at = site.books.weapon("w1").custody[0].since
    lists.accept(a_list(registry, hot_list.texts_of(weapon), 1, lost_at))
    heads = site.books.weapon("w1").heads.custody
    site.books.record([Draft("w1", WeaponRecovered(PlaceId("p")), heads)], by=None)
    assert lists.check(site.books.weapon("w1")) == ""
    later = site.books.weapon("w1").custody[0].since + 1
    lists.accept(a_list(registry, hot_list.texts_of(weapon), 2, later))
    assert lists.check(site.books.weapon("w1")) == "certain"  # lost again, elsewhere


def test_what_was_read_waits_by_its_texts_until_its_registry_has_looked_at_it(
    lists, registry, site, tmp_path
):
    lists.keep_find(["KB 1"])
    assert lists.waiting() == ()  # no list, no find
    site.books.record([a_weapon("w1", "KB 1")], by=None)
    weapon = site.books.weapon("w1")
    lists.accept(a_list(registry, [*hot_list.texts_of(weapon), "s:KB2"]))
    lists.keep_find(["KB 1", "KB 9"])
    lists.keep_find(["kb-2"])
    lists.keep_find(["KB 1"])
    assert [one.text for one in lists.waiting()] == ["s:KB1", "s:KB2"]
    lists.keep_find((), weapon)  # one on record here by what is known of it
    assert len(lists.waiting()) > 2
    again = HotLists(site.books, SealedHotLists(tmp_path, bytes(32)))
    assert again.waiting() == lists.waiting()
    proofs = again.finds(registry.node)
    assert len(proofs) == len(again.waiting())
    assert again.finds("a" * 16) == ()
    again.answered(registry.node, proofs[1:])
    assert [one.text for one in again.waiting()] == ["s:KB1"]


def test_what_waits_is_bounded_and_a_damaged_note_of_it_is_none(lists, registry, monkeypatch):
    monkeypatch.setattr("stockpile.services.hot_list.MOST_WAITING", 2)
    lists.accept(a_list(registry, ["s:KB1", "s:KB2", "s:KB3"]))
    for text in ("KB 1", "KB 2", "KB 3"):
        lists.keep_find([text])
    assert [one.text for one in lists.waiting()] == ["s:KB2", "s:KB3"]
    lists.files.keep_finds(b"{")
    assert HotLists(lists.books, lists.files).waiting() == ()
