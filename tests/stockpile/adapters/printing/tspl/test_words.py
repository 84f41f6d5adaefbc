"""TSPL: the bytes of a label as they are written down, and what a printer's byte says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.printing.placing import Face, Ink, Symbol
from stockpile.adapters.printing.tongue import Told
from stockpile.adapters.printing.tspl.words import TsplTongue, calm
from stockpile.services.ports import Bitmap

FACE = Face(
    464,
    320,
    (58_000, 40_000),
    (Ink(27, 30, Bitmap(16, 2, bytes.fromhex("ff00000f"))),),
    (
        Symbol("code128", "K8Z1PN3K1VKND", 55, 198, 2, 64),
        Symbol("code39", "K8Z1PN3K1VKND", 20, 270, 2, 40),
        Symbol("matrix", "K8Z1PN3K1VKND01234567", 360, 34, 4),
        Symbol("qr", "K8Z1PN3K1VKND01234567", 240, 34, 3),
    ),
)


def test_a_label_is_these_bytes():
    assert TsplTongue().frame(FACE) == (
        b"SIZE 58 mm,40 mm\r\nREFERENCE 0,0\r\nCLS\r\n"
        b"BITMAP 27,30,2,2,0,\x00\xff\xff\xf0\r\n"
        b'BARCODE 55,198,"128",64,0,0,2,2,"K8Z1PN3K1VKND"\r\n'
        b'BARCODE 20,270,"39",40,0,0,2,6,"K8Z1PN3K1VKND"\r\n'
        b'DMATRIX 360,34,72,72,x4,18,18,"K8Z1PN3K1VKND01234567"\r\n'
        b'QRCODE 240,34,M,3,A,0,M2,"K8Z1PN3K1VKND01234567"\r\n'
        b"PRINT 1,1\r\n"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"\x00", Told()),
        (b"\x20", Told(busy=True)),
        (b"\x01", Told(("head_open",))),
        (b"\x05", Told(("head_open", "paper_out"))),
        (b"\x02", Told(("jam",))),
        (b"\x08", Told(("ribbon_out",))),
        (b"\x10", Told(("paused",))),
        (b"\x80", Told(("fault",))),
        (b"\x40", None),
        (b"", None),
        (b"\x00\x00", None),
    ],
)
def test_a_byte_says(said: bytes, told: Told | None):
    assert TsplTongue().told(said) == told


def test_a_printer_says_who_it_is():
    assert TsplTongue().named(b"TTP-244 Pro\r\n") == "TTP-244 Pro"
    assert TsplTongue().named(b"TTP-2") == ""


@given(st.binary(max_size=200))
def test_no_command_hides_in_a_picture(rows: bytes):
    calmed = calm(rows)
    assert len(calmed) == len(rows)
    assert b"\x1b!" not in calmed
    assert b"~!" not in calmed
