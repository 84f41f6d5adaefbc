from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.keyence import words
from stockpile.adapters.marking.keyence.words import (
    Block,
    Framer,
    KeyenceTongue,
    Kind,
    Ready,
    Reply,
    Result,
)
from stockpile.adapters.marking.talk import Run
from stockpile.domain.errors import MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"
BLOCK = Block("0001", "000")

COMMANDS = [
    (words.READY, "52 58 2C 52 65 61 64 79 0D"),
    ("WX,JobNo=0007", "57 58 2C 4A 6F 62 4E 6F 3D 30 30 30 37 0D"),
    (
        words.set_text(BLOCK, "UG-A00123"),
        (
            "57 58 2C 4A 4F 42 3D 30 30 30 31 2C 42 4C 4B 3D 30 30 30 2C 43 68 61 72 61 63 74 65 "
            "72 53 74 72 69 6E 67 3D 55 47 2D 41 30 30 31 32 33 0D"
        ),
    ),
    (words.START, "57 58 2C 53 74 61 72 74 4D 61 72 6B 69 6E 67 3D 31 0D"),
    (words.STOP, "57 58 2C 53 74 6F 70 4D 61 72 6B 69 6E 67 0D"),
    (words.LOCK, "57 58 2C 54 72 69 67 67 65 72 4C 6F 63 6B 3D 31 0D"),
    (
        "RX,MarkedCharacter=0001,000",
        "52 58 2C 4D 61 72 6B 65 64 43 68 61 72 61 63 74 65 72 3D 30 30 30 31 2C 30 30 30 0D",
    ),
    (words.RESULT, "52 58 2C 4D 61 72 6B 69 6E 67 52 65 73 75 6C 74 0D"),
    ("RX,Error", "52 58 2C 45 72 72 6F 72 0D"),
    ("WX,ErrorClear", "57 58 2C 45 72 72 6F 72 43 6C 65 61 72 0D"),
]
ANSWERS = [
    ("57 58 2C 4F 4B 0D", Reply(Kind.OK, "WX")),
    ("52 58 2C 4F 4B 2C 30 0D", Reply(Kind.OK, "RX", "0")),
    ("52 58 2C 4F 4B 2C 31 0D", Reply(Kind.OK, "RX", "1")),
    ("52 58 2C 4F 4B 2C 32 0D", Reply(Kind.OK, "RX", "2")),
    ("57 58 2C 4E 47 2C 53 30 31 32 33 2C 42 75 73 79 0D", Reply(Kind.NG, "WX", "S0123,Busy")),
]
REJECTED = ["A,B", "A\rWX,StartMarking=1", "A\nB"]


@pytest.mark.parametrize(("command", "frame"), COMMANDS)
def test_commands_have_these_bytes(command: str, frame: str):
    assert words.encode(command) == bytes.fromhex(frame)


@pytest.mark.parametrize(("frame", "reply"), ANSWERS)
def test_answers_mean_this(frame: str, reply: Reply):
    assert Framer().feed(bytes.fromhex(frame)) == (reply,)


def test_every_shared_vector_stands_here():
    if not SHARED.exists():
        pytest.skip("the shared vectors are not beside the house")
    family = json.loads(SHARED.read_text("utf-8"))["drivers"]["keyence_mdx"]
    here = {frame for _, frame in COMMANDS} | {frame for frame, _ in ANSWERS}
    assert {vector["hex"] for vector in family["vectors"]} == here
    assert family["reject"] == REJECTED


def test_the_three_answers_to_ready_are_told_apart():
    found = [words.ready_of(Reply(Kind.OK, "RX", data)) for data in ("0", "1", "2", "3", "", "00")]
    assert found == [Ready.ON, Ready.ERROR, Ready.BUSY, None, None, None]
    assert words.ready_of(Reply(Kind.OK, "WX", "0")) is None
    assert words.ready_of(Reply(Kind.NG, "RX", "0")) is None


def test_a_result_is_a_success_and_a_time():
    assert words.result_of(Reply(Kind.OK, "RX", "1,000000002200")) == Result(
        succeeded=True, time="000000002200"
    )
    assert words.result_of(Reply(Kind.OK, "RX", "0,000000000100")) == Result(
        succeeded=False, time="000000000100"
    )
    assert words.result_of(Reply(Kind.OK, "RX", "1")) is None
    assert words.result_of(Reply(Kind.NG, "RX", "1,2")) is None


def test_a_text_is_what_was_read_and_nothing_of_a_no():
    assert words.text_of(Reply(Kind.OK, "RX", "UG-1")) == "UG-1"
    assert words.text_of(Reply(Kind.OK, "RX")) == ""
    assert words.text_of(Reply(Kind.NG, "RX", "S1,x")) is None
    assert words.text_of(Reply(Kind.OK, "WX")) is None


