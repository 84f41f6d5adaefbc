"""TSPL as a printer reads it: in any pieces, and whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.printing.placing import Face, Ink, Symbol
from stockpile.adapters.printing.tspl.reader import TsplReader
from stockpile.adapters.printing.tspl.words import TsplTongue
from stockpile.services.ports import Bitmap
from tests.helpers.label_printers import label, placed_label

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


@pytest.mark.parametrize("size", [1, 5, 999])
def test_any_way_of_cutting_the_bytes_gives_one_label(size: int):
    reader, frame = TsplReader(), TsplTongue().frame(placed_label())
    heard = [one for at in range(0, len(frame), size) for one in reader.feed(frame[at : at + size])]
    assert [one.kind for one in heard] == ["label"]
    assert heard[0].label is not None
    assert {text for _kind, text in heard[0].label.read()} == {
        label().tag,
        label().tag + label().mac,
    }


def test_every_symbol_is_drawn():
    (heard,) = TsplReader().feed(TsplTongue().frame(FACE))
    assert heard.label is not None
    assert {kind for kind, _text in heard.label.read()} >= {"Code128", "DataMatrix"}


@given(st.lists(st.binary(max_size=60) | st.sampled_from(
    [b"CLS\r\n", b"SIZE 58 mm,40 mm\r\n", b"BITMAP 1,1,2,2,0,", b"BITMAP 1,1,9999999,99999,0,",
     b"PRINT 1,1\r\n", b"\x1b!", b"?", b'DMATRIX 1,1,2,2,x999,1,1,"K"\r\n', b"SIZE . mm,9 mm\r\n"]
), max_size=12))  # fmt: skip
def test_a_printer_reads_nonsense_without_breaking(pieces: list[bytes]):
    reader = TsplReader()
    for piece in pieces:
        reader.feed(piece)
