"""How long the next PIN waits, by both clocks."""

from __future__ import annotations

from stockpile.adapters.keys.signers import (
    LONGEST_WAIT,
    Moment,
    begun_again,
    doubted,
    forgiven,
    lifted,
    seconds_left,
    tried,
    wait_after,
)
from stockpile.adapters.keys.slots import Signer

NOW = Moment(1_790_000_000_000, 50_000)


def failed(times):
    signer = Signer(())
    for _ in range(times):
        signer = tried(signer, NOW)
    return signer


def test_waits_double_from_the_third_wrong_one_and_have_an_end():
    waits = [wait_after(failures) for failures in range(1, 14)]
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, LONGEST_WAIT]


def test_the_longer_of_both_clocks_counts_and_never_more_than_the_whole_wait():
    signer = failed(5)
    assert seconds_left(signer, NOW) == 4
    assert seconds_left(signer, Moment(NOW.at + 10**9, NOW.running + 1_000)) == 3
    assert seconds_left(signer, Moment(NOW.at + 1_000, NOW.running + 10**9)) == 3
    assert seconds_left(signer, Moment(NOW.at - 10**9, NOW.running)) == 4
    assert seconds_left(signer, Moment(NOW.at + 10**9, 1_500)) == 3  # started anew
    assert seconds_left(signer, Moment(NOW.at + 4_000, NOW.running + 4_000)) == 0


def test_what_was_right_is_forgiven_what_was_lifted_is_not():
    signer = failed(5)
    assert forgiven(signer) == Signer(())
    assert (lifted(signer).failures, seconds_left(lifted(signer), NOW)) == (5, 0)
    assert seconds_left(begun_again(lifted(signer), NOW), NOW) == 4


def test_who_may_have_been_guessed_at_waits_as_long_as_anybody():
    assert seconds_left(doubted(Signer(()), NOW), NOW) == LONGEST_WAIT
