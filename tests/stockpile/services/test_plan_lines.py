"""What an act would change, by the books of a desk."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Draft, WeaponCorrected
from stockpile.plan_words import planned
from stockpile.services.plan_lines import plan_lines
from tests.helpers.sites import a_weapon
from tests.helpers.three_nodes import node


@pytest.fixture
def books(tmp_path):
    desk = node(tmp_path, "gulu")
    desk.books.record([a_weapon("w1")], by=None)
    return desk.books


def test_each_value_is_said_as_it_is_and_as_it_would_be(books):
    before = books.weapon("w1")
    drafts = [Draft("w1", WeaponCorrected("seen", model="AKMS"), before.heads.identity)]
    (line,) = plan_lines(books, planned(drafts, None, 0))
    assert line.weapon == "w1"
    assert [
        (one.before, one.after) for one in line.changes if one.after.strip("\u2066\u2069") == "AKMS"
    ]
    assert books.weapon("w1") == before
