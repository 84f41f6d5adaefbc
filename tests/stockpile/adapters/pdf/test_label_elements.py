"""A label by a layout of its site: every element in its box, every symbol in whole dots."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.layout import LabelLayout, symbols_said
from stockpile.adapters.pdf.stocks import points, single, stock_named
from stockpile.domain.errors import LabelElementMisfit, LabelUnprintable
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import ELEMENTS, SHAPES
from stockpile.domain.tags import grouped, matrix_payload
from stockpile.services.ports import Label

FORMATS = zxingcpp.barcode_formats_from_str("Code128,DataMatrix,Code39,QRCode")
SYMBOL = re.compile(r"q (\S+) 0 0 (\S+) (\S+) (\S+) cm \d+ \d+ \d+ 1 re")
SERIAL = "KB-4567/78"

SYMBOLS = LabelLayoutSet(
    "Symbols", "weapon", 100_000, 60_000,
    (
        LabelElement("code128", 0, 2_000, 60_000, 8_000),
        LabelElement("code39", 0, 14_000, 100_000, 8_000),
        LabelElement("matrix", 0, 26_000, 15_000, 15_000),
        LabelElement("qr", 50_000, 26_000, 25_000, 25_000),
        LabelElement("matrix", 85_000, 40_000, 11_000, 11_000),
    ),
)  # fmt: skip
STORY = LabelLayoutSet(
    "Four scripts", "weapon", 80_000, 50_000,
    (
        LabelElement("serial", 3_000, 2_000, 50_000, 8_000, bold=True),
        LabelElement("type", 3_000, 11_000, 50_000, 5_000, language="ar"),
        LabelElement("type", 3_000, 16_000, 50_000, 5_000, language="zh"),
        LabelElement("type", 3_000, 21_000, 50_000, 5_000, language="ru"),
        LabelElement("type", 3_000, 26_000, 50_000, 5_000, language="ps"),
        LabelElement("matrix", 62_000, 2_000, 15_000, 15_000),
        LabelElement("logo", 62_000, 20_000, 15_000, 10_000),
        LabelElement("code128", 1_000, 33_000, 78_000, 9_000),
        LabelElement("tag", 3_000, 43_000, 60_000, 4_000),
    ),
)  # fmt: skip
SAID = (
    ("serial", SERIAL), ("type:ar", "بندقية هجومية"), ("type:zh", "突击步枪"),
    ("type:ru", "Автомат"), ("type:ps", "اتومات ټوپک"),
)  # fmt: skip


@pytest.fixture
def logo():
    """A JPEG with a dark left half."""
    picture = Image.new("L", (60, 40), 255)
    picture.paste(0, (0, 0, 30, 40))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def drawn(layout, label, logo=b"", dots=203):
    """Return the operators, the text a search finds, and the picture at the printer's dots."""
    stock = single(layout.width / 1000, layout.height / 1000, dots)
    out = io.BytesIO()
    document = StreamedDocument(
        out, points(stock.page.width), points(stock.page.height), "Labels", ""
    )
    drawer = LabelLayout(stock, document, layout, logo)
    operators = drawer.drawn(label, 0)
    document.add_page(operators, drawer.images)
    document.finish()
    opened = pypdfium2.PdfDocument(out.getvalue())
    text = opened[0].get_textpage().get_text_bounded()
    bitmap = dots_of(opened[0], dots)
    picture = bitmap.to_pil().copy()
    bitmap.close()
    opened.close()
    return operators, text, picture


def read(picture):
    one_bit = picture.point(lambda grey: 255 if grey > 127 else 0)
    return tuple(
        sorted((one.format.name, one.text) for one in zxingcpp.read_barcodes(one_bit, FORMATS))
    )


@pytest.mark.parametrize("dots", [203, 300])
def test_every_symbol_of_a_layout_reads_from_one_bit_dots(make_label, dots):
    label = make_label("KB-4567")
    *_, picture = drawn(SYMBOLS, label, dots=dots)
    payload = matrix_payload(label.tag, label.mac)
    assert read(picture) == (
        ("Code128", label.tag), ("Code39", label.tag), ("DataMatrix", payload),
        ("DataMatrix", payload), ("QRCode", payload),
    )  # fmt: skip
    assert read(picture) == symbols_said(single(100, 60, dots), SYMBOLS, label)


def test_the_rules_know_the_size_of_our_symbols(make_label):
    operators, *_ = drawn(SYMBOLS, make_label("KB-4567"))
    dot = 72 / 203
    assert len(SYMBOL.findall(operators)) == len(SYMBOLS.elements)
    for element, (across, _up, x, _y) in zip(
        SYMBOLS.elements, SYMBOL.findall(operators), strict=True
    ):
        module, shape = float(across), SHAPES[element.what]
        assert module / dot == pytest.approx(round(module / dot), abs=1e-3)
        assert float(x) / dot == pytest.approx(round(float(x) / dot), abs=0.02)
        white = float(x) - points(element.left / 1000)
        assert white >= shape.quiet * module - dot
        right = points((element.left + element.width) / 1000) - float(x) - shape.columns * module
        assert right >= shape.quiet * module - dot


