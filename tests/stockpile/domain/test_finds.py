"""A proof begins with the key on the list, and the list alone makes none."""

from __future__ import annotations

import pytest

from stockpile.domain import finds, hot_list, wire
from stockpile.domain.errors import MessageUnreadable
from stockpile.domain.finds import Find, FindsAsked
from tests.helpers.every import every

SALT = b"s" * 16
WHOLE = bytes(finds.PROOF_LENGTH)


@every([1, 2, hot_list.ROUNDS])
def test_a_proof_begins_with_the_key_on_the_list(rounds):
    proof = finds.proof_of("s:KB1", SALT, rounds)
    key = hot_list.key_of("s:KB1", SALT, rounds).to_bytes(hot_list.KEY_BYTES, "big")
    assert finds.key_in(proof) == key
    assert len(proof) == finds.PROOF_LENGTH
    assert finds.proof_of("s:KB2", SALT, rounds) != proof
    assert finds.proof_of("s:KB1", b"t" * 16, rounds) != proof


@every([(WHOLE[:6],), (b"",), (WHOLE + b"x",), (WHOLE,) * (finds.MOST_ASKED + 1)])
def test_what_is_no_proof_and_too_many_are_refused(proofs):
    finds.demand_asked(FindsAsked((WHOLE,) * finds.MOST_ASKED))
    with pytest.raises(MessageUnreadable):
        finds.demand_asked(FindsAsked(proofs))


def test_what_waits_is_read_as_it_was_kept():
    kept = (Find("a" * 16, "s:KB1"), Find("b" * 16, "c:X"))
    assert wire.decode(wire.encode(kept), tuple[Find, ...]) == kept
