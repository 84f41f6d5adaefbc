from __future__ import annotations

from stockpile.domain.facts import schemes
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        schemes,
        {
            "SchemeWord": ": part text name",
            "Glyph": ": name rows",
            "SchemeSet": (
                "scheme.set: name pattern version country digits min_height_um min_depth_nm "
                "component source check check_system words glyphs reasons also positions "
                "polymer limits_source retired"
            ),
            "Box": ": x y width height",
            "MarkLayoutSet": (
                "marklayout.set: name width height radius forbidden component font text_x "
                "text_y text_height lines line_width matrix_x matrix_y module version remarks"
            ),
            "BlockGranted": "block.granted: node scheme lo hi until machine",
            "BlockReturned": "block.returned: node scheme lo hi",
            "CommissionCheck": ": step result said",
            "Commissioning": (": on firmware checks material height_um depth_nm gauge remarks"),
            "MachineSet": (
                "machine.set: name driver url layout identity witness_proven method "
                "fingerprint drawing read_back_every commissioning"
            ),
            "MarkingOrdered": "markorder.opened: name scheme weapons reason machine words",
            "SetAside": ": weapon why problem",
            "MarkingOrderChanged": "markorder.changed: aside state reason",
        },
    )
