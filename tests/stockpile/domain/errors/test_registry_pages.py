from __future__ import annotations

from stockpile.domain.errors import registry_pages
from tests.helpers.rooms import not_refused


def test_the_user_can_put_right_all_but_a_file_that_was_changed():
    assert not_refused(registry_pages) == {"AuditExportWrong": "Damaged"}
