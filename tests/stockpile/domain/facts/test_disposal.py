from __future__ import annotations

from stockpile.domain.facts import disposal
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        disposal,
        {
            "WeaponDeactivated": (
                "weapon.deactivated: certificate method authority on where components mark"
            ),
            "WeaponDestroyed": "weapon.destroyed: certificate method",
            "DestructionVerified": "destruction.verified: order read how kept",
            "Attendant": ": name role organisation",
            "Exempted": ": weapon reason",
            "DestructionOrdered": (
                "destruction.ordered: number weapons authority methods where planned "
                "committee reason remarks"
            ),
            "DestructionCertified": (
                "destruction.certified: number destroyed kept on where methods committee "
                "scrap_kilograms scrap_to photos inoperable remarks"
            ),
            "DestructionWithdrawn": "destruction.withdrawn: reason",
        },
    )
