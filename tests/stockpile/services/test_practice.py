"""The practice depot is the same for the same seed, and is filled once."""

from __future__ import annotations

from stockpile.services.ports import RegisterFilter
from stockpile.services.practice import PRACTICE_MACHINE


def test_a_depot_is_filled_once(house):
    practice, register = house.stockpile.practice, house.stockpile.register
    told = practice.fill(120, 7, by=house.officer)
    assert sum(told.values()) == register.count(RegisterFilter()) == 120
    assert practice.fill(120, 7, by=house.officer) == told
    assert register.count(RegisterFilter()) == 120
    assert len(house.stockpile.places.all()) == 14


def test_a_depot_grows_to_the_number_asked(house):
    house.stockpile.practice.fill(10, 7, by=house.officer)
    house.stockpile.practice.fill(25, 7, by=house.officer)
    assert house.stockpile.register.count(RegisterFilter()) == 25


def test_a_depot_has_a_machine_that_marks_and_a_registry_that_hears(house):
    practice, stockpile = house.stockpile.practice, house.stockpile
    practice.set_up(by=house.officer)
    assert practice.set_up(by=house.officer).facts == ()
    weapon = house.register()
    _, outcome = stockpile.marking.mark(weapon, PRACTICE_MACHINE, by=house.officer).perform()
    assert outcome.state == "marked"
    practice.join_registry("Practice depot", by=house.officer)
    assert stockpile.exchange.sync(by=house.officer).sent > 0
    assert practice.set_up(by=house.officer).facts == ()
