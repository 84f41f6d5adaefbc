"""Facets: packed, read back, and the same whoever wrote them."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite import facets
from stockpile.domain.errors import RegisterDiffers
from stockpile.domain.facts import Draft, MarkReadBack, WeaponWithdrawn
from stockpile.domain.listing import listing
from tests.helpers.books import registration


def kept(depot, row=1):
    connection = depot.open().store.connection
    values = dict(connection.execute("SELECT code, value FROM facet_value").fetchall())
    found = connection.execute("SELECT packed FROM facet").fetchone()
    return facets.read(found[0], row, values)


def test_what_was_packed_is_what_the_weapon_says(depot):
    rack = depot.found()
    weapon = depot.register_weapon("KB1", place=rack, country="BR", year="1974")
    said = kept(depot)
    assert said == facets.facets(listing(weapon))
    assert dict(zip(facets.NAMES, said.values, strict=True)) == {
        "type": "rifle", "make": "Izhmash", "model": "AKM", "calibre": "7.62x39", "place": rack,
        "officer": "", "country": "BR", "year": "1974", "document": "", "condition": "unknown",
        "status": "in_store", "home": rack, "inspect_by": "",
    }  # fmt: skip
    assert said.at == weapon.recorded_at
    assert said.bits == facets.STANDS | facets.SERIAL | facets.RECORDED


def test_a_change_is_written_and_what_changes_nothing_is_not(depot):
    weapon = depot.register_weapon("KB1")
    depot.books.record([Draft(weapon.id, MarkReadBack("KB1", "kb 1"))], by=None)
    assert kept(depot).bits & facets.READ_BACK
    withdrawn = Draft(weapon.id, WeaponWithdrawn("typed twice"), weapon.heads.custody)
    depot.books.record([withdrawn], by=None)
    said = kept(depot)
    status = said.values[facets.NAMES.index("status")]
    assert (status, bool(said.bits & facets.STANDS)) == ("withdrawn", False)
    assert said.bits & facets.RECORDED


def test_the_same_value_has_one_code(depot):
    for n in range(3):
        depot.register_weapon(f"KB{n}")
    connection = depot.open().store.connection
    found = connection.execute("SELECT count(*) FROM facet_value WHERE facet = 'make'").fetchone()
    assert found == (1,)


def test_a_deep_check_finds_a_facet_that_differs(depot):
    depot.register_weapon("KB1")
    depot.books.check(deep=True)
    one = replace_make(kept(depot))
    facets.keep(depot.open().store.connection, [(1, one)])
    with pytest.raises(RegisterDiffers):
        depot.books.check(deep=True)


def replace_make(one):
    return one._replace(values=("rifle", "Other", *one.values[2:]))


def test_a_rebuild_writes_the_same(depot):
    depot.register_weapon("KB1", country="BR")
    before = kept(depot)
    depot.books.rebuild()
    assert kept(depot) == before
    assert depot.books.check(deep=True).weapons == 1


def test_sixty_four_weapons_share_a_page(depot):
    drafts = [registration(depot.id(), f"S{n}", year=str(n)) for n in range(150)]
    depot.books.record(drafts[:70], by=None)
    depot.books.record(drafts[70:], by=None)
    connection = depot.open().store.connection
    found = connection.execute("SELECT part, length(packed) FROM facet").fetchall()
    assert found == [(n, size * facets.PACKED.size) for n, size in enumerate((64, 64, 22))]
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    reserve_and_head = 80 + 35  # SQLCipher's, and that of a leaf
    assert facets.A_PART * facets.PACKED.size < int(size) - reserve_and_head
    values = dict(connection.execute("SELECT code, value FROM facet_value").fetchall())
    (part,) = connection.execute("SELECT packed FROM facet WHERE part = 2").fetchone()
    assert facets.read(part, 129, values).values[7] == "128"
    assert facets.read(part, 151, values) is None
    depot.books.check(deep=True)
