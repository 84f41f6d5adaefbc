from __future__ import annotations

from stockpile.services.ports import marking
from tests.helpers.rooms import promises_hold


def test_what_it_gives_never_changes_and_what_it_raises_exists():
    promises_hold(marking)
