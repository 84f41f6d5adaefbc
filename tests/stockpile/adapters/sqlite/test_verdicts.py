"""Verdicts in a node's books: kept, looked up, derived again, and never left half written."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite import verdicts
from stockpile.domain import excerpts
from stockpile.domain.errors import ChainForked, RegisterDiffers
from stockpile.domain.facts import (
    ClockObserved,
    Draft,
    EntryJudged,
    OfficerAppointed,
    Unheeded,
    WeaponLost,
)
from stockpile.domain.ledger import OfficerSignature, entry_hash
from tests.helpers import officers
from tests.helpers.sites import Site, a_weapon
from tests.helpers.stolen_laptops import stolen_laptop


@pytest.fixture
def site(depot):
    """Another node, believed here, with two officers in office and two weapons."""
    made = Site()
    made.found_with_officers()
    made.write(a_weapon("w1"), a_weapon("w2"))
    depot.books.trust(made.node, made.keys.public_key)
    return made


def lost(site, weapon="w1"):
    heads = [one.hash for one in site.facts if one.subject == weapon][-1:]
    return Draft(weapon, WeaponLost("stolen"), tuple(heads))


def verdict(entry, *, accepted=True):
    return Draft(entry_hash(entry.header), EntryJudged("n", 1, accepted, "looked into"))


def status(depot, weapon="w1"):
    return depot.books.weapon(weapon).status


def short(depot):
    return verdicts.all_unheeded(depot.open().store.connection)


def proved(depot):
    """What stands is what the ledger makes, before and after a rebuild."""
    before = short(depot), set(depot.books.conflicts())
    depot.books.check(deep=True)
    depot.books.rebuild()
    assert (short(depot), set(depot.books.conflicts())) == before
    depot.books.check(deep=True)


def test_an_entry_without_right_is_kept_and_not_folded(depot, site):
    site.by_one(lost(site))
    depot.books.receive(site.entries)
    assert status(depot) == "in_store"
    (one,) = short(depot)
    assert (one.number, one.shortfall.act, one.shortfall.lack) == (3, "report_loss", "one_officer")
    (raised,) = depot.books.conflicts()
    assert (raised.kind, raised.weapons) == ("authority", ("w1",))
    assert [one.body.why for one in depot.books.history("w1") if isinstance(one.body, Unheeded)]
    assert depot.books.receive(site.entries).entries == ()
    proved(depot)


@pytest.mark.parametrize("first", [True, False])
def test_accepted_before_or_after_it_came_it_is_folded(depot, other, site, first):
    entry = site.by_one(lost(site))
    judge = Site()
    judge.found_with_officers()
    judge.by_two(verdict(entry))
    depot.books.trust(judge.node, judge.keys.public_key)
    for one in (judge, site) if first else (site, judge):
        depot.books.receive(one.entries)
    assert status(depot) == "lost"
    assert depot.books.conflicts() == ()
    proved(depot)


def test_rejected_it_stays_evidence(depot, site):
    entry = site.by_one(lost(site))
    site.by_two(verdict(entry, accepted=False))
    depot.books.receive(site.entries)
    assert (status(depot), depot.books.conflicts()) == ("in_store", ())
    assert [one.judged for one in short(depot)] == ["rejected"]
    proved(depot)


def test_a_decision_that_lacks_right_itself_decides_once_it_is_accepted(depot, site):
    entry = site.by_one(lost(site))
    lonely = site.by_one(verdict(entry))
    depot.books.receive(site.entries)
    assert status(depot) == "in_store"
    assert len(depot.books.conflicts()) == 2
    proved(depot)
    depot.books.receive([site.by_two(verdict(lonely))])
    assert (status(depot), depot.books.conflicts()) == ("lost", ())
    proved(depot)


def test_verdicts_go_with_a_transaction_that_came_to_nothing(depot, site, monkeypatch):
    site.by_one(lost(site))

    def fail(*_said):
        raise InterruptedError

    with monkeypatch.context() as cut:
        cut.setattr(depot.books, "_fold_in", fail)
        with pytest.raises(InterruptedError):
            depot.books.receive(site.entries)
    assert short(depot) == []
    assert depot.books.conflicts() == ()
    depot.books.receive(site.entries)
    assert len(short(depot)) == 1
    proved(depot)


def test_portions_judge_on_where_the_last_one_ended(depot, site, monkeypatch):
    monkeypatch.setattr("stockpile.adapters.sqlite.books.FACTS_A_TRANSACTION", 2)
    site.by_two(Draft("o-third", OfficerAppointed("T", ("clerk",), "ab" * 32)))
    site.by_one(lost(site))
    site.by_two(lost(site, "w2"))
    depot.books.receive(site.entries)
    assert [one.number for one in short(depot)] == [4]
    assert (status(depot), status(depot, "w2")) == ("in_store", "lost")
    proved(depot)


def test_what_came_before_a_bad_entry_keeps_its_verdict(depot, site):
    clone = site.copy()
    site.by_one(lost(site))
    clone.write(a_weapon("w9"))
    depot.books.receive(site.entries)
    with pytest.raises(ChainForked):
        depot.books.receive(clone.entries)
    assert len(short(depot)) == 1
    proved(depot)


def test_a_verdict_that_somebody_took_away_is_found(depot, site):
    site.by_one(lost(site))
    depot.books.receive(site.entries)
    depot.open().store.connection.execute("UPDATE unheeded SET judged = 'accepted'")
    depot.books.refresh()
    with pytest.raises(RegisterDiffers):
        depot.books.check(deep=True)


def test_signatures_by_no_key_of_that_chain_are_not_kept_and_no_check_fails(depot, site):
    """They stand outside the hash: whoever passes an entry on could put them there."""
    entry = site.by_two(lost(site))
    forged = OfficerSignature(officers.FIRST, bytes(64))
    nobody = OfficerSignature("o-nobody", bytes(64))
    kept = entry.officer_signatures
    site.entries[-1] = type(entry)(
        entry.header, entry.signature, entry.facts, (forged, *kept, nobody)
    )
    depot.books.receive(site.entries)
    assert depot.books.entries(site.node, 2, 1)[0].officer_signatures == kept
    assert status(depot) == "lost"
    proved(depot)


def test_an_officer_of_another_chain_has_no_key_in_this_one(depot, site):
    """The same key, appointed elsewhere: here nobody named it."""
    stranger = Site()
    stranger.found()
    stranger.write(a_weapon("w3"), signed=(officers.FIRST,))
    depot.books.trust(stranger.node, stranger.keys.public_key)
    depot.books.receive([*site.entries, *stranger.entries])
    assert depot.books.entries(stranger.node, 1, 1)[0].officer_signatures == ()
    keys = verdicts.officer_keys(depot.open().store.connection, site.node)
    assert set(keys) == {officers.FIRST, officers.SECOND}
    proved(depot)


def test_entries_of_a_revoked_node_that_say_nothing_beside_its_clock_are_told(depot):
    stolen = stolen_laptop(depot.books)
    clock = Draft(stolen.laptop.node, ClockObserved(0, "registry"))
    stolen.compared(2)
    stolen.laptop.write(clock, clock)
    stolen.laptop.write(clock, a_weapon("w1"))
    stolen.laptop.write(a_weapon("w2"))
    alone = {entry_hash(one.header) for one in stolen.laptop.entries[1:4]}
    stolen.heard()
    assert depot.books.clock_entries() == dict.fromkeys(alone, stolen.laptop.node)
    decided = stolen.laptop.entries[1]
    officers.by_two(depot.books, [verdict(decided, accepted=False)])
    left = alone - {entry_hash(decided.header)}
    assert depot.books.clock_entries() == dict.fromkeys(left, stolen.laptop.node)


@pytest.mark.parametrize("held", [[0], [0, 1]])
def test_what_is_held_in_part_may_say_more_than_of_a_clock(depot, held):
    stolen = stolen_laptop(depot.books)
    clock = Draft(stolen.laptop.node, ClockObserved(0, "registry"))
    entry = stolen.laptop.write(clock, clock)
    depot.books.receive(stolen.registry.entries)
    depot.books.receive_excerpts([excerpts.excerpt_of(entry, held)])
    assert len(short(depot)) == 1
    assert len(depot.books.clock_entries()) == (len(held) == 2)


def test_an_entry_that_lacks_another_right_is_none_of_them(depot, site):
    site.write(Draft(site.node, ClockObserved(0, "registry")))
    site.by_one(lost(site))
    depot.books.receive(site.entries)
    assert len(short(depot)) == 1
    assert depot.books.clock_entries() == {}
