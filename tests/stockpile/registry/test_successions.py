"""Who may close a node; the whole way is told in the contract of both databases."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Draft, NodeSucceeded
from stockpile.registry.intake import checked
from tests.helpers import officers
from tests.helpers.sites import Site


@pytest.fixture
def follow(registry, site):
    """Takes in a chain whose beginning names a node, under these signatures."""
    registry.books.take(site.node, tuple(checked(site.entries, site.node, site.keys.public_key)))

    def follow(node, signed, *, at_the_beginning=True):
        made = Site()
        registry.enrol(made)
        if not at_the_beginning:
            made.found_with_officers()
        made.write(Draft(made.node, NodeSucceeded(node, 1, "ab" * 32)), signed=signed)
        batch = tuple(checked(made.entries, made.node, made.keys.public_key))
        registry.books.take(made.node, batch)
        return registry.books.tip(site.node).status

    return follow


BOTH = (officers.FIRST, officers.SECOND)


def test_only_the_beginning_of_a_chain_closes_another(follow, site):
    assert follow(site.node, BOTH, at_the_beginning=False) == "enrolled"
    assert follow("b" * 16, BOTH) == "enrolled"
    assert follow(site.node, BOTH) == "succeeded"


def test_one_officer_signing_twice_is_one(follow, site):
    assert follow(site.node, (officers.FIRST, officers.FIRST)) == "enrolled"


def test_a_node_that_is_revoked_stays_so(registry, follow, site):
    registry.enrolment.revoke(site.node, "stolen")
    assert follow(site.node, BOTH) == "revoked"
