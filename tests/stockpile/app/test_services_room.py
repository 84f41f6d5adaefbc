"""The services of a home: all of one home, on the same books, closed together."""

from __future__ import annotations

from dataclasses import fields

import pytest

from stockpile.app.key_room import opened_keys
from stockpile.app.practice_room import PRACTICE_PIN
from stockpile.app.services_room import services_of
from stockpile.domain.errors import BooksInUse
from tests.helpers.house import PASSPHRASE, PIN, TOLD, copied_house


@pytest.fixture
def home(tmp_path):
    built = copied_house(tmp_path / "home")
    built.stockpile.close()
    return built.home


def test_a_home_whose_keys_are_open_is_in_one_hand_until_it_is_closed(home):
    with services_of(home, opened_keys(home, PASSPHRASE)) as stockpile:
        assert stockpile.people.sign_in(TOLD.officer, PIN).officer.name == TOLD.officer
        with pytest.raises(BooksInUse):
            services_of(home, opened_keys(home, PASSPHRASE))
    services_of(home, opened_keys(home, PASSPHRASE)).close()


def test_every_service_stands_on_the_same_books_and_signs_with_the_same_keys(home):
    with services_of(home, opened_keys(home, PASSPHRASE)) as stockpile:
        services = [getattr(stockpile, one.name) for one in fields(stockpile)]
        on_books = [one.books for one in services if hasattr(one, "books")]
        signing = [one.keys for one in services if hasattr(one, "keys")]
        assert len(on_books) > 40
        assert {id(one) for one in on_books} == {id(stockpile.books)}
        assert len(signing) > 8
        assert {id(one) for one in signing} == {id(stockpile.keys)}


def test_what_one_service_writes_down_the_others_know_at_once(tmp_path):
    built = copied_house(tmp_path / "home")
    weapon = built.register("KB4471902")
    with built.stockpile as stockpile:
        assert stockpile.scanning.read("KB4471902").weapon.id == weapon
        assert stockpile.register.rows([weapon])[0].serial == "KB4471902"
        assert stockpile.practice_people.pin == PRACTICE_PIN
