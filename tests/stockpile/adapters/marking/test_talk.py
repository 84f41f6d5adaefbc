"""The talk with any family, tried in a tongue of its own: a word and a number a line."""

from __future__ import annotations

import pytest

from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.talk import ANY_WORD, Run, Talk, Times
from stockpile.domain.errors import MachineSilent
from tests.helpers.benches import Transcript

HASTY = Times(answer=0.03, start=0.03, poll=0.01, settle=0.03, pause=0.01)
START = Order(b"start\r", repeatable=False, word="start")
LOAD = Order(b"load\r", repeatable=True, word="load")


class Toy:
    """Lines: ``how``, ``load`` and ``start`` are answered by their word; ``no`` answers any."""

    probe = Order(b"how\r", repeatable=True, word="how")

    def __init__(self) -> None:
        self.kept = b""

    def feed(self, arrived: bytes) -> tuple[str, ...]:
        *lines, self.kept = (self.kept + arrived).split(b"\n")
        return tuple(line.decode() for line in lines)

    def answers(self, reply: str, word: str) -> bool:
        return reply.split(maxsplit=1)[0] in {word, "no"}

    def is_proof(self, reply: str) -> bool:
        return reply.startswith("how")

    def run_of(self, reply: str) -> Run | None:
        return {"begun": Run.STARTED, "end": Run.FINISHED}.get(reply)

    def word_of(self, reply: str) -> str:
        word = reply.split(maxsplit=1)[0]
        return ANY_WORD if word == "no" else word if word in {"how", "load", "start"} else ""

    def refuses(self, reply: str) -> bool:
        return reply.startswith("no")


def talking(**answers: bytes) -> tuple[Talk[str], Transcript]:
    link = Transcript({word: [answer] for word, answer in answers.items()})
    return Talk("bench", link, Toy(), HASTY), link


def test_news_of_a_run_is_kept_and_what_nobody_understands_is_counted():
    talk, _ = talking(load=b"end\nwhat 1\nload 1\n")
    assert talk.ask(LOAD) == "load 1"
    assert list(talk.runs) == [Run.FINISHED]
    assert talk.strange == 1


def test_an_answer_in_pieces_is_one_answer():
    talk, link = talking()
    link.waiting += [b"lo", b"ad\nen", b"d\n"]
    talk.listen(0.05)
    assert list(talk.runs) == [Run.FINISHED]
    assert not talk.strange


def test_a_start_goes_out_only_when_it_was_allowed_and_only_once():
    talk, link = talking(start=b"begun\n")
    assert talk.start(START) is None
    assert link.sent == []
    talk.outlet.arm()
    assert talk.start(START) == "begun"
    assert talk.start(START) is None
    assert link.sent == [b"start\r"]


def test_after_a_silent_start_the_link_is_in_doubt_until_a_harmless_question_is_answered():
    talk, link = talking(how=b"how 4\n", load=b"load 1\n")
    talk.outlet.arm()
    assert talk.start(START) is None
    assert talk.ask(LOAD) == "load 1"
    assert link.sent == [b"start\r", b"how\r", b"load\r"]


def test_a_no_to_the_start_counts_only_when_no_other_answer_is_owed():
    talk, link = talking(how=b"how 4\n", start=b"no 3\n")
    with pytest.raises(MachineSilent):
        talk.ask(LOAD)
    assert talk.ask(Toy.probe) == "how 4"
    talk.outlet.arm()
    assert talk.start(START) is None
    assert link.sent.count(b"start\r") == 1


def test_hear_gives_whatever_comes_next_unsorted():
    talk, link = talking()
    link.waiting.append(b"end\n")
    assert talk.hear(0.05) == "end"
    assert talk.hear(0.01) is None
    assert not talk.runs


class Babble(Transcript):
    """A machine that says something new whenever it is listened to."""

    def receive(self, seconds: float) -> bytes:
        return b"what 1\n"


def test_a_machine_that_never_stops_talking_is_silent_on_what_was_asked():
    talk = Talk("bench", Babble({}), Toy(), HASTY)
    with pytest.raises(MachineSilent):
        talk.ask(LOAD)
    talk.clear()
    assert not talk.strange


def test_an_answer_of_endless_parts_ends():
    talk = Talk("bench", Loads({}), Toy(), HASTY)
    assert len(talk.ask_lines(LOAD)) == 1000


class Loads(Transcript):
    """A machine that answers the same question for ever, but not before it is asked."""

    def receive(self, seconds: float) -> bytes:
        return b"load 1\n" if self.sent and seconds > 0 else b""
