"""After which entry a node may be cut off (both databases: tests/contracts)."""

from __future__ import annotations

import pytest

from stockpile.domain.authority_files import MOST_SMALL, read_statement
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import NodeRevoked
from stockpile.domain.ledger import Tip
from stockpile.registry import cutting
from stockpile.registry.statements import Statements
from tests.helpers.clones import cloned
from tests.helpers.officials import officials, roots_of, signed


@pytest.mark.parametrize(
    ("typed", "number"), [("0", 0), (" 12 ", 12), ("٣", 3), ("9" * 15, 10**15 - 1)]
)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert cutting.read_number(typed) == number


@pytest.mark.parametrize("typed", ["-1", "1.5", "x", "²", "9" * 16, "1\0"])
def test_what_is_no_number_of_an_entry_is_refused(typed):
    with pytest.raises(FieldUnreadable):
        cutting.read_number(typed)


def test_a_number_is_wanted():
    with pytest.raises(FieldMissing):
        cutting.read_number("  ")


def test_where_officials_keys_are_set_they_decide(registry):
    fork, keepers = cloned(registry), officials()
    Statements(registry.books).publish(signed(roots_of(keepers), *keepers))
    with registry.books.reading() as connection:
        cut = cutting.cut(connection, fork.node, 2)
    assert cut.by_keys
    said = read_statement(cutting.statement(fork.node, cut.at, " the disk was cloned "), "x")
    assert said == NodeRevoked(fork.node, 2, fork.good_until(2).hash, "the disk was cloned")
    Statements(registry.books).publish(signed(said, *keepers[:2]))
    with registry.books.reading() as connection:
        assert cutting.cut(connection, fork.node, 2).is_as_now


def test_a_statement_wants_a_reason_that_can_be_read_again():
    for reason in ("", " "):
        with pytest.raises(FieldMissing):
            cutting.statement("n", Tip(), reason)
    with pytest.raises(FieldUnreadable):
        cutting.statement("n", Tip(), "x" * MOST_SMALL)
    with pytest.raises(FieldUnreadable):
        cutting.statement("n", Tip(), "\u0001" * (MOST_SMALL // 8))


def test_of_a_long_rest_the_first_entries_are_told_and_all_are_counted(registry, monkeypatch):
    monkeypatch.setattr(cutting, "MOST", 1)
    fork = cloned(registry)
    with registry.books.reading() as connection:
        cut = cutting.cut(connection, fork.node, 2)
    assert ([one.number for one in cut.told], cut.entries, cut.facts) == ([3], 2, 3)
