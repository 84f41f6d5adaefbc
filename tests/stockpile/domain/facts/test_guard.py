from __future__ import annotations

from stockpile.domain.facts import guard
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        guard,
        {
            "GuardSet": (
                "guard.set: two_officers lock_after retain_persons recovery tracing_allowed"
            ),
            "ActProposed": "act.proposed: act plan reason",
            "ActSettled": "act.settled: outcome reason",
            "EntryJudged": "entry.judged: node number accepted reason",
            "Inspected": ": weapon finding remark",
            "InspectionSigned": (
                "inspection.signed: inspector authority head seed sample signed_on remarks "
                "public_key signature register"
            ),
        },
    )
