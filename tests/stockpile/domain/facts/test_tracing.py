from __future__ import annotations

from stockpile.domain.facts import tracing
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        tracing,
        {
            "TraceAsked": "trace.asked: request by_state of_state ground",
            "TraceAnswered": "trace.answered: request outcome answer",
            "TraceRequestMade": (
                "tracerequest.made: number direction weapon by_state of_state contact marks "
                "type make model calibre country ground basis circumstances intended_use "
                "restrictions urgent searched_on searched_by searched photos reference on "
                "without_photos"
            ),
            "TraceRequestNoted": "tracerequest.noted: step on remarks",
            "TraceRequestAnswered": (
                "tracerequest.answered: outcome on answer ground restrictions contact photos"
            ),
        },
    )
