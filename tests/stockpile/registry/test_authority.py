"""Cuts in the registry's own words; what becomes of the register is told in the contract."""

from __future__ import annotations

from stockpile.domain.facts import NodeRevoked
from stockpile.registry import authority
from stockpile.registry.statements import Statements
from tests.helpers.officials import enrolment_key, officials, roots_of, signed
from tests.helpers.sites import Site, a_weapon

ONE, TWO, THREE = KEEPERS = officials()


def standing(registry):
    with registry.books.reading() as connection:
        return authority.standing(connection, registry.books.key.node)


def test_it_is_read_from_the_registrys_own_chain_alone(registry, site):
    assert standing(registry).roots is None
    said = NodeRevoked(site.node, 1, site.tip.hash, "mine")
    site.write(a_weapon("w1"))
    Statements(registry.books).publish(signed(roots_of(KEEPERS), ONE, TWO))
    Statements(registry.books).publish(signed(enrolment_key(THREE), ONE, TWO))
    Statements(registry.books).publish(signed(said, ONE, THREE))
    now = standing(registry)
    assert (now.roots.version, now.keys("enrolment")) == (1, {THREE.hex})
    assert now.cuts[site.node].reason == "mine"
    with registry.books.reading() as connection:
        assert authority.own_node(connection) == registry.books.key.node


def test_nobody_is_cut_off_by_a_word_about_a_node_that_is_not_known(registry):
    stranger = Site()
    with registry.books.writing() as connection:
        own = registry.books.locked(connection, registry.books.key.node)
        authority.follow(connection, own, ())
        authority.cut_all(connection)
    assert not standing(registry).cuts
    assert stranger.node not in {one.node for one in registry.books.nodes()}
