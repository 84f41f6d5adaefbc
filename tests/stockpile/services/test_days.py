from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.domain.errors import DiskTrouble, FieldUnreadable, OfficerNotAuthorised
from stockpile.domain.facts import DayClosed, Draft, InvestigationOpened, WeaponIssued
from stockpile.domain.values import PersonId
from tests.helpers.house import PIN
from tests.helpers.stolen_laptops import stolen_laptop


def issue(house, weapon, due):
    stands = house.stockpile.books.weapon(weapon)
    body = WeaponIssued(PersonId("p1"), due=due)
    draft = Draft(weapon, body, stands.heads.custody)
    house.stockpile.books.record([draft], by=house.officer.id)


def test_a_summary_counts_since_the_last_close(house, tmp_path):
    days, weapons = house.stockpile.days, [house.register(f"KB{number}") for number in range(4)]
    issue(house, weapons[0], "2020-01-01")
    issue(house, weapons[1], "2099-01-01")
    case = Draft("case1", InvestigationOpened("missing", "count1"))
    house.stockpile.books.record([case], by=house.officer.id)
    day = days.summary()
    assert (day.on_record, day.in_store, day.out, day.overdue) == (4, 2, 2, 1)
    assert (day.done.recorded, day.done.issued, day.unexplained) == (4, 2, 1)
    assert [row.id for row in days.overdue()] == [weapons[0]]
    assert day.counts_due == sum(one.is_due(day.on) for one in house.stockpile.count_rules.due())
    assert day.counts_due > 0  # nothing was ever counted
    assert not day.is_closed
    days.close(tmp_path / "stick", by=house.officer)
    after = days.summary()
    assert after.is_closed
    assert after.done.movements == 0
    assert after.anchored == after.last.number == day.tip.number
    house.register("LATER")
    assert not days.summary().is_closed


def test_a_close_is_signed_and_names_the_last_entry_and_the_backup(house, tmp_path):
    house.register()
    days, books = house.stockpile.days, house.stockpile.books
    before = books.tip()
    recorded, backup = days.close(tmp_path / "stick", by=house.officer)
    body = recorded.facts[0].body
    assert isinstance(body, DayClosed)
    assert (body.number, body.head, body.backup) == (before.number, before.hash, backup.file.name)
    assert backup.tip == before
    assert recorded.entries[0].officer_signatures[0].officer == house.officer.id
    again, _backup = days.close(tmp_path / "stick", by=house.officer)
    assert again.facts[0].replaces == (recorded.facts[0].hash,)
    assert days.last().number == before.number + 1


def test_without_a_backup_no_day_is_closed(house, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskTrouble):
        house.stockpile.days.close(tmp_path / "file" / "x", by=house.officer)
    assert house.stockpile.days.last() is None


def test_only_who_keeps_an_armoury_closes_its_day(house, tmp_path):
    people = house.stockpile.people
    people.appoint("E. Auditor", ("auditor",), PIN, by=house.officer)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.days.close(tmp_path, by=people.sign_in("E. Auditor", PIN))


def test_every_entry_has_a_head_code_that_no_other_has(house, tmp_path):
    house.register()
    days = house.stockpile.days
    days.close(tmp_path / "stick", by=house.officer)
    code = days.sheet(by=house.officer).code
    house.register("LATER")
    assert days.verify_head(code)
    number, rest = code.split("-", 1)
    assert not days.verify_head(f"{int(number) - 1}-{rest}")
    assert not days.verify_head(f"{int(number) + 90}-{rest}")
    assert not days.verify_head(f"0-{rest}")
    with pytest.raises(FieldUnreadable):
        days.verify_head("nothing")


def test_before_the_first_close_only_today_is_told(house):
    house.register("OLD")
    clock = Later(house.stockpile.days.clock)
    days = replace(house.stockpile.days, clock=clock)
    assert days.summary().done.recorded == 1
    clock.days = 1
    assert days.summary().done.recorded == 0
    house.register("NEW")  # by the house's own clock: still yesterday for the one that is ahead
    clock.days = 0
    assert days.summary().done.recorded == 2
    house.register("NEWER")
    assert days.summary().done.recorded == 3


@dataclass
class Later:
    """A clock so many days ahead."""

    clock: SystemClock
    days: int = 0

    def now(self):
        return self.clock.now() + self.days * 86_400_000

    def zone(self):
        return self.clock.zone()


def test_what_a_stolen_laptop_wrote_of_its_clock_is_one_contradiction_of_the_day(house):
    stolen = stolen_laptop(house.stockpile.books)
    stolen.compared(3)
    stolen.heard()
    assert house.stockpile.days.summary().conflicts == house.stockpile.conflict_room.count() == 1
