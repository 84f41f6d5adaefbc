"""What may be repeated is asked three times, START once, and no old answer is taken for its own."""

from __future__ import annotations

import pytest

from stockpile.adapters.marking.talk import Times
from stockpile.adapters.marking.telesis import words
from stockpile.adapters.marking.telesis.frames import encode
from stockpile.adapters.marking.telesis.talk import TIMES, TypedTalk
from stockpile.domain.errors import MachineSilent
from tests.helpers.benches import Transcript

HASTY = Times(answer=0.02, start=0.02, poll=0.01, settle=0.02)
PUT, START = words.put("UG-1"), words.order(words.START)
STATUS = words.order(words.STATUS)
PUT_YES = b"\x01V\x06\x02\x03086\r"
STATUS_YES = b"\x01S\x06\x0200000010\x03212\r"
START_YES = b"\x01G\x06\x02\x03071\r"


def talking(**answers: list[bytes]) -> tuple[TypedTalk, Transcript]:
    """A talk whose other end answers each order, by its word, with these in order."""
    frames = {"V": PUT.frame, "S": STATUS.frame, "G": START.frame}
    link = Transcript({frames[word][:-1].decode(): said for word, said in answers.items()})
    return TypedTalk("desk", link, words.TelesisTongue(), HASTY), link


def test_the_answers_of_these_tests_are_sealed_as_the_machine_seals_them():
    for kind, data, said in (
        ("V", "", PUT_YES), ("S", "00000010", STATUS_YES), ("G", "", START_YES),
    ):  # fmt: skip
        assert said.replace(b"\x06", b"", 1) == encode(kind, data)
    assert TIMES.answer == 3.0


def test_an_answered_question_is_asked_once():
    talk, link = talking(V=[PUT_YES])
    assert talk.insist(PUT).yes
    assert link.sent == [PUT.frame]


def test_after_a_silence_a_harmless_question_goes_before_the_next_try():
    talk, link = talking(V=[b"", PUT_YES], S=[STATUS_YES])
    assert talk.insist(PUT).yes
    assert (link.sent[0], link.sent[-1]) == (PUT.frame, PUT.frame)
    assert set(link.sent[1:-1]) == {STATUS.frame}


def test_the_third_silence_is_the_last():
    talk, link = talking(V=[b""], S=[STATUS_YES])
    with pytest.raises(MachineSilent):
        talk.insist(PUT)
    assert link.sent.count(PUT.frame) == words.TRIES


def test_a_machine_that_is_silent_to_the_harmless_question_too_is_not_insisted_on():
    talk, link = talking(V=[b""])
    with pytest.raises(MachineSilent):
        talk.insist(PUT)
    assert link.sent.count(PUT.frame) == 1


def test_what_another_question_is_owed_does_not_hide_the_answer_to_the_start():
    talk, link = talking(V=[b""], G=[START_YES])
    with pytest.raises(MachineSilent):
        talk.ask(PUT)
    talk.outlet.arm()
    answer = talk.go(START)
    assert answer is not None
    assert answer.yes
    assert link.sent.count(START.frame) == 1


def test_a_late_answer_to_an_earlier_start_is_not_taken_for_this_ones():
    talk, link = talking(G=[b"", START_YES])
    talk.outlet.arm()
    assert talk.go(START) is None
    talk.outlet.arm()
    assert talk.go(START) is None
    assert link.sent == [START.frame, START.frame]


def test_a_start_that_was_not_allowed_puts_no_byte_on_the_wire():
    talk, link = talking(G=[START_YES])
    assert talk.go(START) is None
    assert link.sent == []
