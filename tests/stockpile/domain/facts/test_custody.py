from __future__ import annotations

from stockpile.domain.facts import custody
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        custody,
        {
            "WeaponCollected": "weapon.collected: place participant receipt temporary",
            "WeaponFound": "weapon.found: place where on grounds",
            "WeaponSeized": "weapon.seized: place where on case grounds",
            "WeaponRelocated": "weapon.relocated: place reason",
            "WeaponIssued": (
                "weapon.issued: holder place due purpose use receipt kit override crew_served"
            ),
            "WeaponReturned": "weapon.returned: place condition receipt short remarks",
            "WeaponDispatched": "weapon.dispatched: waybill to seals",
            "WeaponReceived": "weapon.received: waybill place",
            "DispatchReversed": "dispatch.reversed: waybill place reason",
            "WeaponLost": (
                "weapon.lost: how circumstances discovered report verified discoverer actions "
                "authorities incident"
            ),
            "WeaponRecovered": "weapon.recovered: place where on circumstances",
            "CustodySettled": "custody.settled: place reason holder state paper due use",
        },
    )
