from __future__ import annotations

import pytest

from stockpile.adapters.marking.talk import Run, Times
from stockpile.adapters.marking.tl07.talk import Tl07Talk
from stockpile.adapters.marking.tl07.words import Framing, Reply
from stockpile.domain.errors import MachineSilent, PortLost
from tests.helpers.benches import Transcript

HASTY = Times(answer=0.03, start=0.03, poll=0.01, settle=0.03, pause=0.01)
READY = b"ST 4 0 0\r\n"


def talk_with(**answers: bytes) -> tuple[Tl07Talk, Transcript]:
    link = Transcript({word: [answer] for word, answer in answers.items()})
    return Tl07Talk("desk", link, Framing.TCP, HASTY), link


def test_an_answer_is_matched_by_its_word_and_older_ones_are_dropped():
    talk, _ = talk_with(ST=b"VS 1\r\nLD 1\r\n" + READY)
    assert talk.tell("ST") == Reply("ST 4 0 0")


def test_news_of_a_run_that_comes_between_is_kept():
    talk, _ = talk_with(ST=b"GO F\r\n" + READY)
    talk.tell("ST")
    assert list(talk.runs) == [Run.FINISHED]


def test_silence_is_said_and_what_the_system_holds_is_dropped():
    talk, link = talk_with()
    with pytest.raises(MachineSilent) as caught:
        talk.tell("LD x")
    assert (caught.value.machine, caught.value.question) == ("desk", "LD")
    assert link.dropped == 1


def test_after_a_silence_nothing_but_a_harmless_question_goes_out():
    talk, link = talk_with()
    with pytest.raises(MachineSilent):
        talk.tell("LD x")
    with pytest.raises(MachineSilent):
        talk.tell("VS x")
    assert link.sent == [b"LD x\r", b"ST\r", b"ST\r", b"ST\r"]


def test_a_recognisable_answer_ends_the_quarantine_and_old_ones_do_not():
    talk, link = talk_with(ST=READY)
    with pytest.raises(MachineSilent):
        talk.tell("LD x")
    link.waiting.append(b"LD 1\r\n")
    link.answers["VS x"] = [b"VS 1\r\n"]
    assert talk.tell("VS x") == Reply("VS 1")
    assert link.sent == [b"LD x\r", b"ST\r", b"VS x\r"]


def test_a_start_is_sent_once_whatever_comes_back():
    talk, link = talk_with(GO=b"GO M\r\n")
    talk.outlet.arm()
    assert talk.go() == Reply("GO M")
    assert talk.go() == Reply("")
    assert link.sent == [b"GO\r"]


@pytest.mark.parametrize("answer", [b"", b"\x93\xff\r\n", b"GO M", b"VS 1\r\n", b"GO F\r\n"])
def test_whatever_is_not_an_answer_to_the_start_tells_nothing(answer: bytes):
    talk, link = talk_with(GO=answer)
    talk.outlet.arm()
    assert talk.go() is None
    assert link.dropped == 1


def test_a_refusal_that_may_be_an_older_questions_is_not_the_starts():
    talk, link = talk_with(ST=READY, GO=b"ER 1 4\r\n")
    with pytest.raises(MachineSilent):
        talk.tell("LD x")
    talk.tell("ST")
    talk.outlet.arm()
    assert talk.go() is None
    assert link.sent.count(b"GO\r") == 1


def test_a_debt_paid_late_makes_a_refusal_plain_again():
    talk, link = talk_with(ST=READY, GO=b"ER 3 8\r\n")
    with pytest.raises(MachineSilent):
        talk.tell("LD x")
    link.waiting.append(b"LD 1\r\n")
    talk.tell("ST")
    talk.outlet.arm()
    assert talk.go() == Reply("ER 3 8")


def test_several_lines_are_gathered_until_the_machine_pauses():
    talk, _ = talk_with(**{"GI *": b"GI model\r\nserial 7\r\n"})
    assert [reply.text for reply in talk.tell_lines("GI *")] == ["GI model", "serial 7"]


def test_clear_forgets_runs_and_strange_lines():
    talk, link = talk_with()
    link.waiting += [b"GO F\r\n", b"\xff\r\n"]
    talk.listen(0.01)
    talk.clear()
    assert not talk.runs
    assert talk.strange == 0


def test_a_stop_goes_out_at_once_and_no_start_after_it():
    talk, link = talk_with()
    talk.outlet.arm()
    talk.stop()
    assert talk.go() == Reply("")
    assert link.sent == [b"AM\r"]


def test_a_lost_link_is_said_and_close_lets_go():
    talk, link = talk_with()
    link.lost = True
    with pytest.raises(PortLost):
        talk.tell("ST")
    talk.close()
    assert link.closed
