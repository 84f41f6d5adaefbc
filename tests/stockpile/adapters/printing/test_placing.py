"""A label in dots: whole ones, right to left, what has no room, words that would be commands."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stockpile.adapters.pdf.raster import line_bitmap
from stockpile.adapters.printing.canvas import demand_read, drawn
from stockpile.adapters.printing.placing import placed, rasteriser
from stockpile.adapters.printing.printers import LANGUAGES
from stockpile.domain.errors import LabelElementMisfit, LabelUnprintable
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import SHAPES
from stockpile.domain.label_printers import PRINTER_KINDS, PrinterKind
from stockpile.domain.printer_fit import PrinterFit
from stockpile.services.ports import Bitmap
from tests.helpers.label_printers import LAYOUT, boxes, label, placed_label
from tests.helpers.second_decoders import needs_second_decoders, read_by_libdmtx, read_by_zbar


def words(text: str, **told: int) -> LabelLayoutSet:
    element = LabelElement("text", 1_000, 1_000, told.get("width", 40_000), 5_000, text=text)
    return LabelLayoutSet("", "weapon", 58_000, 40_000, (element,))


def ink_of(text: str, **told: int) -> tuple[int, Bitmap]:
    (ink,) = placed(label(), words(text, **told), 203, line_bitmap).inks
    return ink.left, ink.bitmap


@pytest.mark.parametrize("dots", [203, 300, 600])
def test_a_label_reads_at_every_resolution(dots: int):
    face = placed(label(), LAYOUT, dots, boxes)
    demand_read(face, [drawn(face)])
    assert all(one.module >= 2 for one in face.symbols)


def test_a_line_begins_where_its_readers_begin():
    left, _bitmap = ink_of("KB-4567")
    right, bitmap = ink_of("بندقية KB-4567")
    assert left == 8
    assert right + bitmap.width == round(41_000 * 203 / 25_400)


def test_a_long_line_is_set_smaller_and_then_cut():
    _left, bitmap = ink_of("An assault rifle with a very long name " * 4)
    assert 0 < bitmap.width <= round(40_000 * 203 / 25_400)


def test_a_name_is_never_cut():
    name = replace(words("-").elements[0], what="headline", width=8_000)
    layout = replace(LAYOUT, elements=(name,))
    long = replace(label(), said=(("headline", "KB-4567-0000-1111-2222"),))
    with pytest.raises(LabelUnprintable):
        placed(long, layout, 203, line_bitmap)


def test_what_reaches_over_the_edge_is_refused():
    over = replace(words("x").elements[0], left=50_000)
    with pytest.raises(LabelElementMisfit):
        placed(label(), replace(LAYOUT, elements=(over,)), 203, boxes)


def test_a_tag_with_a_sign_that_a_printer_obeys_is_refused():
    with pytest.raises(LabelUnprintable):
        placed(replace(label(), tag="K8Z1^XZ~JA"), LAYOUT, 203, boxes)


def test_a_printer_beside_its_place_is_brought_back():
    straight = placed(label(), LAYOUT, 203, boxes).symbols[0]
    moved = placed(label(), LAYOUT, 203, boxes, fit=PrinterFit(1_000, -500)).symbols[0]
    assert (straight.left - moved.left, straight.top - moved.top) == (8, -4)


def test_a_printer_that_prints_too_long_is_brought_back_with_symbols_of_the_same_size():
    straight = placed(label(), LAYOUT, 203, boxes)
    fit = PrinterFit(0, 0, 20_000, -20_000)
    moved = placed(label(), LAYOUT, 203, boxes, fit=fit)
    for due, sent in zip(straight.symbols, moved.symbols, strict=True):
        shape = SHAPES[due.what]
        width = shape.columns * due.module
        height = shape.rows * due.module or due.bars
        assert (sent.module, sent.bars) == (due.module, due.bars)
        assert abs((sent.left + width / 2) * 1.02 - (due.left + width / 2)) < 1.5
        assert abs((sent.top + height / 2) * 0.98 - (due.top + height / 2)) < 1.5


def test_a_logo_stands_in_the_middle_of_its_box():
    out = io.BytesIO()
    Image.new("L", (40, 20), 0).save(out, "PNG")
    logo = LabelElement("logo", 2_000, 2_000, 10_000, 10_000)
    layout = replace(LAYOUT, elements=(logo,), logo="d")
    (ink,) = placed(label(), layout, 203, boxes, logo=out.getvalue()).inks
    assert (ink.bitmap.width, ink.bitmap.height) == (80, 40)
    assert (ink.left, ink.top) == (16, 36)


def test_a_line_that_was_met_is_not_drawn_again():
    asked: list[str] = []

    def counted(text: str, height_dots: int, *, bold: bool = False) -> Bitmap:
        asked.append(text)
        return boxes(text, height_dots, bold=bold)

    line = rasteriser(counted)
    placed(label(), LAYOUT, 203, line)
    first = len(asked)
    placed(label(), LAYOUT, 203, line)
    assert len(asked) == first


@pytest.mark.parametrize("kind", PRINTER_KINDS)
@given(text=st.text(max_size=30) | st.sampled_from(
    ["^XZ^XA", "~JA", '"\r\nPRINT 9\r\n', "_5E", "\x10\x14\x01", "\x1b!C", "\\[R]", "^FS^FDX"]
))  # fmt: skip
def test_no_words_are_ever_obeyed(kind: PrinterKind, text: str):
    hostile = replace(label(), said=(("headline", text), ("model", text), ("calibre", text)))
    face = placed(hostile, LAYOUT, 203, boxes)
    heard = LANGUAGES[kind].reader(203, face.width).feed(LANGUAGES[kind].tongue().frame(face))
    assert [one.kind for one in heard if one.kind != "question"] == ["label"]
    assert heard[0].label is not None
    assert {said for _kind, said in heard[0].label.read()} == {
        label().tag,
        label().tag + label().mac,
    }


@needs_second_decoders
@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_decoders_that_are_not_ours_read_every_language(kind: PrinterKind):
    face = placed_label()
    heard = LANGUAGES[kind].reader(203, face.width).feed(LANGUAGES[kind].tongue().frame(face))
    canvas = heard[0].label
    assert canvas is not None
    grey = canvas.grey()
    assert read_by_libdmtx(canvas.width, canvas.height, grey) == [label().tag + label().mac]
    assert ("CODE128", label().tag) in read_by_zbar(canvas.width, canvas.height, grey)
