from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.tl07 import words
from stockpile.adapters.marking.tl07.words import (
    Error,
    Framer,
    Framing,
    Mode,
    Reply,
    Run,
    State,
    Status,
)
from stockpile.domain.errors import MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"

COMMANDS = [
    ("GO", "1B 00 00 02 47 4F 0D", "47 4F 0D"),
    ("ST", "1B 00 00 02 53 54 0D", "53 54 0D"),
    ("AM", "1B 00 00 02 41 4D 0D", "41 4D 0D"),
    ("AD", "1B 00 00 02 41 44 0D", "41 44 0D"),
    ("VG 0", "1B 00 00 04 56 47 20 30 0D", "56 47 20 30 0D"),
    ("GI *", "1B 00 00 04 47 49 20 2A 0D", "47 49 20 2A 0D"),
    (
        words.load("UGA.tml"),
        "1B 00 00 10 4C 44 20 22 55 47 41 2E 74 6D 6C 22 20 31 20 4E 0D",
        "4C 44 20 22 55 47 41 2E 74 6D 6C 22 20 31 20 4E 0D",
    ),
    (
        words.set_text("UG-A00123"),
        "1B 00 00 10 56 53 20 30 20 22 55 47 2D 41 30 30 31 32 33 22 0D",
        "56 53 20 30 20 22 55 47 2D 41 30 30 31 32 33 22 0D",
    ),
    (
        words.set_text("СРБ-0001"),
        "1B 00 00 12 56 53 20 30 20 22 D0 A1 D0 A0 D0 91 2D 30 30 30 31 22 0D",
        "56 53 20 30 20 22 D0 A1 D0 A0 D0 91 2D 30 30 30 31 22 0D",
    ),
]


@pytest.mark.parametrize(("command", "serial", "tcp"), COMMANDS)
def test_commands_have_these_bytes(command: str, serial: str, tcp: str):
    assert words.encode(command, Framing.SERIAL) == bytes.fromhex(serial)
    assert words.encode(command, Framing.TCP) == bytes.fromhex(tcp)


def test_a_length_above_127_is_sent_as_bytes_and_not_as_a_character():
    frame = words.encode("x" * 0x1185, Framing.SERIAL)
    assert frame[:4] == b"\x1b\x00\x11\x85"


def test_a_command_too_long_for_its_length_field_is_refused():
    with pytest.raises(MarkNotPossible):
        words.encode("x" * 0x10000, Framing.SERIAL)


def test_no_line_of_the_network_can_hold_two_commands():
    with pytest.raises(MarkNotPossible):
        words.encode('VS 0 "A"\rGO', Framing.TCP)


@pytest.mark.parametrize(
    ("command", "repeatable"),
    [("GO", False), ("OG", False), ("RM x", False), ("ST", True), ('VS 0 "A"', True), ("AM", True)],
)
def test_the_table_says_what_may_be_repeated(command: str, *, repeatable: bool):
    assert words.order(command, Framing.TCP).repeatable is repeatable


def vectors() -> list[dict[str, str]]:
    if not SHARED.exists():
        return []
    found: list[dict[str, str]] = json.loads(SHARED.read_text("utf-8"))["drivers"][
        "gravotech_tl07"
    ]["vectors"]
    return found


VECTORS = vectors()
needs_vectors = pytest.mark.skipif(
    not VECTORS, reason="the shared vectors are not beside the house"
)


@needs_vectors
@pytest.mark.parametrize("framing", list(Framing))
def test_every_shared_command_is_encoded_alike(framing: Framing):
    head = {"serial": 4, "tcp": 0}[framing.value]
    prefix = {"serial": "ser", "tcp": "tcp"}[framing.value]
    frames = [bytes.fromhex(v["hex"]) for v in VECTORS if f"/{prefix}-" in v["id"]]
    assert len(frames) >= 12
    for frame in frames:
        assert words.encode(frame[head:-1].decode("utf-8"), framing) == frame


MEANT = {
    "r-go-m": Run.STARTED,
    "r-go-f": Run.FINISHED,
    "r-go-s": Run.STOPPED,
    "r-go-p": Run.PAUSED,
    "r-st-ready": Status(State.READY, 0, Mode.NORMAL),
    "r-st-mark": Status(State.MARKING, 0, Mode.NORMAL),
    "r-st-sim": Status(State.READY, 0, Mode.SIMULATION),
    "r-er-2-32": Error(2, 32),
    "r-er-4-1": Error(4, 1),
    "r-er-unknown": Error(9, 9),
}


def meaning(reply: Reply) -> object:
    return words.run_of(reply) or words.status_of(reply) or words.error_of(reply)


