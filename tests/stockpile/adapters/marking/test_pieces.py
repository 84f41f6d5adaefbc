from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.pieces import Pieces


@given(st.binary(max_size=60), st.integers(1, 7))
def test_in_whatever_pieces_they_arrive_answers_are_the_same(said, size):
    at_once, bit_by_bit = Pieces(b"\r\n"), Pieces(b"\r\n")
    heard = [
        whole
        for start in range(0, len(said), size)
        for whole in bit_by_bit.feed(said[start : start + size])
    ]
    assert heard == at_once.feed(said)
    assert bit_by_bit.kept == at_once.kept


def test_what_has_no_end_yet_waits():
    pieces = Pieces(b"\n")
    assert pieces.feed(b"GO") == []
    assert pieces.kept == 2
    assert pieces.feed(b" M\nVS") == [b"GO M"]
    assert pieces.kept == 2


def test_noise_fills_no_memory_and_is_glued_to_no_answer():
    pieces = Pieces(b"\n", longest=4)
    assert pieces.feed(b"noise") == [b"noise"]
    assert pieces.kept == 0
    assert pieces.feed(b"ok\n") == [b"ok"]
