"""One open home."""

from __future__ import annotations

import pytest

from stockpile.app import open_home
from stockpile.domain.errors import BooksInUse, WrongPassphrase
from tests.helpers.house import PASSPHRASE, build_house


def test_names_are_those_of_places_officers_and_components(house):
    names = house.stockpile.names()
    assert names.of(house.officer.id) == "A. Mbuyi"
    assert names.of(house.stockpile.people.site()) == "Kampala Central"
    assert names.component("bolt_carrier") == "Bolt carrier"


def test_a_home_is_open_once_and_as_it_was_left(tmp_path):
    built = build_house(tmp_path / "home")
    weapon = built.register()
    with pytest.raises(BooksInUse):
        open_home(built.home, PASSPHRASE)
    built.stockpile.close()
    with pytest.raises(WrongPassphrase):
        open_home(built.home, "guess")
    with open_home(built.home, PASSPHRASE) as again:
        assert again.books.weapon(weapon).model == "AKM"
