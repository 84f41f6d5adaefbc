from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.scanner_string import words
from stockpile.adapters.marking.scanner_string.words import Wrapping, wrapping
from stockpile.domain.errors import FieldUnreadable, MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"
I_MARK = wrapping({"start": ":", "end": "crlf"})


def test_the_i_mark_gets_these_bytes():
    frame = I_MARK.text("UG-A00123").frame
    assert frame == bytes.fromhex("3A 55 47 2D 41 30 30 31 32 33 0D 0A")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not beside the house")
def test_every_shared_vector_of_the_i_mark_is_encoded_alike():
    family = json.loads(SHARED.read_text("utf-8"))["drivers"]["columbia_imark"]
    assert [v["id"] for v in family["vectors"]] == ["columbia_imark/text"]
    assert I_MARK.text("UG-A00123").frame == bytes.fromhex(family["vectors"][0]["hex"])


@pytest.mark.parametrize(
    ("options", "frame"),
    [
        ({}, b"UG-1\r"),
        ({"end": "lf"}, b"UG-1\n"),
        ({"start": "STX", "end": "ETX"}, b"\x02UG-1\x03"),
        ({"start": "\x02", "end": "\x03"}, b"\x02UG-1\x03"),
        ({"start": "$", "end": "*"}, b"$UG-1*"),
        ({"start": "none", "end": "tab"}, b"UG-1\t"),
    ],
)
def test_what_is_about_a_text_is_told_by_the_address(options: dict[str, str], frame: bytes):
    assert wrapping(options).text("UG-1").frame == frame


@pytest.mark.parametrize(
    "options",
    [
        *({"start": "A"}, {"end": "0"}, {"end": "-"}, {"end": "none"}, {"end": ""}),
        *({"start": "abc"}, {"start": "é"}, {"blank": "maybe"}, {"start": "::: "}),
    ],
)
def test_marks_that_a_text_may_hold_are_refused(options: dict[str, str]):
    with pytest.raises(FieldUnreadable):
        wrapping(options)


@pytest.mark.parametrize(
    ("blank", "frame"), [("empty", b":\r\n"), ("space", b": \r\n"), ("never", None)]
)
def test_a_text_is_blanked_as_the_machine_takes_it(blank: str, frame: bytes | None):
    order = wrapping({"start": ":", "end": "crlf", "blank": blank}).blanking()
    assert (order.frame if order else None) == frame
    assert order is None or order.repeatable


def test_a_text_is_never_repeated_because_it_may_be_a_start():
    assert not I_MARK.text("UG-1").repeatable


def test_a_line_is_no_longer_than_eighty_characters():
    assert len(I_MARK.text("A" * 77).frame) == 80
    with pytest.raises(MarkNotPossible):
        I_MARK.text("A" * 78)
    with pytest.raises(MarkNotPossible):
        wrapping({"start": "::", "end": "crlf"}).text("A" * 77)


@pytest.mark.parametrize(
    "text", ["", " ", " A", "A ", "A\rB", "A\nB", "A:B", "A\x02B", "A\x00", "é", "Б", "A,B", 'A"B']
)
def test_texts_that_could_become_something_else_are_refused(text: str):
    with pytest.raises(MarkNotPossible):
        I_MARK.text(text)


@given(st.text(max_size=90))
def test_what_the_white_list_lets_through_is_one_line(text: str):
    try:
        frame = Wrapping(b":", b"\r\n").text(text).frame
    except MarkNotPossible:
        return
    assert frame == b":" + text.encode("ascii") + b"\r\n"
    assert (frame.count(b":"), frame.count(b"\r"), frame.count(b"\n")) == (1, 1, 1)
    assert len(frame) <= words.LONGEST_LINE
