"""ESC/POS: a label as a picture in bands, and what a printer's answers say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.printing.escpos.words import EscPosTongue, bands, calm
from stockpile.adapters.printing.placing import Face, Ink
from stockpile.adapters.printing.tongue import Told
from stockpile.services.ports import Bitmap


def test_a_label_is_these_bytes():
    ink = Ink(0, 1, Bitmap(16, 1, b"\xff\x80"))
    face = Face(32, 3, (4_000, 400), (ink,), ())
    assert EscPosTongue().frame(face) == (
        b"\x1b@\x1dv0\x00\x02\x00\x03\x00\x00\x00\xff\x80\x00\x00\x1d\x0c\x1dr\x01"
    )


def test_white_bands_are_short():
    tall = Bitmap(400, 300, bytes(50 * 300))
    assert [len(one) for one in bands(tall)] == [8 + 128, 8 + 128, 8 + 44]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"\x12\x12", Told()),
        (b"\x16\x12", Told(("head_open",))),
        (b"\x32\x12", Told(("paper_out",))),
        (b"\x12\x72", Told(("paper_out",))),
        (b"\x52\x12", Told(("fault",))),
        (b"\x1a\x12", Told(busy=True)),
        (b"\x00", Told(token=True)),
        (b"\x03", Told(token=True)),
        (b"\x12\x00\x12", Told(token=True)),
        (b"\x0c", None),
        (b"\x12", None),
        (b"\x93\xff", None),
        (b"", None),
    ],
)
def test_answers_say(said: bytes, told: Told | None):
    assert EscPosTongue().told(said) == told


@given(st.binary(max_size=200))
def test_no_command_hides_in_a_picture(rows: bytes):
    calmed = calm(rows)
    assert len(calmed) == len(rows)
    assert not any(b"\x10" + after in calmed for after in (b"\x04", b"\x05", b"\x14"))
