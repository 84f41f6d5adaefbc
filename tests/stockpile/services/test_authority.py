"""What a node heard of the authority; that statements come by a registry is told in stories."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Draft, NodeCertified
from stockpile.services.authority import Authorities, is_key_of
from stockpile.services.ports import Peer
from tests.helpers.officials import enrolment_key, officials, roots_of, signed
from tests.helpers.sites import AT, Site, SiteKeys, a_weapon, open_site

ONE, TWO, THREE = KEEPERS = officials()
(CLERK,) = officials("Ssebo")


@pytest.fixture
def heard(tmp_path):
    """A node that heard of the roots and of an enrolment key from its registry."""
    node, registry = open_site(tmp_path / "node"), Site()
    registry.found()
    for one in (signed(roots_of(KEEPERS), ONE, TWO), signed(enrolment_key(CLERK), ONE, THREE)):
        registry.write(Draft("authority", one))
    books = node.books
    books.trust(registry.node, registry.keys.public_key)
    books.keep_peer(Peer("https://x", registry.node, registry.keys.public_key, heard_at=AT))
    books.receive(registry.entries)
    yield Authorities(books)
    node.close()


def certified(node, *by):
    return signed(NodeCertified(node.node, node.public_key.hex(), "Gulu"), *by)


def test_it_is_what_the_registries_of_this_node_say(heard):
    assert heard.now().roots.version == 1
    assert heard.now().keys("enrolment") == {CLERK.hex}


def test_a_certificate_in_what_came_proves_itself(heard):
    new, other = SiteKeys(), SiteKeys()
    sender = Site(new)
    sender.found()
    good, bad, plain = certified(new, CLERK), certified(other, ONE), certified(other)
    for one in (good, bad, plain):
        sender.write(Draft(one.node, one))
    sender.write(a_weapon("node.certified"))
    assert heard.vouched_in(sender.entries) == (good,)
    assert heard.vouched_in(sender.entries[:1]) == ()


def test_a_certificate_names_the_key_that_its_node_is_the_digest_of():
    keys, other = SiteKeys(), SiteKeys()
    assert is_key_of(certified(keys))
    assert not is_key_of(NodeCertified(keys.node, other.public_key.hex(), "Gulu"))
    assert not is_key_of(NodeCertified(keys.node, "none", "Gulu"))
