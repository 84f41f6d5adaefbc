"""The register against the ledger; what differs in which way is in the tests of checking."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.comparing import compare
from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.domain.errors import RegisterDiffers
from stockpile.domain.facts import Draft, WeaponCorrected
from stockpile.services.ports import silent


def test_the_weapon_that_differs_is_named(depot):
    depot.found()
    depot.register_weapon("A1")
    weapon = depot.register_weapon("A2")
    compare(depot.open().store, depot.books.chains, silent)
    depot.open().store.connection.execute(
        "UPDATE weapon SET calibre = '9x19' WHERE id = ?", (weapon.id,)
    )
    with pytest.raises(RegisterDiffers) as differs:
        compare(depot.open().store, depot.books.chains, silent)
    assert differs.value.weapon == weapon.id


def test_after_a_difference_the_books_go_on(depot):
    depot.register_weapon("A1")
    connection = depot.open().store.connection
    connection.execute("UPDATE weapon SET calibre = '9x19'")
    with pytest.raises(RegisterDiffers):
        compare(depot.open().store, depot.books.chains, silent)
    depot.register_weapon("A2")
    depot.open().store.checkpoint()


def test_a_kept_index_of_likeness_is_the_one_that_the_marks_make(depot):
    depot.found()
    weapons = [depot.register_weapon(f"RA{number}") for number in range(9)]
    store = depot.open().store
    with store.writing() as connection:
        LikenessOnRecord().keep(connection)
    said = WeaponCorrected("misread", make="Somebody new")
    depot.books.record([Draft(weapons[3].id, said, weapons[3].heads.identity)], by=None)
    compare(store, depot.books.chains, silent)
    with store.writing() as connection:
        connection.execute("DELETE FROM likeness_changed")
    with pytest.raises(RegisterDiffers):
        compare(store, depot.books.chains, silent)
    depot.books.rebuild()
    compare(depot.open().store, depot.books.chains, silent)
