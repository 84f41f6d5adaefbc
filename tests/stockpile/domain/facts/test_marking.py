from __future__ import annotations

from stockpile.domain.facts import marking
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        marking,
        {
            "MarkReadBack": "mark.readback: text read",
            "MarkingBegun": (
                "marking.begun: job scheme text number machine reason component position "
                "version layout order block"
            ),
            "MarkingEnded": "marking.ended: job outcome evidence",
            "MarkVerified": "mark.verified: job read how photo",
            "MarkingResolved": "marking.resolved: job outcome reason read photo",
            "MarkVoided": "mark.voided: job reason",
            "MarksSettled": "marks.settled: standing reason accepted",
        },
    )
