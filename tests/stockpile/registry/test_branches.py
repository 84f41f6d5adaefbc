"""Both histories of a cloned computer are told, that in its chain and each that is kept beside."""

from __future__ import annotations

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import ChainForked, NodeQuarantined
from stockpile.domain.values import NodeId
from stockpile.registry import branches
from stockpile.registry.intake import checked
from tests.helpers.sites import Site, a_weapon


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrolment.enrol(made.keys.request(registry.enrolment.make_code("Kampala")))
    made.found()
    send(registry, made)
    return made


def send(registry, site, after=0):
    batch = tuple(checked(site.entries[after:], site.node, site.keys.public_key))
    registry.books.take(site.node, batch)


def told(registry, node):
    with registry.books.reading() as connection:
        return branches.branches(connection, node)


def forked(registry):
    with registry.books.reading() as connection:
        return branches.forked(connection)


def test_one_history_is_no_branch(registry, site):
    assert told(registry, site.node) == ()
    assert told(registry, NodeId("nobody")) == ()
    assert forked(registry) == ()


def test_a_clone_that_wrote_on_is_told_beside_what_stands(registry, site):
    clone = site.copy()
    site.fill(2)
    send(registry, site)
    clone.write(a_weapon("clone-only"))
    with pytest.raises(ChainForked):
        send(registry, clone)
    clone.write(a_weapon("clone-too"))
    with pytest.raises(NodeQuarantined):
        send(registry, clone, 2)  # kept under another reason, and of the same branch
    stands, beside = told(registry, site.node)
    assert (stands.stands, stands.first, beside.stands, beside.first) == (True, 2, False, 2)
    assert [one.number for one in stands.entries] == [2, 3]
    assert [one.number for one in beside.entries] == [2, 3]
    assert beside.entries[-1].hash == clone.tip.hash
    written = [fact.subject for one in beside.entries for fact in one.facts]
    assert written == ["clone-only", "clone-too"]
    assert forked(registry) == ((site.node, "Kampala"),)
    registry.enrolment.readmit(site.node, "the clone was wiped")
    assert forked(registry) == ()
    assert len(told(registry, site.node)) == 2  # decided, and still on record


def test_the_last_entry_that_both_share_is_named(registry, site):
    clone = site.copy()
    site.fill(1)
    clone.write(a_weapon("clone-only"))
    send(registry, site)
    with pytest.raises(ChainForked):
        send(registry, clone)
    with registry.books.reading() as connection:
        found = branches.branches(connection, site.node)
        tip = branches.shared(connection, found, site.node)
        assert branches.shared(connection, (), site.node) is None
    assert (tip.number, tip.hash) == (1, ledger.entry_hash(site.entries[0].header))


def test_two_copies_that_both_went_on_after_a_revocation_are_two_branches(registry, site):
    copy = site.copy()
    registry.enrolment.revoke(site.node, "stolen")
    site.fill(2)
    copy.fill(1, weapons=2)
    for one in (site, copy):
        with pytest.raises(NodeQuarantined):
            send(registry, one, 1)
    found = told(registry, site.node)
    assert [one.stands for one in found] == [False, False]
    assert {len(one.entries) for one in found} == {1, 2}
    assert forked(registry) == ()  # it was shut out by people already
