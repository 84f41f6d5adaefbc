from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.couth import words
from stockpile.adapters.marking.couth.words import Line
from stockpile.adapters.marking.simulators.couth_face import frames
from stockpile.domain.errors import MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"


def plain(command: int) -> Callable[[], bytes]:
    return lambda: words.order(command).frame


def setting(name: str, value: int) -> Callable[[], bytes]:
    return lambda: words.order(words.ATTRIBUTE, b"\x01" + words.attribute(name, value)).frame


def said(line: int, data: bytes) -> Callable[[], bytes]:
    return lambda: words.order(words.TEXT, bytes([line]) + data).frame


FRAMES = [
    ("clear", plain(words.CLEAR), "10 02 07 00 21 03 03"),
    ("status", plain(words.STATUS), "10 02 07 00 02 03 03"),
    ("start", plain(words.START), "10 02 07 00 31 03 03"),
    ("pause", plain(words.PAUSE), "10 02 07 00 33 03 03"),
    ("cancel", plain(words.CANCEL), "10 02 07 00 34 03 03"),
    ("attr-height", setting("height", 160), "10 02 0B 00 26 01 01 A0 00 03 03"),
    ("attr-width", setting("width", 100), "10 02 0A 00 26 01 02 64 03 03"),
    ("attr-dens", setting("density", 50), "10 02 0A 00 26 01 05 32 03 03"),
    ("attr-x", setting("x", 1000), "10 02 0B 00 26 01 06 E8 03 03 03"),
    ("attr-y", setting("y", 500), "10 02 0B 00 26 01 07 F4 01 03 03"),
    ("attr-angle", setting("angle", 900), "10 02 0B 00 26 01 09 84 03 03 03"),
    ("attr-speed-trap", setting("speed", 5), "10 02 0A 00 26 01 0E 05 03 03"),
    ("text", said(1, b"UG-A00123"), "10 02 11 00 25 01 55 47 2D 41 30 30 31 32 33 03 03"),
    ("datamatrix", said(2, words.matrix("UG-A00123")),
     "10 02 18 00 25 02 1E 44 4D 53 28 55 47 2D 41 30 30 31 32 33 29 1F 03 03"),
    ("logo", said(3, words.logo("STAR.LOG")),
     "10 02 15 00 25 03 1E 4C 28 53 54 41 52 2E 4C 4F 47 29 1F 03 03"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "frame"), [(made, frame) for _, made, frame in FRAMES])
def test_frames_have_these_bytes(made: Callable[[], bytes], frame: str):
    assert made() == bytes.fromhex(frame)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not beside the house")
def test_these_are_all_the_shared_vectors_and_none_is_written_otherwise():
    family = json.loads(SHARED.read_text("utf-8"))["drivers"]["couth_mc2000"]
    shared = {v["id"].split("/")[1]: bytes.fromhex(v["hex"]) for v in family["vectors"]}
    assert shared == {name: made() for name, made, _ in FRAMES}
    for text in family["reject"]:
        with pytest.raises(MarkNotPossible):
            words.matrix(text.removesuffix(" in Data Matrix"))


@pytest.mark.parametrize("frame", [bytes.fromhex(frame) for _, _, frame in FRAMES])
def test_every_length_counts_the_whole_frame(frame: bytes):
    assert int.from_bytes(frame[2:4], "little") == len(frame)


@given(st.sampled_from(sorted(words.ATTRIBUTES)), st.integers(-5, 11000))
def test_an_attribute_is_within_its_bounds_and_as_long_as_it_says(name: str, value: int):
    known = words.ATTRIBUTES[name]
    try:
        data = words.attribute(name, value)
    except MarkNotPossible:
        assert not known.low <= value <= known.high
        return
    assert len(data) == 1 + known.size
    assert int.from_bytes(data[1:], "little") == value


def test_an_attribute_that_is_none_is_refused():
    with pytest.raises(MarkNotPossible):
        words.attribute("depth", 3)


@pytest.mark.parametrize(
    ("command", "repeatable"),
    [
        *((words.STATUS, True), (words.CLEAR, True), (words.TEXT, True)),
        *((words.ATTRIBUTE, True), (words.CANCEL, True)),
        *((words.START, False), (words.PAUSE, False)),
    ],
)
def test_the_table_says_what_may_be_repeated(command: int, *, repeatable: bool):
    assert words.order(command).repeatable is repeatable


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ("", (Line("text"),)),
        ("text", (Line("text"),)),
        ("text height=160 x=1000; matrix x=200 ; STAR.LOG",
         (Line("text", (("height", 160), ("x", 1000))), Line("matrix", (("x", 200),)),
          Line("STAR.LOG"))),
    ],
)  # fmt: skip
def test_a_layout_is_lines_with_their_attributes(told: str, lines: tuple[Line, ...]):
    assert words.layout(told) == lines


@pytest.mark.parametrize(
    "told",
    [
        *("matrix", "text height", "text height=abc", "text height=401", "text depth=1"),
        *("text; star.log", "text; ../A.LOG", "text;;", "UGA.tml", "text speed=0", "text x=²"),
        ";".join(["text"] * 10),
    ],
)
def test_layouts_that_mean_nothing_are_refused(told: str):
    with pytest.raises(MarkNotPossible):
        words.layout(told)


def test_a_file_is_cleared_and_written_line_by_line():
    lines = words.layout("text height=160; matrix x=200; STAR.LOG")
    orders = list(words.orders(lines, "UG-1"))
    assert [order.word for order in orders] == [
        "CLEAR", "TEXT", "ATTRIBUTE", "TEXT", "ATTRIBUTE", "TEXT",
    ]  # fmt: skip
    assert orders[3].frame[5:-2] == b"\x02\x1eDMS(UG-1)\x1f"
    assert orders[5].frame[5:-2] == b"\x03\x1eL(STAR.LOG)\x1f"
    assert all(order.repeatable for order in orders)


HOSTILE = [
    *("A)B", "A\x1eB", "A\x1fB", "A\x10B", "A\x03\x03B", "A(B", "", " ", " A", "A ", "é", "Б"),
    *("A\x00", "A\n", "A\u200b", "A" * 33),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_that_could_become_something_else_are_refused(text: str):
    for refusing in (words.check_text, words.matrix):
        with pytest.raises(MarkNotPossible):
            refusing(text)


@pytest.mark.parametrize("name", ["star.log", "STAR", "TOOLONGNAME.LOG", "A).LOG", "../A.LOG"])
def test_logos_that_are_none_are_refused(name: str):
    with pytest.raises(MarkNotPossible):
        words.logo(name)


@given(st.text(max_size=40))
def test_what_the_white_list_lets_through_stays_one_text_in_one_frame(text: str):
    try:
        (_, order) = words.orders((Line("text"),), text)
    except MarkNotPossible:
        return
    (found,) = frames(bytearray(order.frame), strict=True)
    assert found == (words.TEXT, b"\x01" + text.encode("ascii"))
