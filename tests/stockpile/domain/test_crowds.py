from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import conflicts, crowds, weapons
from stockpile.domain.facts import Mark
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from tests.helpers.sharers import joined, unsettled

NAMES = [WeaponId(one) for one in "abcdef"]
SERIAL = (Mark("serial", "AB 1", is_identity=True),)
MANY = 20_000


def said_of(others: st.SearchStrategy[list[WeaponId]]) -> st.SearchStrategy[tuple[WeaponId, ...]]:
    return others.map(lambda some: tuple(sorted(set(some))))


@st.composite
def alike(draw: st.DrawFn) -> list[Weapon]:
    """Records of which people said that they are one weapon with others, or are not."""
    some = said_of(st.lists(st.sampled_from(NAMES), max_size=3))
    records = [
        Weapon(name, same_as=draw(some), distinct_from=draw(some), marks=SERIAL, registered=True)
        for name in draw(st.sets(st.sampled_from(NAMES)))
    ]
    return draw(st.permutations(records))


@given(alike())
def test_who_is_left_is_what_each_held_against_each_would_say(records):
    assert tuple(crowds.unsettled(records)) == unsettled(records)
    groups = [sorted(one.id for one in group) for group in joined(records)]
    assert sorted(crowds.joined(records)) == sorted(groups)


@given(alike())
def test_while_one_of_several_is_named_by_nobody_all_are_left(records):
    names = {one.id for one in records}
    if len(names) > 1 and names - crowds.named(records):
        assert set(crowds.unsettled(records)) == names


@given(alike())
def test_of_those_that_name_nobody_the_id_is_enough(records):
    said = [one for one in records if one.same_as or one.distinct_from]
    assert crowds.left_of({one.id for one in records}, said) == crowds.unsettled(records)


@given(alike())
def test_a_record_given_twice_is_given_once(records):
    assert crowds.unsettled([*records, *records]) == crowds.unsettled(records)


def test_twenty_thousand_of_one_serial_are_one_conflict():
    """Held against each other they would be two hundred million pairs: minutes."""
    one = Weapon(WeaponId("w"), registered=True, marks=SERIAL)
    key = weapons.duplicate_key(one)
    ids = [WeaponId(f"w{n:05}") for n in range(MANY)]
    chain = [
        Weapon(id_, registered=True, marks=SERIAL, same_as=(before,), distinct_from=(ids[0],))
        for id_, before in zip(ids[1_001:], ids[1_000:], strict=False)
    ]
    plain = [Weapon(id_, registered=True, marks=SERIAL) for id_ in ids[:1_001]]
    raised = conflicts.possible_duplicate(key, [*chain, *plain])
    assert raised is not None
    assert raised.weapons == tuple(ids)
    assert len(crowds.joined([*chain, *plain])) == 1_001


def test_the_first_and_whom_nobody_held_against_it_are_looked_at_next():
    plain = {id_: Weapon(id_) for id_ in map(WeaponId, "bcdefg")}
    first = Weapon(WeaponId("a"), distinct_from=(WeaponId("b"),), same_as=(WeaponId("c"),))
    said = {"a": first, **plain, "d": Weapon(WeaponId("d"), distinct_from=(first.id,))}
    asked = []

    def states_of(some):
        asked.append(tuple(some))
        return {one: said[one] for one in some if one != "f"}

    assert crowds.first_left([*map(WeaponId, "abcdefg")], states_of, 3) == ("a", "e", "f")
    assert asked == [("a",), ("b", "c", "d"), ("e", "f", "g")]
    assert crowds.first_left([first.id], states_of, 3) == ("a",)
