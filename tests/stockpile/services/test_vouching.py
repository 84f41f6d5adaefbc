"""Whom a node believes of what comes by hand."""

from __future__ import annotations

import hashlib

import pytest
from nacl.signing import SigningKey

from stockpile.domain import authority, ledger
from stockpile.domain.facts import (
    Draft,
    KeyNamed,
    NodeCertified,
    NodeRevoked,
    RootKey,
    RootsSet,
)
from stockpile.services.ports import Peer
from stockpile.services.vouching import Vouching, sound
from tests.helpers.books import desk
from tests.helpers.sites import Site, SiteKeys

OFFICIALS = [SigningKey(hashlib.sha256(name).digest()) for name in (b"one", b"two", b"three")]
ENROLMENT = SigningKey(hashlib.sha256(b"an enrolment officer").digest())


@pytest.fixture
def depot(tmp_path):
    with desk(tmp_path / "home") as one:
        one.found()
        yield one


@pytest.fixture
def registry(depot):
    made = Site()
    made.found()
    depot.books.trust(made.node, made.keys.public_key)
    depot.books.keep_peer(Peer("https://registry", made.node, made.keys.public_key))
    return made


def vouching(depot):
    return Vouching(depot.books, depot.keys)


def certificate(keys, public_key=b""):
    return NodeCertified(keys.node, (public_key or keys.public_key).hex(), "Lira")


def by(statement, *keys):
    for key in keys:
        statement = authority.attested(
            statement, bytes(key.verify_key), lambda message, key=key: key.sign(message).signature
        )
    return statement


def said(statement):
    return Draft(authority.subject_of(statement), statement)


def with_authority(registry):
    roots = tuple(RootKey(f"Official {at}", bytes(key.verify_key).hex())
                  for at, key in enumerate(OFFICIALS))  # fmt: skip
    named = KeyNamed("enrolment", "An officer", bytes(ENROLMENT.verify_key).hex())
    for one in (RootsSet(1, 2, roots), named):
        registry.write(said(by(one, *OFFICIALS[:2])))


def test_a_registry_of_ours_and_an_officer_here_are_believed_and_nobody_else(depot, registry):
    lira, kitgum, nobody = SiteKeys(), SiteKeys(), SiteKeys()
    registry.write(said(certificate(lira)))
    depot.books.receive(registry.entries)
    depot.books.record([said(certificate(kitgum))], by=None)
    stranger = Site()
    stranger.found()
    stranger.write(said(certificate(nobody)))
    depot.books.trust(stranger.node, stranger.keys.public_key)
    depot.books.receive(stranger.entries)
    assert {one.node for one in vouching(depot).certified()} == {lira.node, kitgum.node}
    assert vouching(depot).hearsay(nobody.node).node == nobody.node
    assert vouching(depot).hearsay(SiteKeys().node) is None


def test_what_a_registry_says_in_the_file_itself_counts_under_its_signature(depot, registry):
    lira = SiteKeys()
    entry = registry.write(said(certificate(lira)))
    assert [one.node for one in vouching(depot).certified_in([entry])] == [lira.node]
    other = Site()
    other.found()
    forged = other.write(said(certificate(lira)))
    assert vouching(depot).certified_in([forged]) == ()


def test_the_key_of_an_enrolment_officer_vouches_whoever_passes_it_on(depot, registry):
    lira = SiteKeys()
    with_authority(registry)
    depot.books.receive(registry.entries)
    passing_on = Site()
    passing_on.found()
    passing_on.write(said(by(certificate(lira), ENROLMENT)))
    depot.books.trust(passing_on.node, passing_on.keys.public_key)
    depot.books.receive(passing_on.entries)
    assert [one.node for one in vouching(depot).certified()] == [lira.node]


def test_a_revocation_is_heard_of_in_the_file_itself(depot, registry):
    with_authority(registry)
    stolen = SiteKeys()
    registry.write(said(by(NodeRevoked(stolen.node, 3, ledger.GENESIS, "stolen"), *OFFICIALS[1:])))
    assert vouching(depot).authority().cuts == {}
    assert vouching(depot).authority(registry.entries).cuts[stolen.node].number == 3
    depot.books.receive(registry.entries)
    assert stolen.node in vouching(depot).authority().cuts


def test_a_certificate_of_a_key_that_is_not_the_nodes_is_none():
    lira = SiteKeys()
    wrong = [certificate(lira, bytes(32)), NodeCertified(lira.node, "not hex", "Lira"), "none"]
    assert list(sound([*wrong, certificate(lira)])) == [certificate(lira)]
