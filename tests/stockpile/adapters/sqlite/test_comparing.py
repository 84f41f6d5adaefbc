"""The register against the ledger; what differs in which way is in the tests of checking."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.comparing import compare
from stockpile.domain.errors import RegisterDiffers
from stockpile.services.ports import silent


def test_the_weapon_that_differs_is_named(depot):
    depot.found()
    depot.register_weapon("A1")
    weapon = depot.register_weapon("A2")
    compare(depot.open().store, silent)
    depot.open().store.connection.execute(
        "UPDATE weapon SET calibre = '9x19' WHERE id = ?", (weapon.id,)
    )
    with pytest.raises(RegisterDiffers) as differs:
        compare(depot.open().store, silent)
    assert differs.value.weapon == weapon.id


def test_after_a_difference_the_books_go_on(depot):
    depot.register_weapon("A1")
    connection = depot.open().store.connection
    connection.execute("UPDATE weapon SET calibre = '9x19'")
    with pytest.raises(RegisterDiffers):
        compare(depot.open().store, silent)
    depot.register_weapon("A2")
    depot.open().store.checkpoint()
