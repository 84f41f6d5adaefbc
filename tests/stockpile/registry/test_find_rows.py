"""The rows of what nodes found; what they do is told in the contract of finds."""

from __future__ import annotations

import pytest

from stockpile.domain import hot_list
from stockpile.registry import find_rows
from tests.helpers.finders import enrolled, lose, proofs, send


@pytest.fixture
def lira(registry):
    made = enrolled(registry, "Lira")
    for one in range(3):
        lose(made, f"l{one}", "KB 1")
    send(registry, made)
    return made


def test_one_serial_names_every_weapon_that_has_it_up_to_a_measure(registry, lira, monkeypatch):
    asked = proofs(registry, "s:KB1", "s:KB2").proofs
    with registry.books.reading() as connection:
        assert find_rows.named(connection, ()) == {}
        found = find_rows.named(connection, asked)
        assert {proof: sorted(names) for proof, names in found.items()} == {
            asked[0]: ["l0", "l1", "l2"]
        }
        monkeypatch.setattr(find_rows, "MOST_WEAPONS", 2)
        assert len(find_rows.named(connection, asked)[asked[0]]) == 2


def test_a_key_that_only_lies_across_two_others_names_nothing(registry, lira):
    """Keys are compared where they begin, and not wherever their bytes happen to stand."""
    proof = proofs(registry, "s:KB1").proofs[0]
    with registry.books.reading() as connection:
        cut = [*find_rows._cut(proof[:6] + bytes(6))]
        assert cut == [proof[:6], bytes(hot_list.KEY_BYTES)]
        assert find_rows.named(connection, (bytes(1) + proof[:-1],)) == {}


def test_rows_that_say_nothing_are_let_go_after_a_day(registry, lira):
    gulu = enrolled(registry, "Gulu")
    asked = proofs(registry, "s:KB1", "s:KB2").proofs
    with registry.books.writing() as connection:
        known = registry.books.locked(connection, gulu.node)
        hits = find_rows.named(connection, asked)
        find_rows.keep(connection, known, asked, hits, 1)
        assert find_rows.allowed(connection, known, asked, 1) == list(asked)
        later = 1 + find_rows.DAY
        assert find_rows.allowed(connection, known, asked, later) == list(asked)
        left = connection.execute(find_rows.FIND.select()).all()
    assert {row.weapon for row in left} == {"l0", "l1", "l2"}
