from __future__ import annotations

import pytest

from stockpile.domain.facts import ClockObserved, Draft, WeaponLost
from stockpile.registry import settling
from tests.helpers import nations
from tests.helpers.nations import DAY, registered
from tests.helpers.sites import AT


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    made.send()
    return made


def card(nation):
    with nation.registry.database.reading() as connection:
        (found,) = settling.room(connection).cards
    return found


def test_what_is_dated_after_it_came_is_marked_and_due_by_when_it_came(nation):
    nation.kampala.write(registered(20, "S-1"))
    nation.registry.clock.at = AT + DAY
    nation.send()
    nation.gulu.write(registered(21, "S-1", store="GUL-store"))
    nation.registry.clock.at = came = AT - 400 * DAY  # so gulu's entry is dated far ahead
    nation.send()
    shown = card(nation)
    doubted = {one.last.node: one.clock_doubted for one in shown.sides}
    assert doubted == {nation.kampala.node: False, nation.gulu.node: True}
    (ahead,) = (one for one in shown.sides if one.clock_doubted)
    assert came < ahead.since < came + DAY
    nation.registry.clock.at = AT + 2 * DAY


def test_a_clock_that_was_compared_dates_an_entry_without_right(nation):
    """Its own date is wrong, and what it was by the other clock is known."""
    kampala = nation.kampala
    kampala.write(registered(20, "S-1"))
    head = kampala.facts[-1].hash
    kampala.by_one(Draft(nations.weapon_id(20), WeaponLost("lost", "-", "2026-09-21"), (head,)))
    written = kampala.facts[-1].at
    kampala.write(Draft(kampala.node, ClockObserved(10 * 60_000, nation.gulu.node)))
    nation.registry.clock.at = AT + 90 * DAY
    nation.send()
    shown = card(nation)
    assert (shown.conflict.kind, len(shown.sides)) == ("authority", 1)
    assert shown.sides[0].clock_doubted
    assert shown.since == written + 10 * 60_000


def test_what_others_say_of_a_nodes_clock_is_no_comparison_and_crowds_none_out(nation):
    kampala, gulu = nation.kampala, nation.gulu
    kampala.write(Draft(kampala.node, ClockObserved(DAY, "registry")))
    kampala.write(registered(20, "S-1"))
    gulu.write(registered(21, "S-1", store="GUL-store"))
    gulu.write(*(Draft(kampala.node, ClockObserved(one, "registry")) for one in range(60)))
    nation.send()
    doubted = {one.last.node: one.clock_doubted for one in card(nation).sides}
    assert doubted == {kampala.node: True, gulu.node: False}
