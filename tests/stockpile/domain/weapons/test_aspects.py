from __future__ import annotations

import typing

from hypothesis import given

from stockpile.domain import facts
from stockpile.domain.values import Digest
from stockpile.domain.weapons import aspects_of, custody_of
from tests.helpers.every import every_row
from tests.helpers.one_weapon import CUSTODY, J1, NORTH, REGISTERED, begun
from tests.helpers.strategies import OTHER, bodies

ASPECTS = [
    (REGISTERED, {"identity", "marking", "custody", "condition"}),
    (facts.WeaponCorrected("typo"), {"identity"}),
    (facts.ComponentSwapped("bolt"), {"identity"}),
    (facts.KitSet((facts.KitItem("sling"),)), {"identity"}),
    (begun(), {"marking"}),
    (facts.MarkingEnded(J1, "marked"), {"marking"}),
    (facts.MarkVerified(J1, "XX 1", "scan"), {"marking"}),
    (facts.MarkingResolved(J1, "marked", "seen"), {"marking"}),
    (facts.MarkVoided(J1, "scratched"), {"marking"}),
    (facts.MarksSettled((J1,), "seen"), {"marking"}),
    (facts.WeaponInspected("serviceable"), {"condition"}),
    (facts.WeaponRepaired("serviceable"), {"condition"}),
    (facts.WeaponDeactivated("C1"), {"condition"}),
    (facts.WeaponReturned(NORTH), {"custody"}),
    (facts.WeaponReturned(NORTH, "repairable"), {"custody", "condition"}),
    *((later[-1], {"custody"}) for later, *_ in CUSTODY),
    (facts.WeaponCounted("t", NORTH), set()),
    (facts.WeaponMerged(OTHER, "same"), set()),
    (facts.WeaponsDistinct(OTHER, "not"), set()),
    (facts.MarkReadBack("1", "1"), set()),
    (facts.PhotoAdded(facts.Photo(Digest("f" * 64))), set()),
    (facts.PhotoRemoved(Digest("f" * 64), "a face"), set()),
    (facts.TraceAsked("r"), set()),
    (facts.TraceAnswered("r", "refused"), set()),
    (facts.TagBound("T"), set()),
    (facts.LabelPrinted("T", "stock"), set()),
    (facts.DestructionVerified("DO", "1"), set()),
]


@every_row(ASPECTS)
def test_the_aspects_that_a_fact_decides(body, aspects):
    assert set(aspects_of(body)) == aspects


def test_every_body_about_a_weapon_has_a_line_in_the_table():
    assert {type(body) for body, _ in ASPECTS} == set(typing.get_args(facts.WeaponBody))


@given(bodies())
def test_facts_that_are_not_about_weapons_decide_nothing(body):
    decides = {type(one) for one, aspects in ASPECTS if aspects}
    assert bool(aspects_of(body)) == (type(body) in decides)
    assert (custody_of(body) is not None) == ("custody" in aspects_of(body))
