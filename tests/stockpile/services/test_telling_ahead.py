"""What heads an exchange is found in a long chain, whole, with what puts the weapon on record."""

from __future__ import annotations

import pytest

from stockpile.domain import codec
from stockpile.domain.facts import Draft, WeaponLost, WeaponRecovered
from stockpile.domain.values import PlaceId
from stockpile.services import telling_ahead
from tests.helpers import officers
from tests.helpers.sites import a_weapon, open_site


@pytest.fixture
def site(tmp_path):
    opened = open_site(tmp_path, with_officers=True)
    yield opened
    opened.close()


def record(site, *drafts):
    return site.books.record(drafts, by=None)


def kinds(entries):
    return [codec.kind_of(codec.decode(raw).body) for one in entries for raw in one.facts]


def ahead(site, seq=0):
    return telling_ahead.entries_ahead(site.books, site.keys.node, seq)


def lose(site, weapon):
    heads = site.books.weapon(weapon).heads.custody
    return officers.by_two(site.books, [Draft(weapon, WeaponLost("stolen"), heads)])


def test_only_what_tells_of_the_weapon_goes_ahead(site):
    for number in range(5):
        record(site, a_weapon(f"a{number}"), a_weapon(f"b{number}"))
    assert ahead(site) == ()
    lose(site, "a3")
    record(site, a_weapon("c"))
    assert kinds(ahead(site)) == ["weapon.registered"] * 2 + ["weapon.lost"]


def test_what_the_registry_holds_is_not_told_again(site):
    record(site, a_weapon("a"), a_weapon("b"))
    held = site.books.tip().seq
    lose(site, "a")
    assert kinds(ahead(site, held)) == ["weapon.lost"]
    told = site.books.tip().seq
    heads = site.books.weapon("a").heads.custody
    record(site, Draft("a", WeaponRecovered(PlaceId("p")), heads))
    assert kinds(ahead(site, told)) == ["weapon.recovered"]
    assert ahead(site, site.books.tip().seq) == ()


def test_an_entry_of_two_losses_goes_once(site):
    record(site, a_weapon("a"), a_weapon("b"))
    heads = [one.heads.custody for one in site.books.weapons(["a", "b"])]
    officers.by_two(
        site.books,
        [Draft(one, WeaponLost("stolen"), told) for one, told in zip("ab", heads, strict=True)],
    )
    assert kinds(ahead(site)) == ["weapon.registered"] * 2 + ["weapon.lost"] * 2


def test_portions_hold_what_fits_and_at_least_one(site, monkeypatch):
    for name in "abc":
        record(site, a_weapon(name))
        lose(site, name)
    entries = ahead(site)
    assert list(telling_ahead.portions(entries)) == [entries]
    monkeypatch.setattr(telling_ahead, "MOST", 1)
    assert [len(one) for one in telling_ahead.portions(entries)] == [1] * len(entries)
    assert list(telling_ahead.portions(())) == []
