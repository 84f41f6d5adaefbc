from __future__ import annotations

from stockpile.domain.errors import guard
from tests.helpers.rooms import not_refused


def test_the_user_can_put_all_right_but_these():
    assert not_refused(guard) == {"InspectionUnproved": "Damaged"}
