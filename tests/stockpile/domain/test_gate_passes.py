"""What may leave through the gate, and how its pass stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain import gate_passes
from stockpile.domain.errors import (
    CustodyDisputed,
    FieldMissing,
    FieldUnreadable,
    GatePassSettled,
    ReasonMissing,
    WeaponElsewhere,
    WeaponGone,
)
from stockpile.domain.facts import (
    Draft,
    GatePassClosed,
    GatePassIssued,
    WeaponDestroyed,
    WeaponIssued,
    WeaponLost,
)
from stockpile.domain.gate_passes import GatePass, gate_pass_of
from stockpile.domain.references import Head, Reference
from stockpile.domain.values import Digest, PersonId
from tests.helpers.builders import WEAPON, a_weapon

NOW = "2026-11-28 10:00"
SAID = GatePassIssued("GP-KLA-26-0001", (), " C.  Driver ", until="18:00")


def after(body):
    return a_weapon(lambda weapon: Draft(WEAPON, body, weapon.heads.custody))


def stands(closed=None, until=""):
    return GatePass("g1", replace(SAID, until=until), (Digest("h"),), closed)


def test_a_pass_names_its_bearer_its_weapons_and_the_next_time_it_ends():
    out = after(WeaponIssued(PersonId("p")))
    body = gate_passes.issue("g1", SAID, [out, out], NOW).body
    assert body.bearer == "C. Driver"
    assert body.weapons == (WEAPON,)
    assert body.until == "2026-11-28 18:00"


def test_goods_alone_may_pass_but_nothing_may_not_and_nobody_carries_nothing():
    assert gate_passes.issue("g1", replace(SAID, goods="two boxes"), [], NOW).body.goods
    with pytest.raises(FieldMissing):
        gate_passes.issue("g1", SAID, [], NOW)
    with pytest.raises(FieldMissing):
        gate_passes.issue("g1", replace(SAID, bearer=" "), [a_weapon()], NOW)
    with pytest.raises(FieldUnreadable) as caught:
        gate_passes.issue("g1", replace(SAID, until="soon"), [a_weapon()], NOW)
    assert caught.value.field == "until"


@pytest.mark.parametrize(
    ("body", "error"), [(WeaponLost("lost"), WeaponElsewhere), (WeaponDestroyed("D"), WeaponGone)]
)
def test_what_is_lost_or_gone_passes_no_gate(body, error):
    with pytest.raises(error):
        gate_passes.issue("g1", SAID, [after(body)], NOW)


def test_what_is_disputed_passes_no_gate():
    both = a_weapon(
        lambda weapon: Draft(WEAPON, WeaponLost("lost"), weapon.heads.custody),
        lambda _weapon: Draft(WEAPON, WeaponIssued(PersonId("p"))),
    )
    with pytest.raises(CustodyDisputed):
        gate_passes.issue("g1", SAID, [both], NOW)


def test_a_pass_ends_once_and_is_taken_back_with_a_reason():
    assert gate_passes.close(stands(), "left", "").body == GatePassClosed("left")
    with pytest.raises(ReasonMissing):
        gate_passes.close(stands(), "withdrawn", " ")
    with pytest.raises(GatePassSettled):
        gate_passes.close(stands(GatePassClosed("left")), "withdrawn", "late")
    with pytest.raises(FieldUnreadable):
        gate_passes.read_closing("lost")
    assert gate_passes.read_closing(" Left ") == "left"


def test_a_pass_past_its_time_comes_first_and_a_closed_one_not_at_all():
    late, due = stands(until="2026-11-28 09:00"), stands(until="2026-11-28 18:00")
    gone, endless = stands(GatePassClosed("left")), stands()
    found = gate_passes.at_gate([endless, gone, due, late], NOW)
    assert found == (late, due, endless)
    assert [one.is_expired(NOW) for one in found] == [True, False, False]
    assert (gone.state, due.state) == ("left", "open")


def test_of_two_ends_what_has_left_has_left():
    opening = Head(Digest("a"), (1, "n", 1), SAID)
    left = Head(Digest("b"), (2, "n", 2), GatePassClosed("left"))
    taken = Head(Digest("c"), (3, "m", 1), GatePassClosed("withdrawn", "late"))
    assert gate_pass_of(Reference("g1", opening, (opening,))).closed is None
    assert gate_pass_of(Reference("g1", opening, (left, taken))).state == "left"
    assert gate_pass_of(Reference("g1", None, (left,))) is None
