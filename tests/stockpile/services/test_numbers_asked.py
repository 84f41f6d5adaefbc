"""Two homes and a real registry: numbers are asked for in an exchange and come with its feed."""

from __future__ import annotations

import itertools
from functools import partial

import pytest

from stockpile.domain.errors import NumbersUsedUp, RegistryUnreachable
from stockpile.domain.exchange import PROTOCOL_2
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import SchemeId
from stockpile.registry import app as registry_app
from stockpile.registry import blocks
from tests.helpers.house import build_house
from tests.helpers.registries import answering, open_registry
from tests.stockpile.services.test_schemes import BODY, STATE, begun

RECSA = SchemeId("RECSA_STATE")


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


@pytest.fixture
def homes(registry, tmp_path):
    """Two homes that are enrolled and have not exchanged anything yet, and the address."""
    with answering(registry.books) as url:
        built = [build_house(tmp_path / name) for name in ("one", "two")]
        for one in built:
            code = registry.enrolment.make_code("Kampala")
            one.stockpile.exchange.enrol(url, code, "Kampala", by=one.officer)
        yield built
        for one in built:
            one.stockpile.close()


def held(home, scheme=MOSAIC_IMPORT):
    return [(one.lo, one.hi, one.left) for one in home.stockpile.numbers.blocks(scheme)]


def test_the_first_exchange_brings_numbers_that_no_other_home_has(homes):
    one, two = homes
    assert held(one) == held(two) == [(1, 10_000, 10_000)]
    for home in homes:
        home.stockpile.exchange.sync(by=home.officer)
    assert held(one) == [(10_001, 11_000, 1000)]
    assert held(two) == [(11_001, 12_000, 1000)]
    assert held(one, RECSA) == [(10_001, 11_000, 1000)]
    assert one.stockpile.numbers.blocks(MOSAIC_IMPORT)[0].until > one.stockpile.numbers.clock.now()
    # the other home's chain and its grants
    assert one.stockpile.exchange.sync(by=one.officer).taken > 0
    assert held(one) == [(10_001, 11_000, 1000)]


def test_low_numbers_and_a_wish_are_asked_for_once(homes):
    home, _other = homes
    numbers = home.stockpile.numbers
    sync = partial(home.stockpile.exchange.sync, by=home.officer)
    numbers.ask(MOSAIC_IMPORT, 4)
    sync()
    assert held(home) == [(10_001, 10_004, 4)]
    for number in (10_001, 10_002, 10_003):
        begun(home, MOSAIC_IMPORT, number)
    assert numbers.low(MOSAIC_IMPORT)
    sync()
    assert held(home) == [(10_001, 10_004, 1), (10_005, 11_004, 1000)]
    assert not numbers.low(MOSAIC_IMPORT)
    numbers.ask(MOSAIC_IMPORT, 10)
    sync()
    sync()
    assert held(home)[2:] == [(11_005, 11_014, 10)]


def test_a_national_scheme_made_today_has_numbers_after_the_exchange(homes):
    home, _other = homes
    home.stockpile.schemes.set(STATE, BODY, by=home.officer)
    with pytest.raises(NumbersUsedUp):
        home.stockpile.numbers.next(STATE)
    home.stockpile.exchange.sync(by=home.officer)
    assert held(home, STATE) == [(1, 1000, 1000)]


def test_a_registry_from_before_is_not_asked_and_nothing_breaks(homes, monkeypatch):
    monkeypatch.setattr(registry_app, "NEWEST_SPOKEN", PROTOCOL_2)
    home, _other = homes
    home.stockpile.exchange.sync(by=home.officer)
    assert held(home) == [(1, 10_000, 10_000)]


def test_a_no_stops_no_exchange(homes, registry, monkeypatch):
    monkeypatch.setattr(blocks, "MOST_A_MONTH", 0)
    home, _other = homes
    home.stockpile.numbers.ask(MOSAIC_IMPORT)
    home.stockpile.exchange.sync(by=home.officer)
    assert held(home) == [(1, 10_000, 10_000)]
    assert registry.books.tip(home.stockpile.keys.node).number == home.stockpile.books.tip().number


def test_a_retired_scheme_is_not_asked_for(homes):
    home, _other = homes
    home.stockpile.schemes.retire(RECSA, by=home.officer)
    home.stockpile.exchange.sync(by=home.officer)
    assert held(home, RECSA) == [(1, 10_000, 10_000)]


def test_an_answer_that_was_lost_costs_no_numbers(homes, monkeypatch):
    home, _other = homes
    session = type(home.stockpile.exchange.session(by=home.officer))
    lost = itertools.count()

    def lose(self):
        if not next(lost):
            raise RegistryUnreachable(self._peer.url, "cut")
        return whole(self)

    whole = session._feed
    monkeypatch.setattr(session, "_feed", lose)
    with pytest.raises(RegistryUnreachable):
        home.stockpile.exchange.sync(by=home.officer)
    home.stockpile.exchange.sync(by=home.officer)
    assert held(home) == [(10_001, 11_000, 1000)]
