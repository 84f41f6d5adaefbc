"""A registry that was restored to an earlier moment, and computers that were away meanwhile.

On SQLite and on PostgreSQL alike: the database is put back as it was, a depot sends again what was
lost, and the log grows past the head that another depot holds, in another order.
"""

from __future__ import annotations

import shutil

import psycopg
import pytest

from stockpile import wording
from stockpile.domain import codec
from stockpile.domain.errors import LogSplit, RegistryRewritten, RegistryRolledBack
from stockpile.language import plain
from stockpile.registry import sightings
from tests.helpers.log_nodes import Node
from tests.helpers.registries import answering, open_registry


class Country:
    """A registry whose database can be put back, answering at one address all along."""

    def __init__(self, url):
        self.url = url
        self.registry = open_registry(url)
        self.port = 0

    def answering(self):
        return answering(self.registry.books, listen=f"127.0.0.1:{self.port}")

    def backup(self, to):
        """Copy the database while nobody uses it."""
        self.registry.database.close()
        if "://" not in self.url:
            shutil.copy(self.url, to)
            shutil.copy(f"{self.url}.key", f"{to}.key")
        else:
            to = self._copied(self.url, f"{self._name(self.url)}_backup")
        self.registry = open_registry(self.url)
        return str(to)

    def restore(self, backup):
        """Put the database back; the one that was damaged stays aside."""
        clock = self.registry.clock.at
        self.registry.database.close()
        if "://" in backup:
            backup = self._copied(backup, f"{self._name(self.url)}_restored")
        self.registry = open_registry(backup)
        self.registry.clock.at = clock + 60_000

    def close(self):
        self.registry.database.close()

    def _copied(self, url, name):
        made = url.replace(f"/{self._name(url)}?", f"/{name}?")
        with psycopg.connect(url.replace(f"/{self._name(url)}?", "/postgres?"),
                             autocommit=True) as connection:  # fmt: skip
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self._name(url)}")
        return made

    def _name(self, url):
        return url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def country(registry_url):
    made = Country(registry_url)
    yield made
    made.close()


@pytest.fixture
def nodes(tmp_path):
    made = {name: Node(tmp_path / name) for name in ("kampala", "gulu", "arua")}
    yield made
    for one in made.values():
        one.site.close()


def written_by(node):
    return {
        fact.subject
        for entry in node.site.books.entries(node.site.keys.node, 0, 1000)
        for fact in map(codec.decode, entry.facts)
    }


@pytest.fixture
def put_back(country, nodes, tmp_path):
    """Three depots that exchanged before and after a backup; then the registry is put back to it.

    Kampala has been heard again since, and has written more: the log is longer than it ever was.
    Gulu and Arua hold the head of before; Arua was away, and at work.
    """
    with country.answering() as url:
        country.port = int(url.rpartition(":")[2])
        for one in nodes.values():
            one.enrol(country.registry, url)
            one.write(2)
            assert one.talk.sync().trouble is None
    backup = country.backup(tmp_path / "backup.db")
    with country.answering():
        for one in nodes.values():
            one.write(3)
            assert one.talk.sync().trouble is None
    had = country.registry.books.head().size
    nodes["arua"].write(2)
    country.restore(backup)
    with country.answering() as url:
        told = nodes["kampala"].talk.sync()
        assert isinstance(told.rolled_back, RegistryRolledBack)
        assert told.sent == 3
        nodes["kampala"].write(8)
        assert nodes["kampala"].talk.sync().sent == 8
        assert country.registry.books.head().size > had
        yield url


def test_who_was_away_is_told_what_happened_and_what_to_do_and_nothing_moves(
    country, nodes, put_back
):
    arua = nodes["arua"]
    tip, peers = arua.site.books.tip(), arua.site.books.peers()
    for _ in range(2):
        with pytest.raises(RegistryRewritten) as refused:
            arua.talk.sync()
    said = plain(wording.error_sentence(refused.value))
    for words in ("put back to an earlier day", "nothing is lost here", "enrol again"):
        assert words in said
    assert (arua.site.books.tip(), arua.site.books.peers()) == (tip, peers)
    assert country.registry.books.tip(arua.site.keys.node).number < tip.number
    arua.write(1)  # and work goes on


@pytest.mark.logs_warnings
def test_enrolled_again_it_sends_all_that_it_wrote_and_takes_in_the_rest(country, nodes, put_back):
    for name in ("gulu", "arua"):
        one = nodes[name]
        with pytest.raises(RegistryRewritten):
            one.talk.sync()
        one.enrol(country.registry, put_back)
        told = one.talk.sync()
        assert (told.sent, told.trouble) == ({"gulu": 3, "arua": 5}[name], None)
        again = one.talk.sync()
        assert (again.sent, again.taken, again.rolled_back, again.trouble) == (0, 0, None, None)
        own, held = one.site.keys.node, country.registry.books.tip
        assert held(own).hash == one.site.books.tip().hash
    for one in nodes.values():
        one.talk.sync()
    every = set().union(*map(written_by, nodes.values()))
    for one in nodes.values():
        assert all(one.site.books.history(subject) for subject in every)
        assert not one.site.books.conflicts()
        one.site.books.check(deep=True)
    assert all(country.registry.books.history(subject) for subject in every)


@pytest.mark.logs_warnings
def test_others_are_told_until_its_next_entry_that_somebody_was_shown_the_history_of_before(
    country, nodes, put_back
):
    """Its entries name the head that it held: no program may decide that this is harmless."""
    arua, kampala = nodes["arua"], nodes["kampala"]
    arua.enrol(country.registry, put_back)
    arua.talk.sync()
    told = kampala.talk.sync().trouble
    assert isinstance(told, LogSplit)
    assert told.node == arua.site.keys.node
    arua.write(1)  # its next entry names a head of the history that is shown now
    arua.talk.sync()
    assert kampala.talk.sync().trouble is None
    assert len(kampala.standing().doubts) == 1
    with country.registry.books.reading() as connection:
        assert [one.node for one in sightings.all_seen(connection)] == [arua.site.keys.node]
