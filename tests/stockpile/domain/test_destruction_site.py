"""What was read at the site, and what may be certified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain import destruction_site
from stockpile.domain.destruction_site import Certification, SiteList
from stockpile.domain.errors import (
    CommitteeIncomplete,
    DestructionClosed,
    DestructionIncomplete,
    EvidenceHeld,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
    NothingDestroyed,
    NotOnDestructionList,
    ReadingStale,
    ReasonMissing,
    WeaponElsewhere,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionWithdrawn,
    Draft,
    Exempted,
    WeaponDestroyed,
    WeaponRelocated,
)
from stockpile.domain.weapons import Weapon
from tests.helpers.builders import RACK, WEAPON, a_weapon, recorded
from tests.helpers.destructions import OTHER, PRESENT, SAID, issued, stands

DONE = Certification("2026-12-01", inoperable=True)


def read(weapon, order=None):
    return destruction_site.verified(order or stands(), weapon, "KB4471902", "scan")


def site(*drafts, order=None):
    return SiteList(order or stands(), recorded(*drafts))


def test_nothing_is_read_or_kept_under_an_order_that_was_withdrawn():
    gone = stands(DestructionWithdrawn("amnesty"))
    for act in (
        lambda: read(a_weapon(), gone),
        lambda: destruction_site.kept(gone, a_weapon(), "museum"),
    ):
        with pytest.raises(DestructionClosed):
            act()


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
    keep = destruction_site.kept(stands(), weapon, "museum")
    facts = recorded(read(weapon), keep, destruction_site.reopened(stands(), weapon))
    for upto, state in ((1, "verified"), (2, "kept"), (3, "open")):
        assert SiteList(stands(), facts[:upto]).count(state) == 1
        assert SiteList(stands(), reversed(facts[:upto])).count(state) == 1
    assert not SiteList(stands(), facts).is_begun
    elsewhere = facts[0].saying(replace(facts[0].body, order="another order"))
    assert SiteList(stands(), [elsewhere]).count("open") == 1
    with pytest.raises(ReasonMissing):
        destruction_site.kept(stands(), weapon, "")


def test_a_certificate_ends_every_weapon_that_was_read_in_the_same_act():
    weapon = a_weapon()
    here = site(read(weapon))
    certificate, end = destruction_site.certify(here, {WEAPON: weapon}, DONE, "DC-KLA-26-0001")
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
        destruction_site.certify(site(), {WEAPON: weapon}, DONE, "DC")
    with pytest.raises(NothingDestroyed):
        destruction_site.certify(
            site(destruction_site.kept(stands(), weapon, "museum")), {WEAPON: weapon}, DONE, "DC"
        )
    moved = a_weapon(lambda it: Draft(it.id, WeaponRelocated(RACK), it.heads.custody))
    with pytest.raises(ReadingStale):
        destruction_site.certify(site(read(weapon)), {WEAPON: moved}, DONE, "DC")
    with pytest.raises(WeaponElsewhere):
        destruction_site.certify(site(read(weapon)), {WEAPON: issued()}, DONE, "DC")


def test_what_became_evidence_after_the_order_is_not_destroyed_without_a_reason():
    held = a_weapon(custody="evidence")
    with pytest.raises(EvidenceHeld):
        destruction_site.certify(site(read(held)), {WEAPON: held}, DONE, "DC")


def test_what_is_kept_stands_on_the_certificate_with_its_reason():
    other = a_weapon(weapon=OTHER)
    both = stands(weapons=[a_weapon(), Weapon(OTHER, registered=True)])
    here = SiteList(
        both,
        recorded(read(a_weapon(), both), destruction_site.kept(both, other_of(other), "museum")),
    )
    certificate, *ends = destruction_site.certify(here, {WEAPON: a_weapon()}, DONE, "DC")
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
        destruction_site.demand_certified(destruction_site.with_order(replace(DONE, **said), SAID))
