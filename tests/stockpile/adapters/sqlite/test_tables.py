"""Typed rows and what they stand for."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from stockpile.adapters.sqlite.tables import ConflictRow, PeerRow, ReferenceRow
from stockpile.services.ports import Peer


@pytest.mark.parametrize("head", [None, (4, "ab" * 32)])
def test_a_peer_is_the_same_after_the_row(head):
    peer = Peer("http://x", "r" * 16, b"key", 3, 9, head, 77)
    assert PeerRow.of(peer).peer() == peer


def test_a_conflict_is_the_same_after_the_row():
    row = ConflictRow(
        id="ab", kind="mark_doubled", scope="mark:X", weapons='["w1","w2"]', about='["X"]',
        opened_at=5,
    )  # fmt: skip
    conflict = row.conflict()
    assert (conflict.id, conflict.kind, conflict.weapons) == ("ab", "mark_doubled", ("w1", "w2"))


def test_every_table_is_as_the_database_has_it(depot):
    """The rows are written by hand beside the SQL: a column that is missing in one shows here."""
    connection = depot.open().store.connection
    for row in (PeerRow, ConflictRow, ReferenceRow):
        columns = connection.execute(f"PRAGMA table_info({row.__tablename__})").fetchall()
        assert {column[1] for column in columns} == set(row.__table__.columns.keys())
        with Session(depot.open().store.engine()) as session:
            assert session.exec(select(row)).all() == []
