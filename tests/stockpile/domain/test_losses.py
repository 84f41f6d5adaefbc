"""What a report of a loss says, and what it takes to say it."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain import losses
from stockpile.domain.errors import (
    AlreadyLost,
    FieldMissing,
    FieldUnreadable,
    NotLost,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    CustodySettled,
    Draft,
    InvestigationOpened,
    WeaponCounted,
    WeaponDestroyed,
    WeaponIssued,
    WeaponLost,
    WeaponRegistered,
    WeaponRelocated,
)
from stockpile.domain.losses import Loss
from stockpile.domain.values import PersonId
from stockpile.domain.weapons import Weapon, folded
from tests.helpers.builders import AT, RACK, STORE, WEAPON, a_registration, a_weapon, recorded
from tests.helpers.depots import Depot

STOLEN = Loss("stolen", "2026-11-28", "lock forced", verified="2026-11-20")


def lose(weapon, loss=STOLEN, number="LR-KLA-26-0001"):
    return losses.report(weapon, loss, number)


def test_a_report_replaces_where_the_weapon_was_said_to_be_and_keeps_its_place():
    weapon = a_weapon(lose)
    assert weapon.status == "lost"
    assert (weapon.custody[0].place, weapon.custody[0].paper) == (STORE, "LR-KLA-26-0001")


def test_a_weapon_that_is_out_or_claimed_twice_can_be_lost():
    def issue(weapon):
        return Draft(weapon.id, WeaponIssued(PersonId("p")), weapon.heads.custody)

    def elsewhere(weapon):
        return Draft(weapon.id, WeaponRelocated(RACK), ())

    assert a_weapon(issue, lose).status == "lost"
    twice = a_weapon(elsewhere)
    assert twice.status == "disputed"
    assert a_weapon(elsewhere, lose).status == "lost"


def test_what_is_lost_gone_or_not_on_record_is_not_lost_again():
    with pytest.raises(AlreadyLost) as refused:
        lose(a_weapon(lose))
    assert refused.value.number == "LR-KLA-26-0001"
    gone = a_weapon(lambda one: Draft(one.id, WeaponDestroyed("cut"), one.heads.custody))
    with pytest.raises(WeaponGone):
        lose(gone)
    with pytest.raises(WeaponUnknown):
        lose(Weapon(WEAPON))


def test_an_amended_report_keeps_its_number():
    amended = a_weapon(lose, partial(losses.amend, loss=Loss("lost", "2026-11-28", "found open")))
    assert amended.custody[0].paper == "LR-KLA-26-0001"
    with pytest.raises(NotLost):
        losses.amend(a_weapon(), STOLEN)


def test_a_lost_weapon_comes_back_with_a_reason():
    lost = a_weapon(lose)
    with pytest.raises(FieldMissing):
        losses.recover(lost, RACK, "market", "2026-12-01", " ")
    back = a_weapon(lose, lambda one: losses.recover(one, RACK, "market", "", "handed in"))
    assert (back.status, back.place) == ("recovered", RACK)
    with pytest.raises(NotLost):
        losses.recover(back, RACK, "", "", "again")


def test_a_weapon_that_one_of_two_accounts_calls_lost_is_lost_until_somebody_says_otherwise():
    both = a_weapon(lambda one: Draft(one.id, WeaponLost("lost"), ()))
    assert both.status == "disputed"
    assert losses.is_lost(both)
    back = losses.recover(both, STORE, "", "", "it was never away")
    assert set(back.replaces) == set(both.heads.custody)


def test_a_report_says_when_and_how_it_came_to_light():
    losses.demand_told(STOLEN)
    with pytest.raises(FieldMissing):
        losses.demand_told(Loss("lost", "2026-11-28"))
    with pytest.raises(FieldMissing):
        losses.demand_told(Loss("lost", "", "gone"))
    with pytest.raises(FieldUnreadable):
        losses.demand_told(Loss("lost", "yesterday", "gone"))
    assert losses.read_how(" Stolen") == "stolen"
    with pytest.raises(FieldUnreadable):
        losses.read_how("mislaid")


def test_every_report_opens_an_investigation_of_where_it_was_last():
    draft = losses.investigation("s", a_weapon(), STOLEN, "LR-KLA-26-0001")
    assert draft.body == InvestigationOpened(
        "loss", "LR-KLA-26-0001", weapon=WEAPON, place=STORE, said="lock forced"
    )


def test_last_seen_is_the_last_time_somebody_had_it_in_their_hands():
    counted = Draft(WEAPON, WeaponCounted("count", STORE, seen=AT - 5))
    first = recorded(a_registration(), counted)
    assert losses.last_seen(first) is first[0]  # the sheet was typed in long after the count
    later = recorded(a_registration(), Draft(WEAPON, WeaponCounted("count", STORE)))
    assert losses.last_seen(later) is later[1]
    assert losses.last_seen(()) is None
    assert losses.before_loss(folded(WEAPON, first)).place == STORE


def test_a_weapon_that_nobody_reported_has_no_report_though_a_settlement_calls_it_lost():
    depot = Depot("aa")
    known = [
        depot.write(WEAPON, WeaponRegistered(model="M")),
        depot.write(WEAPON, CustodySettled(None, "gone", state="lost")),
    ]
    assert losses.is_lost(depot.weapon(WEAPON))
    assert losses.told_in(depot.weapon(WEAPON), known) is None
    reported = depot.write(WEAPON, WeaponLost("lost", report="L-1"))
    assert losses.told_in(depot.weapon(WEAPON), [*known, reported]) == reported
