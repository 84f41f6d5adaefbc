"""How a weapon stands at the bench: by its record, the journal, and the order in hand."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import WeaponAmbiguous, WeaponUnknown
from stockpile.domain.facts import Draft, MarkingBegun, MarkingEnded
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import JobId
from ui.view_models.marking_bench import Plan
from ui.view_models.marking_state import MAY_START, OVER, READS, TO_SETTLE, Stage, at_bench, brought

PLAN = Plan("bench")


def test_every_stage_says_what_may_be_done_and_none_says_two_things():
    groups = [MAY_START, READS, TO_SETTLE, OVER]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    waits = {Stage.SCAN, Stage.OUTSIDE, Stage.ASIDE, Stage.LOST, Stage.MARKING}
    assert frozenset(Stage) - frozenset().union(*groups) == waits


def test_a_weapon_without_a_mark_is_ready_with_its_next_text(house):
    weapon = house.register("KB1")
    for said in ("KB1", weapon):
        state = brought(house.stockpile, said, PLAN, None)
        assert (state.stage, state.weapon.id, state.job) == (Stage.READY, weapon, None)
        assert state.text.startswith("UG ")
        assert state.cannot is None


def test_what_names_no_weapon_or_several_is_refused(house):
    house.register("KB1")
    house.register("KB1", make="Norinco", model="Type 56")
    with pytest.raises(WeaponAmbiguous):
        brought(house.stockpile, "KB1", PLAN, None)
    with pytest.raises(WeaponUnknown):
        brought(house.stockpile, "KB2", PLAN, None)


def test_an_order_in_hand_leaves_out_what_it_does_not_list_and_what_is_set_aside(house):
    orders, by = house.stockpile.marking_orders, house.officer
    listed, aside, other = (house.register(f"KB{n}") for n in range(3))
    orders.open("", [listed, aside], MOSAIC_IMPORT, by=by)
    (opened,) = orders.orders()
    orders.set_aside(opened.id, aside, "The receiver is cracked.", by=by)
    (order,) = orders.orders()
    stages = [at_bench(house.stockpile, one, PLAN, order) for one in (listed, aside, other)]
    assert [(one.stage, one.why) for one in stages] == [
        (Stage.READY, ""),
        (Stage.ASIDE, "The receiver is cracked."),
        (Stage.OUTSIDE, order.name),
    ]


def test_a_mark_that_another_node_made_is_seen_and_never_made_again(house):
    weapon, job = house.register("KB1"), JobId("job-of-another-node")
    books, by = house.stockpile.books, house.officer.id
    begun = MarkingBegun(job, MOSAIC_IMPORT, "UG 26 0001", 1, "theirs")
    for said, stage in ((begun, Stage.ELSEWHERE), (MarkingEnded(job, "marked"), Stage.BORNE)):
        books.record([Draft(weapon, said)], by=by)
        state = at_bench(house.stockpile, weapon, PLAN, None)
        assert (state.stage, state.job, state.text) == (stage, job, "UG 26 0001")
        assert state.machine == "theirs"
