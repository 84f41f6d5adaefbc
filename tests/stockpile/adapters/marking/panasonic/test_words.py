from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.panasonic import words
from stockpile.adapters.marking.panasonic.words import (
    Framer,
    Kind,
    PanasonicTongue,
    Pumping,
    Reply,
    Status,
)
from stockpile.adapters.marking.talk import ANY_WORD, Run
from stockpile.domain.errors import MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"

COMMANDS = [
    # command, whether summed, its bytes
    ("FNOS2047", True, "02 46 4E 4F 53 32 30 34 37 30 35 0D"),
    ("LPWS042.5", True, "02 4C 50 57 53 30 34 32 2E 35 34 31 0D"),
    ("ABCA000", True, "02 41 42 43 41 30 30 30 39 39 0D"),
    ("ABCS000", True, "02 41 42 43 53 30 30 30 41 42 0D"),
    ("MSTS1", False, "02 4D 53 54 53 31 0D"),
    ("STSR", False, "02 53 54 53 52 0D"),
    ("MKMS0", False, "02 4D 4B 4D 53 30 0D"),
    ("SINS00abcd", False, "02 53 49 4E 53 30 30 61 62 63 64 0D"),
    ("LSRS1", False, "02 4C 53 52 53 31 0D"),
    ("MRKS1", False, "02 4D 52 4B 53 31 0D"),
]
ANSWERS = [
    ("06 30 30 36 36 0D", True, Reply(Kind.DONE)),
    ("15 30 36 37 42 0D", True, Reply(Kind.REFUSED, "", "06")),
    ("02 46 4E 4F 41 32 30 34 37 46 33 0D", True, Reply(Kind.READ, "FNO", "2047")),
    ("02 4D 53 54 41 30 30 30 30 0D", False, Reply(Kind.READ, "MST", "0000")),
    ("02 4D 53 54 41 45 34 30 30 0D", False, Reply(Kind.READ, "MST", "E400")),
    ("02 53 54 53 41 30 32 31 31 30 0D", False, Reply(Kind.READ, "STS", "02110")),
]
READY = Status(
    failed=False,
    pumping=Pumping.DONE,
    takes_settings=False,
    trigger_ready=True,
    at_intervals=False,
)


@pytest.mark.parametrize(("command", "summed", "frame"), COMMANDS)
def test_commands_have_these_bytes(command: str, frame: str, *, summed: bool):
    assert words.encode(command, summed=summed) == bytes.fromhex(frame)


@pytest.mark.parametrize(("frame", "summed", "reply"), ANSWERS)
def test_answers_mean_this(frame: str, reply: Reply, *, summed: bool):
    assert Framer(summed=summed).feed(bytes.fromhex(frame)) == (reply,)


def test_every_shared_vector_stands_here():
    if not SHARED.exists():
        pytest.skip("the shared vectors are not beside the house")
    family = json.loads(SHARED.read_text("utf-8"))["drivers"]["panasonic_lp"]
    here = {frame for _, _, frame in COMMANDS} | {frame for frame, _, _ in ANSWERS}
    assert {vector["hex"] for vector in family["vectors"]} == here
    assert family["reject"] == []


def test_a_set_text_and_a_file_are_these_commands():
    assert words.set_text("UG-A 1") == "SINS00UG-A 1"
    assert [words.file_number(layout) for layout in ("0", "7", "2047")] == ["0000", "0007", "2047"]


@pytest.mark.parametrize("layout", ["", "x", "12345", "1\r", "²", "-1"])
def test_files_that_are_none_are_refused(layout: str):
    with pytest.raises(MarkNotPossible):
        words.file_number(layout)


@pytest.mark.parametrize(
    ("command", "repeatable"),
    [("MRKS1", False), ("XXXS1", False), ("STSR", True), ("SINS00A", True), ("SHTS0", True)],
)
def test_the_table_says_what_may_be_repeated(command: str, *, repeatable: bool):
    assert words.order(command, summed=True).repeatable is repeatable


@pytest.mark.parametrize(
    ("said", "run"),
    [("0000", Run.FINISHED), ("E400", Run.STOPPED), ("E4", None), ("1", None), ("00000", None)],
)
def test_only_a_whole_report_is_news_of_a_run(said: str, run: Run | None):
    assert words.run_of(Reply(Kind.READ, "MST", said)) is run


def test_a_status_is_read_digit_by_digit():
    assert words.status_of(Reply(Kind.READ, "STS", "02110")) == READY
    assert READY.is_ready
    cold = words.status_of(Reply(Kind.READ, "STS", "10001"))
    assert cold == Status(
        failed=True,
        pumping=Pumping.OFF,
        takes_settings=True,
        trigger_ready=False,
        at_intervals=True,
    )
    for strange in ("0211", "021100", "32110", "02310", ""):
        assert words.status_of(Reply(Kind.READ, "STS", strange)) is None
    assert words.status_of(Reply(Kind.READ, "FNO", "02110")) is None


@pytest.mark.parametrize("said", ["12110", "01110", "00110", "02010", "02100", "02111"])
def test_every_other_status_is_not_ready(said: str):
    status = words.status_of(Reply(Kind.READ, "STS", said))
    assert status is not None
    assert not status.is_ready


