"""Every symbol decodes to what it was made of, by two decoders, leading 99 included."""

from __future__ import annotations

import random

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.pdf.symbols import (
    Symbol,
    code_39,
    code_128,
    data_matrix,
    gs1_128,
    gs1_matrix,
    qr,
)
from stockpile.domain.codes import read_code
from stockpile.domain.errors import LabelUnprintable
from stockpile.domain.tags import new_tag
from tests.helpers.nightly import examples
from tests.helpers.second_decoders import needs_second_decoders, read_by_libdmtx, read_by_zbar

CODE_128, DATA_MATRIX = zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.DataMatrix
CODE_39, QR = zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.QRCode
MODULE, QUIET = 3, 30


def painted(symbol: Symbol) -> tuple[int, int, bytes]:
    """Paint the rectangles, as a printer does: width, height and grey pixels."""
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
    return width, height, b"".join(pixels)


def decoded(symbol: Symbol, kind: zxingcpp.BarcodeFormat) -> zxingcpp.Barcode:
    width, height, kept = painted(symbol)  # the view does not keep its buffer alive
    image = zxingcpp.ImageView(kept, width, height, zxingcpp.ImageFormat.Lum)
    found = zxingcpp.read_barcodes(image, formats=kind, text_mode=zxingcpp.TextMode.Plain)
    (one,) = found
    return one


def scanned(symbol: Symbol, kind: zxingcpp.BarcodeFormat) -> str:
    return decoded(symbol, kind).text


def test_a_thousand_tags_read_back_in_both_symbols():
    chance = random.Random(2026)
    for _ in range(1000):
        tag = new_tag(chance.randbytes)
        assert scanned(code_128(tag), CODE_128) == tag
        assert scanned(data_matrix(tag + tag[:8]), DATA_MATRIX) == tag + tag[:8]


@settings(max_examples=examples(60), deadline=None)
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


TEXTS = ["K8Z1PN3K1VKND", "9912345678", "KB-77 A.B", "$/+%1", "HR-KLA-26-0001", "0"]


@pytest.mark.parametrize("text", TEXTS)
def test_code_39_and_qr_read_back_and_no_check_character_is_added(text):
    assert scanned(code_39(text), CODE_39) == text
    assert scanned(qr(text), QR) == text


@pytest.mark.parametrize("text", ["k8z1", "KB_7", "KB\n7", "\u041a7"])
def test_code_39_refuses_what_it_has_no_bars_for(text):
    with pytest.raises(LabelUnprintable):
        code_39(text)


ASSET, ITEM = "(8004)0614141KB77", "(01)09501101530003(21)99KB-77"
LOT = "(10)LOT7(21)77"


@pytest.mark.parametrize("text", [ASSET, ITEM, LOT])
def test_elements_of_gs1_are_read_as_such_and_say_the_same_to_our_reader(text):
    linear, matrix = decoded(gs1_128(text), CODE_128), decoded(gs1_matrix(text), DATA_MATRIX)
    assert (linear.symbology_identifier, matrix.symbology_identifier) == ("]C1", "]d2")
    for one in (linear, matrix):
        read = read_code(one.symbology_identifier + one.bytes.decode("ascii"))
        assert (read.scheme, read.names) == ("gs1", read_code(text).names)


@pytest.mark.parametrize("text", ["", "8004KB77", "(8004)", "(8004)KB77)", "(8004)\u041a"])
def test_what_are_no_elements_of_gs1_is_not_drawn_as_them(text):
    for drawn in (gs1_128, gs1_matrix):
        with pytest.raises(LabelUnprintable):
            drawn(text)


@needs_second_decoders
def test_another_decoder_reads_the_same_in_every_symbol():
    chance = random.Random(5)
    for text in (*TEXTS, *(new_tag(chance.randbytes) for _ in range(20))):
        assert read_by_zbar(*painted(code_128(text))) == [("CODE128", text)]
        assert read_by_zbar(*painted(code_39(text))) == [("CODE39", text)]
        assert read_by_zbar(*painted(qr(text))) == [("QRCODE", text)]
        assert read_by_libdmtx(*painted(data_matrix(text))) == [text]


@needs_second_decoders
def test_another_decoder_reads_the_symbols_of_gs1():
    assert read_by_zbar(*painted(gs1_128(ASSET))) == [("CODE128", "80040614141KB77")]
    (lot,) = read_by_libdmtx(*painted(gs1_matrix(LOT)))
    assert lot == "10LOT72177"  # libdmtx keeps the separators to itself
