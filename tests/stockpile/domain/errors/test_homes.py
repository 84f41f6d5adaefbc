from __future__ import annotations

from stockpile.domain.errors import homes
from tests.helpers.rooms import not_refused


def test_the_user_can_put_all_right_but_these():
    assert not_refused(homes) == {
        "BooksDamaged": "Damaged",
        "BooksTooNew": "Damaged",
        "BooksRolledBack": "Damaged",
        "AnchorMissing": "Damaged",
        "BooksInUse": "Unavailable",
        "DiskFull": "Unavailable",
        "DiskTrouble": "Unavailable",
        "BackupDamaged": "Damaged",
        "BackupPlaceMissing": "Unavailable",
    }
