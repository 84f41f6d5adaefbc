from __future__ import annotations

from stockpile.domain.facts import transfers
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        transfers,
        {
            "RoundsHanded": ": calibre quantity serviceable",
            "CollectionReceived": (
                "collection.received: number place weapons participant on category rounds "
                "eligible reason appeal under_18 child_protection how proof remarks where "
                "unsigned withdrawn"
            ),
            "GatePassIssued": (
                "gatepass.issued: number weapons bearer out_of to purpose vehicle about until "
                "goods remarks"
            ),
            "GatePassClosed": "gatepass.closed: outcome remarks",
            "WaybillOpened": (
                "waybill.opened: number weapons out_of to to_name purpose authority carrier "
                "vehicle route escort seals planned due apart papers licence remarks"
            ),
            "WaybillReceived": (
                "waybill.received: received short over wrong unknown seals_intact "
                "broken_seals declaration remarks"
            ),
            "WaybillReversed": "waybill.reversed: reason",
        },
    )
