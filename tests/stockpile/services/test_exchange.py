"""How the talk with a registry begins, and who may have it; its contract tells whole sessions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    OfficerNotAuthorised,
    RegistryRewritten,
)
from stockpile.services.turns import Synced, Turn
from tests.helpers.odd_lines import enrolled_site, talk
from tests.helpers.talks import COMMANDER


@pytest.fixture
def pair(tmp_path):
    with enrolled_site(tmp_path) as made:
        yield made


@pytest.fixture
def site(pair):
    return pair.site


@pytest.fixture
def registry(pair):
    return pair.registry


@pytest.fixture
def served(pair):
    return pair.url


def test_a_desk_may_take_the_turns_apart(site):
    session = talk(site).session()
    turn = session.first()
    count = 0
    while isinstance(turn, Turn):
        heard = turn.say()  # on the network lane
        turn = heard()  # on the books lane
        count += 1
    session.close()
    assert isinstance(turn, Synced)
    assert count >= 4


def test_a_registrar_who_gives_a_new_code_is_believed_again(registry, served, site):
    talk(site).sync()
    (peer,) = site.books.peers()
    site.books.keep_peer(replace(peer, tree_head=(peer.tree_head[0], "ab" * 32)))
    with pytest.raises(RegistryRewritten):
        talk(site).sync()
    talk(site).enrol(served, registry.enrolment.make_code("Kampala"), "Kampala")
    assert talk(site).sync().receipt is not None


def test_who_may_not_talk_with_a_registry_is_refused_before_a_word_is_said(site):
    def as_one(role):
        return replace(COMMANDER, officer=replace(COMMANDER.officer, roles=role))

    auditor, nobody = as_one(("auditor",)), as_one(())
    exchanging = talk(site).exchanging
    with pytest.raises(OfficerNotAuthorised):
        exchanging.enrol("http://127.0.0.1:9", "code", "Kampala", by=auditor)
    for call in (exchanging.sync, exchanging.session):
        with pytest.raises(OfficerNotAuthorised):
            call(by=nobody)
    assert exchanging.sync(by=auditor).receipt is not None