@pytest.mark.parametrize(
    ("code", "proof"), [("03", True), ("10", True), ("99", False), ("42", False)]
)
def test_only_a_code_that_names_a_cause_proves_that_nothing_started(code: str, *, proof: bool):
    assert Reply(Kind.REFUSED, "", code).proves_no_start is proof


def test_what_a_machine_said_can_be_written_down():
    assert Reply(Kind.REFUSED, "", "10").said == "NAK 10 alarm"
    assert Reply(Kind.REFUSED, "", "77").said == "NAK 77"
    assert Reply(Kind.READ, "FNO", "0007").said == "FNO0007"
    assert Reply(Kind.GARBLED).said == "garbled"


@pytest.mark.parametrize(
    "frame",
    [
        b"\x0600\r",  # no sum
        b"\x060067\r",  # a wrong one
        b"\x150a7B\r",
        b"\x02FNOA\xff2047F3\r",
        b"noise\r",
        b"\x06\r",
    ],
)
def test_a_damaged_frame_says_nothing(frame: bytes):
    assert {reply.kind for reply in Framer(summed=True).feed(frame)} == {Kind.GARBLED}


@pytest.mark.parametrize("frame", [b"\x0601\r", b"\x151\r", b"\x02FNOS2047\r", b"\x02STS\x80\r"])
def test_a_frame_that_is_none_says_nothing_without_a_sum_either(frame: bytes):
    assert Framer(summed=False).feed(frame) == (Reply(Kind.GARBLED),)


def test_what_stands_between_frames_is_skipped_and_noise_is_counted():
    framer = Framer(summed=False)
    assert framer.feed(b"\x0600\r\n\x00\x0600\r") == (Reply(Kind.DONE), Reply(Kind.DONE))
    assert framer.feed(b"\n\x93\xff\x0600\r") == (Reply(Kind.GARBLED), Reply(Kind.DONE))


FRAMES = b"\x0600\r\n\x02STSA02110\r\x02MSTA0000\r\x93\xff\r\x1503\r\x02FNOA0007\r"


@given(st.lists(st.integers(0, len(FRAMES)), max_size=12))
def test_however_the_bytes_arrive_the_frames_are_the_same(cuts: list[int]):
    framer, replies = Framer(summed=False), []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(FRAMES)]):
        replies += framer.feed(FRAMES[start:end])
    assert tuple(replies) == Framer(summed=False).feed(FRAMES)
    assert framer.kept == 0


@given(st.binary(max_size=60), st.booleans())
def test_no_bytes_bring_the_framer_down(noise: bytes, summed: bool):
    for reply in Framer(summed=summed).feed(noise + b"\r"):
        assert words.run_of(reply) is None or reply.is_report


def test_endless_noise_is_neither_kept_nor_glued_to_the_next_answer():
    framer = Framer(summed=False)
    assert framer.feed(b"x" * 5000) == (Reply(Kind.GARBLED),)
    assert framer.feed(b"\x0600\r") == (Reply(Kind.DONE),)


HOSTILE = ["", " ", " A", "A ", "A\rMRKS1", "A\nB", "A\x02B", "%SFT:0", "é", "A,B", "A" * 100]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_that_could_become_something_else_are_refused(text: str):
    with pytest.raises(MarkNotPossible):
        words.set_text(text)


@given(st.text(max_size=30))
def test_what_the_white_list_lets_through_is_one_frame(text: str):
    try:
        frame = words.encode(words.set_text(text), summed=True)
    except MarkNotPossible:
        return
    assert frame.count(b"\r") == frame.count(b"\x02") == 1
    assert words.checksum(frame[:-3]) == frame[-3:-1]


def test_no_command_ends_early_on_the_wire():
    with pytest.raises(MarkNotPossible):
        words.encode("FNOS1\rMRKS1", summed=False)


@pytest.mark.parametrize(
    ("reply", "word", "fits"),
    [
        (Reply(Kind.DONE), "FNOS", True),
        (Reply(Kind.DONE), "STSR", False),
        (Reply(Kind.REFUSED, "", "03"), "STSR", True),
        (Reply(Kind.READ, "STS", "02110"), "STSR", True),
        (Reply(Kind.READ, "STS", "02110"), "FNOR", False),
        (Reply(Kind.READ, "MST", "1"), "MSTR", True),
        (Reply(Kind.READ, "MST", "0000"), "MSTR", False),
        (Reply(Kind.GARBLED), "FNOS", False),
    ],
)
def test_answers_are_matched_by_what_they_name(reply: Reply, word: str, *, fits: bool):
    assert PanasonicTongue(summed=False).answers(reply, word) is fits


def test_the_tongue_says_whose_a_reply_is():
    tongue = PanasonicTongue(summed=False)
    done, no = Reply(Kind.DONE), Reply(Kind.REFUSED, "", "03")
    report, status = Reply(Kind.READ, "MST", "0000"), Reply(Kind.READ, "STS", "02110")
    assert [tongue.word_of(one) for one in (done, no, report, status, Reply(Kind.GARBLED))] == [
        *(ANY_WORD, ANY_WORD, "", "STSR", ""),
    ]
    assert [tongue.is_proof(one) for one in (done, no, report, status)] == [
        *(False, False, False, True),
    ]
    assert tongue.run_of(report) is Run.FINISHED
    assert tongue.refuses(no)
    assert not tongue.refuses(done)
    assert tongue.probe.frame == b"\x02STSR\r"
