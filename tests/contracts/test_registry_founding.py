"""A registry is begun by one command alone; who is not let in is told so. On either database."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from stockpile.domain.errors import CopyByServer, DatabaseShut, RegistryMissing, RegistryThere
from stockpile.registry.copies import copy_to
from stockpile.registry.database import Database
from stockpile.registry.opening import found, opened_books
from stockpile.registry.service import Service, opened
from tests.helpers.postgres import cluster


def made(url):
    """What there is of a database: files, or tables."""
    if not url.startswith("postgresql"):
        return sorted(Path(url).parent.iterdir())
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()


def test_opening_and_serving_begin_no_registry_and_leave_nothing(empty_url):
    for each in (lambda: opened_books(empty_url), lambda: opened(Service(empty_url))):
        with pytest.raises(RegistryMissing) as refused, each():
            pass
        assert refused.value.place.startswith(empty_url.partition("@")[0])
    assert made(empty_url) == []


def test_tables_in_which_nobody_was_written_are_no_registry(empty_url):
    Database(empty_url).close()
    with pytest.raises(RegistryMissing), opened_books(empty_url):
        pass


def test_it_is_begun_once(empty_url):
    node, _place = found(empty_url)
    with opened_books(empty_url) as books:
        assert books.key.node == node
        assert books.tip(node).number == 1
    with pytest.raises(RegistryThere):
        found(empty_url)


@pytest.fixture(scope="module")
def guarded():
    """A server that asks for passwords."""
    with cluster() as running:
        url = running.empty_database()
        name = url.partition("@/")[2].partition("?")[0]
        with psycopg.connect(running._dsn("postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE keeper LOGIN PASSWORD 'right'")
            connection.execute(f"ALTER DATABASE {name} OWNER TO keeper")
            rules = connection.execute("SHOW hba_file").fetchone()[0]
            Path(rules).write_text("local all postgres trust\nlocal all all scram-sha-256\n")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("SELECT pg_sleep(0.5)")
        yield url.replace("postgres@", "keeper@")


def pgpass(folder, password):
    file = folder / "pgpass"
    file.write_text(f"*:*:*:keeper:{password}\n")
    file.chmod(0o600)
    return str(file)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_who_is_not_let_in_is_not_told_to_try_again(guarded, tmp_path, monkeypatch, password):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", pgpass(tmp_path, password) if password else "/dev/null")
    with pytest.raises(DatabaseShut) as refused, opened_books(guarded):
        pass
    assert "password" in refused.value.why
    assert refused.value.place.startswith("postgresql://keeper@/")


def test_with_the_file_of_its_password_it_is_begun_and_opened(guarded, tmp_path, monkeypatch):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", pgpass(tmp_path, "right"))
    node, place = found(guarded)
    with opened_books(place) as books:
        assert books.key.node == node


def test_a_database_that_is_not_there_is_said(postgres):
    url = postgres.new_database()
    postgres.drop(url)
    with pytest.raises(DatabaseShut) as refused, opened_books(url):
        pass
    assert re.search('database ".*" does not exist', refused.value.why)


def test_a_copy_of_a_server_is_the_servers_own_business(postgres, tmp_path):
    database = Database(postgres.new_database())
    try:
        with pytest.raises(CopyByServer):
            copy_to(database, None, tmp_path / "copy.db")
    finally:
        database.close()
