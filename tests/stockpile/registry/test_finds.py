"""The route by which a node asks for what it found: signed, about itself alone, of this shape."""

from __future__ import annotations

from contextlib import closing

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain.errors import NodeUnknown, RegistryRefused
from stockpile.domain.finds import FindsAsked, FindsHeard
from tests.helpers.finders import enrolled, lose, proofs, send
from tests.helpers.registries import answering
from tests.helpers.sites import CountingChance


@pytest.fixture
def lira(registry):
    made = enrolled(registry, "Lira")
    lose(made, "l0", "KB 1")
    send(registry, made)
    return made


@pytest.fixture
def link(registry, lira):
    with answering(registry.books) as url:
        links = HttpRegistryLinks(lira.keys, registry.clock, CountingChance(), 10.0)
        with closing(links.open(url, registry.books.key.public_key)) as opened:
            yield opened


def test_it_is_answered_to_who_asks_for_itself(registry, lira, link):
    asked = proofs(registry, "s:KB1", "s:KB2")
    assert link.ask_finds(lira.node, asked) == FindsHeard(asked.proofs, 1)
    assert link.ask_finds(lira.node, FindsAsked(())) == FindsHeard((), 0)


def test_nobody_asks_for_another_and_nothing_but_proofs(registry, lira, link):
    with pytest.raises(NodeUnknown):
        link.ask_finds(registry.listener(), FindsAsked(()))
    with pytest.raises(RegistryRefused):
        link.ask_finds(lira.node, FindsAsked((b"s:KB1",)))
