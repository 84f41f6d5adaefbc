"""The register as the ledger alone makes it."""

from __future__ import annotations

from contextlib import closing

import pytest

from stockpile.adapters.sqlite.derived import derive
from stockpile.domain.errors import FactUnreadable
from stockpile.domain.facts import Draft, PlaceOpened, WeaponIssued
from stockpile.services.ports import silent


def derived(depot):
    with closing(derive(depot.open().store, depot.books.chains, silent)) as found:
        return {one.subject: one for one in found}


def test_every_subject_is_what_its_facts_make_it(depot):
    rack = depot.found()
    weapon = depot.register_weapon(place=rack)
    depot.books.record([Draft(weapon.id, WeaponIssued("p1"), weapon.heads.custody)], by=None)
    found = derived(depot)
    assert list(found) == sorted(found)
    assert found[weapon.id].weapon == depot.books.weapon(weapon.id)
    assert (found[weapon.id].facts, found[weapon.id].reference) == (2, None)
    assert found[rack].reference == depot.books.reference(rack)
    assert found[rack].weapon is None


def test_a_hostile_subject_is_both_or_neither(depot):
    weapon = depot.register_weapon()
    depot.books.record([Draft(weapon.id, PlaceOpened("No place"))], by=None)
    found = derived(depot)[weapon.id]
    assert found.weapon == depot.books.weapon(weapon.id) == weapon
    assert found.reference == depot.books.reference(weapon.id)


def test_a_row_filed_under_another_name_is_found(depot):
    depot.register_weapon()
    connection = depot.open().store.connection
    connection.execute("DROP TRIGGER ev_is_never_edited")
    connection.execute("UPDATE ev SET kind = 'weapon.found'")
    with pytest.raises(FactUnreadable):
        derived(depot)
