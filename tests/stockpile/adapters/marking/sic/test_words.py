from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.sic import words
from stockpile.adapters.marking.sic.words import Layout, Reply, SicTongue
from stockpile.domain.errors import MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"

LOGO = (
    "494E534552544C4F474F4C494E45203130302031323020302031303020313030203020302031203520342056"
    "205349430A"
)
SENT = [
    ("INSERTPAUSELINE 100 120 130",
     "49 4E 53 45 52 54 50 41 55 53 45 4C 49 4E 45 20 31 30 30 20 31 32 30 20 31 33 30 0A"),
    ("INSERTLOGOLINE 100 120 0 100 100 0 0 1 5 4 V SIC", LOGO),
    ("LOADFILE UGA", "4C 4F 41 44 46 49 4C 45 20 55 47 41 0A"),
    ("SETVAR SERIAL UG-A00123",
     "53 45 54 56 41 52 20 53 45 52 49 41 4C 20 55 47 2D 41 30 30 31 32 33 0A"),
    ("RUN", "52 55 4E 0A"),
    ("RESETERROR", "52 45 53 45 54 45 52 52 4F 52 0A"),
]  # fmt: skip
HEARD = [
    ("49 4E 53 45 52 54 50 41 55 53 45 4C 49 4E 45 20 4F 4B 0D 0A",
     Reply("INSERTPAUSELINE OK", "INSERTPAUSELINE", ok=True)),
    ("494E5345525450415553454C494E452042414420415247554D454E5453200D0A",
     Reply("INSERTPAUSELINE BAD ARGUMENTS ", "INSERTPAUSELINE", ok=False)),
    ("52 55 4E 20 4F 4B 0D 0A", Reply("RUN OK", "RUN", ok=True)),
]  # fmt: skip


@pytest.mark.parametrize(("command", "frame"), SENT)
def test_commands_have_these_bytes(command: str, frame: str):
    assert words.order(command).frame == bytes.fromhex(frame)


@pytest.mark.parametrize(("frame", "reply"), HEARD)
def test_answers_mean_this(frame: str, reply: Reply):
    assert SicTongue().feed(bytes.fromhex(frame)) == (reply,)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not beside the house")
def test_these_are_all_the_shared_vectors_and_none_is_written_otherwise():
    family = json.loads(SHARED.read_text("utf-8"))["drivers"]["sic_text"]
    shared = {bytes.fromhex(vector["hex"]) for vector in family["vectors"]}
    assert shared == {bytes.fromhex(frame) for _, frame in SENT} | {
        bytes.fromhex(frame) for frame, _ in HEARD
    }
    for text in family["reject"]:
        with pytest.raises(MarkNotPossible):
            Layout("UGA", ("SERIAL",)).parts(text)


@pytest.mark.parametrize(
    ("command", "repeatable"),
    [
        *(("LOADFILE A", True), ("SETVAR A 1", True), ("SETVAR", True)),
        *(("RUN", False), ("RESETERROR", False), ("INSERTTEXTLINE 1", False)),
        *(("SAVEFILE A", False), ("FILEDELETE A", False)),
    ],
)
def test_the_table_says_what_may_be_repeated(command: str, *, repeatable: bool):
    assert words.order(command).repeatable is repeatable


@pytest.mark.parametrize("command", ["RUN\nRUN", "SETVAR A\r", "GO", "", "SETVAR A é", "run"])
def test_no_line_holds_two_commands_or_a_strange_one(command: str):
    with pytest.raises(MarkNotPossible):
        words.order(command)


@pytest.mark.parametrize(
    ("told", "layout"),
    [
        ("UGA", Layout("UGA", ("MARK",))),
        ("UGA.tml", Layout("UGA.tml", ("MARK",))),
        ("UGA:SERIAL", Layout("UGA", ("SERIAL",))),
        ("UGA:ISO2,YEAR,SERIAL", Layout("UGA", ("ISO2", "YEAR", "SERIAL"))),
    ],
)
def test_a_layout_is_a_file_and_the_variables_of_the_texts_parts(told: str, layout: Layout):
    assert words.layout(told) == layout


