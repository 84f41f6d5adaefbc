from __future__ import annotations

from stockpile.domain.facts import labels
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        labels,
        {
            "TagBound": "tag.bound: tag",
            "LabelPrinted": "label.printed: tag stock copy sheet run place printer",
            "PaperIssued": "paper.issued: number kind about digest title",
            "LabelElement": ": what left top width height size text language bold",
            "LabelLayoutSet": ("labellayout.set: name kind width height elements logo retired"),
        },
    )
