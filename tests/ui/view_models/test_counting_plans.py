"""What is due, what can be gone on with, and what a new count is offered."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import CountRuleSet
from tests.helpers.armouries import SECOND, armoury
from ui.view_models.counting_plans import WHOLE_SITE, Plan, start


@pytest.fixture
def store(seat):
    return armoury(seat, racks=1, each=1)


def told(seat, second=""):
    return seat.on_books(lambda: start(seat.stockpile, seat.session.officer, second))


def test_of_what_is_due_the_count_that_answers_the_others_stands_first(seat, store):
    due = told(seat).due
    assert [one.name for one in due] == ["six-monthly", "weekly-serials", "weekly-type"]
    assert {one.days for one in due} == {0}
    assert due[0].plan == Plan(second=store.second, rule="six-monthly")


def test_a_rule_of_a_rack_is_due_there(seat, store):
    rule = CountRuleSet("rack-daily", "serial", 1, place=store.racks[0].id)
    seat.on_books(lambda: seat.stockpile.count_rules.set(rule, by=seat.session.officer))
    due = next(one for one in told(seat).due if one.name == "rack-daily")
    assert (due.where, due.plan.place) == ("A01", store.racks[0].id)


def test_the_second_counter_of_last_time_is_offered_and_the_only_other_one(seat, store):
    assert told(seat).usual.second == store.second
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(lambda: people.appoint("Z. Auditor", ("commander",), "246810", by=by))
    assert told(seat).usual.second == ""
    assert told(seat, SECOND).usual.second == store.second


def test_places_are_offered_by_their_way_from_the_room(seat, store):
    offer = told(seat).offer
    assert [one.path for one in offer.places] == ["Armoury 1", "Armoury 1 › A01"]
    assert offer.types == ("ASR",)


def test_a_plan_becomes_a_request(seat, store):
    me = seat.session.officer.id
    whole = Plan(second=store.second).request(me)
    assert whole.place is None
    assert whole.counters == (me, store.second)
    assert whole.independent is None
    one = Plan(place=store.racks[0].id, second=store.second, blind=True, percent=10).request(me)
    assert (one.place, one.blind, one.percent) == (store.racks[0].id, True, 10)
    assert Plan().place == WHOLE_SITE
