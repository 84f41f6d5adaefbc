from __future__ import annotations

import pytest

from stockpile.registry import finding
from stockpile.registry.filters import Filters
from tests.helpers import nations
from tests.helpers.nations import weapon_id


@pytest.fixture
def connection(registry):
    nation = nations.found(registry)
    nation.kampala.write(*(nations.registered(at, f"SER-{at:05}") for at in range(1, 81)))
    nation.send()
    with registry.database.reading() as opened:
        yield opened


def test_more_hits_than_are_shown_are_said(connection):
    found = finding.search(connection, "SER", Filters())
    assert len(found.hits) == finding.MOST_HITS
    assert found.more


def test_what_is_sought_whole_comes_before_what_only_holds_it(connection):
    first = finding.search(connection, "SER-00012", Filters()).hits[0]
    assert (first.line.weapon.id, first.why) == (weapon_id(12), "serial")


def test_lines_stand_in_the_order_asked_for(connection):
    wanted = [weapon_id(5), weapon_id(2), "none", weapon_id(9)]
    lines = finding.lines_of(connection, wanted)
    assert [one.weapon.id for one in lines] == [weapon_id(5), weapon_id(2), weapon_id(9)]
    assert finding.line_of(connection, "none") is None
