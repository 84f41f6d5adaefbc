"""Nodes read from a real standby that falls behind, catches up and dies; nobody notices but the
primary."""

from __future__ import annotations

import threading

import httpx
import pytest
from sqlalchemy import text

from stockpile.domain import wire
from stockpile.domain.errors import RegistryBusy
from stockpile.registry import intake
from stockpile.registry.database import Database
from stockpile.registry.metrics import Figures, scraped
from stockpile.registry.replicas import Reading, ReplicaBooks, Standby
from stockpile.registry.service import Service, opened
from stockpile.registry.standing import Ready, readiness, standing
from tests.helpers import postgres as servers
from tests.helpers.nightly import nightly
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import Site


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def everything(reading, asker):
    found, after = [], 0
    while True:
        page = reading.feed(asker, after, 2)
        found += [item.position for item in page.items]
        if page.last == after:
            return found
        after = page.last


@nightly
@pytest.mark.logs_warnings
def test_a_standby_that_lags_and_dies_costs_nobody_an_entry(postgres):
    registry = open_registry(postgres.new_database())
    reader, writer = Site(), Site()
    for site in (reader, writer):
        registry.enrol(site)
        site.found()
    writer.fill(5)
    send(registry, writer)
    asker = registry.books.node(reader.node)
    with servers.standby(postgres) as following:
        url = registry.url.replace(str(postgres.folder), str(following.folder))
        copy = Database(url, follows=True)
        books = ReplicaBooks(copy, registry.books.key, registry.clock.now)
        reading = Reading(registry.books, Standby(lambda: books))
        caught_up(registry, books)
        assert everything(reading, asker) == everything(Reading(registry.books), asker)
        with pytest.raises(RegistryBusy), copy.writing() as connection:
            connection.execute(text("DELETE FROM leaf"))
        assert readiness(copy) == Ready(ready=False, database="read only", disk="ok")
        replay(url, "SELECT pg_wal_replay_pause()")
        writer.fill(5)
        send(registry, writer)
        assert books.head().size < registry.books.head().size
        assert reading.behind() == registry.books.head().size - books.head().size
        assert everything(reading, asker) == everything(Reading(registry.books), asker)
        replay(url, "SELECT pg_wal_replay_resume()")
        caught_up(registry, books)
        copy.close()
    assert everything(reading, asker) == everything(Reading(registry.books), asker)
    assert reading.behind() is None
    copy.close()
    registry.database.close()
    postgres.drop(registry.url)


def caught_up(registry, books):
    while books.head().size < registry.books.head().size:
        threading.Event().wait(0.05)


def replay(url, statement):
    database = Database(url, follows=True)
    with database.reading() as connection:
        connection.execute(text(statement))
    database.close()


@pytest.mark.logs_warnings
def test_a_registry_starts_and_answers_without_its_standby_and_says_so(postgres):
    registry = open_registry(postgres.new_database())
    site = Site()
    registry.enrol(site)
    site.found()
    send(registry, site)
    away = registry.url.replace(str(postgres.folder), f"{postgres.folder}/nobody")
    with (
        opened(Service(registry.url, read_database=away)) as (books, reading),
        answering(books) as address,
    ):
        assert httpx.get(f"{address}/v1/hello", trust_env=False).status_code == 200
        assert reading.own_entries(site.node, 0) == tuple(site.entries)
        shown = scraped(Figures(), lambda: standing(books.database), reading.behind)
        families = {one.name: one for one in shown.collect()}
        assert families["stockpile_registry_standby_up"].samples[0].value == 0
        assert "stockpile_registry_standby_behind" not in families
    registry.database.close()
    postgres.drop(registry.url)
