"""When a weapon is deactivated: certified, marked, and its pressure-bearing parts altered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain import deactivating
from stockpile.domain.errors import (
    DeactivatedAlready,
    FieldMissing,
    FieldUnreadable,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, WeaponDeactivated, WeaponDestroyed
from stockpile.domain.weapons import Weapon
from tests.helpers.builders import WEAPON, a_weapon

SAID = WeaponDeactivated(
    "PH-77", "barrel plugged and welded", "Proof House", "2026-11-20", "Kampala",
    ("bolt", "barrel", "bolt"), "UG PH 26",
)  # fmt: skip


def test_a_weapon_is_deactivated_and_keeps_every_mark():
    weapon = a_weapon(lambda it: deactivating.deactivate(it, SAID))
    assert weapon.deactivated
    assert weapon.status == "in_store"
    assert weapon.serial.text == "KB4471902"
    body = deactivating.deactivate(a_weapon(), SAID).body
    assert body.components == ("barrel", "bolt")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"authority": " "}, FieldMissing),
        ({"method": ""}, FieldMissing),
        ({"mark": ""}, FieldMissing),
        ({"on": ""}, FieldMissing),
        ({"components": ()}, FieldMissing),
        ({"on": "long ago"}, FieldUnreadable),
        ({"components": ("stock",)}, FieldUnreadable),
    ],
)
def test_a_certificate_that_leaves_the_needful_out_is_refused(said, error):
    with pytest.raises(error):
        deactivating.deactivate(a_weapon(), replace(SAID, **said))


def test_only_a_weapon_in_account_is_deactivated_and_twice_only_on_purpose():
    with pytest.raises(WeaponUnknown):
        deactivating.deactivate(Weapon(WEAPON), SAID)
    gone = a_weapon(lambda it: Draft(it.id, WeaponDestroyed("DC"), it.heads.custody))
    with pytest.raises(WeaponGone):
        deactivating.deactivate(gone, SAID)
    once = a_weapon(lambda it: deactivating.deactivate(it, SAID))
    with pytest.raises(DeactivatedAlready):
        deactivating.deactivate(once, SAID)
    again = deactivating.deactivate(once, SAID, again=True)
    assert again.replaces == once.heads.condition
