from __future__ import annotations

from stockpile.domain.facts import parts
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        parts,
        {
            "Mark": (
                ": kind text is_identity component position script legibility symbol photo "
                "read_by verified_by"
            ),
            "Acquisition": ": mode on where grounds case",
            "Said": ": column text",
            "Source": ": document row key said",
            "Component": ": kind marks calibre",
            "LastImport": ": country year importer",
            "SafeCheck": (": magazine_out chamber_clear safety_on remnant cleared_by verified_by"),
            "Photo": ": digest view caption width height size",
            "KitItem": ": kind count mark",
            "Authorisation": ": what until paper",
            "PartApart": ": weapon component seal",
            "Licence": (
                ": number issued_at issued_on expires_on exporting importing transit "
                "recipient goods"
            ),
            "Wrong": ": weapon read",
            "Horizon": ": node seq",
        },
    )
