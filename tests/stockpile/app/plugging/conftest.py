"""The ground of a home of its own, and what stands on it."""

from __future__ import annotations

import pytest

from stockpile.app.key_room import opened_keys
from stockpile.app.plugging.ground import ground_of
from stockpile.app.plugging.keepers import keepers_of
from stockpile.app.plugging.marking_bench import marking_bench_of
from stockpile.app.plugging.weapon_book import weapon_book_of
from stockpile.domain.receiving import Description
from tests.helpers.house import PASSPHRASE, PIN, TOLD, copied_house


@pytest.fixture
def ground(tmp_path):
    built = copied_house(tmp_path / "home")
    built.stockpile.close()
    found = ground_of(built.home, opened_keys(built.home, PASSPHRASE))
    yield found
    found.opened.close()


@pytest.fixture
def keepers(ground):
    return keepers_of(ground)


@pytest.fixture
def weapons(ground, keepers):
    return weapon_book_of(ground, keepers)


@pytest.fixture
def bench(ground, keepers, weapons):
    return marking_bench_of(ground, keepers, weapons)


@pytest.fixture
def officer(keepers):
    return keepers.people.sign_in(TOLD.officer, PIN)


@pytest.fixture
def rifle(keepers, weapons, officer):
    said = Description(
        serial="KB4471902", type="ASR", make="Izhmash", model="AKM", calibre="7.62x39"
    )
    return weapons.receiving.register(said, keepers.people.site(), by=officer)[1]
