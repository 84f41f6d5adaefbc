"""An entry that a tampered program wrote: kept apart everywhere until two officers decide.

Two nodes write, a third one hears of it in every order; each comes to the same.
"""

from __future__ import annotations

import pytest

from stockpile.domain import mandates
from stockpile.domain.errors import EntryNotInDoubt, ReasonMissing, SecondOfficerMissing
from stockpile.domain.facts import Draft, EntryJudged, WeaponDestroyed
from stockpile.domain.people import Officer
from stockpile.services.judging_entries import JudgingEntries
from stockpile.services.people import SignedIn
from stockpile.services.signing import Later
from tests.helpers.books import Desk
from tests.helpers.officers import FIRST, SECOND, by_one, in_office, key
from tests.helpers.stolen_laptops import stolen_laptop


def officer(name):
    return SignedIn(Officer(name, name, ("commander",), b""), key(name))


def node(folder, name):
    """A node with two officers in office."""
    desk = Desk(folder / name, name)
    desk.books.record(in_office(), by=None)
    return desk


def tampered(desk, drafts):
    """Record what one officer signed, by a program that no longer asks for two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mandates, "demand_right", lambda *_told: None)
        return by_one(desk.books, drafts)


def told(desk, *others):
    """Take in all that other nodes wrote, in this order."""
    for other, after, until in others:
        desk.books.trust(other.node, other.keys.public_key)
        entries = other.books.entries(other.node, after, 100)
        desk.books.receive(entries[: until - after])


ALL = 100


@pytest.fixture
def forged(tmp_path):
    """A node where one officer destroyed a weapon alone, and its neighbour who heard of it."""
    here, there = node(tmp_path, "here"), node(tmp_path, "there")
    weapon = here.register_weapon("KB 4471902").id
    heads = here.books.weapon(weapon).heads.custody
    tampered(here, [Draft(weapon, WeaponDestroyed("DC-1"), heads)])
    told(there, (here, 0, ALL))
    yield here, there, weapon
    here.close()
    there.close()


def state(desk, weapon):
    """What a node makes of it: the weapon's status and what waits for a decision."""
    waits = [(one.number, one.lack) for one in JudgingEntries(desk.books).all()]
    return desk.books.weapon(weapon).status, waits


def test_it_is_kept_and_shown_in_words_and_nothing_follows_from_it(forged):
    _here, there, weapon = forged
    desk = JudgingEntries(there.books)
    (doubt,) = desk.all(weapon)
    assert (doubt.act, doubt.lack, doubt.officer, doubt.signed) == (
        "destroy", "one_officer", FIRST, (FIRST,),
    )  # fmt: skip
    assert there.books.weapon(weapon).status == "in_store"
    (line,) = desk.lines(doubt)
    assert "KB 4471902" in line.about
    assert "DC-1" in line.sentence
    assert [(one.before, one.after) for one in line.changes] == [("In store", "Destroyed")]
    assert there.books.check(deep=True)


@pytest.mark.parametrize(("accepted", "status"), [(True, "destroyed"), (False, "in_store")])
def test_two_officers_decide_and_every_order_of_chains_comes_to_the_same(
    forged, tmp_path, accepted, status
):
    here, there, weapon = forged
    desk = JudgingEntries(there.books)
    (doubt,) = desk.all()
    with pytest.raises(SecondOfficerMissing):
        desk.judge(doubt.hash, "seen", accepted=accepted, by=officer(FIRST))
    second = officer(SECOND)
    with pytest.raises(ReasonMissing):
        desk.judge(doubt.hash, " ", accepted=accepted, by=officer(FIRST), witness=second)
    desk.judge(doubt.hash[:9], "seen", accepted=accepted, by=officer(FIRST), witness=second)
    assert state(there, weapon) == (status, [])
    with pytest.raises(EntryNotInDoubt):
        desk.one(doubt.hash)
    told(here, (there, 0, ALL))
    mine = here.books.weapon(weapon).status
    assert mine == "destroyed"  # it believed itself; only a check with other eyes shows it
    last = there.books.tip().number
    for at, order in enumerate((
        [(here, 0, ALL), (there, 0, ALL)],
        [(there, 0, ALL), (here, 0, ALL)],
        [(here, 0, 2), (there, 0, ALL), (here, 2, ALL)],
        [(there, 0, last - 1), (here, 0, ALL), (there, last - 1, ALL)],
    )):  # fmt: skip
        third = node(tmp_path, f"third-{at}")
        told(third, *order)
        assert state(third, weapon) == (status, []), at
        third.books.check(deep=True)
        third.books.rebuild()
        assert state(third, weapon) == (status, []), at
        third.close()


def test_a_decision_that_itself_lacks_the_right_decides_nothing(forged, tmp_path):
    here, there, weapon = forged
    (doubt,) = JudgingEntries(there.books).all()
    body = EntryJudged(doubt.node, doubt.number, accepted=True, reason="alone")
    tampered(there, [Draft(doubt.hash, body)])
    for at, order in enumerate((
        [(here, 0, ALL), (there, 0, ALL)], [(there, 0, ALL), (here, 0, ALL)],
    )):  # fmt: skip
        third = node(tmp_path, f"third-{at}")
        told(third, *order)
        status, waits = state(third, weapon)
        assert status == "in_store"
        assert sorted(lack for _number, lack in waits) == ["one_officer", "one_officer"]
        third.close()


def test_a_decision_may_wait_for_its_second_officer(forged):
    _here, there, weapon = forged
    desk = JudgingEntries(there.books)
    (doubt,) = desk.all()
    later = Later("the other one is on leave")
    desk.judge(doubt.hash, "seen", accepted=False, by=officer(FIRST), witness=later)
    assert [one.hash for one in desk.all(weapon)] == [doubt.hash]


def test_what_a_revoked_computer_wrote_of_its_clock_waits_as_one_and_each_is_found_by_its_hash(
    forged, monkeypatch
):
    _here, there, weapon = forged
    monkeypatch.setattr("stockpile.domain.clock_entries.MOST_SIDES", 2)
    stolen = stolen_laptop(there.books)
    stolen.compared(3)
    stolen.heard()
    desk = JudgingEntries(there.books)
    assert len(desk.all()) == 4
    found = {one.entries[0].lack: one for one in desk.together()}
    assert sorted(found) == ["one_officer", "revoked"]
    alone, together = found["one_officer"], found["revoked"]
    assert ([one.weapons for one in alone.entries], alone.more) == ([(weapon,)], 0)
    assert ([one.number for one in together.entries], together.more) == ([2, 3], 1)
    last = max(desk.all(), key=lambda one: one.number)
    assert desk.one(last.hash[:9]) == last  # also of one that is not shown yet
    first, second = officer(FIRST), officer(SECOND)
    desk.judge(last.hash, "seen", accepted=False, by=first, witness=second)
    assert {len(one.entries) + one.more for one in desk.together()} == {1, 2}
