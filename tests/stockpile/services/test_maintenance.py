from __future__ import annotations

import pytest

from stockpile.domain.errors import OfficerNotAuthorised
from stockpile.domain.facts import Draft, KitItem, WeaponIssued, WeaponReturned
from stockpile.domain.values import PersonId
from tests.helpers.house import PIN


def test_the_queues_empty_themselves(house):
    weapon, bench = house.register(), house.stockpile.maintenance
    bench.inspect(
        weapon, "repairable", remarks="cracked", due="2026-06-01", unfit=True, by=house.officer
    )
    assert [row.id for row in bench.unfit()] == [weapon]
    assert [row.id for row in bench.due("2026-11-28")] == [weapon]
    bench.repair(weapon, "serviceable", "new stock", by=house.officer)
    assert [row.id for row in bench.unfit()] == [weapon]  # whether it is fit, an inspection says
    bench.inspect(weapon, "serviceable", due="2027-06-01", by=house.officer)
    assert bench.unfit() == ()
    assert bench.due("2026-11-28") == ()
    assert house.stockpile.books.weapon(weapon).condition == "serviceable"


def test_a_kit_is_set_for_many_in_one_act(house):
    weapons = [house.register(f"KB{number}") for number in range(3)]
    items = (KitItem("magazine", 3), KitItem("sling"))
    bench = house.stockpile.maintenance
    recorded = bench.set_kit(weapons, items, by=house.officer)
    assert len(recorded.entries) == 1
    assert house.stockpile.books.weapon(weapons[2]).kit == items
    assert bench.set_kit(weapons, items, by=house.officer).facts == ()


def test_only_who_may_does(house):
    people, weapon = house.stockpile.people, house.register()
    people.appoint("C. Clerk", ("clerk",), PIN, by=house.officer)
    clerk = people.sign_in("C. Clerk", PIN)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.maintenance.inspect(weapon, "serviceable", by=clerk)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.maintenance.repair(weapon, "serviceable", "pin", by=clerk)


def test_what_came_back_with_a_remark_is_looked_at(house):
    stockpile, by = house.stockpile, house.officer
    weapon, other = house.register("KB1"), house.register("KB2")
    site = stockpile.people.site()

    def record(weapon, body):
        heads = stockpile.books.weapon(weapon).heads.custody
        stockpile.books.record([Draft(weapon, body, heads)], by=by.id)

    for one, remarks in ((weapon, "needs cleaning"), (other, "")):
        record(one, WeaponIssued(PersonId("p1")))
        record(one, WeaponReturned(site, remarks=remarks))
    bench = stockpile.maintenance
    assert bench.remarked() == (weapon,)
    assert stockpile.days.summary().remarked == (weapon,)
    bench.inspect(weapon, "serviceable", by=by)
    assert bench.remarked() == ()
