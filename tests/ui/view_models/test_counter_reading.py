"""What a scan at the counter turns out to be, in the order of the scans."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import HolderUnknown
from stockpile.domain.facts import Authorisation
from stockpile.domain.issuing import Line, Objection
from stockpile.domain.lots import RoundsOut
from stockpile.domain.values import PersonId
from stockpile.services.slips import HandOver
from tests.helpers.counters import KIT, LOT, counter
from tests.helpers.house import house
from ui.view_models.counter import Header
from ui.view_models.counter_reading import Facing, again, read, read_person, read_weapon

__all__ = ["counter", "house"]


@pytest.fixture
def people(counter):
    return counter.person("P. Otim"), counter.person("J. Were", "", Authorisation("PST"))


def give(counter, lines, **said):
    handed = HandOver(tuple(lines), **said)
    slips = counter.issuing.prepare(handed, by=counter.officer)
    counter.issuing.issue(slips, {}, by=counter.officer)


def test_a_weapon_is_judged_for_whoever_was_scanned_before_it(counter, people):
    facing = Facing()
    first = read(counter.stockpile, facing, "KB4470000")
    assert (first.item.holder, first.item.against) == (None, ())
    assert read(counter.stockpile, facing, "CARD-002").person.holder == people[1]
    second = read(counter.stockpile, facing, "KB4470001")
    assert second.item.holder == people[1]
    assert second.item.against == (Objection("not_cleared"),)
    assert second.item.counts == (3, 1)
    facing.turn()
    assert read(counter.stockpile, facing, "KB4470002").item.holder is None


def test_a_weapon_that_is_out_comes_with_its_holder_kit_and_rounds(counter, people):
    lines = [Line(one, people[0].id, KIT) for one in counter.weapons[:2]]
    give(counter, lines, rounds=(RoundsOut(counter.lot, people[0].id, 90),))
    found = read(counter.stockpile, Facing(), "KB4470000")
    assert (found.item.holder, found.item.kit, found.siblings) == (people[0], KIT, 2)
    assert [(one.quantity, one.held) for one in found.rounds] == [(90, 90)]


def test_a_lot_is_read_by_its_number_and_a_name_by_the_person(counter, people):
    assert read(counter.stockpile, Facing(), LOT).lot.id == counter.lot
    assert read(counter.stockpile, Facing(), "otim").person.holder == people[0]
    assert read(counter.stockpile, Facing(), "Sgt").people == ("J. Were", "P. Otim")
    assert read(counter.stockpile, Facing(), "nobody at all").people == ()


def test_a_person_comes_with_what_they_have(counter, people):
    give(counter, [Line(counter.weapons[0], people[0].id)])
    found = read_person(counter.stockpile, Facing(), people[0].id).person
    assert (found.weapons, found.rounds, found.is_late) == (1, 0, False)
    assert [what for what, _clearance in found.cleared] == ["*"]
    with pytest.raises(HolderUnknown):
        read_person(counter.stockpile, Facing(), PersonId("nobody"))


def test_a_weapon_chosen_from_a_list_is_read_alike(counter, people):
    facing = Facing()
    read(counter.stockpile, facing, "CARD-001")
    assert read_weapon(counter.stockpile, facing, counter.weapons[0]).item.holder == people[0]


def test_a_patrol_that_is_repeated_waits_for_each_weapon_and_knows_whose_it_is(counter, people):
    lines = [
        Line(counter.weapons[0], people[0].id, KIT),
        Line(counter.weapons[1], people[1].id, override="armourer beside"),
    ]
    give(counter, lines, patrol="North gate", leader=people[0].id)
    (patrol,) = counter.issuing.patrols()
    facing = Facing()
    stands = again(counter.stockpile, facing, patrol, Header(patrol="North gate"))
    assert (stands.waiting, stands.leader) == (2, people[0])
    assert [one.is_barred for one in stands.items] == [True, True]  # both are still out
    read(counter.stockpile, facing, "CARD-001")
    assert facing.of(counter.weapons[1]) == people[1]


def test_what_stands_against_a_weapon_names_the_person_who_has_it(counter, people):
    give(counter, [Line(counter.weapons[0], people[0].id)], patrol="North gate")
    (found,) = read(counter.stockpile, Facing(), "KB4470000").item.against
    assert (found.kind, found.about) == ("out_already", "P. Otim")
