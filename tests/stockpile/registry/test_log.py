from __future__ import annotations

import hashlib

import pytest

from stockpile.domain import tree
from stockpile.domain.ledger import merkle_root
from stockpile.registry import log
from stockpile.registry.log import Head

ENTRIES = [hashlib.sha256(bytes([number])).digest() for number in range(40)]


@pytest.fixture(scope="module")
def grown():
    """The log's heads by size, and every subtree that was kept."""
    head, heads, kept = Head(), [Head()], {}
    for entry in ENTRIES:
        head, made = log.append(head, [entry])
        heads.append(head)
        kept.update({(node.level, node.index): node.hash for node in made})
    return heads, lambda level, index: kept[level, index]


def test_the_root_is_the_ledgers_own_merkle_root(grown):
    heads, _ = grown
    assert heads[0].root == log.EMPTY_ROOT
    for size in range(1, len(ENTRIES) + 1):
        assert heads[size].root == merkle_root(ENTRIES[:size])


def test_many_at_once_are_the_same_as_one_by_one(grown):
    heads, _ = grown
    assert log.append(heads[5], ENTRIES[5:33])[0] == heads[33]
    assert log.append(heads[7], [])[0] == heads[7]


def test_a_head_is_kept_and_comes_back(grown):
    for head in grown[0]:
        assert log.head_of(head.size, head.to_bytes()) == head


def test_every_entry_is_proved_in_every_later_tree(grown):
    heads, find = grown
    for size in range(1, len(ENTRIES) + 1):
        for index in range(size):
            proof = log.inclusion(find, index, size)
            assert tree.includes(ENTRIES[index], index, size, proof, heads[size].root)


def test_a_proof_proves_nothing_else(grown):
    heads, find = grown
    root, proof = heads[21].root, log.inclusion(find, 13, 21)
    assert not tree.includes(ENTRIES[12], 13, 21, proof, root)
    assert not tree.includes(ENTRIES[13], 12, 21, proof, root)
    assert not tree.includes(ENTRIES[13], 13, 22, proof, heads[22].root)
    assert not tree.includes(ENTRIES[13], 13, 21, proof[:-1], root)
    assert not tree.includes(ENTRIES[13], 13, 21, [*proof, bytes(32)], root)
    assert not tree.includes(ENTRIES[13], 13, 21, [bytes(32), *proof[1:]], root)
    assert not tree.includes(ENTRIES[13], 21, 21, proof, root)


def test_every_tree_begins_every_later_one(grown):
    heads, find = grown
    for size in range(len(ENTRIES) + 1):
        for old in range(size + 1):
            proof = log.consistency(find, old, size)
            assert tree.begins((old, heads[old].root), (size, heads[size].root), proof)


def test_a_rewritten_past_has_no_proof(grown):
    heads, find = grown
    other, _ = log.append(heads[3], ENTRIES[10:14])
    for old in range(4, 8):
        branch, _ = log.append(heads[3], ENTRIES[10 : 10 + old - 3])
        proof = log.consistency(find, old, 30)
        assert not tree.begins((old, branch.root), (30, heads[30].root), proof)
    assert not tree.begins((7, other.root), (7, heads[7].root), ())
    assert not tree.begins((9, heads[9].root), (5, heads[5].root), ())
    assert not tree.begins((4, heads[4].root), (30, heads[30].root), ())
    too_long = [*log.consistency(find, 5, 30), bytes(32)]
    assert not tree.begins((5, heads[5].root), (30, heads[30].root), too_long)
