from __future__ import annotations

from stockpile.domain.facts import counting
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        counting,
        {
            "WeaponCounted": "weapon.counted: stocktake place seen how round",
            "StocktakeOpened": (
                "stocktake.opened: scope basis place blind number types percent seed counters "
                "independent rule answers horizon"
            ),
            "StocktakeClosed": (
                "stocktake.closed: expected seen missing unexpected misplaced explained twice "
                "horizon lines investigations"
            ),
            "StrangerCounted": "stranger.counted: stocktake place read seen remarks",
            "QuantityCounted": "quantity.counted: stocktake place quantity type",
            "InvestigationOpened": "investigation.opened: kind cause weapon place said due",
            "InvestigationClosed": "investigation.closed: outcome evidence reason",
            "CountRuleSet": (
                "countrule.set: name basis days percent handover place source stopped"
            ),
        },
    )
