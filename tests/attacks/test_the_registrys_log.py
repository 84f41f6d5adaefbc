"""Whoever owns the registry's database and its key rewrites its log, and is found out."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import delete, insert, select

from stockpile.adapters.http.public_log import HttpPublicLogs
from stockpile.adapters.keys.strength import LIGHT
from stockpile.adapters.witness.folder import WitnessFolder
from stockpile.app.witness_room import make_witness
from stockpile.domain import tlog, witnessing
from stockpile.domain.errors import LogNotExtended, RegistryRewritten
from stockpile.registry import cosigning, log, sightings
from stockpile.registry.log_rows import SIGNED_HEAD
from stockpile.registry.rows import keep_head
from stockpile.registry.tables import CM, TREE
from stockpile.services.witnessing import WitnessDesk
from tests.helpers.attacks import sentence
from tests.helpers.log_nodes import Node
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import SettableClock


@dataclass
class Country:
    """A registry that answers, a node that exchanged with it, and a witness that cosigned."""

    registry: object
    url: str
    node: Node
    witness: WitnessDesk
    folder: object

    def rewrite(self, change):
        """Make the log anew from changed entries, signed by nobody else than the registry."""
        with self.registry.books.writing() as connection:
            asked = select(CM.c.hash).order_by(CM.c.leaf_pos)
            entries = change([bytes(one) for one in connection.execute(asked).scalars()])
            head, made = log.append(log.Head(), entries)
            connection.execute(delete(TREE))
            connection.execute(delete(SIGNED_HEAD))
            connection.execute(
                insert(TREE),
                [{"level": one.level, "idx": one.index, "hash": one.hash} for one in made],
            )
            keep_head(connection, head)
        self.registry.clock.at += 5000


@pytest.fixture
def country(tmp_path):
    with ExitStack() as stack:
        registry = open_registry(str(tmp_path / "registry.db"))
        stack.callback(registry.database.close)
        url = stack.enter_context(answering(registry.books))
        node = Node(tmp_path / "node")
        stack.callback(node.site.close)
        node.enrol(registry, url)
        node.write(6)
        node.talk.sync()
        folder = tmp_path / "witness"
        key = make_witness(folder, "Inspectorate", "a passphrase", strength=LIGHT).key
        cosigning.name_witness(registry.books, "Inspectorate", key.public_key)
        registry.clock.at += 5000
        desk = WitnessDesk(key, WitnessFolder(folder), HttpPublicLogs(), SettableClock())
        own = registry.books.key
        desk.follow(tlog.log_key(tlog.origin_of(own.node), own.public_key).text)
        desk.cosign_by_net(url)
        yield Country(registry, url, node, desk, folder)


def one_dropped(entries):
    return [*entries[:3], *entries[4:]]


def two_swapped(entries):
    return [*entries[:3], entries[4], entries[3], *entries[5:]]


def one_slipped_in(entries):
    return [*entries[:3], bytes(32), *entries[3:]]


@pytest.mark.parametrize("change", [one_dropped, two_swapped, one_slipped_in])
def test_a_rewritten_log_is_cosigned_by_no_witness_and_the_proof_is_kept(country, change):
    country.rewrite(change)
    with pytest.raises(LogNotExtended) as refused:
        country.witness.cosign_by_net(country.url)
    assert sentence(refused.value).startswith("ALARM")
    (kept,) = (country.folder / "evidence").iterdir()
    own = country.registry.books.key
    key = tlog.log_key(tlog.origin_of(own.node), own.public_key)
    seen = tlog.read_note((kept / "seen-before.note").read_bytes())
    shown = witnessing.read_offer((kept / "shown.offer").read_bytes())
    for note in (seen, shown.note):
        tlog.demand_signed(note, key)
    assert seen.text != shown.note.text


@pytest.mark.parametrize("change", [two_swapped, one_slipped_in])
def test_a_rewritten_log_is_believed_by_no_node(country, change):
    country.rewrite(change)
    before = country.node.site.books.tip()
    with pytest.raises(RegistryRewritten):
        country.node.talk.sync()
    assert country.node.site.books.tip() == before


def test_a_log_that_was_cut_back_is_cosigned_by_no_witness(country):
    country.rewrite(lambda entries: entries[:-2])
    with pytest.raises(LogNotExtended) as refused:
        country.witness.cosign_by_net(country.url)
    assert refused.value.shown == refused.value.had - 2


@pytest.mark.logs_warnings
def test_what_a_rewritten_log_forgot_comes_back_inside_a_nodes_entries(country):
    """The node's next entries name the head it was shown: the registry's own staff see it too."""
    country.node.write(2)  # names the honest head
    country.rewrite(two_swapped)
    own = country.node.site
    (peer,) = own.books.peers()
    with pytest.raises(RegistryRewritten):
        country.node.talk.sync()
    country.node.talk.enrol(country.url, country.registry.enrolment.make_code("again"), "Kampala")
    country.node.talk.sync()
    with country.registry.books.reading() as connection:
        seen = sightings.all_seen(connection)
    assert [(one.node, one.size) for one in seen] == [(own.keys.node, peer.tree_head[0])]
