"""The counter: one act, signed by both, refused where something changed since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    CounterEmpty,
    HolderWithoutPin,
    LotShort,
    NotToBeIssued,
    OfficerNotAuthorised,
    OverrideMissing,
    ReceiptStale,
    RoundsTooMany,
    WeaponNotOut,
    WrongPin,
)
from stockpile.domain.facts import Authorisation, Draft, InvestigationOpened, KitItem, WeaponLost
from stockpile.domain.issuing import Back, Line, Objection, Terms
from stockpile.domain.lots import RoundsBack, RoundsOut
from stockpile.domain.receipts import Signature
from stockpile.services.slips import HandOver
from tests.helpers.counters import HOLDER_PIN, KIT, counter
from tests.helpers.house import PIN, house

__all__ = ["counter", "house"]
UNTIL = "2999-12-31"


def handed(counter, *lines, **said):
    return HandOver(tuple(lines), **said)


def give(counter, handed, *, sign=True, by=None):
    issuing, by = counter.issuing, by or counter.officer
    slips = issuing.prepare(handed, by=by)
    signed = {one.receipt: issuing.sign(one, HOLDER_PIN) for one in slips} if sign else {}
    return issuing.issue(slips, signed, by=by)


def test_a_weapon_goes_out_with_its_kit_and_both_signatures_in_one_entry(counter):
    person = counter.person("P. Otim", pin=HOLDER_PIN)
    line = Line(counter.weapons[0], person.id, KIT)
    recorded, (receipt,) = give(counter, handed(counter, line, terms=Terms(UNTIL, "Gate guard")))
    (entry,) = recorded.entries
    assert [one.officer for one in entry.officer_signatures] == [counter.officer.id]
    (out,) = counter.issuing.out()
    assert (out.holder.name, out.row.due, out.row.paper, out.is_overdue) == (
        "P. Otim", UNTIL, receipt, False,
    )  # fmt: skip
    assert counter.stockpile.receipts.verify(receipt) == "good"
    assert counter.issuing.kit_out(counter.weapon()) == KIT


def test_a_patrol_goes_out_on_one_receipt_that_its_leader_signs(counter):
    leader, other = counter.person("P. Otim", pin=HOLDER_PIN), counter.person("J. Were")
    lines = [Line(counter.weapons[0], leader.id, KIT), Line(counter.weapons[1], other.id)]
    rounds = (RoundsOut(counter.lot, leader.id, 360),)
    _, (receipt,) = give(
        counter, handed(counter, *lines, rounds=rounds, patrol="North gate", leader=leader.id)
    )
    stands = counter.stockpile.receipts.one(receipt)
    assert (stands.body.signer, stands.body.holder, len(stands.body.weapons)) == (
        leader.id, None, 2,
    )  # fmt: skip
    assert counter.stockpile.receipts.verify(receipt) == "good"
    assert [one.quantity for one in counter.stockpile.ammunition.held(leader.id)] == [360]


def test_without_a_leader_each_holder_has_a_receipt_and_a_number(counter):
    people = [counter.person(name, pin=HOLDER_PIN) for name in ("P. Otim", "J. Were")]
    lines = [Line(weapon, one.id) for weapon, one in zip(counter.weapons, people, strict=False)]
    _, ids = give(counter, handed(counter, *lines))
    numbers = [counter.stockpile.receipts.one(one).body.number for one in ids]
    assert len(set(numbers)) == 2
    assert all(one.startswith("HR-KLA-") for one in numbers)


def test_what_stands_against_it_needs_a_reason_and_an_officer_who_may(counter):
    person = counter.person("P. Otim", "", Authorisation("PST"), pin=HOLDER_PIN)
    line = Line(counter.weapons[0], person.id)
    assert counter.issuing.objections(counter.weapon(), person) == (Objection("not_cleared"),)
    with pytest.raises(OverrideMissing):
        give(counter, handed(counter, line))
    reason = replace(line, override="Range day, armourer beside")
    people = counter.stockpile.people
    people.appoint("S. Keeper", ("storekeeper",), PIN, by=counter.officer)
    keeper = people.sign_in("S. Keeper", PIN)
    with pytest.raises(OfficerNotAuthorised):
        give(counter, handed(counter, reason), by=keeper)
    give(counter, handed(counter, reason))
    facts = counter.stockpile.books.history(counter.weapons[0])
    assert facts[-1].body.override == "Range day, armourer beside"


def test_what_is_out_already_goes_out_to_nobody_else(counter):
    person = counter.person("P. Otim", pin=HOLDER_PIN)
    line = Line(counter.weapons[0], person.id)
    give(counter, handed(counter, line))
    with pytest.raises(NotToBeIssued):
        give(counter, handed(counter, replace(line, override="because")))


def test_what_changed_between_signing_and_writing_is_refused_whole(counter):
    person = counter.person("P. Otim", pin=HOLDER_PIN)
    issuing = counter.issuing
    lines = [Line(one, person.id) for one in counter.weapons[:2]]
    slips = issuing.prepare(handed(counter, *lines), by=counter.officer)
    lost = Draft(counter.weapons[1], WeaponLost("lost"), counter.weapon(1).heads.custody)
    counter.by_two([lost])
    with pytest.raises(ReceiptStale):
        issuing.issue(slips, {}, by=counter.officer)
    assert issuing.out() == ()


def test_a_number_is_never_given_twice(counter):
    person = counter.person("P. Otim", pin=HOLDER_PIN)
    issuing = counter.issuing
    first, second = (
        issuing.prepare(handed(counter, Line(one, person.id)), by=counter.officer)
        for one in counter.weapons[:2]
    )
    issuing.issue(first, {}, by=counter.officer)
    with pytest.raises(ReceiptStale):
        issuing.issue(second, {}, by=counter.officer)


def test_a_wrong_pin_and_a_person_without_one_sign_nothing(counter):
    person, bare = counter.person("P. Otim", pin=HOLDER_PIN), counter.person("J. Were")
    issuing = counter.issuing
    (slip,) = issuing.prepare(
        handed(counter, Line(counter.weapons[0], person.id)), by=counter.officer
    )
    with pytest.raises(WrongPin):
        issuing.sign(slip, "0000")
    (other,) = issuing.prepare(
        handed(counter, Line(counter.weapons[0], bare.id)), by=counter.officer
    )
    with pytest.raises(HolderWithoutPin):
        issuing.sign(other, HOLDER_PIN)


def test_an_empty_counter_hands_nothing_over(counter):
    with pytest.raises(CounterEmpty):
        counter.issuing.prepare(HandOver(), by=counter.officer)
    with pytest.raises(CounterEmpty):
        counter.issuing.take_back((), by=counter.officer)


def test_two_lines_of_one_lot_take_no_more_than_there_is(counter):
    one, two = counter.person("P. Otim"), counter.person("J. Were")
    rounds = (RoundsOut(counter.lot, one.id, 3_000), RoundsOut(counter.lot, two.id, 2_001))
    with pytest.raises(LotShort) as short:
        counter.issuing.prepare(HandOver(rounds=rounds, leader=one.id), by=counter.officer)
    assert short.value.left == 2_000


def test_a_return_puts_all_back_where_it_belongs_and_closes_the_account(counter):
    person = counter.person("P. Otim", pin=HOLDER_PIN)
    lines = [Line(one, person.id, KIT) for one in counter.weapons]
    rounds = (RoundsOut(counter.lot, person.id, 90),)
    give(counter, handed(counter, *lines, rounds=rounds))
    backs = [Back(one) for one in counter.weapons]
    spent = (RoundsBack(counter.lot, person.id, 60, 30),)
    recorded, receipt = counter.issuing.take_back(backs, spent, by=counter.officer)
    assert len(recorded.entries) == 1
    assert counter.issuing.out(person.id) == ()
    assert counter.stockpile.ammunition.held(person.id) == ()
    assert counter.stockpile.ammunition.one(counter.lot).quantity == 4_970
    assert {counter.weapon(at).place for at in range(3)} == {counter.rack.id}
    assert counter.stockpile.receipts.one(receipt).body.number.startswith("RT-KLA-")
    assert counter.stockpile.receipts.one(receipt).body.holder == person.id
    assert counter.stockpile.receipts.verify(receipt) == "good"


def test_what_is_short_opens_a_case(counter):
    person = counter.person("P. Otim", pin=HOLDER_PIN)
    rounds = (RoundsOut(counter.lot, person.id, 90),)
    give(counter, handed(counter, Line(counter.weapons[0], person.id, KIT), rounds=rounds))
    back = Back(counter.weapons[0], short=(KitItem("magazine", 1),), condition="repairable")
    recorded, receipt = counter.issuing.take_back(
        [back], [RoundsBack(counter.lot, person.id, 80, 5, 5)], by=counter.officer
    )
    cases = [one.body for one in recorded.facts if isinstance(one.body, InvestigationOpened)]
    assert [one.kind for one in cases] == ["kit", "rounds"]
    assert {one.cause for one in cases} == {receipt}
    assert cases[0].weapon == counter.weapons[0]
    assert counter.weapon().condition == "repairable"


def test_nobody_brings_back_what_is_not_out_or_more_rounds_than_they_have(counter):
    person = counter.person("P. Otim")
    with pytest.raises(WeaponNotOut):
        counter.issuing.take_back([Back(counter.weapons[0])], by=counter.officer)
    give(counter, handed(counter, rounds=(RoundsOut(counter.lot, person.id, 10),)), sign=False)
    with pytest.raises(RoundsTooMany):
        counter.issuing.take_back(
            [], [RoundsBack(counter.lot, person.id, 9, 2)], by=counter.officer
        )


def test_who_is_late_comes_first_and_is_an_objection_to_more(counter):
    late, good = counter.person("P. Otim"), counter.person("J. Were")
    give(
        counter, handed(counter, Line(counter.weapons[0], late.id), terms=Terms("2020-01-01")),
        sign=False,
    )  # fmt: skip
    give(
        counter, handed(counter, Line(counter.weapons[1], good.id), terms=Terms(UNTIL)), sign=False
    )
    assert [one.is_overdue for one in counter.issuing.out()] == [True, False]
    assert [one.holder.name for one in counter.issuing.overdue()] == ["P. Otim"]
    found = counter.issuing.objections(counter.weapon(2), late)
    assert found == (Objection("holder_overdue"),)
    assert counter.issuing.objections(counter.weapon(2), good) == ()


def test_yesterdays_patrol_is_told_as_it_was_and_each_patrol_once(counter):
    leader, other = counter.person("P. Otim", pin=HOLDER_PIN), counter.person("J. Were")
    lines = [Line(counter.weapons[0], leader.id, KIT), Line(counter.weapons[1], other.id)]
    rounds = (RoundsOut(counter.lot, leader.id, 360),)
    patrol = handed(
        counter, *lines, rounds=rounds, patrol="North gate", leader=leader.id,
        terms=Terms(UNTIL, "Patrol"),
    )  # fmt: skip
    for _day in range(2):
        give(counter, patrol)
        counter.issuing.take_back([Back(one) for one in counter.weapons[:2]], by=counter.officer)
    (again,) = counter.issuing.patrols()
    assert again.name == "North gate"
    assert set(again.handed.lines) == set(lines)
    assert (again.handed.rounds, again.handed.leader) == (rounds, leader.id)
    assert again.handed.terms == Terms("", "Patrol")


def test_a_drawn_signature_names_its_picture_and_an_unsigned_receipt_its_reason(counter):
    person = counter.person("P. Otim")
    for at, signature in enumerate(
        (Signature("drawn", person.id, proof="ab" * 32), Signature(reason="hand bandaged"))
    ):
        slips = counter.issuing.prepare(
            handed(counter, Line(counter.weapons[at], person.id)), by=counter.officer
        )
        _, (receipt,) = counter.issuing.issue(
            slips, {slips[0].receipt: signature}, by=counter.officer
        )
        assert counter.stockpile.receipts.verify(receipt) == ("unsigned" if at else "drawn")