def test_a_label_in_four_scripts_with_a_logo_reads_and_says_its_serial_in_order(make_label, logo):
    label = replace(make_label("KB-4567"), said=SAID)
    operators, text, picture = drawn(STORY, label, logo)
    assert read(picture) == symbols_said(single(80, 50, 203), STORY, label)
    lines = text.splitlines()
    assert SERIAL in lines
    assert {"بندقية", "هجومية", "اتومات", "ټوپک"} <= set(text.split())
    for words in ("突击步枪", "Автомат", grouped(label.tag)):
        assert words in lines
    assert "/I0 Do" in operators
    box = [round(edge * 203 / 25.4) for edge in (62.0, 20.0, 69.0, 30.0)]
    assert sum(picture.crop(box).histogram()[:64]) > 0.9 * (box[2] - box[0]) * (box[3] - box[1])


def test_letters_stay_in_their_box_in_every_script(make_label):
    tall = LabelElement("text", 10_000, 10_000, 60_000, 8_000)
    for words in ("ÅÇgjpqy", "بندقية ټوپک ﷽", "突击步枪", "Й Щ р у ф"):
        layout = LabelLayoutSet("One", "weapon", 80_000, 40_000, (replace(tall, text=words),))
        *_, picture = drawn(layout, make_label(), dots=300)
        left, top, right, bottom = (
            edge * 25.4 / 300 for edge in picture.point(lambda grey: 255 * (grey < 128)).getbbox()
        )
        assert 9.8 <= left < right <= 70.2
        assert 9.8 <= top < bottom <= 18.2


def test_right_to_left_words_end_at_the_right_of_their_box(make_label):
    element = LabelElement("text", 10_000, 10_000, 60_000, 8_000, text="بندقية")
    layout = LabelLayoutSet("One", "weapon", 80_000, 40_000, (element,))
    *_, picture = drawn(layout, make_label(), dots=300)
    left, _top, right, _bottom = picture.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert left > 400
    assert right * 25.4 / 300 == pytest.approx(70, abs=0.6)


def test_a_size_that_was_asked_for_is_kept_and_a_box_too_low_makes_it_smaller(make_label):
    element = LabelElement("text", 1_000, 1_000, 60_000, 8_000, size=90, text="AKM")
    layout = LabelLayoutSet("One", "weapon", 80_000, 40_000, (element,))
    assert "/F0 9 Tf" in drawn(layout, make_label())[0]
    low = replace(layout, elements=(replace(element, height=2_200),))
    assert "/F0 4.5 Tf" in drawn(low, make_label())[0]


def test_what_names_the_item_is_never_cut_and_other_words_are(make_label):
    element = LabelElement("model", 1_000, 1_000, 20_000, 4_000)
    layout = LabelLayoutSet("One", "weapon", 80_000, 40_000, (element,))
    label = replace(make_label(), said=(("model", "Heckler & Koch MP5A3 with a stock"),))
    assert drawn(layout, label)[1].endswith("…")
    serial = replace(layout, elements=(replace(element, what="serial"),))
    with pytest.raises(LabelUnprintable):
        drawn(serial, replace(label, said=(("serial", "1234567890" * 4),)))
    with pytest.raises(LabelUnprintable) as refusal:
        drawn(layout, replace(label, said=(("model", "𒀀"),)))
    assert refusal.value.missing == "𒀀"


def test_what_is_not_known_takes_no_place(make_label):
    assert (
        drawn(STORY, replace(make_label("KB-1"), said=(("serial", "KB-1"),)))[1].splitlines()[0]
        == "KB-1"
    )


def test_a_layout_without_its_logo_is_printed_without(make_label):
    operators, *_ = drawn(STORY, replace(make_label("KB-1"), said=SAID), logo=b"no picture")
    assert " Do" not in operators


def test_a_layout_larger_than_the_label_is_refused_with_its_element(make_label):
    stock = stock_named("l7160")
    document = StreamedDocument(io.BytesIO(), 100, 100, "", "")
    with pytest.raises(LabelElementMisfit) as refusal:
        LabelLayout(stock, document, STORY)
    assert (refusal.value.element, refusal.value.misfit) == ("matrix", "outside")
    assert refusal.value.by == "13.5 mm"


def test_a_symbol_without_room_for_this_printer_is_refused(make_label):
    tight = replace(SYMBOLS, elements=(LabelElement("matrix", 0, 0, 9_000, 9_000),))
    drawn(tight, make_label("KB-1"), dots=300)
    with pytest.raises(LabelElementMisfit) as refusal:
        drawn(tight, make_label("KB-1"), dots=203)
    assert (refusal.value.element, refusal.value.by) == ("matrix", "1.01 mm")


boxes = st.tuples(
    st.integers(-1_000, 70_000), st.integers(-1_000, 40_000),
    st.integers(-100, 90_000), st.integers(-100, 50_000),
)  # fmt: skip
elements = st.builds(
    lambda what, box, size, text: LabelElement(what, *box, size=size, text=text),
    st.sampled_from(ELEMENTS),
    boxes,
    st.sampled_from([0, 50, 120, 1_000]),
    st.text("KB-7بندقية五六 жu", max_size=12),
)
LABEL = Label("K8Z1PN3K1VKND", "01234567", ("KB-4567",), said=(("serial", "KB-4567"),))


@given(st.lists(elements, min_size=1, max_size=4))
def test_a_layout_from_elsewhere_is_drawn_or_refused_with_its_reason(found):
    layout = LabelLayoutSet("Any", "weapon", 80_000, 50_000, tuple(found))
    try:
        operators, *_ = drawn(layout, LABEL)
    except (LabelElementMisfit, LabelUnprintable):
        return
    for across, _up, x, y in SYMBOL.findall(operators):
        assert float(across) >= 0
        assert 0 <= float(x) <= points(80)
        assert 0 <= float(y) <= points(50)
