"""Issuing: what stands against it, who may override what, and what comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import facts, issuing, weapons
from stockpile.domain.errors import FieldUnreadable, NotToBeIssued, OverrideMissing, WeaponNotOut
from stockpile.domain.facts import Draft, KitItem
from stockpile.domain.holders import Clearance
from stockpile.domain.issuing import Back, Line, Objection, Terms
from stockpile.domain.values import PersonId, PlaceId
from tests.helpers.builders import RACK, STORE, WEAPON, a_registration, a_weapon, recorded

P, Q = PersonId("0190a000-0000-7000-8000-0000000000b1"), PersonId("p2")
TODAY, HERE = "2026-11-28", {STORE, RACK}
GOOD = Clearance("cleared")


def changed(body):
    """The rule that one fact of custody or condition follows."""
    return lambda weapon: Draft(
        weapon.id, body, (*weapon.heads.custody, *weapon.heads.condition)
    )  # fmt: skip


def handed(holder=P, kit=(), **terms):
    line = Line(WEAPON, holder, kit)
    return lambda weapon: issuing.issued(weapon, line, Terms(**terms), "r1", overrides=False)


def brought(**said):
    return lambda weapon: issuing.returned(weapon, Back(WEAPON, **said), "r2", STORE)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ((), []),
        ((changed(facts.WeaponInspected("repairable", unfit=True)),), [Objection("unfit")]),
        ((changed(facts.WeaponInspected("serviceable", due="2026-11-28")),), []),
        ((changed(facts.WeaponInspected("serviceable", due="2026-11-27")),),
         [Objection("inspection_overdue", "2026-11-27")]),
        ((handed(),), [Objection("out_already", P)]),
        ((changed(facts.WeaponLost("stolen")),), [Objection("lost")]),
        ((changed(facts.WeaponDispatched("w1", RACK)),), [Objection("elsewhere", "in_transit")]),
        ((changed(facts.WeaponDestroyed("c")),), [Objection("elsewhere", "destroyed")]),
        ((changed(facts.WeaponRelocated(PlaceId("far"))),), [Objection("elsewhere", "far")]),
        ((handed(), brought()), []),
    ],
)  # fmt: skip
def test_what_stands_against_a_weapon(then, said):
    assert list(issuing.objections(a_weapon(*then), GOOD, TODAY, HERE)) == said


@pytest.mark.parametrize(
    ("clearance", "overdue", "said"),
    [
        (None, False, []),
        (Clearance("cleared", "2026-12-01"), False, []),
        (Clearance("none"), False, ["not_cleared"]),
        (Clearance("expired", "2026-11-01"), True, ["clearance_expired", "holder_overdue"]),
    ],
)
def test_what_stands_against_a_holder(clearance, overdue, said):
    found = issuing.objections(a_weapon(), clearance, TODAY, HERE, holder_overdue=overdue)
    assert [one.kind for one in found] == said
    assert all(one.may_be_overridden for one in found)


def test_two_accounts_of_custody_are_for_somebody_else_to_settle():
    one, two = (changed(facts.WeaponRelocated(place)) for place in (RACK, STORE))
    first = recorded(a_registration())
    weapon = weapons.folded(WEAPON, first)
    both = [*first, *recorded(a_registration(), one(weapon), two(weapon))[1:]]
    found = issuing.objections(weapons.folded(WEAPON, both), GOOD, TODAY, HERE)
    assert found == (Objection("disputed"),)


def test_a_reason_overrides_what_is_a_matter_of_judgement_and_nothing_else():
    weapon, red = a_weapon(), (Objection("not_cleared"), Objection("unfit"))
    with pytest.raises(OverrideMissing) as missing:
        issuing.demand_issuable(weapon, red, " ")
    assert missing.value.objection == ("not_cleared", "unfit")
    issuing.demand_issuable(weapon, red, "Range officer stands beside")
    with pytest.raises(NotToBeIssued):
        issuing.demand_issuable(weapon, (*red, Objection("out_already", P)), "because")


def test_a_reason_is_written_only_where_something_stood_against_it():
    line = Line(WEAPON, P, override="because")
    plain = issuing.issued(a_weapon(), line, Terms(), "r1", overrides=False)
    against = issuing.issued(a_weapon(), line, Terms(), "r1", overrides=True)
    assert (plain.body.override, against.body.override) == ("", "because")


def test_a_weapon_comes_back_to_where_it_belongs_unless_another_rack_is_scanned():
    moved = changed(facts.WeaponRelocated(RACK))
    assert a_weapon(moved, handed(), brought()).place == RACK
    assert a_weapon(moved, handed(), brought(place=STORE)).place == STORE


def test_a_condition_that_is_said_replaces_the_one_before_and_leaves_one_account():
    weapon = a_weapon(handed(), brought(condition="repairable", remarks="bolt sticks"))
    assert (weapon.condition, weapon.status) == ("repairable", "in_store")
    assert len(weapon.heads.condition) == 1


def test_a_weapon_that_is_not_out_does_not_come_back():
    with pytest.raises(WeaponNotOut):
        issuing.returned(a_weapon(), Back(WEAPON), "r2", STORE)


@given(st.lists(st.booleans(), max_size=12))
def test_issue_and_return_take_turns_whatever_is_tried(tries):
    weapon, wrong = a_weapon(), 0
    done: list = []
    for gives in tries:
        against = issuing.objections(weapon, GOOD, TODAY, HERE)
        try:
            if gives:
                issuing.demand_issuable(weapon, against, "")
            rule = handed() if gives else brought()
            rule(weapon)
        except (NotToBeIssued, WeaponNotOut):
            wrong += 1
            continue
        done.append(rule)
        weapon = a_weapon(*done)
    assert weapon.status == ("issued" if len(done) % 2 else "in_store")
    assert len(done) + wrong == len(tries)


MAGAZINES, SLING = KitItem("magazine", 3), KitItem("sling")


@pytest.mark.parametrize(
    ("came", "short"),
    [
        ((MAGAZINES, SLING), ()),
        ((SLING,), (MAGAZINES,)),
        ((KitItem("magazine", 1), SLING), (KitItem("magazine", 2),)),
        ((), (MAGAZINES, SLING)),
        ((MAGAZINES, SLING, KitItem("bayonet")), ()),
    ],
)
def test_what_is_lacking_of_the_kit(came, short):
    assert issuing.lacking((MAGAZINES, SLING), came) == short


def test_marked_kit_is_told_apart():
    given_ = (KitItem("sight", 1, "N-17"), KitItem("sight", 1, "N-18"))
    assert issuing.lacking(given_, (KitItem("sight", 1, "N-18"),)) == (KitItem("sight", 1, "N-17"),)


@pytest.mark.parametrize(
    ("due", "now", "late"),
    [
        ("", "2026-11-28 23:59", False),
        ("2026-11-28", "2026-11-28 23:59", False),
        ("2026-11-28", "2026-11-29 00:00", True),
        ("2026-11-28 18:00", "2026-11-28 18:00", False),
        ("2026-11-28 18:00", "2026-11-28 18:01", True),
    ],
)
def test_what_is_late(due, now, late):
    assert issuing.is_overdue(due, now) is late


def test_when_it_is_due_is_read_as_it_is_written_or_refused():
    assert issuing.read_due(" 2026-11-28T18:00 ") == "2026-11-28 18:00"
    assert issuing.read_due("2026-11-28") == "2026-11-28"
    with pytest.raises(FieldUnreadable):
        issuing.read_due("tomorrow")


def test_the_hand_over_behind_an_account_is_found():
    drafts = [a_registration(), None]
    weapon = weapons.folded(WEAPON, recorded(a_registration()))
    drafts[1] = handed(kit=(SLING,), due="2026-11-28")(weapon)
    known = recorded(*drafts)
    out = issuing.whose(weapons.folded(WEAPON, known))
    assert out is not None
    body = issuing.issue_of(out, [(one.hash, one.body) for one in known])
    assert body is not None
    assert (body.kit, body.due, out.holder) == ((SLING,), "2026-11-28", P)


def test_the_hand_over_that_a_settled_dispute_upholds_is_found_by_its_receipt():
    first, other = (
        facts.WeaponIssued(P, receipt="R1", kit=(SLING,)),
        facts.WeaponIssued(P, receipt="R2"),
    )
    settled = weapons.Custody("settled", "issued", 0, holder=P, paper="R1")
    history = [("a", first), ("b", other), ("settled", None)]
    assert issuing.issue_of(settled, history) == first
    assert issuing.issue_of(weapons.Custody("settled", "issued", 0, holder=P), history) is None


def test_a_minute_is_told_as_the_place_counts_it():
    assert issuing.local_minute(1_795_000_000_000, 180) == "2026-11-18 14:06"
