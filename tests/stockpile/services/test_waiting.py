"""What a busy registry asks for is waited, second by second, and not without an end."""

from __future__ import annotations

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain.errors import Cancelled, RegistryAsksToWait, RegistryUnreachable
from stockpile.registry.limits import Limits
from stockpile.services.exchange import Exchanging
from stockpile.services.turns import Synced, Turn
from stockpile.services.waiting import MOST_WAITED, Waiting
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import CountingChance, a_weapon, open_site
from tests.helpers.talks import Talk

DONE = Synced(0, 0, 0, None)


class Busy:
    """A registry that asks for time before it answers, and a person who watches."""

    def __init__(self, *asks: int, stop_after: int = 10**6) -> None:
        self.asks, self.stop_after = list(asks), stop_after
        self.paused, self.told, self.steps = [], [], 0

    def turn(self) -> Turn:
        def say():
            if self.asks:
                raise RegistryAsksToWait("https://x", "HTTP 429", self.asks.pop(0))
            return lambda: DONE

        return Turn(say)

    def step(self) -> None:
        self.steps += 1
        if self.steps > self.stop_after:
            raise Cancelled

    def waiting(self) -> Waiting:
        return Waiting(self.paused.append, self.step, lambda asked: self.told.append(asked.seconds))


def test_the_same_turn_is_taken_again_after_what_was_asked():
    busy = Busy(2, 3)
    assert busy.waiting().said(busy.turn())() is DONE
    assert (busy.paused, busy.told) == ([1.0] * 5, [2, 3])


def test_who_stops_it_stops_within_a_second():
    busy = Busy(60, stop_after=2)
    with pytest.raises(Cancelled):
        busy.waiting().said(busy.turn())
    assert len(busy.paused) == 2


def test_more_than_a_few_minutes_are_not_waited_in_one_exchange():
    busy = Busy(MOST_WAITED + 1)
    with pytest.raises(RegistryAsksToWait):
        busy.waiting().said(busy.turn())
    assert busy.paused == []
    many = Busy(*[MOST_WAITED // 2] * 3)
    with pytest.raises(RegistryUnreachable):  # for whoever knows no more than that
        many.waiting().said(many.turn())
    assert len(many.paused) == MOST_WAITED


def test_a_registry_that_asks_for_time_is_given_it_and_gets_everything(tmp_path):
    registry, here, told = open_registry(str(tmp_path / "r.db")), open_site(tmp_path / "site"), []
    links = HttpRegistryLinks(here.keys, here.clock, CountingChance(), 10.0)
    talk = Talk(Exchanging(here.books, here.keys, links, here.clock, waits=told.append))
    with answering(registry.books, Limits(node_rate=2, node_burst=2)) as url:
        talk.enrol(url, registry.enrolment.make_code("Kampala"), "Kampala")
        here.books.record([a_weapon("w1")], by=None)
        assert talk.sync().sent > 0
        assert told
        assert {one.seconds for one in told} == {1}
        assert registry.books.tip(here.keys.node).number == here.books.tip().number
        before = len(told)

        def stop(*_step):
            if len(told) > before:
                raise Cancelled

        with pytest.raises(Cancelled):  # a person stops it while it waits
            talk.sync(progress=stop)
    here.close()
    registry.database.close()
