from __future__ import annotations

from stockpile.domain.errors import registries
from tests.helpers.rooms import not_refused


def test_the_operator_can_put_right_all_but_a_server_that_lets_nobody_in():
    assert not_refused(registries) == {"DatabaseShut": "Unavailable"}
