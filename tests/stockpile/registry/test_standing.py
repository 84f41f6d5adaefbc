from __future__ import annotations

import shutil
from types import SimpleNamespace

from sqlalchemy import update

from stockpile.domain import wire
from stockpile.registry import intake, standing
from stockpile.registry.tables import NODE
from tests.helpers.sites import Site, a_move, a_weapon


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def test_what_is_held_is_counted(registry, site):
    site.write(a_weapon("w1"))
    registered = site.facts[-1].hash
    site.write(a_move("w1", "north", registered))
    site.write(a_move("w1", "south", registered))
    send(registry, site)
    held = standing.standing(registry.database)
    assert held.log_size == registry.books.head().size
    assert held.facts == len(site.facts) + registry.books.node(registry.books.key.node).tip.seq
    assert held.nodes == (("enrolled", 2),)
    assert (held.conflicts, held.hot, held.evidence, held.unheeded) == (1, 0, 0, 0)
    assert (held.split_views, held.witness_alarms) == (0, 0)


def test_the_oldest_word_is_the_longest_silent_nodes(registry, site):
    send(registry, site)
    silent = Site()
    registry.enrol(silent)
    with registry.database.writing() as connection:
        chosen = update(NODE).where(NODE.c.node == silent.node)
        connection.execute(chosen.values(enrolled_at=5))
    assert standing.standing(registry.database).oldest_word == 5
    registry.enrolment.revoke(silent.node, "stolen")
    assert standing.standing(registry.database).oldest_word > 5


def test_a_full_disk_is_seen(registry, monkeypatch):
    assert standing.has_room(registry.database)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _path: SimpleNamespace(free=standing.LEAST_FREE - 1)
    )
    assert not standing.has_room(registry.database)
