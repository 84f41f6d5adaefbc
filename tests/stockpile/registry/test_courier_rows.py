"""A file that was brought waits for its officer alone, and not for ever; what was said is kept."""

from __future__ import annotations

import pytest

from stockpile.domain.courier import FeedRead
from stockpile.domain.values import OfficerId
from stockpile.registry import courier_rows
from stockpile.registry.courier_rows import KEPT_FOR, Said

AMINA, BEN = OfficerId("amina"), OfficerId("ben")


@pytest.fixture
def connection(registry):
    with registry.books.writing() as found:
        yield found


def test_a_file_waits_as_it_came_for_who_brought_it(connection):
    id_ = courier_rows.bring(connection, AMINA, 1_000, "a.courier", "words", b"\0locked")
    found = courier_rows.brought(connection, id_, AMINA, 2_000)
    assert (found.name, found.words, found.content, found.outcome) == (
        "a.courier", "words", b"\0locked", "",
    )  # fmt: skip
    assert courier_rows.brought(connection, id_, BEN, 2_000) is None
    assert courier_rows.brought(connection, "f" * 32, AMINA, 2_000) is None


def test_it_waits_an_hour_and_no_longer(connection):
    id_ = courier_rows.bring(connection, AMINA, 1_000, "a.courier", "", b"1")
    assert courier_rows.brought(connection, id_, AMINA, 1_000 + KEPT_FOR) is not None
    assert courier_rows.brought(connection, id_, AMINA, 1_001 + KEPT_FOR) is None
    assert not courier_rows.is_due(connection, 1_000 + KEPT_FOR)
    assert courier_rows.is_due(connection, 1_001 + KEPT_FOR)
    courier_rows.bring(connection, BEN, 1_001 + KEPT_FOR, "b.courier", "", b"2")
    assert not courier_rows.is_due(connection, 1_001 + KEPT_FOR)
    assert courier_rows.brought(connection, id_, AMINA, 1_000) is None


def test_an_officer_brings_one_file_at_a_time(connection):
    first = courier_rows.bring(connection, AMINA, 1_000, "a.courier", "", b"1")
    other = courier_rows.bring(connection, BEN, 1_000, "b.courier", "", b"2")
    courier_rows.bring(connection, AMINA, 1_001, "c.courier", "", b"3")
    assert courier_rows.brought(connection, first, AMINA, 1_001) is None
    assert courier_rows.brought(connection, other, BEN, 1_001) is not None


def test_what_was_taken_leaves_its_outcome_and_no_byte(connection):
    id_ = courier_rows.bring(connection, AMINA, 1_000, "a.courier", "words", b"1")
    courier_rows.put_away(connection, id_, "done")
    found = courier_rows.brought(connection, id_, AMINA, 1_001)
    assert (found.content, found.words, found.outcome) == (b"", "", "done")
    courier_rows.put_away(connection, id_)
    assert courier_rows.brought(connection, id_, AMINA, 1_001) is None


def test_what_a_node_said_is_kept_and_listed_by_when_it_was_taken_in(registry, site):
    said = Said("f", 5, (("n", 3),), ("n",), FeedRead("r", "s", 4, 9), "before")
    with registry.books.writing() as connection:
        assert courier_rows.said_by(connection, site.node) == Said()
        courier_rows.keep(connection, site.node, Said(sent="an answer"))
        assert courier_rows.heard(connection, 9) == []
        courier_rows.keep(connection, site.node, said, 7)
        courier_rows.keep(connection, "stranger", said, 8)
        assert courier_rows.said_by(connection, site.node) == said
        (one,) = courier_rows.heard(connection, 9)
    assert (one.node, one.at, one.number, one.status) == (site.node, 7, 0, "enrolled")
