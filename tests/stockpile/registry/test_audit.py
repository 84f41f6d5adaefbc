"""The rows of the audit log; what they promise is told in the contract of both databases."""

from __future__ import annotations

from sqlalchemy import text

from stockpile.registry import audit


def filled(registry):
    with registry.database.writing() as connection:
        for number in range(5):
            audit.note(connection, 1000 + number, f"o-{number % 2}", "192.0.2.7", "searched", "x")
    return registry.database


def test_rows_are_read_from_the_end_and_by_who_and_what(registry):
    with filled(registry).reading() as connection:
        assert [one.number for one in audit.lines(connection)] == [5, 4, 3, 2, 1]
        assert [one.number for one in audit.lines(connection, 3, 1)] == [2]
        assert [one.number for one in audit.lines(connection, officer="o-1")] == [4, 2]
        assert audit.lines(connection, act="signed_in") == ()
        assert audit.head(connection).number == 5
        assert audit.first_day(connection) == 0


def test_what_a_visitor_says_is_cut_and_cannot_break_a_row(registry):
    with registry.database.writing() as connection:
        line = audit.note(connection, 1, "", "a\0b\ud800", "refused", "x" * 5_000)
        assert len(line.about) == audit.LONGEST
        assert audit.lines(connection) == (line,)
        assert audit.first_broken(connection) == 0


def test_every_change_of_a_row_is_found(registry):
    filled(registry)
    changes = (
        ("UPDATE audit SET act = 'exported' WHERE no = 3", 3),
        ("DELETE FROM audit WHERE no = 2", 2),
        ("DELETE FROM audit WHERE no = 5", 5),
        ("UPDATE audit SET at = 0 WHERE no = 1", 1),
    )
    with registry.database.writing() as connection:
        connection.execute(text("DROP TRIGGER audit_stays"))
        connection.execute(text("DROP TRIGGER audit_never_shrinks"))
    for statement, number in changes:
        with registry.database.engine.connect() as connection, connection.begin() as begun:
            connection.execute(text(statement))
            assert audit.first_broken(connection) == number, statement
            begun.rollback()


def test_an_empty_log_has_no_day(registry):
    with registry.database.reading() as connection:
        assert audit.first_day(connection) > 1 << 30
        assert audit.first_broken(connection) == 0
        assert audit.hash_at(connection, 1) == ""
