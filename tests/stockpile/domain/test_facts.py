from __future__ import annotations

import dataclasses
import inspect
import itertools
import typing

import pytest
from msgspec.structs import replace

from stockpile.domain import codec, facts
from stockpile.domain.facts import Draft, Fact
from stockpile.domain.values import Digest, NodeId
from tests.helpers.every import every
from tests.helpers.rooms import at_the_door

SHAPES = [
    one
    for one in vars(facts).values()
    if dataclasses.is_dataclass(one) and one.__module__.startswith(facts.__name__)
]
BODIES = typing.get_args(facts.Body)
UNREAD = {facts.Withheld, facts.Unreadable, facts.Unheeded}
ON_THE_WIRE = {str, int, bool, type(None)}

every_shape = every(SHAPES)
every_body = every(BODIES)


def test_the_shapes_are_found():
    assert {facts.Mark, facts.WeaponRegistered, facts.Draft} <= set(SHAPES)


@every_shape
def test_a_fact_can_never_be_changed(shape):
    assert shape.__dataclass_params__.frozen
    assert shape.__dataclass_params__.eq
    assert "__slots__" in vars(shape)
    one = object.__new__(shape)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, dataclasses.fields(shape)[0].name, "other")


@every_shape
def test_a_shape_says_what_it_means(shape):
    said = inspect.getdoc(shape)
    assert said
    assert not said.startswith(f"{shape.__name__}("), "a dataclass made up this docstring"


@every_shape
def test_field_names_are_plain_names_for_the_wire(shape):
    assert all(one.name.isascii() and one.name.islower() for one in dataclasses.fields(shape))


@every_shape
def test_nothing_but_texts_whole_numbers_and_shapes_is_ever_said(shape):
    """No floats, no dates, no free dictionaries: what is said must stay readable for decades."""
    held = set(
        itertools.chain.from_iterable(bare(hint) for hint in typing.get_type_hints(shape).values())
    )
    assert held <= ON_THE_WIRE | set(SHAPES)


def bare(hint: typing.Any) -> set[typing.Any]:
    """The types that a hint is made of, down to plain ones and shapes."""
    if hint in ON_THE_WIRE or hint in SHAPES:
        return {hint}
    if typing.get_origin(hint) is typing.Literal:
        return {type(one) for one in typing.get_args(hint)}
    inside = [one for one in typing.get_args(hint) if one is not Ellipsis]
    if inside:
        return set().union(*map(bare, inside))
    return bare(hint.__supertype__) if hasattr(hint, "__supertype__") else {hint}


def test_every_body_has_one_name_on_the_wire():
    assert set(codec.KINDS.values()) == set(BODIES) - UNREAD
    assert len(set(codec.KINDS.values())) == len(codec.KINDS)


def test_a_body_is_about_a_weapon_or_about_something_else():
    about_weapons = set(typing.get_args(facts.WeaponBody))
    about_others = set(typing.get_args(facts.ReferenceBody))
    assert about_weapons.isdisjoint(about_others)
    assert set(BODIES) == about_weapons | about_others | UNREAD


@every_body
def test_every_shape_that_is_a_body_is_a_body(body):
    assert body in SHAPES


def test_every_other_shape_is_a_part_of_a_body_or_the_envelope():
    parts = {
        facts.Mark, facts.Acquisition, facts.Said, facts.Source, facts.Component, facts.LastImport,
        facts.SafeCheck, facts.Photo, facts.KitItem, facts.Authorisation, facts.PartApart,
        facts.Licence, facts.Wrong, facts.Horizon, facts.SchemeWord, facts.Glyph, facts.Box,
        facts.SetAside, facts.CommissionCheck, facts.Commissioning, facts.Attendant, facts.Exempted,
        facts.RoundsHanded, facts.LabelElement, facts.Inspected, facts.RootKey, facts.Attested,
        Draft,
    }  # fmt: skip
    assert set(SHAPES) == set(BODIES) | parts


def test_a_registration_may_say_nothing_at_all():
    empty = facts.WeaponRegistered()
    assert (empty.marks, empty.place, empty.condition) == ((), None, "unknown")
    assert empty.acquired == facts.Acquisition("unknown", "", "", (), "")


def test_a_correction_that_names_nothing_changes_nothing():
    corrected = dataclasses.asdict(facts.WeaponCorrected("typo"))
    assert {value for name, value in corrected.items() if name != "reason"} == {None}


def test_a_draft_replaces_and_knows_nothing_unless_it_says_so():
    draft = Draft("w", facts.WeaponRelocated("p"))
    assert (draft.replaces, draft.saw, draft.attachments) == ((), (), ())


def fact(lamport: int, node: str, seq: int, at: int = 0) -> Fact:
    body = facts.WeaponRelocated("p")
    return Fact(Digest("0" * 64), NodeId(node), seq, lamport, at, 0, None, (), "w", body)


def test_a_fact_on_record_can_never_be_changed_and_another_is_made_of_it():
    one, body = replace(fact(1, "a", 9), by="o1"), facts.WeaponRelocated("shelf")
    with pytest.raises(AttributeError):
        one.by = "o2"
    assert one.saying(body) == replace(one, body=body) != one
    assert one.without_author() == fact(1, "a", 9)


def test_order_is_counter_then_node_then_sequence_and_never_the_clock():
    in_order = [fact(1, "a", 9, at=5), fact(1, "b", 1, at=4), fact(1, "b", 2, at=3),
                fact(2, "a", 1, at=-10)]  # fmt: skip
    orders = [one.order for one in in_order]
    assert orders == sorted(orders)
    assert fact(1, "a", 1, at=1).order == fact(1, "a", 1, at=2).order


def test_the_door_shows_what_stands_in_every_room():
    assert at_the_door(facts) == []
