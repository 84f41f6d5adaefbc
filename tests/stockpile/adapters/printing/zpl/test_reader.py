"""ZPL as a printer reads it: in any pieces, whatever comes, and as a renderer not ours does."""

from __future__ import annotations

import numpy as np
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.printing.placing import Face, Ink, Symbol
from stockpile.adapters.printing.zpl.reader import ZplReader, unfolded
from stockpile.adapters.printing.zpl.words import ZplTongue, compressed
from stockpile.services.ports import Bitmap
from tests.helpers.label_printers import placed_label, read_by_zplkit

FACE = Face(
    464,
    320,
    (58_000, 40_000),
    (Ink(27, 30, Bitmap(16, 3, bytes.fromhex("ff00ff00000f"))),),
    (
        Symbol("code128", "K8Z1PN3K1VKND", 55, 198, 2, 64),
        Symbol("matrix", "K8Z1PN3K1VKND01234567", 360, 34, 4),
    ),
)
OK = (
    b"\x02030,0,0,0320,000,0,0,0,000,0,0,0\x03\r\n"
    b"\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
)


@given(st.integers(1, 24), st.lists(st.sampled_from([0, 0, 0, 255, 0x0F, 0xF0, 7]), max_size=72))
def test_what_is_written_short_is_read_whole(stride: int, dots: list[int]):
    height = max(1, len(dots) // stride)
    rows = bytes(dots[: stride * height]).ljust(stride * height, b"\0")
    assert unfolded(compressed(Bitmap(8 * stride, height, rows)), stride, height) == rows


@given(st.lists(st.binary(max_size=80) | st.sampled_from(
    [b"^XA", b"^XZ", b"^FO1,1", b"^GFA,8,8,1,", b"^FDK^FS", b"^BCN,9", b"~HS", b"^BY", b"^PW9"]
), max_size=12))  # fmt: skip
def test_a_printer_reads_nonsense_without_breaking(pieces: list[bytes]):
    reader = ZplReader()
    for piece in pieces:
        reader.feed(piece)


def test_any_way_of_cutting_the_bytes_gives_one_label():
    frame = ZplTongue().frame(placed_label())
    for size in (1, 7, 256):
        reader = ZplReader()
        heard = [
            one for at in range(0, len(frame), size) for one in reader.feed(frame[at : at + size])
        ]
        assert [one.kind for one in heard] == ["label"]


def test_a_renderer_that_is_not_ours_draws_what_ours_draws():
    frame = ZplTongue().frame(placed_label())
    width, height, grey = read_by_zplkit(frame)
    (heard,) = ZplReader().feed(frame)
    assert heard.label is not None
    assert heard.label.read() == placed_reading(width, height, grey)


def placed_reading(width: int, height: int, grey: bytes) -> tuple[tuple[str, str], ...]:
    pixels = np.frombuffer(grey, np.uint8).reshape(height, width)
    return tuple(sorted((one.format.name, one.text) for one in zxingcpp.read_barcodes(pixels)))


def test_every_symbol_of_a_layout_is_drawn_alike_by_another_renderer():
    for what, bars in (("code39", 60), ("qr", 0)):
        text = "K8Z1PN3K1VKND" if bars else "K8Z1PN3K1VKND01234567"
        face = Face(
            620, 200, (78_000, 25_000), (), (Symbol(what, text, 60, 40, 2 + (not bars), bars),)
        )
        frame = ZplTongue().frame(face)
        (heard,) = ZplReader().feed(frame)
        assert heard.label is not None
        assert heard.label.read() == placed_reading(*read_by_zplkit(frame))
        assert heard.label.read()[0][1] == text
