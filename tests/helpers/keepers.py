"""Every keeper of books, for the contract that all of them hold.

A new keeper joins by adding its way to make a node to ``MAKERS``.
"""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Draft, WeaponRelocated
from tests.helpers.books import desk

MAKERS = {"sqlite": desk}


@pytest.fixture(params=sorted(MAKERS))
def nodes(request, tmp_path):
    """Make named nodes, each with books of its own."""
    made = []

    def node(name="depot"):
        maker = MAKERS[request.param](tmp_path / name, name)
        made.append(maker)
        return maker.__enter__()

    yield node
    for maker in made:
        maker.__exit__(None, None, None)


@pytest.fixture
def depot(nodes):
    """One node."""
    return nodes()


def filled(node, count=6):
    """Put weapons on record and move each once; return the entries that tell so."""
    rack = node.found()
    for n in range(count):
        weapon = node.register_weapon(f"W{n}", place=rack)
        node.books.record(
            [Draft(weapon.id, WeaponRelocated(rack, "shelf"), weapon.heads.custody)], by=None
        )
    return node.books.entries(node.node, 0, 10_000)
