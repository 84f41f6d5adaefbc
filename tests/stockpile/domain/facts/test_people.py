from __future__ import annotations

from stockpile.domain.facts import people
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        people,
        {
            "OfficerAppointed": "officer.appointed: name roles public_key site badge reason",
            "OfficerSuspended": "officer.suspended: reason",
            "OfficerRetired": "officer.retired: reason",
            "PersonDisclosed": "person.disclosed: to ground",
            "PersonRecorded": (
                "person.recorded: name kind reference rank unit card photo authorisations "
                "public_key sex born language"
            ),
            "PersonErased": "person.erased: reason",
            "ReceiptSigned": (
                "receipt.signed: number way weapons holder signer how proof public_key "
                "signature patrol reason"
            ),
            "RoundsIssued": "rounds.issued: lot quantity holder receipt",
            "RoundsReturned": "rounds.returned: lot quantity holder receipt expended short",
        },
    )
