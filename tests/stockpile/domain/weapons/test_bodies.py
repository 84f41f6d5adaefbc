from __future__ import annotations

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import facts
from stockpile.domain.facts import Fact
from stockpile.domain.values import Digest
from stockpile.domain.weapons import folded
from tests.helpers.depots import START, Depot
from tests.helpers.one_weapon import HOLDER, NORTH, REGISTERED, chain, lived
from tests.helpers.strategies import WEAPON, of_shape


@given(st.sampled_from(typing.get_args(facts.ReferenceBody)).flatmap(of_shape))
def test_a_hostile_subject_changes_nothing_of_a_weapon(body):
    before, weapon = lived(), lived(body)
    assert weapon.heads == before.heads
    assert (weapon.custody, weapon.marks, weapon.known) == (before.custody, before.marks, 2)


@pytest.mark.parametrize("body", [facts.Unreadable("x.y"), facts.Withheld("x.y", Digest("0" * 64))])
def test_what_we_cannot_read_is_counted_and_not_folded(body):
    (registered,) = chain(Depot("aa"), REGISTERED)
    strange = Fact(
        Digest("1" * 64), registered.node, 2, 2, START, 0, None, (), WEAPON, body,
        (registered.hash,),
    )  # fmt: skip
    weapon = folded(WEAPON, [strange, registered])
    assert (weapon.known, weapon.status, weapon.heads.custody) == (
        2,
        "in_store",
        (registered.hash,),
    )


@pytest.mark.parametrize(
    ("later", "condition"),
    [
        ((facts.WeaponInspected("repairable"),), "repairable"),
        ((facts.WeaponRepaired("serviceable"),), "serviceable"),
        ((facts.WeaponIssued(HOLDER), facts.WeaponReturned(NORTH)), "serviceable"),
        ((facts.WeaponIssued(HOLDER), facts.WeaponReturned(NORTH, "incomplete")), "incomplete"),
    ],
)
def test_the_condition_is_what_was_seen_last(later, condition):
    assert lived(*later).condition == condition


def test_deactivation_stays():
    assert not lived().deactivated
    assert lived(facts.WeaponDeactivated("C1"), facts.WeaponRepaired("serviceable")).deactivated


def test_tags_and_labels():
    weapon = lived(facts.TagBound("T1"), facts.TagBound("T2"), facts.LabelPrinted("T2", "s", 3),
                   facts.LabelPrinted("T2", "s", 2))  # fmt: skip
    assert (weapon.tags, weapon.tag, weapon.labels) == (("T1", "T2"), "T2", 3)


def test_an_unfit_weapon_is_unfit_until_somebody_finds_it_fit():
    unfit = lived(facts.WeaponInspected("unserviceable", due="2027-01-01", unfit=True))
    assert (unfit.unfit, unfit.inspect_by) == (True, "2027-01-01")
    fit = lived(
        facts.WeaponInspected("unserviceable", unfit=True), facts.WeaponInspected("serviceable")
    )
    assert (fit.unfit, fit.inspect_by) == (False, "")


def test_what_goes_with_a_weapon_is_what_was_said_last():
    sling, magazines = facts.KitItem("sling"), facts.KitItem("magazine", 4)
    assert lived(facts.KitSet((sling,)), facts.KitSet((magazines, sling))).kit == (magazines, sling)
