"""The live sheet: what it hears besides weapons, and what comes late.

Its lines are proved in ``test_reconciling``.
"""

from __future__ import annotations

import pytest

from stockpile.domain import facts
from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.counting import Case
from stockpile.domain.facts import QuantityCounted, StrangerCounted
from stockpile.domain.reconciling import reconcile
from stockpile.domain.values import WeaponId
from tests.helpers.counts import ELSEWHERE, RACKS, STOCKTAKE, Store, cases

ONE, TWO, _ = RACKS


@pytest.fixture
def store():
    one = Store()
    for place in (ONE, TWO, TWO):
        one.register(one.depots[0], place)
    one.open(one.depots[0])
    return one


@pytest.fixture
def sheet(store):
    return CountSheet(store.scope, cases(store.scope, store.depots[0].all_facts()))


def test_a_scan_changes_its_own_line_and_no_other(store, sheet):
    assert sheet.tally.missing == 3
    fact = store.see(store.depots[0], WeaponId("weapon-000"), ONE)
    (line,) = sheet.take(fact)
    assert (line.weapon, line.kind) == ("weapon-000", "found")
    assert (sheet.tally.found, sheet.tally.missing, sheet.seen_at[ONE]) == (1, 2, 1)
    assert [one.weapon for one in sheet.of_kind("found")] == ["weapon-000"]
    assert sheet.take(fact) == ()


def test_a_scan_elsewhere_may_prove_another_weapon_missing(store, sheet):
    moved = WeaponId("weapon-000")
    sheet.take(store.act(store.depots[0], moved, TWO))
    assert sheet.lines[moved].kind == "explained"
    changed = sheet.take(store.see(store.depots[0], WeaponId("weapon-001"), TWO))
    assert {one.weapon: one.kind for one in changed} == {"weapon-001": "found", moved: "missing"}
    assert sheet.take(store.see(store.depots[0], WeaponId("weapon-002"), TWO))[0].kind == "found"


def test_a_weapon_that_the_sheet_never_met_is_told_with_what_stood_before(store, sheet):
    stranger = WeaponId("weapon-003")
    store.register(store.depots[0], ELSEWHERE)
    seen = store.see(store.depots[0], stranger, ONE)
    met = cases(store.scope, store.depots[0].all_facts())[-1]
    (line,) = sheet.take(seen, Case(stranger, met.type, (), met.moves))
    assert line.kind == "unexpected"
    assert sheet.case(stranger) is not None
    assert sheet.case(WeaponId("nobody")) is None


def test_a_fact_within_the_opening_horizon_that_comes_late_is_no_movement():
    """Another node counts, and learns only later what the opener knew."""
    store = Store()
    weapon = store.register(store.depots[0], ONE)
    store.meet(store.depots[0], store.depots[1])
    moved = store.act(store.depots[0], weapon, TWO)
    scope = store.open(store.depots[0])
    sheet = CountSheet(scope, cases(scope, store.depots[1].all_facts()))
    assert sheet.lines[weapon].place == ONE
    (whole,) = cases(scope, store.depots[0].all_facts())
    (line,) = sheet.take(moved, whole)
    assert (line.kind, line.place) == ("missing", TWO)
    assert tuple(sheet.lines.values()) == reconcile(scope, [whole])


def test_strangers_are_kept_once_a_place_and_in_the_order_of_their_reading(store, sheet):
    depot = store.depots[0]
    for place, read, seen in (
        (ONE, "XX 2", 9),
        (ONE, "XX 1", 5),
        (ONE, "XX 2", 1),
        (TWO, "XX 2", 0),
    ):
        sheet.take(depot.write("s", StrangerCounted(STOCKTAKE, place, read, seen)))
    depot.write("s", other := StrangerCounted("another count", ONE, "XX 3"))
    sheet.take(depot.write("s", other))
    told = [(one.place, one.read) for one in sheet.strangers]
    assert told == [(ONE, "XX 2"), (ONE, "XX 1"), (TWO, "XX 2")]


def test_a_later_number_stands_for_an_earlier_one(store, sheet):
    depot = store.depots[0]
    for number in (3, 2):
        sheet.take(depot.write("q", QuantityCounted(STOCKTAKE, TWO, number)))
    assert [one.quantity for one in sheet.told] == [2]
    (two, left) = sheet.quantities()
    assert (two.counted, two.expected, two.agrees) == (2, 2, True)
    assert (left.place, left.counted, left.expected, left.agrees) == (ONE, None, 1, False)


def test_the_round_is_the_highest_that_was_scanned(store, sheet):
    assert sheet.round == 1
    sheet.take(store.see(store.depots[0], WeaponId("weapon-000"), ONE, round_=2))
    assert sheet.round == 2


def test_what_is_no_matter_of_a_count_changes_nothing(store, sheet):
    fact = store.depots[0].write("weapon-000", facts.WeaponInspected("serviceable"))
    assert sheet.take(fact) == ()
