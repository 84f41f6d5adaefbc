"""What a node wrote that does not count is told before it is stopped: what is lacking, once."""

from __future__ import annotations

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import (
    BatchTooLarge,
    Cancelled,
    ChainBroken,
    ChainForked,
    NodeQuarantined,
    RegistryRefused,
    RegistrySlow,
)
from stockpile.domain.exchange import PROTOCOL_4, PROTOCOL_5
from stockpile.domain.history_messages import MOST_TOLD, HistoriesWanted
from stockpile.services import feeding, telling_own
from stockpile.services.telling_own import FIRST_ASKED, TellingOwn
from stockpile.services.turns import Synced, Turn, turn
from tests.helpers.sites import a_weapon, open_site

DONE = Synced(0, 0, 0, None)


@pytest.fixture
def site(tmp_path):
    opened = open_site(tmp_path / "site")
    yield opened
    opened.close()


class Link:
    """A registry that holds some entries by their numbers, and keeps what it refuses."""

    def __init__(self, held, refuses=None, trouble=None):
        self.held, self.trouble = set(held), trouble
        self.refuses = refuses or NodeQuarantined("n")
        self.asked, self.pushed, self.told = [], [], []

    def histories_wanted(self, asked):
        self.asked.append(tuple(one.number for one in asked.entries))
        if self.trouble is not None:
            raise self.trouble
        return HistoriesWanted(
            tuple(one.hash for one in asked.entries if one.number not in self.held)
        )

    def push(self, _node, entries):
        self.pushed.append(numbers(entries))
        self.held |= set(numbers(entries))
        self.told += numbers(entries)
        raise self.refuses


def numbers(entries):
    return [ledger.read_header(one.header).c for one in entries]


def wrote(site, entries):
    for number in range(entries):
        site.books.record([a_weapon(f"w{number}")], by=None)
    return site.books.tip().number


def through(site, link, step=lambda _count: None, spoken=PROTOCOL_5):
    line = feeding.Line(link, site.clock, site.keys.node, spoken)
    end = turn(lambda: None, lambda _answer: DONE)
    now = TellingOwn(site.books, line, step, lambda: end).begin()
    while isinstance(now, Turn):
        now = now.say()()
    return now


def test_where_all_was_told_before_one_small_question_is_asked(site):
    last = wrote(site, 50)
    link = Link(range(1, last + 1))
    assert through(site, link) is DONE
    assert link.asked == [tuple(range(last - FIRST_ASKED + 1, last + 1))]
    assert link.pushed == []


@pytest.mark.parametrize("refuses", [NodeQuarantined("n"), ChainForked("n", 9)])
def test_what_lacks_is_told_from_its_beginning_and_nothing_of_it_again(site, refuses):
    last = wrote(site, 100)
    link, counted = Link(range(1, 9), refuses), []
    through(site, link, counted.append)
    assert link.told == list(range(9, last + 1))
    assert sum(counted) == last - 8
    assert [len(one) for one in link.asked][:3] == [FIRST_ASKED, 2 * FIRST_ASKED, last - 60]
    before = len(link.asked)
    through(site, link)
    assert link.told == list(range(9, last + 1))
    assert len(link.asked) == before + 1


def test_what_was_told_ahead_of_its_chain_hides_nothing_before_it(site):
    last = wrote(site, 30)
    link = Link({*range(1, 5), 8, last})
    through(site, link)
    assert link.pushed == [[5, 6, 7], list(range(9, last))]


def test_who_holds_nothing_of_it_is_told_all(site):
    last = wrote(site, 3)
    link = Link(())
    through(site, link)
    assert link.told == list(range(1, last + 1))


def test_no_question_names_more_than_a_registry_takes(site, monkeypatch):
    wrote(site, 20)
    monkeypatch.setattr(telling_own, "FIRST_ASKED", 3)
    monkeypatch.setattr(telling_own, "MOST_TOLD", 5)
    link = Link(())
    through(site, link)
    assert max(map(len, link.asked)) == 5
    assert FIRST_ASKED < MOST_TOLD


def test_a_portion_is_no_larger_than_a_batch_may_be(site, monkeypatch):
    last = wrote(site, 6)
    monkeypatch.setattr(telling_own, "MOST_FACTS_A_BATCH", 2)
    link = Link({1})
    through(site, link)
    assert link.told == list(range(2, last + 1))
    assert {len(one) for one in link.pushed} <= {1, 2}


class Thin(Link):
    """A line through which no more than so many entries go at once."""

    def __init__(self, most, trouble):
        super().__init__({1})
        self._most, self._trouble = most, trouble

    def push(self, node, entries):
        if len(entries) > self._most:
            self.pushed.append(numbers(entries))
            raise self._trouble
        super().push(node, entries)


@pytest.mark.parametrize("trouble", [RegistrySlow("r", ""), BatchTooLarge(9)])
def test_on_a_thin_line_it_goes_in_smaller_portions(site, trouble):
    last = wrote(site, 20)
    link = Thin(3, trouble)
    through(site, link)
    assert link.told == list(range(2, last + 1))


def test_where_not_even_one_goes_through_the_node_is_stopped_all_the_same(site):
    wrote(site, 4)
    link = Thin(0, RegistrySlow("r", ""))
    assert through(site, link) is DONE
    assert link.told == []


def test_broken_off_the_rest_follows_the_next_time(site, monkeypatch):
    last = wrote(site, 10)
    monkeypatch.setattr(telling_own, "PORTION", 1)
    link = Link({1})

    def stop(_count):
        raise Cancelled

    with pytest.raises(Cancelled):
        through(site, link, stop)
    assert link.told == [2]
    through(site, link)
    assert link.told == list(range(2, last + 1))


@pytest.mark.parametrize(
    "trouble", [NodeQuarantined("n"), RegistryRefused("r", "not_found"), RegistrySlow("r", "")]
)
def test_a_registry_that_does_not_answer_that_question_is_told_nothing(site, trouble):
    wrote(site, 2)
    link = Link((), trouble=trouble)
    assert through(site, link) is DONE
    assert link.pushed == []


def test_one_that_does_not_hear_it_is_not_told_on(site, monkeypatch):
    wrote(site, 9)
    monkeypatch.setattr(telling_own, "PORTION", 1)
    link = Link({1}, refuses=ChainBroken("n", 2, "link"))
    assert through(site, link) is DONE
    assert len(link.pushed) == 1


def test_a_registry_of_an_earlier_version_is_not_asked(site):
    wrote(site, 2)
    link = Link(())
    assert through(site, link, spoken=PROTOCOL_4) is DONE
    assert link.asked == []
