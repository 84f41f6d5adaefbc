"""Details of persons are kept as long as the site's rule says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import HolderUnknown, OfficerNotAuthorised
from stockpile.domain.facts import Draft, GuardSet, PersonErased, WeaponIssued, WeaponReturned
from stockpile.domain.holders import Details
from tests.helpers.house import PIN

MONTH = 31 * 86_400_000


class Later:
    """A clock that stands so many months after another."""

    def __init__(self, clock, months):
        self._clock, self._months = clock, months

    def now(self):
        return self._clock.now() + self._months * MONTH

    def zone(self):
        return self._clock.zone()


@pytest.fixture
def people(house):
    """Three persons: one with nothing, one who gave a weapon back, one who has one in hand."""
    stockpile, by = house.stockpile, house.officer
    made = [
        stockpile.holders.record(Details(name), by=by)[1].id for name in ("None", "Gave", "Has")
    ]
    for serial, person, back in (("KB1", made[1], True), ("KB2", made[2], False)):
        weapon = house.register(serial)
        heads = stockpile.books.weapon(weapon).heads.custody
        stockpile.books.record([Draft(weapon, WeaponIssued(person), heads)], by=by.id)
        if back:
            heads = stockpile.books.weapon(weapon).heads.custody
            draft = Draft(weapon, WeaponReturned(stockpile.people.site()), heads)
            stockpile.books.record([draft], by=by.id)
    return made


def desk(house, months, later):
    retention = house.stockpile.retention
    rules = GuardSet(retain_persons=months)
    return replace(retention, rules=lambda: rules, clock=Later(retention.clock, later))


def test_due_is_whoever_has_nothing_in_hand_for_longer_than_the_rule(house, people):
    none, gave, _has = people
    assert house.stockpile.retention.due() == ()  # no rule is set
    assert desk(house, 24, 12).due() == ()
    due = desk(house, 24, 25).due()
    assert [one.holder.id for one in due] == [none, gave]
    assert due[0].last < due[1].last


def test_what_is_due_is_erased_by_the_rule_and_the_chain_still_verifies(house, people):
    stockpile = house.stockpile
    recorded = desk(house, 1, 3).erase_by_rule(by=house.officer)
    assert [type(one.body) for one in recorded.facts] == [PersonErased, PersonErased]
    assert "1 month" in recorded.facts[0].body.reason
    assert [one.name for one in stockpile.holders.all()] == ["Has"]
    with pytest.raises(HolderUnknown):
        stockpile.holders.known(people[0])
    stockpile.books.check(deep=True)
    stockpile.books.rebuild()
    stockpile.books.check(deep=True)


def test_who_may_not_erase_persons_may_not_do_it_by_hand_but_closes_the_day(
    house, people, tmp_path
):
    stockpile, officers = house.stockpile, house.stockpile.people
    officers.appoint("K. Keeper", ("storekeeper",), PIN, by=house.officer)
    keeper = officers.sign_in("K. Keeper", PIN)
    retention = desk(house, 1, 3)
    with pytest.raises(OfficerNotAuthorised):
        retention.erase_due(by=keeper)
    days = replace(stockpile.days, erase_by_rule=retention.erase_by_rule)
    recorded, _backup = days.close(tmp_path / "backups", by=keeper)
    erased = [one for one in recorded.facts if isinstance(one.body, PersonErased)]
    assert [one.by for one in erased] == [keeper.id, keeper.id]
    assert retention.erase_due(by=house.officer).facts == ()


def test_who_holds_a_weapon_by_one_of_two_records_is_not_due(house):
    stockpile, by = house.stockpile, house.officer
    person = stockpile.holders.record(Details("Perhaps"), by=by)[1].id
    weapon = house.register("KB3")
    stockpile.books.record([Draft(weapon, WeaponIssued(person))], by=by.id)  # replaces nothing
    assert stockpile.books.conflicts(weapon)
    assert desk(house, 1, 3).due() == ()
