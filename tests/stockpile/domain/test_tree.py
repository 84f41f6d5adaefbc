"""What a proof shows; every tree of forty entries is tried with the registry's log."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import tree
from stockpile.domain.tree import MOST_STEPS
from tests.helpers.every import every
from tests.helpers.nightly import examples

LEAVES = [tree.leaf_hash(bytes([number]) * 32) for number in range(3)]
TWO = tree.above(LEAVES[0], LEAVES[1])
THREE = tree.above(TWO, LEAVES[2])


def test_leaves_and_subtrees_cannot_be_taken_for_each_other():
    """Vectors worked out by hand after RFC 9162 2.1.1: 00 before a leaf, 01 before two subtrees."""
    assert tree.leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()
    assert tree.above(b"l", b"r") == hashlib.sha256(b"\x01lr").digest()


def test_a_tree_of_two_begins_a_tree_of_three():
    old, new = (2, TWO.hex()), (3, THREE.hex())
    assert tree.begins(old, new, [LEAVES[2]])
    assert not tree.begins(old, new, [LEAVES[1]])
    assert not tree.begins(new, old, [LEAVES[2]])
    assert tree.includes(bytes([2]) * 32, 2, 3, [TWO], THREE.hex())
    assert not tree.includes(bytes([1]) * 32, 2, 3, [TWO], THREE.hex())


def test_an_empty_tree_begins_every_other():
    assert tree.begins((0, "0" * 64), (3, THREE.hex()), [])


@every(("", "xyz", "0" * 63, "A" * 64, "0" * 65))
def test_a_root_that_is_none_begins_nothing(root):
    assert not tree.begins((2, root), (3, THREE.hex()), [LEAVES[2]])


def test_steps_of_another_length_and_endless_proofs_show_nothing():
    assert not tree.begins((2, TWO.hex()), (3, THREE.hex()), [LEAVES[2][:31]])
    assert not tree.includes(bytes([2]) * 32, 2, 3, [TWO] * (MOST_STEPS + 1), THREE.hex())


@settings(max_examples=examples(60))
@given(
    st.integers(0, 1 << 40), st.integers(0, 1 << 40), st.lists(st.binary(max_size=33), max_size=8)
)
def test_nothing_that_a_server_says_can_stop_the_reader(old, size, steps):
    shown = tree.begins((old, TWO.hex()), (size, THREE.hex()), steps)
    assert not shown or old == 0 or (old, size) == (2, 3)
    assert not tree.includes(bytes(32), old, size, steps, THREE.hex())
