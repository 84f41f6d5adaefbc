"""Rules for counts are data, and what ships is what the instrument asks for."""

from __future__ import annotations

import pytest

from stockpile.domain.count_rules import (
    SEED_RULES,
    Due,
    answers,
    due_by,
    rule_subject,
    set_rule,
    standing,
)
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import CountRuleSet, StocktakeClosed, StocktakeOpened
from stockpile.domain.opening_counts import Request, Stocktake
from stockpile.domain.references import Reference, after
from tests.helpers.builders import recorded
from tests.helpers.counts import ELSEWHERE, GROUND, RACKS, STORE

WEEKLY, SERIALS, HALF_YEAR, HANDOVER = SEED_RULES
ONE, *_ = RACKS


def test_what_ships_is_what_the_instrument_asks_for():
    """IDDRS 4.10, 7.3.1: weekly by number and type, 10 per cent by serial; six-monthly all."""
    asked = [(one.basis, one.days, one.percent, one.handover) for one in SEED_RULES]
    assert asked == [
        ("type", 7, 100, False), ("serial", 7, 10, False), ("serial", 182, 100, False),
        ("serial", 0, 100, True),
    ]  # fmt: skip
    assert all(one.source for one in SEED_RULES)


def referred(body):
    draft = set_rule(body, ())
    return after(Reference(draft.subject), recorded(draft)[0])


def test_a_rule_that_is_set_stands_for_the_one_that_ships():
    daily = CountRuleSet("Daily", "quantity", 1)
    stricter = CountRuleSet("weekly-serials", "serial", 7, percent=25)
    stopped = CountRuleSet("WEEKLY-TYPE", "type", 7, stopped=True)
    rules = standing([referred(one) for one in (daily, stricter, stopped)])
    assert set(rules) == {stricter, HALF_YEAR, HANDOVER, daily}
    assert rule_subject("Daily") == "countrule:daily"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (CountRuleSet(" ", "serial", 7), FieldMissing),
        (CountRuleSet("x", "smell", 7), FieldUnreadable),
        (CountRuleSet("x", "serial", 7, percent=0), FieldUnreadable),
        (CountRuleSet("x", "serial", 0), FieldUnreadable),
        (CountRuleSet("x", "serial", -1, handover=True), FieldUnreadable),
    ],
)
def test_a_rule_says_what_how_much_and_how_often(body, error):
    with pytest.raises(error):
        set_rule(body, ())


def count(*, closed=True, **said):
    opened = StocktakeOpened(**({"scope": "place", "basis": "serial", "place": STORE} | said))
    return Stocktake("st", opened, StocktakeClosed(0, 0, 0, 0) if closed else None)


def test_a_count_answers_a_rule_that_asks_for_no_more():
    assert answers(HALF_YEAR, ONE, count(), GROUND)
    assert answers(WEEKLY, STORE, count(basis="type"), GROUND)
    assert answers(SERIALS, STORE, count(percent=10), GROUND)
    assert answers(WEEKLY, ELSEWHERE, count(place=None), GROUND)
    assert not answers(WEEKLY, STORE, count(percent=10), GROUND)
    assert not answers(WEEKLY, STORE, count(basis="quantity"), GROUND)
    assert not answers(SERIALS, STORE, count(basis="type"), GROUND)
    assert not answers(HALF_YEAR, STORE, count(types=("ASR",)), GROUND)
    assert not answers(HALF_YEAR, STORE, count(place=ONE), GROUND)
    assert not answers(HALF_YEAR, STORE, count(closed=False), GROUND)


def test_the_next_one_is_due_so_many_days_after_the_last():
    assert due_by(WEEKLY, "2026-11-28", "2026-12-01") == "2026-12-05"
    assert due_by(WEEKLY, "", "2026-12-01") == "2026-12-01"
    due = Due(SERIALS, STORE, "2026-12-05", "st")
    told = [(due.is_due(day), due.is_overdue(day)) for day in ("2026-12-04", due.by, "2026-12-06")]
    assert told == [(False, False), (True, False), (True, True)]
    assert due.request == Request(STORE, "serial", percent=10, rule="weekly-serials")
