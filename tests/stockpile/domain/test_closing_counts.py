"""A count ends with numbers that add up and an investigation for everything that differs."""

from __future__ import annotations

import pytest

from stockpile.domain.closing_counts import closed, found
from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.facts import InvestigationOpened, QuantityCounted, StrangerCounted
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.values import WeaponId
from tests.helpers.counts import ELSEWHERE, RACKS, STOCKTAKE, Store, cases

ONE, TWO, _ = RACKS


@pytest.fixture
def store():
    """Of four weapons one is found, one missing, one misplaced, one out of scope but here."""
    one = Store()
    depot = one.depots[0]
    for place in (ONE, ONE, ONE, ELSEWHERE):
        one.register(depot, place)
    one.open(depot)
    for number, place in ((0, ONE), (2, TWO), (3, TWO)):
        one.see(depot, WeaponId(f"weapon-{number:03}"), place)
    depot.write("s", StrangerCounted(STOCKTAKE, TWO, "XX 1"))
    return one


def what(store):
    known = store.depots[0].all_facts()
    about = [fact for fact in known if fact.subject.startswith("weapon")]
    return found(CountSheet(store.scope, cases(store.scope, about), known))


def test_every_difference_is_named_the_gravest_first(store):
    told = [(one.kind, one.weapon, one.place, one.said) for one in what(store).differences]
    assert told == [
        ("missing", "weapon-001", ONE, ""),
        ("unexpected", "weapon-003", TWO, ""),
        ("misplaced", "weapon-002", TWO, ""),
        ("stranger", None, TWO, "XX 1"),
    ]


def test_closing_opens_an_investigation_for_each_and_names_it(store):
    told = what(store)
    count = Stocktake(STOCKTAKE, store.opened)
    ids = ["i1", "i2", "i3", "i4"]
    end, *opened = closed(count, ("h",), told, store.opened.horizon, ids=ids, today="2026-11-28")
    assert (end.subject, end.replaces, end.body.investigations) == (STOCKTAKE, ("h",), tuple(ids))
    body = end.body
    assert (body.expected, body.seen, body.missing, body.misplaced) == (3, 1, 1, 1)
    assert (body.unexpected, body.explained, body.lines) == (1, 0, told.digest)
    assert [one.subject for one in opened] == ids
    assert opened[0].body == InvestigationOpened(
        "missing", STOCKTAKE, "weapon-001", ONE, due="2026-12-05"
    )
    with pytest.raises(ValueError, match="zip"):
        closed(count, (), told, (), ids=["too few"], today="2026-11-28")


def test_the_digest_changes_with_any_result(store):
    before = what(store).digest
    assert what(store).digest == before
    store.depots[0].write("s2", StrangerCounted(STOCKTAKE, TWO, "XX 2"))
    assert what(store).digest != before


def test_a_count_without_serials_tells_numbers_and_no_weapons():
    store = Store()
    depot = store.depots[0]
    for place in (ONE, ONE, TWO):
        store.register(depot, place)
    store.open(depot, basis="quantity")
    depot.write("q1", QuantityCounted(STOCKTAKE, ONE, 1))
    depot.write("q2", QuantityCounted(STOCKTAKE, TWO, 2))
    told = what(store)
    assert told.lines == ()
    numbers = told.tally
    assert (numbers.expected, numbers.found) == (3, 3)
    assert (numbers.missing, numbers.unexpected) == (1, 1)
    assert [(one.kind, one.said) for one in told.differences] == [
        ("quantity", "1/2"), ("quantity", "2/1"),
    ]  # fmt: skip
