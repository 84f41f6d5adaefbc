from __future__ import annotations

from stockpile.domain.errors import registry_pages
from tests.helpers.rooms import not_refused


def test_the_user_can_put_all_of_it_right():
    assert not_refused(registry_pages) == {}
