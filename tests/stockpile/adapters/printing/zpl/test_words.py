"""ZPL: the bytes of a label as they are written down, and what a printer's answers say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.printing.placing import Face, Ink, Symbol
from stockpile.adapters.printing.tongue import Told
from stockpile.adapters.printing.zpl.words import ZplTongue, compressed
from stockpile.services.ports import Bitmap
from tests.helpers.label_printers import label, placed_label, read_by_zplkit
from tests.helpers.second_decoders import needs_second_decoders, read_by_libdmtx, read_by_zbar

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


def test_a_label_is_these_bytes():
    assert ZplTongue().frame(FACE) == (
        b"^XA^CI28^PW464^LL320^LH0,0^LS0\n"
        b"^FO27,30^GFA,6,6,2,HF,:I0F^FS\n"
        b"^FO55,198^BY2^BCN,64,N,N,N,N^FDK8Z1PN3K1VKND^FS\n"
        b"^FO360,34^BXN,4,200^FDK8Z1PN3K1VKND01234567^FS\n"
        b"^XZ\n"
    )


def test_a_picture_is_written_short():
    assert compressed(Bitmap(16, 3, bytes.fromhex("ff00ff00000f"))) == "HF,:I0F"
    assert compressed(Bitmap(16, 1, bytes(2))) == ","
    wide = Bitmap(8 * 300, 1, b"\xff" * 299 + b"\x0e")
    assert compressed(wide) == "zFoXF0E"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"", b"", Told()),
        (b"0320,000", b"0320,002", Told(busy=True)),
        (b"00000000", b"00000001", Told(busy=True)),
        (b"030,0,0", b"030,1,0", Told(("paper_out",))),
        (b"030,0,0", b"030,0,1", Told(("paused",))),
        (b"001,0,0,0", b"001,0,1,0", Told(("head_open",))),
        (b"001,0,0,0", b"001,0,0,1", Told(("ribbon_out",))),
        (b",0,0,0\x03\r\n\x02001", b",0,0,1\x03\r\n\x02001", Told(("hot",))),
    ],
)
def test_a_status_says(old: bytes, new: bytes, told: Told):
    assert ZplTongue().told(OK.replace(old, new, 1)) == told


def test_half_a_status_says_nothing_yet():
    assert all(ZplTongue().told(OK[:end]) is None for end in range(len(OK) - 3))


@pytest.mark.parametrize(
    ("flag", "bits", "troubles"),
    [
        (1, "00000005", ("paper_out", "head_open")),
        (1, "00000008", ("cutter",)),
        (1, "00010000", ("fault",)),
        (0, "00000000", ()),
    ],
)
def test_error_bits_say(flag: int, bits: str, troubles: tuple[str, ...]):
    said = f"\x02\r\n  PRINTER STATUS\r\n   ERRORS:         {flag} 00000000 {bits}\r\n\x03"
    assert ZplTongue().told(said.encode()) == Told(troubles)  # type: ignore[arg-type]


def test_a_printer_says_who_it_is():
    assert ZplTongue().named(b"\x02ZT411-200dpi,V92.21,8,65536KB,X\x03\r\n") == (
        "ZT411-200dpi, V92.21"
    )


@given(st.binary(max_size=300))
def test_noise_is_no_answer_that_breaks_anything(noise: bytes):
    tongue = ZplTongue()
    tongue.told(noise)
    tongue.named(noise)


@needs_second_decoders
def test_decoders_that_are_not_ours_read_that_drawing():
    width, height, grey = read_by_zplkit(ZplTongue().frame(placed_label()))
    wanted = label()
    assert read_by_libdmtx(width, height, grey) == [wanted.tag + wanted.mac]
    assert ("CODE128", wanted.tag) in read_by_zbar(width, height, grey)
