"""What may be ordered to be destroyed, what was read at the site, and what may be certified."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import destruction, references
from stockpile.domain.destruction import Caution, Certification, SiteList, read_attendant
from stockpile.domain.errors import (
    CommitteeIncomplete,
    DestructionBegun,
    DestructionClosed,
    DestructionIncomplete,
    DestructionLarge,
    EvidenceHeld,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
    NothingDestroyed,
    NotOnDestructionList,
    ReadingStale,
    ReasonMissing,
    WeaponElsewhere,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionCertified,
    DestructionOrdered,
    DestructionWithdrawn,
    Draft,
    Exempted,
    WeaponDestroyed,
    WeaponIssued,
    WeaponLost,
    WeaponRelocated,
)
from stockpile.domain.values import PersonId, WeaponId
from stockpile.domain.weapons import Weapon
from tests.helpers.builders import RACK, WEAPON, a_weapon, recorded

ORDER = "0190a000-0000-7000-8000-00000000d001"
OTHER = WeaponId("0190a000-0000-7000-8000-000000000002")
PRESENT = (Attendant("Col. Odhiambo", "chair"), Attendant("UNMAS", "monitor", "UN"))
SAID = DestructionOrdered("DO-KLA-26-0001", (WEAPON,), "MoD", ("burning", "smelting"), "Kampala",
                          "2026-12-01", PRESENT)  # fmt: skip
DONE = Certification("2026-12-01", inoperable=True)


def after(weapon, body):
    return a_weapon(lambda it: Draft(it.id, body, it.heads.custody))


def issued():
    return after(None, WeaponIssued(PersonId("p1"), "r1"))


def stands(*more, said=SAID, weapons=None):
    """Return an order as it stands after these facts about it, each replacing the one before."""
    facts = recorded(destruction.ordered(ORDER, said, weapons or [a_weapon()]))
    for body in more:
        drafts = [Draft(ORDER, body, (facts[-1].hash,))]
        at = len(facts) + 1
        facts += [msgspec.structs.replace(recorded(*drafts)[0], seq=at, lamport=at)]
    reference = references.Reference(ORDER)
    for fact in facts:
        reference = references.after(reference, fact)
    return destruction.destruction_of(reference)


def read(weapon, order=None):
    return destruction.verified(order or stands(), weapon, "KB4471902", "scan")


def site(*drafts, order=None):
    return SiteList(order or stands(), recorded(*drafts))


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
        lambda: read(a_weapon(), gone),
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


def test_a_reading_is_held_against_where_the_weapon_stands():
    weapon = a_weapon()
    draft = read(weapon)
    assert draft.saw == weapon.heads.custody
    assert draft.replaces == ()
    stranger = Weapon(OTHER, registered=True, custody=weapon.custody, heads=weapon.heads)
    with pytest.raises(NotOnDestructionList):
        read(stranger)
    with pytest.raises(WeaponElsewhere):
        read(issued())


def test_a_reading_of_a_weapon_that_moved_since_is_open_again():
    weapon = a_weapon()
    moved = a_weapon(lambda it: Draft(it.id, WeaponRelocated(RACK), it.heads.custody))
    here = site(read(weapon))
    assert here.look_at(weapon) is None
    assert here.count("verified") == 1
    assert here.look_at(moved).moved
    assert here.of("open")[0].moved
    assert here.is_begun


def test_the_last_word_at_the_site_holds_in_whatever_order_it_is_heard():
    weapon = a_weapon()
    keep = destruction.kept(stands(), weapon, "museum")
    facts = recorded(read(weapon), keep, destruction.reopened(stands(), weapon))
    for upto, state in ((1, "verified"), (2, "kept"), (3, "open")):
        assert SiteList(stands(), facts[:upto]).count(state) == 1
        assert SiteList(stands(), reversed(facts[:upto])).count(state) == 1
    assert not SiteList(stands(), facts).is_begun
    elsewhere = facts[0].saying(replace(facts[0].body, order="another order"))
    assert SiteList(stands(), [elsewhere]).count("open") == 1
    with pytest.raises(ReasonMissing):
        destruction.kept(stands(), weapon, "")


def test_a_certificate_ends_every_weapon_that_was_read_in_the_same_act():
    weapon = a_weapon()
    here = site(read(weapon))
    certificate, end = destruction.certify(here, {WEAPON: weapon}, DONE, "DC-KLA-26-0001")
    assert certificate.replaces == here.stands.heads
    body = certificate.body
    assert (body.destroyed, body.kept, body.where, body.committee) == (
        (WEAPON,), (), "Kampala", PRESENT,
    )  # fmt: skip
    assert end == Draft(
        WEAPON, WeaponDestroyed("DC-KLA-26-0001", "burning, smelting"), weapon.heads.custody
    )


def test_nothing_is_certified_while_a_weapon_is_neither_read_nor_kept():
    weapon = a_weapon()
    with pytest.raises(DestructionIncomplete):
        destruction.certify(site(), {WEAPON: weapon}, DONE, "DC")
    with pytest.raises(NothingDestroyed):
        destruction.certify(
            site(destruction.kept(stands(), weapon, "museum")), {WEAPON: weapon}, DONE, "DC"
        )
    moved = a_weapon(lambda it: Draft(it.id, WeaponRelocated(RACK), it.heads.custody))
    with pytest.raises(ReadingStale):
        destruction.certify(site(read(weapon)), {WEAPON: moved}, DONE, "DC")
    with pytest.raises(WeaponElsewhere):
        destruction.certify(site(read(weapon)), {WEAPON: issued()}, DONE, "DC")


def test_what_became_evidence_after_the_order_is_not_destroyed_without_a_reason():
    held = a_weapon(custody="evidence")
    with pytest.raises(EvidenceHeld):
        destruction.certify(site(read(held)), {WEAPON: held}, DONE, "DC")


def test_what_is_kept_stands_on_the_certificate_with_its_reason():
    other = a_weapon(weapon=OTHER)
    both = stands(weapons=[a_weapon(), Weapon(OTHER, registered=True)])
    here = SiteList(
        both, recorded(read(a_weapon(), both), destruction.kept(both, other_of(other), "museum"))
    )
    certificate, *ends = destruction.certify(here, {WEAPON: a_weapon()}, DONE, "DC")
    assert certificate.body.kept == (Exempted(OTHER, "museum"),)
    assert [one.subject for one in ends] == [WEAPON]


def other_of(weapon):
    return Weapon(OTHER, registered=True, custody=weapon.custody, heads=weapon.heads)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"on": ""}, FieldMissing),
        ({"on": "today"}, FieldUnreadable),
        ({"inoperable": False}, FieldMissing),
        ({"methods": ("burning",)}, MethodSymbolic),
        ({"committee": (Attendant("A", "chair"),)}, CommitteeIncomplete),
        (
            {"committee": (Attendant("A", "witness"), Attendant("B", "monitor"))},
            CommitteeIncomplete,
        ),
    ],
)
def test_a_certificate_that_proves_nothing_is_refused(said, error):
    with pytest.raises(error):
        destruction.demand_certified(destruction.with_order(replace(DONE, **said), SAID))


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
