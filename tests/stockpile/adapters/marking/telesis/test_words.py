from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.telesis import words
from stockpile.adapters.marking.telesis.frames import BROKEN, Reply
from stockpile.adapters.marking.telesis.words import Status, TelesisTongue
from stockpile.domain.errors import MarkNotPossible
from stockpile.services.ports import MachineState

READY, MARKING, BUSY, PAUSED, FAULT, SIMULATION, NOT_READY = (
    MachineState.READY, MachineState.MARKING, MachineState.BUSY, MachineState.PAUSED,
    MachineState.FAULT, MachineState.SIMULATION, MachineState.NOT_READY,
)  # fmt: skip


def test_start_is_the_one_request_that_is_never_sent_twice():
    assert not words.order(words.START).repeatable
    orders = (
        words.order("O"), words.order("S"), words.order("I"), words.load("UGA"),
        words.ask_pattern(), words.put("UG-1"), words.put(""), words.ask_text(),
    )  # fmt: skip
    assert all(order.repeatable for order in orders)


def test_requests_are_these_frames():
    assert words.load("UGA-RIFLE").frame == b"\x01P\x02UGA-RIFLE\x03204\r"
    assert words.put("UG-A00123").frame == b"\x01V\x0201UG-A00123\x03183\r"
    assert words.put("").frame == b"\x01V\x0201\x03183\r"
    assert words.ask_text().frame == b"\x01V\x02?01\x03246\r"
    assert words.ask_pattern().frame == b"\x01P\x02~\x03206\r"


@pytest.mark.parametrize(
    ("word", "flags", "state"),
    [
        ("00000010", Status.ONLINE, READY),
        ("00000040", Status.PRINTING, MARKING),
        ("00000050", Status.ONLINE | Status.PRINTING, MARKING),
        ("00000052", Status.ONLINE | Status.PRINTING | Status.BUSY, MARKING),
        ("00000152", Status.ONLINE | Status.PRINTING | Status.BUSY | Status.PAUSED, PAUSED),
        ("00000000", Status(0), NOT_READY),
        ("00000001", Status.ABORTED, FAULT),
        ("00000011", Status.ONLINE | Status.ABORTED, FAULT),
        ("00000100", Status.PAUSED, PAUSED),
        ("00000014", Status.ONLINE | Status.LOCKED, NOT_READY),
        ("00000030", Status.ONLINE | Status.HOMING, BUSY),
        ("00000212", Status.ONLINE | Status.BUSY | Status.PARKING, BUSY),
        ("00002012", Status.ONLINE | Status.BUSY | Status.PRE_POSITION, BUSY),
        ("00000090", Status.ONLINE | Status.DRY_RUN, SIMULATION),
        ("000000D0", Status.ONLINE | Status.DRY_RUN | Status.PRINTING, SIMULATION),
        ("00000410", Status.ONLINE | Status.BATCH, SIMULATION),
        ("00000810", Status.ONLINE | Status.REPEAT, SIMULATION),
        ("00020010", Status.ONLINE | Status.EXERCISE, SIMULATION),
        ("00004010", Status.ONLINE | Status.INPUT, NOT_READY),
        ("80000010", Status(0x80000010), NOT_READY),
    ],
)
def test_the_bits_are_read_together(word: str, flags: Status, state: MachineState):
    status = words.status_of(Reply("S", word, yes=True))
    assert status == flags
    assert words.state_of(flags) is state


@pytest.mark.parametrize(
    "reply",
    [
        *(Reply("S", "10", yes=True), Reply("S", "0000001G", yes=True), Reply("S", yes=True)),
        *(Reply("S", "00000010", yes=False), Reply("I", "00000010", yes=True), BROKEN),
    ],
)
def test_what_is_no_status_is_none(reply: Reply):
    assert words.status_of(reply) is None


@given(st.integers(0, 0xFFFFFFFF))
def test_ready_is_online_and_nothing_else(word: int):
    assert (words.state_of(Status(word)) is READY) == (word == 0x10)


HOSTILE = [
    *("UG\rA", "A\x03B", "A\x01B", "é", "?01", "A?", "~", "%V", "A;B", "A,B", 'A"B', "A\\B", "A^B"),
    *("", " ", " A", "A ", "A\tB", "A\nB", "A" * 41, "Б", "中", "A\u200bB"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_that_could_become_something_else_are_refused(text: str):
    with pytest.raises(MarkNotPossible):
        words.check_text(text)


@given(st.text(max_size=42))
def test_what_the_white_list_lets_through_is_one_frame_with_one_text(text: str):
    try:
        frame = words.put(text).frame
    except MarkNotPossible:
        return
    assert frame.startswith(b"\x01V\x0201" + text.encode())
    assert (frame.count(b"\x01"), frame.count(b"\x03"), frame.count(b"\r")) == (1, 1, 1)


@pytest.mark.parametrize("pattern", ["", "~", "a b", "A\rG", "Ä", "x" * 41, "A\n", "?01"])
def test_pattern_names_that_are_none_are_refused(pattern: str):
    with pytest.raises(MarkNotPossible):
        words.load(pattern)


@pytest.mark.parametrize(
    ("told", "same"),
    [
        *(("UGA", True), ("UGA.TTP", True), ("UGA2", False), ("UGA2.TTP", False)),
        *(("", False), ("XUGA.TTP", False)),
    ],
)
def test_a_pattern_is_told_with_or_without_its_ending(told: str, *, same: bool):
    assert words.is_pattern(told, "UGA") is same


def test_answers_belong_to_the_request_of_their_type():
    tongue = TelesisTongue()
    late = Reply("V", yes=True)
    assert not tongue.answers(late, "G")
    assert tongue.answers(late, "V")
    assert not tongue.answers(Reply("G", flaw="checksum"), "G")
    assert (tongue.word_of(late), tongue.word_of(BROKEN), tongue.word_of(Reply("X"))) == (
        "V",
        "",
        "",
    )
    assert tongue.run_of(Reply("G", yes=True)) is None
    assert tongue.refuses(Reply("G", yes=False))
    assert not tongue.refuses(late)
    assert tongue.is_proof(Reply("S", "00000010", yes=True))
    assert not tongue.is_proof(Reply("S", yes=False))
