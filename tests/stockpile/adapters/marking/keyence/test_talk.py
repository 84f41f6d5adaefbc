from __future__ import annotations

import pytest

from stockpile.adapters.marking.keyence.talk import KeyenceTalk
from stockpile.adapters.marking.keyence.words import Kind, Reply
from stockpile.adapters.marking.talk import Run, Times
from stockpile.domain.errors import MachineSilent
from tests.helpers.benches import Transcript

HASTY = Times(answer=0.03, start=0.03, poll=0.01, settle=0.03, pause=0.01)
START = "WX,StartMarking=1"


def talk_with(**answers: bytes) -> tuple[KeyenceTalk, Transcript]:
    link = Transcript({f"RX,{word}": [answer] for word, answer in answers.items()})
    return KeyenceTalk("laser", link, HASTY), link


def test_the_answer_to_the_start_is_news_of_a_run():
    talk, link = talk_with()
    link.answers[START] = [b"WX,OK\r"]
    talk.outlet.arm()
    assert talk.go()
    talk.listen(0.05)
    assert list(talk.runs) == [Run.FINISHED]
    assert not talk.owes


def test_a_start_is_sent_once():
    talk, link = talk_with()
    talk.outlet.arm()
    assert [talk.go(), talk.go()] == [True, False]
    assert link.sent == [b"WX,StartMarking=1\r"]


def test_a_reading_during_the_run_does_not_take_the_end_for_its_answer():
    talk, link = talk_with(Ready=b"WX,OK\rRX,OK,0\r")
    talk.outlet.arm()
    talk.go()
    assert talk.tell("RX,Ready") == Reply(Kind.OK, "RX", "0")
    assert list(talk.runs) == [Run.FINISHED]
    assert link.sent[-1] == b"RX,Ready\r"


def test_at_rest_the_answer_to_a_setting_is_its_answer():
    talk, link = talk_with()
    link.answers["WX,JobNo=0007"] = [b"WX,OK\r"]
    talk.outlet.arm()
    talk.go()
    talk.rest()
    assert talk.tell("WX,JobNo=0007") == Reply(Kind.OK, "WX")
    assert not talk.runs


def test_an_answer_that_did_not_come_is_owed_until_it_does():
    talk, link = talk_with(Ready=b"RX,OK,0\r")
    with pytest.raises(MachineSilent):
        talk.tell("WX,JobNo=0007")
    assert talk.owes
    link.waiting.append(b"WX,OK\r")
    talk.tell("RX,Ready")
    assert not talk.owes


def test_after_a_stop_no_answer_is_a_finished_run_and_no_start_follows():
    talk, link = talk_with()
    talk.outlet.arm()
    talk.go()
    link.answers["WX,StopMarking"] = [b"WX,OK\r"]
    talk.stop()
    talk.listen(0.05)
    assert list(talk.runs) == [Run.STOPPED]
    assert not talk.go()
