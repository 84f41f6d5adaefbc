"""A site lays out its own label: four scripts, serial and logo; it prints, reads, is searched."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

from stockpile.adapters.pdf.dots import dots_of
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.tags import grouped, matrix_payload
from stockpile.services.label_words import type_words
from stockpile.services.papers import Printing
from tests.helpers.house import House

OWN_NAMES = "ASR = اتومات ټوپک; PST = تمانچه"
LAYOUT = LabelLayoutSet(
    "Four scripts", "weapon", 99_100, 57_000,
    (
        LabelElement("serial", 4_000, 3_000, 60_000, 10_000, bold=True),
        LabelElement("type", 4_000, 14_000, 60_000, 5_500, language="ar"),
        LabelElement("type", 4_000, 20_000, 60_000, 5_500, language="zh"),
        LabelElement("type", 4_000, 26_000, 60_000, 5_500, language="ru"),
        LabelElement("type", 4_000, 32_000, 60_000, 5_500, language="ps", text=OWN_NAMES),
        LabelElement("matrix", 80_000, 3_000, 16_000, 16_000),
        LabelElement("logo", 80_000, 22_000, 16_000, 12_000),
        LabelElement("code128", 4_000, 39_000, 91_000, 9_000),
        LabelElement("tag", 4_000, 49_500, 80_000, 4_500),
    ),
)  # fmt: skip


def test_the_label_prints_reads_and_its_serial_is_found(house: House, tmp_path: Path):
    stockpile, by = house.stockpile, house.officer
    logo = io.BytesIO()
    Image.new("L", (64, 48), 0).save(logo, "PNG")
    digest = stockpile.label_layouts.keep_logo(logo.getvalue())
    layout = LabelLayoutSet(
        LAYOUT.name, LAYOUT.kind, LAYOUT.width, LAYOUT.height, LAYOUT.elements, digest
    )
    stockpile.label_layouts.set(layout, by=by)
    weapon = house.register("KB-4567/78")
    (offered,) = stockpile.label_layouts.fitting("l7173")
    file = tmp_path / "label.pdf"
    stockpile.papers.labels([weapon], Printing("l7173", 4, offered), file, by=by)
    tag = stockpile.books.weapon(weapon).tag

    with closing(pypdfium2.PdfDocument(file)) as opened:
        text = opened[0].get_textpage().get_text_bounded()
        with closing(dots_of(opened[0], 300)) as bitmap:
            one_bit = bitmap.to_pil().point(lambda grey: 255 if grey > 127 else 0)
    read = {one.format.name: one.text for one in zxingcpp.read_barcodes(one_bit)}
    assert read["Code128"] == tag
    assert read["DataMatrix"].startswith(tag)
    assert read["DataMatrix"] == matrix_payload(tag, read["DataMatrix"][len(tag) :])
    lines = text.splitlines()
    assert {"KB-4567/78", type_words("ASR", "zh"), type_words("ASR", "ru"), grouped(tag)} <= {
        *lines
    }
    said = set(text.split())
    assert {*type_words("ASR", "ar").split(), "اتومات", "ټوپک"} <= said
