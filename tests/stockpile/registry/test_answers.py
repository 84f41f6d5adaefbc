from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import (
    AskedTooOften,
    ChainGap,
    RegistryBusy,
    TooManyTries,
    WeaponUnknown,
)
from stockpile.domain.exchange import Objection
from stockpile.registry.answers import objection
from tests.helpers.asking import asker, reason
from tests.helpers.registries import answering


def test_a_no_carries_the_values_that_the_node_needs():
    answer = objection(ChainGap("a" * 16, 7, 9))
    assert answer.status_code == 409
    assert wire.decode(answer.body, Objection) == Objection("gap", "a" * 16, 7)
    assert "retry-after" not in answer.headers


def test_who_is_to_come_again_is_told_when():
    for error, wait in ((AskedTooOften(7), "7"), (TooManyTries(), "60"), (RegistryBusy("x"), "5")):
        assert objection(error).headers["retry-after"] == wait


def test_what_has_no_words_is_a_bug():
    with pytest.raises(WeaponUnknown):
        objection(WeaponUnknown("w"))


def test_what_is_not_there_and_what_is_no_value_are_said_in_the_protocols_words(registry, site):
    with (
        answering(registry.books) as url,
        asker(url, site.keys, registry.clock) as ask,
    ):
        assert reason(ask("GET", "/v1/nothing")) == (404, "not_found")
        refused = ask("DELETE", "/v1/feed")
        assert reason(refused) == (405, "not_found")
        assert refused.headers["allow"] == "GET"
        unread = ask("GET", "/v1/feed", "after=S12345")
        assert reason(unread) == (400, "unreadable")
        assert b"S12345" not in unread.content
        assert ask("GET", "/elsewhere").json() == {"detail": "Not Found"}
