from __future__ import annotations

import pytest
from sqlalchemy import select, text

from stockpile.domain.errors import (
    BooksDamaged,
    BooksTooNew,
    DiskTrouble,
    FieldUnreadable,
    RegistryBusy,
)
from stockpile.registry import database as rooms
from stockpile.registry.database import Database, among, fill, fill_in, in_lines, put, take_out
from stockpile.registry.tables import MARK
from tests.helpers.registries import open_registry


@pytest.fixture
def database(tmp_path):
    opened = Database(f"sqlite:///{tmp_path / 'a' / 'registry.db'}")
    yield opened
    opened.close()


def texts(database):
    with database.reading() as connection:
        return sorted(connection.execute(select(MARK.c.text)).scalars())


def test_a_path_and_a_url_mean_the_same_file(database, tmp_path):
    assert database.file == tmp_path / "a" / "registry.db"
    assert Database(str(database.file)).url == database.url
    assert database.is_new


def test_a_registry_opened_for_tests_by_its_url_is_in_that_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "there" / "registry.db"
    open_registry(f"sqlite:///{file}").database.close()
    opened = open_registry(str(file))
    assert not opened.database.is_new
    opened.database.close()
    assert [one.name for one in tmp_path.iterdir()] == ["there"]


@pytest.mark.parametrize("written", ["mysql://x/y", "sqlite://", "x://", "://"])
def test_another_kind_of_database_is_not_understood(written):
    with pytest.raises(FieldUnreadable):
        Database(written)


def test_a_postgresql_url_names_our_driver():
    url = rooms._parsed("postgresql://someone:secret@example/registry")
    assert url.drivername == "postgresql+psycopg"


def test_rows_go_in_as_values_and_come_out_by_one_column(database):
    with database.writing() as connection:
        fill_in(connection, MARK, ("text", "weapon"), [("m1", "w1"), ("m2", "w1"), ("m3", "w2")])
        fill_in(connection, MARK, ("text", "weapon"), [])
        take_out(connection, MARK, "weapon", ())
    assert texts(database) == ["m1", "m2", "m3"]
    with database.writing() as connection:
        take_out(connection, MARK, "weapon", ["w1", "w9"])
        assert connection.execute(select(MARK)).all() == [("w2", "m3")]


def test_what_fails_half_way_leaves_nothing(database):
    class Stopped(Exception):
        pass

    def write():
        with database.writing() as connection:
            fill(connection, MARK, [{"weapon": "w", "text": "m"}])
            raise Stopped

    with pytest.raises(Stopped):
        write()
    assert texts(database) == []


def test_rows_are_put_in_the_place_of_others(database):
    with database.writing() as connection:
        fill(connection, MARK, [{"weapon": f"w{n}", "text": f"m{n}"} for n in range(5)])
        put(connection, MARK, "weapon", ["w1", "w2"], [{"weapon": "w1", "text": "new"}])
        put(connection, MARK, "weapon", [], [])
        fill(connection, MARK, [])
    assert texts(database) == ["m0", "m3", "m4", "new"]
    with database.reading() as connection:
        found = select(MARK.c.text).where(among(connection, MARK.c.weapon, ["w0", "w9"]))
        assert list(connection.execute(found).scalars()) == ["m0"]


def test_values_of_a_group_are_read_a_line_each(database):
    with database.writing() as connection:
        fill(connection, MARK, [{"weapon": "w1", "text": one} for one in ('{"a":1}', '{"b":"é"}')])
        fill(connection, MARK, [{"weapon": "w2", "text": "{}"}])
        asked = select(MARK.c.weapon, in_lines(connection, MARK.c.text)).group_by(MARK.c.weapon)
        told = {weapon: sorted(lines.split("\n")) for weapon, lines in connection.execute(asked)}
    assert told == {"w1": ['{"a":1}', '{"b":"é"}'], "w2": ["{}"]}


def test_a_newer_database_is_refused(database):
    with database.writing() as connection:
        connection.execute(text("INSERT INTO version VALUES (99)"))
    with pytest.raises(BooksTooNew):
        Database(str(database.file))


def test_a_file_that_is_no_database(tmp_path):
    file = tmp_path / "registry.db"
    file.write_bytes(b"not a database, only a long enough file " * 100)
    with pytest.raises(BooksDamaged):
        Database(str(file))


def test_a_place_that_takes_no_file(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskTrouble):
        Database(str(tmp_path / "file" / "registry.db"))


def test_a_server_that_does_not_answer(tmp_path):
    with pytest.raises(RegistryBusy):
        Database(f"postgresql://nobody@/registry?host={tmp_path}")


def test_more_values_than_a_statement_has_places_for_are_looked_for_at_once(database):
    known = ["plain", "it's", '"quoted"', "back\\slash", "\u0e1b\u0e37\u0e19", "\U0001f512", ""]
    with database.writing() as connection:
        fill(connection, MARK, [{"weapon": "w", "text": one} for one in known])
        wanted = [*known, *(f"none-{number}" for number in range(60_000))]
        found = connection.execute(
            select(MARK.c.text).where(among(connection, MARK.c.text, wanted))
        ).scalars()
        assert sorted(found) == sorted(known)
        put(connection, MARK, "text", wanted, [])
    assert texts(database) == []


def test_no_two_steps_bear_one_number_and_each_is_written_for_both_systems():
    """Where two people number a step alike, only one of the two would ever be taken."""
    steps = rooms._MIGRATIONS
    named = {
        dialect: sorted(each.name.split(".")[0] for each in steps.glob(f"*.{dialect}.sql"))
        for dialect in ("sqlite", "postgresql")
    }
    assert named["sqlite"] == named["postgresql"]
    numbers = [name[:4] for name in named["sqlite"]]
    assert len(numbers) == len(set(numbers))
