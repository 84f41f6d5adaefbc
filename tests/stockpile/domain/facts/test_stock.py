from __future__ import annotations

from stockpile.domain.facts import stock
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        stock,
        {
            "DocumentImported": "document.imported: name rows accepted already_held refused",
            "ImportUndone": "import.undone: reason withdrawn kept",
            "CatalogueExtended": (
                "catalogue.extended: kind code name aliases within type action calibres "
                "country source"
            ),
            "LotWithdrawn": "lot.withdrawn: reason",
            "LotRegistered": (
                "lot.registered: nature calibre lot quantity unit place acquired remarks source"
            ),
        },
    )
