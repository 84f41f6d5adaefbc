"""What is due by the rules, from the last count that answers each."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import OfficerNotAuthorised
from stockpile.domain.facts import CountRuleSet, CustodyHandedOver, Draft
from stockpile.domain.opening_counts import day
from tests.helpers.counting_houses import counting_house


@pytest.fixture
def here(tmp_path):
    with counting_house(tmp_path / "home") as one:
        yield one


def due(here, today=""):
    return {one.rule.name: one for one in here.stockpile.count_rules.due(today)}


def today(here):
    clock = here.stockpile.counting.clock
    return day(clock.now(), clock.zone())


def closed(here, **said):
    count = here.opened(here.stockpile.people.site(), **said)
    here.stockpile.counting.close(count, by=here.officer, witness=here.second)
    return count


def test_what_was_never_counted_is_due_today(here):
    assert {name: one.by for name, one in due(here).items()} == dict.fromkeys(
        ("weekly-type", "weekly-serials", "six-monthly"), today(here)
    )


def test_a_count_that_is_closed_answers_what_asks_for_no_more(here):
    now = today(here)
    sample = closed(here, percent=10)
    assert (due(here)["weekly-serials"].last, due(here)["weekly-type"].last) == (sample.id, "")
    assert due(here)["weekly-serials"].by > now
    whole = closed(here)
    assert {one.last for one in due(here).values()} == {whole.id}
    names = [one.rule.name for one in here.stockpile.count_rules.due("2999-01-01")]
    assert names == ["weekly-serials", "weekly-type", "six-monthly"]
    assert all(one.is_overdue("2999-01-01") for one in due(here).values())


def test_a_count_of_one_room_answers_nothing_about_the_site(here):
    count = here.opened()
    here.stockpile.counting.close(count, by=here.officer, witness=here.second)
    assert {one.last for one in due(here).values()} == {""}


def test_a_rule_of_this_site_is_set_once_and_may_be_stopped(here):
    rules = here.stockpile.count_rules
    said = CountRuleSet("Room", "serial", 30, place=here.store, source="standing order 4")
    assert len(rules.set(said, by=here.officer).facts) == 1
    assert rules.set(said, by=here.officer).facts == ()
    count = here.opened()
    here.stockpile.counting.close(count, by=here.officer, witness=here.second)
    assert due(here)["Room"].last == count.id
    assert due(here)["Room"].request.place == here.store
    rules.set(CountRuleSet("room", "serial", 30, stopped=True), by=here.officer)
    assert "Room" not in due(here)
    with pytest.raises(OfficerNotAuthorised):
        rules.set(said, by=here.second)


def test_a_place_that_changed_hands_uncounted_is_due_until_it_is_counted(here):
    handed = CustodyHandedOver(here.store, here.second.id)
    here.by_two([Draft(f"custodian:{here.store}", handed)])
    told = due(here)["handover"]
    assert (told.place, told.by, told.request.basis) == (here.store, today(here), "serial")
    count = here.opened()
    here.stockpile.counting.close(count, by=here.officer, witness=here.second)
    assert "handover" not in due(here)
