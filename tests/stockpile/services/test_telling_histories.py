"""Computers with two histories are told of with an exchange: what is lacking, and no more."""

from __future__ import annotations

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import ChainForked, NodeUnknown, RegistryRefused, RegistrySlow
from stockpile.domain.history_messages import HistoriesHeard, HistoriesWanted
from stockpile.services import telling_histories
from stockpile.services.telling_histories import evidence_of, tell_histories
from stockpile.services.turns import Synced, Turn, turn
from tests.helpers.sites import Site, a_weapon, open_site

DONE = Synced(0, 0, 0, None)


@pytest.fixture
def site(tmp_path):
    opened = open_site(tmp_path / "site")
    yield opened
    opened.close()


def two_histories(site, entries=3):
    far = Site()
    far.found_with_officers()
    copy = far.copy()
    for one, name in ((far, "true"), (copy, "copy")):
        for number in range(entries):
            one.write(a_weapon(f"{name}-{number}"))
    site.books.trust(far.node, far.keys.public_key)
    site.books.receive(far.entries)
    with pytest.raises(ChainForked):
        site.books.receive(copy.entries)
    return far, copy


class Line:
    """A line to a registry that lacks what it is told to lack."""

    def __init__(self, lacks=lambda asked: asked, kept=True, trouble=None):
        self.lacks, self.kept, self.trouble = lacks, kept, trouble
        self.asked, self.told = [], []

    def histories_wanted(self, asked):
        if self.trouble is not None:
            raise self.trouble
        self.asked.append(asked)
        return HistoriesWanted(tuple(self.lacks([one.hash for one in asked.entries])))

    def tell_histories(self, entries):
        self.told.append(entries)
        return HistoriesHeard(len(entries) if self.kept else 0)


def through(books, line):
    step = tell_histories(books, line, lambda: turn(lambda: None, lambda _answer: DONE))
    while isinstance(step, Turn):
        step = step.say()()
    return step


def hashes(entries):
    return [ledger.entry_hash(one.header) for one in entries]


def test_where_nobody_wrote_two_histories_nothing_is_asked(site):
    line = Line()
    assert through(site.books, line) is DONE
    assert line.asked == []


def test_both_histories_are_asked_about_from_where_they_part_and_what_lacks_is_told(site):
    far, copy = two_histories(site)
    line = Line(lacks=lambda asked: [one for one in asked if one in hashes(copy.entries)])
    through(site.books, line)
    (asked,) = line.asked
    assert asked.node == far.node
    assert {one.hash for one in asked.entries} == set(hashes(far.entries[1:] + copy.entries[1:]))
    assert [one.number for one in asked.entries] == [2, 2, 3, 3, 4, 4]
    assert line.told == [tuple(copy.entries[1:])]


def test_of_several_computers_each_is_asked_about(site):
    nodes = {two_histories(site)[0].node for _one in range(2)}
    line = Line(lacks=lambda _asked: [])
    through(site.books, line)
    assert {one.node for one in line.asked} == nodes
    assert line.told == []


def test_the_two_that_part_first_travel_together_however_little_travels_at_once(site, monkeypatch):
    far, copy = two_histories(site)
    monkeypatch.setattr(telling_histories, "PORTION", 1)
    line = Line()
    through(site.books, line)
    assert set(line.told[0]) == {far.entries[1], copy.entries[1]}
    assert [entry for portion in line.told for entry in portion] == list(
        evidence_of(site.books, far.node).values()
    )


def test_a_registry_that_keeps_none_of_it_is_told_no_more(site, monkeypatch):
    two_histories(site)
    monkeypatch.setattr(telling_histories, "PORTION", 1)
    line = Line(kept=False)
    through(site.books, line)
    assert len(line.told) == 1


@pytest.mark.parametrize(
    "trouble", [RegistryRefused("r", "not_found"), RegistrySlow("r", ""), NodeUnknown("n")]
)
def test_who_does_not_know_such_a_question_keeps_no_exchange(site, trouble):
    two_histories(site)
    assert through(site.books, Line(trouble=trouble)) is DONE