@pytest.mark.parametrize(
    ("layout", "block"),
    [
        ("7", Block("0007", "000")),
        ("0007", Block("0007", "000")),
        ("1999,255", Block("1999", "255")),
        ("7.3", Block("0007", "003")),
    ],
)
def test_a_layout_names_a_job_and_a_block(layout: str, block: Block):
    assert words.block_of(layout) == block


@pytest.mark.parametrize("layout", ["", "x", "2000", "7,256", "7,", "7,1,2", "1\r", "²", "12345"])
def test_layouts_that_name_none_are_refused(layout: str):
    with pytest.raises(MarkNotPossible):
        words.block_of(layout)


@pytest.mark.parametrize(
    ("command", "repeatable"),
    [
        (words.START, False),
        ("WX,ErrorClear", False),
        ("WX,DeleteJob=0001", False),
        (words.READY, True),
        (words.STOP, True),
        (words.set_text(BLOCK, ""), True),
        ("RX,JOB=0001,BLK=000,CharacterString", True),
        ("RX,JOB=0001,Title", True),
        ("RX,MarkedCharacter=0001,000", True),
    ],
)
def test_the_table_says_what_may_be_repeated(command: str, *, repeatable: bool):
    order = words.order(command)
    assert (order.repeatable, order.word) == (repeatable, command[:2])


@pytest.mark.parametrize(
    "text", [*REJECTED, "", " A", "A ", "%1", "é", "A" * 65, "0", "1", "2", "A\x00", "A=B"]
)
def test_texts_that_could_become_something_else_are_refused(text: str):
    with pytest.raises(MarkNotPossible):
        words.check_text(text)


@given(st.text(max_size=30))
def test_what_the_white_list_lets_through_is_one_value(text: str):
    try:
        frame = words.encode(words.set_text(BLOCK, text))
    except MarkNotPossible:
        return
    assert frame.count(b"\r") == 1
    assert frame.count(b",") == 3


def test_no_command_ends_early_on_the_wire():
    with pytest.raises(MarkNotPossible):
        words.encode("WX,JobNo=0001\rWX,StartMarking=1")


@pytest.mark.parametrize(
    "line", [b"", b"WX\r", b"WX,Ok\r", b"XX,OK\r", b"\xffWX,OK\r", b"WX,OK\0\r"]
)
def test_a_line_that_is_no_answer_says_nothing(line: bytes):
    assert {reply.kind for reply in Framer().feed(line)} <= {Kind.GARBLED}


LINES = b"WX,OK\rRX,OK,0\r\nRX,OK,UG-1\r\x93\xff\rWX,NG,S0123,Busy\rRX,OK,1,000000002200\r"


@given(st.lists(st.integers(0, len(LINES)), max_size=12))
def test_however_the_bytes_arrive_the_lines_are_the_same(cuts: list[int]):
    framer, replies = Framer(), []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(LINES)]):
        replies += framer.feed(LINES[start:end])
    assert tuple(replies) == Framer().feed(LINES)
    assert framer.kept == 0


def test_endless_noise_is_neither_kept_nor_glued_to_the_next_answer():
    framer = Framer()
    assert framer.feed(b"x" * 5000) == (Reply(Kind.GARBLED),)
    assert framer.feed(b"WX,OK\r") == (Reply(Kind.OK, "WX"),)


def test_what_a_machine_said_can_be_written_down():
    assert Reply(Kind.NG, "WX", "S0123,Busy").said == "NG S0123,Busy"
    assert Reply(Kind.OK, "WX").said == "OK"


def test_the_answer_to_a_setting_is_the_end_of_a_marking_only_while_one_is_under_way():
    tongue = KeyenceTongue()
    yes, no, read = Reply(Kind.OK, "WX"), Reply(Kind.NG, "WX", "S1,x"), Reply(Kind.OK, "RX", "2")
    assert [tongue.run_of(one) for one in (yes, no, read)] == [None, None, None]
    assert [tongue.answers(one, "WX") for one in (yes, no, read)] == [True, True, False]
    assert [tongue.word_of(one) for one in (yes, no, read)] == ["WX", "WX", "RX"]
    tongue.running = True
    assert [tongue.run_of(one) for one in (yes, no, read)] == [Run.FINISHED, Run.STOPPED, None]
    assert [tongue.answers(one, "WX") for one in (yes, no, read)] == [False, False, False]
    assert [tongue.word_of(one) for one in (yes, no, read)] == ["", "", "RX"]
    tongue.stopped = True
    assert tongue.run_of(yes) is Run.STOPPED


def test_the_tongue_knows_a_proof_and_a_no():
    tongue = KeyenceTongue()
    assert tongue.is_proof(Reply(Kind.OK, "RX", "2"))
    assert not tongue.is_proof(Reply(Kind.OK, "RX", "UG-1"))
    assert tongue.refuses(Reply(Kind.NG, "RX"))
    assert tongue.answers(Reply(Kind.OK, "RX", "0"), "RX")
    assert not tongue.answers(Reply(Kind.GARBLED), "RX")
    assert tongue.word_of(Reply(Kind.GARBLED)) == ""
