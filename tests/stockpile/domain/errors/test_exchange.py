from __future__ import annotations

from stockpile.domain.errors import exchange
from tests.helpers.rooms import not_refused


def test_the_user_can_put_all_right_but_these():
    assert not_refused(exchange) == {
        "RegistryUnreachable": "Unavailable",
        "RegistryUntrusted": "Unavailable",
        "RegistryAsksToWait": "Unavailable",
        "RegistryNonsense": "Unavailable",
        "RegistrySlow": "Unavailable",
        "RegistryRolledBack": "Damaged",
        "RegistryRewritten": "Damaged",
        "SharesDiffered": "Damaged",
        "RegistryWithholds": "Damaged",
        "RegistryContradicts": "Damaged",
        "MessageUnreadable": "Damaged",
        "RegistryBusy": "Unavailable",
    }
