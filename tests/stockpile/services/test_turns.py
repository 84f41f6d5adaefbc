"""The steps of a talk; whole talks are told with the exchange."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    BatchTooLarge,
    ChainForked,
    LogSplit,
    NumbersUsedUp,
    RegistrySlow,
    RegistryUnreachable,
    RegistryWithholds,
    SharesDiffered,
)
from stockpile.services.turns import graver, halved, turn, unless_refused, unless_too_much

SLOW = RegistrySlow("url", "no answer in time")


def raising(error):
    def ask():
        raise error

    return ask


def test_a_turn_speaks_first_and_is_heard_afterwards():
    said = []
    heard = turn(lambda: said.append("asked") or 7, said.append).say()
    assert said == ["asked"]
    heard()
    assert said == ["asked", 7]


def test_too_much_is_an_answer_and_all_else_is_not():
    assert unless_too_much(raising(SLOW)) is SLOW
    assert isinstance(unless_too_much(raising(BatchTooLarge(1))), BatchTooLarge)
    with pytest.raises(ChainForked):
        unless_too_much(raising(ChainForked("n", 1)))


def test_a_no_is_an_answer_and_a_line_that_is_gone_is_not():
    assert isinstance(unless_refused(raising(NumbersUsedUp("s"))), NumbersUsedUp)
    with pytest.raises(RegistryUnreachable):
        unless_refused(raising(RegistryUnreachable("url", "cut")))


def test_what_was_too_much_is_halved_until_one_is_left():
    assert halved(9, 3, SLOW) == 4
    assert halved(1, 2, SLOW) == 1
    with pytest.raises(RegistrySlow):
        halved(9, 1, SLOW)


def test_a_split_log_is_not_hidden_by_what_was_healed_at_once():
    healed, split = SharesDiffered("url", ("n 0/2",)), LogSplit("url", "n", 8)
    withheld = RegistryWithholds("url", ("n 0/2",))
    assert graver(healed, split) is split
    assert graver(healed, None) is healed
    assert graver(None, split) is split
    assert graver(withheld, split) is withheld
    assert graver(None, None) is None
