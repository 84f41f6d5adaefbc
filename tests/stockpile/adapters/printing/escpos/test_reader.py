"""ESC/POS as a printer reads it: in any pieces, and whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.printing.escpos.reader import EscPosReader
from stockpile.adapters.printing.escpos.words import EscPosTongue
from tests.helpers.label_printers import label, placed_label


@pytest.mark.parametrize("size", [1, 37, 4096])
def test_any_way_of_cutting_the_bytes_gives_one_label(size: int):
    reader, frame = EscPosReader(464), EscPosTongue().frame(placed_label())
    heard = [one for at in range(0, len(frame), size) for one in reader.feed(frame[at : at + size])]
    assert [one.kind for one in heard] == ["label", "question"]
    assert heard[0].label is not None
    assert {text for _kind, text in heard[0].label.read()} == {
        label().tag,
        label().tag + label().mac,
    }


@given(st.lists(st.binary(max_size=60) | st.sampled_from(
    [b"\x1dv0\x00\xff\xff\xff\xff", b"\x1dv0\x00\x01\x00\x01\x00\xff", b"\x1d\x0c", b"\x10\x04"]
), max_size=10))  # fmt: skip
def test_a_printer_reads_nonsense_without_breaking(pieces: list[bytes]):
    reader = EscPosReader()
    for piece in pieces:
        reader.feed(piece)
