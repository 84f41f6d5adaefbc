from __future__ import annotations

import dataclasses

import pytest

from stockpile.domain.errors import (
    AttestationMissing,
    CertifierUnknown,
    LastGoodUnknown,
    NodeQuarantined,
    NodeTrusted,
    NodeUnknown,
    SignatureWrong,
    StatementInvalid,
)
from stockpile.domain.facts import NodeCertified, NodeReadmitted, NodeRevoked
from stockpile.domain.values import Digest
from stockpile.registry.intake import checked
from stockpile.registry.statements import Statements
from tests.helpers.officials import enrolment_key, officials, roots_of, signed
from tests.helpers.sites import Site

ONE, TWO, THREE = KEEPERS = officials()
(CLERK,) = officials("Ssebo")


@pytest.fixture
def desk(registry):
    return Statements(registry.books)


@pytest.fixture
def with_roots(desk):
    desk.publish(signed(roots_of(KEEPERS), ONE, TWO))
    return desk


def certified(site, *by):
    said = NodeCertified(site.node, site.keys.public_key.hex(), "Gulu", "GUL", ("GUL",))
    return signed(said, *by)


def size(registry):
    return registry.books.head().size


def test_what_is_published_twice_is_written_once(registry, desk):
    roots = signed(roots_of(KEEPERS), ONE, TWO)
    assert len(desk.publish(roots)) == 1
    before = size(registry)
    assert desk.publish(roots) == ()
    assert desk.publish(signed(roots, THREE)) == ()
    assert size(registry) == before
    assert desk.authority().roots == roots


def test_a_lone_official_is_told_how_many_are_missing(with_roots, registry, site):
    before = size(registry)
    for statement, needs in (
        (signed(roots_of(KEEPERS, 2), ONE), 2),
        (signed(enrolment_key(CLERK), TWO), 2),
        (signed(NodeRevoked(site.node, 0, Digest("0" * 64), "stolen"), THREE), 2),
    ):
        with pytest.raises(AttestationMissing) as refused:
            with_roots.publish(statement)
        assert (refused.value.have, refused.value.needs) == (1, needs)
    assert size(registry) == before


def test_what_would_change_nothing_is_refused_with_its_reason(desk, registry):
    with pytest.raises(StatementInvalid) as refused:
        desk.publish(signed(enrolment_key(CLERK), ONE, TWO))
    assert refused.value.fault == "no_roots"
    own = NodeRevoked(registry.books.key.node, 1, Digest("0" * 64), "mine")
    with pytest.raises(StatementInvalid) as refused:
        desk.publish(own)
    assert refused.value.fault == "registry"


def test_an_enrolment_officers_certificate_lets_a_node_in_once(with_roots, registry):
    node = Site()
    with_roots.publish(signed(enrolment_key(CLERK), ONE, THREE))
    with_roots.publish(certified(node, CLERK))
    known = registry.books.node(node.node)
    assert (known.name, known.site, known.status) == ("Gulu", "GUL", "enrolled")
    before = size(registry)
    assert with_roots.publish(certified(node, CLERK)) == ()
    assert size(registry) == before
    node.found()
    registry.books.take(node.node, tuple(checked(node.entries, node.node, node.keys.public_key)))
    assert registry.books.node(node.node).tip.number == 1


def test_a_certificate_by_anybody_else_lets_nobody_in(with_roots, registry):
    node = Site()
    for one in (certified(node), certified(node, CLERK), certified(node, ONE, TWO, THREE)):
        with pytest.raises(CertifierUnknown):
            with_roots.publish(one)
    with_roots.publish(signed(enrolment_key(CLERK), ONE, THREE))
    other = dataclasses.replace(certified(node), node=Site().node)
    with pytest.raises(SignatureWrong):
        with_roots.publish(signed(other, CLERK))
    assert node.node not in {one.node for one in registry.books.nodes()}


def test_a_revoked_node_is_not_let_in_again_by_its_old_certificate(with_roots, registry):
    node = Site()
    with_roots.publish(signed(enrolment_key(CLERK), ONE, THREE))
    with_roots.publish(certified(node, CLERK))
    gone = NodeRevoked(node.node, 0, Digest("0" * 64), "stolen before it came")
    with_roots.publish(signed(gone, ONE, TWO))
    with pytest.raises(NodeQuarantined):
        with_roots.publish(certified(node, CLERK))


def test_the_last_good_entry_is_the_one_that_stands_here(desk, registry, site):
    registry.books.take(site.node, tuple(checked(site.entries, site.node, site.keys.public_key)))
    with pytest.raises(LastGoodUnknown):
        desk.publish(NodeRevoked(site.node, 1, Digest("ab" * 32), "stolen"))
    with pytest.raises(NodeUnknown):
        desk.publish(NodeRevoked(Site().node, 1, Digest("ab" * 32), "stolen"))
    desk.publish(NodeRevoked(site.node, 9, Digest("ab" * 32), "stolen"))  # others hold more
    assert registry.books.node(site.node).status == "revoked"


def test_only_who_is_not_trusted_is_readmitted(registry, site):
    with pytest.raises(NodeTrusted):
        registry.enrolment.readmit(site.node, "why not")
    with pytest.raises(NodeUnknown):
        registry.enrolment.readmit(Site().node, "why not")


def test_an_old_readmission_brings_nobody_back_a_second_time(with_roots, registry, site):
    def gone(reason):
        return signed(NodeRevoked(site.node, 0, Digest("0" * 64), reason), ONE, TWO)

    back = signed(NodeReadmitted(site.node, "found"), TWO, THREE)
    for statement in (gone("stolen"), back, gone("stolen again")):
        with_roots.publish(statement)
    assert with_roots.publish(back) == ()
    assert registry.books.node(site.node).status == "revoked"
