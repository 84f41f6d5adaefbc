"""The ground of a home: its books and its journal are opened together and closed together."""

from __future__ import annotations

import pytest

from stockpile.app.key_room import opened_keys
from stockpile.app.plugging.ground import ground_of
from stockpile.domain.errors import BooksInUse
from tests.helpers.house import PASSPHRASE, TOLD


def test_a_home_is_in_one_hand(ground):
    beside = opened_keys(ground.home, PASSPHRASE)
    with pytest.raises(BooksInUse):
        ground_of(ground.home, beside)


def test_it_knows_what_people_call_what_is_on_record(ground, keepers, officer):
    assert ground.names().of(keepers.people.site()) == TOLD.name
    assert ground.names().of(officer.officer.id) == TOLD.officer