@needs_vectors
def test_every_shared_answer_is_understood():
    hexes = {v["id"].split("/")[1]: bytes.fromhex(v["hex"]) for v in VECTORS}
    found = {name: meaning(Framer().feed(hexes[name])[0]) for name in MEANT}
    assert found == MEANT
    assert Framer().feed(hexes["r-ld-1"]) == (Reply("LD 1"),)
    assert [r.text for r in Framer().feed(hexes["r-stale"])] == ["VS 1", "GO M"]
    split = Framer()
    assert split.feed(hexes["r-split"]) == ()
    assert split.kept == 3


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("GO M", Run.STARTED),
        ("GO F", Run.FINISHED),
        ("GO P", Run.PAUSED),
        ("GO S", Run.STOPPED),
        ("GO", None),
        ("GO MM", None),
        ("ST 4 0 0", Status(State.READY, 0, Mode.NORMAL)),
        ("ST 32 1 1", Status(State.FAULT, 1, Mode.AUTONOMOUS)),
        ("ST 12 0 0", None),
        ("ST 4 0 7", None),
        ("ST 4", None),
        ("ER 3 8", Error(3, 8)),
        ("ER", None),
        ("LD 1", None),
        ("", None),
    ],
)
def test_lines_mean_this_and_no_more(line: str, meant: object):
    assert meaning(Reply(line)) == meant


@pytest.mark.parametrize(
    ("line", "proof"),
    [
        ("ER 3 8", True),
        ("ER 2 32", True),
        ("ER 4 1", True),
        ("ER 2 8", False),
        ("ER 2 16", False),
        ("ER 3 3", False),
        ("ER 9 9", False),
    ],
)
def test_only_a_known_refusal_proves_that_nothing_started(line: str, *, proof: bool):
    error = words.error_of(Reply(line))
    assert error is not None
    assert error.proves_no_start is proof


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('VG 0 "UG-1"', "UG-1"),
        ('VG "UG-1"', "UG-1"),
        ('"UG-1"', "UG-1"),
        ("UG-1", "UG-1"),
        ('VG 0 ""', ""),
        ("", ""),
        ("VS 1", None),
        ("GO M", None),
        ("ER 1 1", None),
    ],
)
def test_a_text_is_read_back_in_every_writing_of_it(line: str, text: str | None):
    assert words.text_of(Reply(line)) == text


@pytest.mark.parametrize(
    ("line", "word", "fits"),
    [
        ("VS 1", "VS", True),
        ("VS 1", "GO", False),
        ("ER 1 1", "LD", True),
        ("ER 1 1", "VG", True),
        ("noise", "ST", False),
        ("noise", "VG", True),
        ("GI x", "GI", True),
        ("ST 4 0 0", "GI", False),
    ],
)
def test_answers_are_matched_by_their_word(line: str, word: str, *, fits: bool):
    assert words.answers(Reply(line), word) is fits


def test_a_garbled_line_answers_nothing_and_means_nothing():
    for line in (b"GO M\n", b"\xffGO M\r\n", b"GO\x00 M\r\n"):
        (reply,) = Framer().feed(line)
        assert reply.garbled
        assert meaning(reply) is None
        assert words.text_of(reply) is None
        assert not any(words.answers(reply, word) for word in ("GO", "VG", "GI", "ST"))


LINES = (
    b'LD 1\r\nVS 1\r\nVG 0 "\xd0\xa1\xd0\xa0\xd0\x91-0001"\r\n'
    b"ST 4 0 0\r\n\x93\xff\r\nGO M\r\nGO F\r\n"
)


@given(st.lists(st.integers(0, len(LINES)), max_size=12))
def test_however_the_bytes_arrive_the_lines_are_the_same(cuts: list[int]):
    places = [0, *sorted(cuts), len(LINES)]
    framer = Framer()
    replies = [
        reply
        for start, end in itertools.pairwise(places)
        for reply in framer.feed(LINES[start:end])
    ]
    assert tuple(replies) == Framer().feed(LINES)
    assert framer.kept == 0


def test_endless_noise_is_neither_kept_nor_glued_to_the_next_answer():
    framer = Framer()
    (noise,) = framer.feed(b"x" * 5000)
    assert noise.garbled
    assert framer.feed(b"GO M\r\n") == (Reply("GO M"),)


HOSTILE = [
    *('A"B', "A\rGO", "A\nB", "A\x1bB", "A\x00B", "A,B", "A\\B", "[V1]", "A\tB", "A;B"),
    *("", " ", " A", "A ", "é", "A\u200bB", "A\u202eB", "中", "GO F", "ST", "ER 1 1", "A" * 65),
    "Б" * 33,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_that_could_become_something_else_are_refused(text: str):
    with pytest.raises(MarkNotPossible):
        words.check_text(text)


@given(st.text(max_size=40))
def test_what_the_white_list_lets_through_is_one_quoted_word(text: str):
    try:
        command = words.set_text(text)
    except MarkNotPossible:
        return
    assert command.count('"') == 2
    assert "\r" not in command
    assert words.text_of(Reply(command.replace("VS", "VG", 1))) == text


@pytest.mark.parametrize("layout", ["", 'A" 1 S\rGO', "a b", "Ä.tml", "x" * 61, "A\n"])
def test_layout_names_that_are_none_are_refused(layout: str):
    with pytest.raises(MarkNotPossible):
        words.load(layout)
