"""A registry's database of an earlier version is brought up to date with all that it holds."""

from __future__ import annotations

import msgspec
from sqlalchemy import text

from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import database as rooms
from stockpile.registry import feeds, register, steps
from stockpile.registry.database import Database

HELD = Weapon(WeaponId("w1"), registered=True, model="AKM", calibre="7.62x39")
BEFORE_STATES_ALONE = 11
ROW = text(
    "INSERT INTO weapon (id, state, number, serial, serial_key, serial_fold, shown_mark, type, "
    "make, model, calibre, condition, status, place, tag, duplicate_key, recorded_at) VALUES "
    "('w1', :state, '', 'A', 'A', 'A', '', '', '', 'AKM', '7.62x39', '', 'lost', '', '', 'k', 0)"
)


def test_weapons_of_an_earlier_register_are_kept_with_what_is_asked_by_value(
    empty_url, monkeypatch
):
    every = rooms._steps
    with monkeypatch.context() as earlier:
        earlier.setattr(rooms, "_steps", lambda dialect: {
            number: step for number, step in every(dialect).items() if number <= BEFORE_STATES_ALONE
        })  # fmt: skip
        old = Database(empty_url)
        with old.writing() as connection:
            connection.execute(ROW, {"state": msgspec.json.encode(HELD)})
        old.close()
    opened = Database(empty_url)
    with opened.reading() as connection:
        assert register.weapon_of(connection, HELD.id) == HELD
        row = connection.execute(text("SELECT * FROM weapon")).one()
    opened.close()
    assert row._asdict().keys() == set(steps.COLUMNS)
    assert (row.calibre, row.status, row.duplicate_key) == ("7.62x39", "lost", "k")


BEFORE_MERGERS_WERE_FOLLOWED = 21


def test_an_earlier_registry_learns_anew_once_what_matters_to_whom(empty_url, monkeypatch):
    every = rooms._steps
    with monkeypatch.context() as earlier:
        earlier.setattr(rooms, "_steps", lambda dialect: {
            number: step for number, step in every(dialect).items()
            if number <= BEFORE_MERGERS_WERE_FOLLOWED
        })  # fmt: skip
        old = Database(empty_url)
        with old.writing() as connection:
            connection.execute(text("INSERT INTO scopes_followed VALUES (1)"))
        old.close()
    opened = Database(empty_url)
    with opened.writing() as connection:
        assert feeds.begin(connection) is False  # nothing lies in its ledger
        assert connection.execute(text("SELECT count(*) FROM scopes_followed")).scalar_one() == 1
        assert connection.execute(text("SELECT count(*) FROM beneath")).scalar_one() == 0
    opened.close()


BEFORE_FEWER_CHECKS = 13
FEED = "INSERT INTO feed (scope, place, pos, parts) VALUES (7, 1, 1, '')"


def test_entries_of_an_earlier_registry_stay_and_later_ones_are_written_with_fewer_checks(
    empty_url, monkeypatch
):
    every = rooms._steps
    with monkeypatch.context() as earlier:
        earlier.setattr(rooms, "_steps", lambda dialect: {
            number: step for number, step in every(dialect).items()
            if number <= BEFORE_FEWER_CHECKS
        })  # fmt: skip
        old = Database(empty_url)
        with old.writing() as connection:
            connection.execute(text(
                "INSERT INTO scope (sites, epoch, size, told, seal, checked) "
                "VALUES ('[]', 0, 0, 0, '', 0)"
            ))  # fmt: skip
            scope = connection.execute(text("SELECT id FROM scope")).scalar_one()
            connection.execute(text(FEED.replace("7", str(scope))))
        old.close()
    opened = Database(empty_url)
    with opened.writing() as connection:
        assert connection.execute(text("SELECT count(*) FROM feed")).scalar_one() == 1
        if opened.is_postgres:
            connection.execute(text(FEED))  # whose scope is known was seen by who writes
            indexes = text("SELECT indexname FROM pg_indexes WHERE tablename = 'sought'")
            assert "sought_pkey" not in set(connection.execute(indexes).scalars())
    opened.close()