@pytest.mark.parametrize(
    "told",
    ["", ":A", "TWELVELETTER", "A B", "UGA:a", "UGA:A,A", "UGA:A,", f"UGA:{'A' * 21}", "A\nRUN"],
)
def test_names_that_the_machine_does_not_take_are_refused(told: str):
    with pytest.raises(MarkNotPossible):
        words.layout(told)


def test_a_text_with_spaces_needs_a_variable_for_each_part():
    three = Layout("UGA", ("ISO2", "YEAR", "SERIAL"))
    assert three.parts("UG 26 000042") == ("UG", "26", "000042")
    for text in ("UG 26", "UG 26 000042 A", "UG  26 42"):
        with pytest.raises(MarkNotPossible):
            three.parts(text)


@pytest.mark.parametrize(
    "text",
    [
        *("A B", "A\nRUN", "A\r\nRUN", "", " ", " A", "A ", "a", "é", "A\x00", "A\tB", 'A"B'),
        *("A,B", "A;B", "Б", "A\u200b", "A" * 21),
    ],
)
def test_texts_that_could_become_something_else_are_refused(text: str):
    with pytest.raises(MarkNotPossible):
        Layout("UGA", ("SERIAL",)).parts(text)


@given(st.text(max_size=30))
def test_what_the_white_list_lets_through_is_one_argument(text: str):
    try:
        (part,) = Layout("UGA", ("SERIAL",)).parts(text)
    except MarkNotPossible:
        return
    frame = words.order(f"SETVAR SERIAL {part}").frame
    assert frame.split(b" ") == [b"SETVAR", b"SERIAL", text.encode("ascii") + b"\n"]


LINES = b"LOADFILE OK\r\nSETVAR BAD ARGUMENTS \r\n\x93\xff\r\n\r\nRUN OK\r\nRUN O"


@given(st.lists(st.integers(0, len(LINES)), max_size=12))
def test_however_the_bytes_arrive_the_answers_are_the_same(cuts: list[int]):
    places = [0, *sorted(cuts), len(LINES)]
    tongue = SicTongue()
    replies = [
        reply
        for start, end in itertools.pairwise(places)
        for reply in tongue.feed(LINES[start:end])
    ]
    assert tuple(replies) == SicTongue().feed(LINES)
    assert [(reply.word, reply.ok) for reply in replies if reply.word] == [
        ("LOADFILE", True), ("SETVAR", False), ("RUN", True),
    ]  # fmt: skip


@given(st.binary(max_size=200))
def test_noise_is_no_answer(noise: bytes):
    for reply in SicTongue().feed(noise):
        assert not reply.word or reply.text.startswith(reply.word)


@pytest.mark.parametrize(
    "line",
    [b"RUN OK\n", b"RUN\r\n", b"RUN OKAY\r\n", b"RUN 1\r\n", b"31\r\n", b"run OK\r\n",
     b"GO OK\r\n", b"RU\x0e OK\r\n", b"RUN BAD\r\n"],
)  # fmt: skip
def test_hurt_and_foreign_lines_answer_nothing(line: bytes):
    (reply,) = SicTongue().feed(line)
    assert not reply.word
    tongue = SicTongue()
    assert not any(tongue.answers(reply, word) for word in ("RUN", "SETVAR", ""))
    assert not tongue.refuses(reply)


def test_endless_noise_is_neither_kept_nor_glued_to_the_next_answer():
    tongue = SicTongue()
    (noise,) = tongue.feed(b"x" * 5000)
    assert not noise.word
    assert tongue.feed(b"RUN OK\r\n") == (Reply("RUN OK", "RUN", ok=True),)


def test_only_the_no_to_an_order_without_arguments_proves_that_it_listens_again():
    tongue = SicTongue()
    proofs = [
        tongue.is_proof(reply)
        for reply in tongue.feed(b"SETVAR BAD ARGUMENTS\r\nSETVAR OK\r\nRUN BAD ARGUMENTS\r\n")
    ]
    assert proofs == [True, False, False]
