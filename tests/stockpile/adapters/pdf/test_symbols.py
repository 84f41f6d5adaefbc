"""Every symbol decodes to what it was made of, leading 99 included."""

from __future__ import annotations

import random

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.pdf.symbols import Symbol, code_128, data_matrix
from stockpile.domain.tags import new_tag

CODE_128, DATA_MATRIX = zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.DataMatrix
MODULE, QUIET = 3, 30


def scanned(symbol: Symbol, kind: zxingcpp.BarcodeFormat) -> str:
    """Paint the rectangles, as a printer does, and scan them."""
    tall = 60 if symbol.rows == 1 else MODULE
    width = symbol.columns * MODULE + 2 * QUIET
    height = symbol.rows * tall + 2 * QUIET
    pixels = [bytearray(b"\xff" * width) for _ in range(height)]
    numbers = [int(word) for word in symbol.runs.replace("re", "").split()]
    for column, row, length, one in zip(*[iter(numbers)] * 4, strict=True):
        assert one == 1
        top = QUIET + (symbol.rows - 1 - row) * tall
        left, right = QUIET + column * MODULE, QUIET + (column + length) * MODULE
        for line in pixels[top : top + tall]:
            line[left:right] = bytes(right - left)
    kept = b"".join(pixels)  # the view does not keep its buffer alive
    image = zxingcpp.ImageView(kept, width, height, zxingcpp.ImageFormat.Lum)
    found = zxingcpp.read_barcodes(image, formats=kind, text_mode=zxingcpp.TextMode.Plain)
    assert len(found) == 1
    return found[0].text


def test_a_thousand_tags_read_back_in_both_symbols():
    chance = random.Random(2026)
    for _ in range(1000):
        tag = new_tag(chance.randbytes)
        assert scanned(code_128(tag), CODE_128) == tag
        assert scanned(data_matrix(tag + tag[:8]), DATA_MATRIX) == tag + tag[:8]


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789AB", min_size=1, max_size=16))
def test_a_leading_99_is_kept(rest):
    assert scanned(code_128("99" + rest), CODE_128) == "99" + rest


@pytest.mark.parametrize("text", ["99", "9912345678", "9999", "991", "99A", "0099", "AB99"])
def test_nines_anywhere_are_kept(text):
    assert scanned(code_128(text), CODE_128) == text


def test_sizes_are_those_that_the_layout_counts_on():
    assert (code_128("K8Z1PN3K1VKND").columns, code_128("K8Z1PN3K1VKND").rows) == (178, 1)
    matrix = data_matrix("K8Z1PN3K1VKND07NXBAZG")
    assert (matrix.columns, matrix.rows) == (18, 18)


def test_a_run_is_one_rectangle():
    runs = data_matrix("K8Z1PN3K1VKND07NXBAZG").runs.split(" re")
    ends = {(int(a) + int(c), int(b)) for a, b, c, _ in (run.split() for run in runs if run)}
    starts = {(int(a), int(b)) for a, b, _, _ in (run.split() for run in runs if run)}
    assert not ends & starts
