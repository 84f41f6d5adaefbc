"""Entries kept beside a chain, one by one (both databases: tests/contracts)."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from stockpile.domain import ledger, wire
from stockpile.domain.ledger import Entry
from stockpile.domain.values import OfficerId
from stockpile.registry import evidence
from stockpile.registry.tables import FORK
from tests.helpers.clones import cloned, send
from tests.helpers.sites import Site, a_weapon


def kept(registry, node, digest):
    with registry.books.reading() as connection:
        return evidence.kept(connection, node, digest)


@pytest.fixture
def fork(registry):
    return cloned(registry)


def test_a_signature_by_a_stranger_or_by_another_key_is_told_as_such(registry, fork):
    clone = fork.beside
    clone.write(a_weapon("third"))
    entry = clone.entries.pop()
    other = Site()
    entry = ledger.countersigned(entry, OfficerId("o-first"), other.keys.sign)
    entry = ledger.countersigned(entry, OfficerId("thief"), other.keys.sign)
    clone.entries.append(entry)
    send(registry, clone, 4)
    found = kept(registry, fork.node, ledger.entry_hash(entry.header))
    assert [(one.officer, one.holds) for one in found.signed] == [
        ("o-first", "wrong"), ("thief", "unknown"),
    ]  # fmt: skip
    assert found.why == "quarantined"
    assert found.stands == ""
    assert found.before_is_kept


def test_what_was_changed_in_the_database_does_not_hold(registry, fork):
    digest = fork.kept_hash(3)
    entry = fork.beside.entries[2]
    facts = tuple(one.replace(b"Type 56", b"Type 57") for one in entry.facts)
    assert facts != entry.facts
    spoilt = Entry(entry.header, entry.signature, facts, entry.officer_signatures)
    with registry.books.writing() as connection:
        connection.execute(
            update(FORK).where(FORK.c.hash == digest).values(entry=wire.pack((spoilt,)))
        )
    assert not kept(registry, fork.node, digest).is_proved


def test_an_entry_of_another_node_is_not_found_under_this_one(registry, fork):
    other = cloned(registry, "Lira", "Lira")
    with pytest.raises(Exception, match="EvidenceUnknown"):
        kept(registry, other.node, fork.kept_hash(3))
