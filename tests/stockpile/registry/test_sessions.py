from __future__ import annotations

import pytest
from sqlalchemy import select

from stockpile.registry import sessions
from stockpile.registry.user_tables import WEB_SESSION
from tests.helpers.visitors import PASSPHRASE, VISIT, House


@pytest.fixture
def amina(registry):
    return House(registry).first()


@pytest.fixture
def cookie(amina):
    return amina.users.sign_in("amina", PASSPHRASE, amina.digits(), VISIT)[0]


def test_the_database_holds_nothing_that_takes_a_session_over(registry, amina, cookie):
    with registry.database.reading() as connection:
        rows = connection.execute(select(WEB_SESSION)).all()
        found = sessions.find(connection, cookie, registry.clock.at)
        held = b"".join(str(tuple(row)).encode() + bytes(row.sealed) for row in rows)
        for row in rows:
            assert sessions.find(connection, row.id, registry.clock.at) is None
    assert len(cookie) == 64
    for secret in (cookie.encode(), found.secrets.seed, found.secrets.totp.encode()):
        assert secret not in held


def test_a_row_is_opened_by_its_own_cookie_alone(registry, amina, cookie):
    """Who can write into the database puts their own digest on another's row."""
    mine = "a" * 64
    with registry.database.writing() as connection:
        row = connection.execute(select(WEB_SESSION)).first()
        stolen = {**row._mapping, "id": sessions.id_of(mine)}
        connection.execute(WEB_SESSION.insert(), stolen)
        assert sessions.find(connection, mine, registry.clock.at) is None


def test_each_session_has_its_own_word_for_forms(amina, cookie):
    other = amina.users.sign_in("amina", PASSPHRASE, amina.digits(), VISIT)[0]
    assert sessions.form_token(cookie) != sessions.form_token(other)
    assert cookie not in sessions.form_token(cookie)


def test_sessions_are_listed_and_ended_one_by_one_and_all(registry, amina, cookie):
    other = amina.users.sign_in("amina", PASSPHRASE, amina.digits(), VISIT)[0]
    now = registry.clock.at
    with registry.database.writing() as connection:
        listed = sessions.all_of(connection, amina.officer, now)
        assert {one.id for one in listed} >= {sessions.id_of(cookie), sessions.id_of(other)}
        assert listed[0].program == VISIT.program
        assert not sessions.end(connection, sessions.id_of(cookie), "somebody-else")
        assert sessions.end(connection, sessions.id_of(cookie), amina.officer)
        assert sessions.find(connection, cookie, now) is None
        sessions.end_all(connection, amina.officer)
        assert sessions.all_of(connection, amina.officer, now) == ()


def test_use_is_noted_now_and_then(registry, amina, cookie):
    with registry.database.writing() as connection:
        found = sessions.find(connection, cookie, registry.clock.at)
        assert not sessions.is_due(found, found.seen + 1)
        assert sessions.is_due(found, found.seen + 120_000)
        sessions.step(connection, found, found.seen + 5)
        assert sessions.find(connection, cookie, found.seen + 6).stepped == found.seen + 5


def test_what_a_hostile_browser_says_is_no_session(registry, amina):
    with registry.database.reading() as connection:
        for told in ("", "x", "\x00", "é" * 3_000, "' OR 1=1 --", "a" * 64):
            assert sessions.find(connection, told, registry.clock.at) is None
