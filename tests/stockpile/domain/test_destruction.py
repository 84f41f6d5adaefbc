"""What may be ordered to be destroyed, how, and before whom."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import destruction, references
from stockpile.domain.destruction import Caution, read_attendant
from stockpile.domain.errors import (
    DestructionBegun,
    DestructionClosed,
    DestructionLarge,
    EvidenceHeld,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
    ReasonMissing,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionCertified,
    DestructionWithdrawn,
    Draft,
    WeaponDestroyed,
    WeaponLost,
)
from stockpile.domain.weapons import Weapon
from tests.helpers.builders import WEAPON, a_weapon, recorded
from tests.helpers.destructions import ORDER, OTHER, SAID, after, issued, stands


def test_an_order_tidies_its_words_and_lists_each_weapon_once():
    untidy = replace(SAID, authority="  Ministry  of Defence ", reason=" surplus\n")
    draft = destruction.ordered(ORDER, untidy, [a_weapon(), a_weapon()])
    assert draft.body == replace(SAID, authority="Ministry of Defence", reason="surplus")
    assert stands().state == "open"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"methods": ("smelting", "burning")}, MethodSymbolic),
        ({"methods": ("crushing_by_vehicle",)}, MethodSymbolic),
        ({"methods": ("dissolving",)}, FieldUnreadable),
        ({"methods": ("cutting",) * 5}, FieldUnreadable),
        ({"planned": "soon"}, FieldUnreadable),
        ({"committee": (Attendant(" "),)}, FieldMissing),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_refused(said, error):
    with pytest.raises(error):
        destruction.ordered(ORDER, replace(SAID, **said), [a_weapon()])


def test_only_weapons_on_record_and_in_account_are_ordered():
    for weapons, error in (
        ([], FieldMissing),
        ([Weapon(WEAPON)], WeaponUnknown),
        ([after(None, WeaponDestroyed("DC"))], WeaponGone),
        ([a_weapon()] * 5_001, DestructionLarge),
    ):
        with pytest.raises(error):
            destruction.ordered(ORDER, SAID, weapons)


def test_what_is_held_as_evidence_needs_a_reason():
    evidence = a_weapon(custody="evidence")
    with pytest.raises(EvidenceHeld):
        destruction.ordered(ORDER, SAID, [evidence])
    reason = replace(SAID, reason="court order 12/26")
    assert destruction.ordered(ORDER, reason, [evidence]).body.weapons == (WEAPON,)


def test_what_stands_in_the_way_is_told_before_it_is_ordered():
    bare = replace(SAID, methods=(), committee=(Attendant("Col. Odhiambo", "chair"),))
    lost = after(None, WeaponLost("stolen", "lock forced", "2026-11-01"))
    told = destruction.cautions(
        bare, [issued(), lost, a_weapon(custody="evidence")], frozenset({WEAPON})
    )
    assert [one.kind for one in told] == [
        "no_monitor", "no_method", "issued", "investigated", "lost", "investigated",
        "investigated", "evidence",
    ]  # fmt: skip
    assert told[2] == Caution("issued", WEAPON)
    assert destruction.cautions(SAID, [a_weapon()], frozenset()) == ()


def test_the_list_may_change_until_the_first_reading_and_the_words_until_the_end():
    order = stands()
    shorter = replace(SAID, where="Jinja")
    draft = destruction.change(order, shorter, [a_weapon()], begun=True)
    assert (draft.body.where, draft.replaces) == ("Jinja", order.heads)
    other = a_weapon(weapon=WEAPON)
    with pytest.raises(DestructionBegun):
        destruction.change(order, SAID, [other, replace_id(other)], begun=True)
    assert destruction.change(order, SAID, [replace_id(other)], begun=False).body.weapons == (
        OTHER,
    )


def replace_id(weapon):
    return Weapon(OTHER, registered=True, custody=weapon.custody, heads=weapon.heads)


def test_an_order_is_withdrawn_for_a_reason_and_then_nothing_is_done_under_it():
    with pytest.raises(ReasonMissing):
        destruction.withdraw(stands(), " ")
    gone = stands(DestructionWithdrawn("amnesty"))
    assert gone.state == "withdrawn"
    for act in (
        lambda: destruction.withdraw(gone, "again"),
        lambda: destruction.change(gone, SAID, [a_weapon()], begun=False),
    ):
        with pytest.raises(DestructionClosed):
            act()


def test_what_was_destroyed_is_destroyed_whoever_withdrew_the_order_beside_that():
    facts = recorded(destruction.ordered(ORDER, SAID, [a_weapon()]))
    ends = recorded(
        Draft(ORDER, SAID), Draft(ORDER, DestructionCertified("DC-1", (WEAPON,)), (facts[0].hash,)),
        Draft(ORDER, DestructionWithdrawn("amnesty"), (facts[0].hash,)),
    )[1:]  # fmt: skip
    reference = references.Reference(ORDER)
    for fact in (*facts, *ends):
        reference = references.after(reference, fact)
    assert destruction.destruction_of(reference).state == "certified"


def test_methods_are_written_with_commas_between():
    assert destruction.read_methods("Burning, crushing by-vehicle ,smelting,") == (
        "burning", "crushing_by_vehicle", "smelting",
    )  # fmt: skip
    assert destruction.read_methods("") == ()
    with pytest.raises(FieldUnreadable):
        destruction.read_methods("cutting; smelting")


def test_who_is_present_is_typed_in_one_line():
    assert read_attendant("Col. A. Odhiambo") == Attendant("Col. A. Odhiambo")
    assert read_attendant("J. Doe ; Monitor; UNMAS") == Attendant("J. Doe", "monitor", "UNMAS")
    with pytest.raises(FieldMissing):
        read_attendant("; chair")
    with pytest.raises(FieldUnreadable):
        read_attendant("J. Doe; general")


@given(st.text(max_size=40))
def test_whatever_is_typed_of_a_person_is_read_or_refused(text):
    with contextlib.suppress(FieldMissing, FieldUnreadable):
        assert read_attendant(text).name
