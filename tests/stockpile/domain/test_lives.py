"""The custody chain and the components, as the life tells them."""

from __future__ import annotations

from hypothesis import given, settings

from stockpile.domain import custody, weapons
from stockpile.domain.facts import Component, ComponentSwapped, Draft, Mark, WeaponInspected
from stockpile.domain.lives import custody_chain, fittings, last_inspection_due
from tests.helpers.builders import RACK, STORE, WEAPON, a_registration, recorded
from tests.helpers.nightly import examples
from tests.helpers.strategies import WEAPON as SUBJECT
from tests.helpers.strategies import histories

OLD, NEW = Mark("assembly", "12", component="bolt"), Mark("assembly", "77", component="bolt")


def test_each_move_is_a_link_and_the_last_one_stands():
    first = a_registration()
    stands = weapons.folded(WEAPON, recorded(first))
    facts = recorded(first, custody.relocate(stands, RACK, "cleaning"))
    chain = custody_chain(WEAPON, facts)
    assert [one.custody.place for one in chain] == [STORE, RACK]
    assert [one.stands for one in chain] == [False, True]
    assert [one.reason for one in chain] == ["", "cleaning"]


def test_a_part_that_was_taken_off_is_told_with_who_took_it():
    facts = recorded(
        a_registration(components=(Component("bolt", (OLD,)), Component("barrel"))),
        Draft(WEAPON, ComponentSwapped("bolt", (NEW,), (OLD,), "worn")),
    )
    bolt, barrel, fresh = fittings(WEAPON, facts)
    assert bolt.removed is not None
    assert bolt.removed.body.reason == "worn"
    assert barrel.removed is None
    assert fresh.component == Component("bolt", (NEW,))
    assert fresh.removed is None


def test_the_next_inspection_is_the_one_that_the_last_inspector_set():
    first = a_registration()
    facts = recorded(first)
    stands = weapons.folded(WEAPON, facts)
    facts = recorded(
        first,
        Draft(WEAPON, WeaponInspected("serviceable", "", "2027-01-01"), stands.heads.condition),
    )
    assert last_inspection_due(weapons.folded(WEAPON, facts), facts) == "2027-01-01"
    assert last_inspection_due(stands, facts[:1]) == ""


@settings(max_examples=examples(50), deadline=None)
@given(histories())
def test_what_stands_in_chain_and_components_is_what_the_fold_says(facts):
    state = weapons.folded(SUBJECT, facts)
    chain = custody_chain(SUBJECT, facts)
    assert {one.custody.fact for one in chain if one.stands} == {one.fact for one in state.custody}
    on_it = [one.component for one in fittings(SUBJECT, facts) if one.removed is None]
    assert sorted(on_it, key=repr) == sorted(state.components, key=repr)
