from __future__ import annotations

from stockpile.domain.facts import weapons
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        weapons,
        {
            "WeaponRegistered": (
                "weapon.registered: type make model calibre marks country year action origin "
                "condition place acquired remarks source make_code model_code calibre_codes "
                "country_code frame imported safe missing_parts custody components photos"
            ),
            "WeaponCorrected": (
                "weapon.corrected: reason type make model calibre marks country year action "
                "origin remarks make_code model_code calibre_codes country_code frame "
                "imported acquired safe missing_parts custody components"
            ),
            "WeaponInspected": "weapon.inspected: condition remarks due unfit",
            "WeaponRepaired": "weapon.repaired: condition work",
            "ComponentSwapped": "component.swapped: component fitted removed reason",
            "KitSet": "kit.set: items reason",
            "WeaponMerged": "weapon.merged: other reason",
            "WeaponsDistinct": "weapons.distinct: other reason",
            "WeaponAbsorbed": "weapon.absorbed: into reason",
            "WeaponWithdrawn": "weapon.withdrawn: reason",
            "PhotoAdded": "photo.added: photo",
            "PhotoRemoved": "photo.removed: digest reason",
        },
    )
