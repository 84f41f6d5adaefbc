from __future__ import annotations

from stockpile.domain.facts import places
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        places,
        {
            "PlaceOpened": (
                "place.opened: name kind within country code capacity holds tag across down"
            ),
            "PlaceChanged": (
                "place.changed: name kind within country code capacity holds tag across down reason"
            ),
            "PlaceClosed": "place.closed: reason",
            "CustodyHandedOver": (
                "custody.handedover: place incoming outgoing stocktake inherited remarks"
            ),
            "DayClosed": ("day.closed: on moved out overdue unexplained number head backup"),
        },
    )
