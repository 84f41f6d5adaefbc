"""What a node writes: addresses, salts, signatures."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.outgoing import encoded, sealed
from stockpile.domain import ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.facts import Draft, PersonRecorded
from stockpile.domain.ledger import Tip, TreeHead
from tests.helpers.books import registration


@pytest.fixture
def facts(depot):
    drafts = [
        registration(depot.id()),
        Draft(depot.id(), PersonRecorded("J. Doe")),
        Draft(depot.id(), PersonRecorded("J. Doe")),
    ]
    return encoded(drafts, Stamp(depot.node, 7, 30, 5, 60, "o1", ("o2",)), depot.chance)


def test_each_fact_is_at_the_next_address(facts):
    assert [(one.fact.seq, one.fact.lamport) for one in facts] == [(7, 30), (8, 31), (9, 32)]
    assert {one.fact.witnesses for one in facts} == {("o2",)}


def test_two_equal_persons_have_two_salts(facts):
    assert facts[0].detached is None
    assert facts[1].detached != facts[2].detached


def test_an_entry_is_signed_by_the_node_and_each_officer(depot, facts):
    public = depot.keys.add_officer("o1", "2580")
    signer = depot.keys.open_officer("o1", "2580")
    previous = Tip(3, 6, "ab" * 32)
    entry, tip = sealed(
        facts, previous, TreeHead(4, "cd" * 32, "r" * 16), depot.keys.sign, [signer]
    )
    assert ledger.check(entry, previous, depot.keys.public_key) == tip
    ledger.check_officers(entry, {"o1": public}.get)
    header = ledger.read_header(entry.header)
    assert (header.sth, header.lo) == ((4, "cd" * 32), "r" * 16)
