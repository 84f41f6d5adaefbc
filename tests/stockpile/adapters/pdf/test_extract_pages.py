"""Tables as PDF, read back page by page."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from stockpile.adapters.pdf.extract_pages import write_pdf
from stockpile.services.ports import ExtractColumn, ExtractTable

COLUMNS = (
    ExtractColumn("number", "Registry number", 15, is_code=True),
    ExtractColumn("serial", "Serial", 14, is_code=True),
    ExtractColumn("make", "Make", 16),
)


def pages(rows, columns=COLUMNS, **options):
    out = io.BytesIO()
    table = ExtractTable("Extract", ("Taken by A.",), columns, iter(rows), len(rows), **options)
    write_pdf(table, out)
    document = pypdfium2.PdfDocument(out.getvalue())
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


@pytest.mark.parametrize("count", [0, 1, 33, 34, 35, 36, 37, 38, 39, 40, 41, 100])
def test_every_row_stands_on_some_page_once(count):
    texts = pages([(f"NUMBER-{n:05}", f"S{n}", "FN") for n in range(count)], seal="12 abcdef")
    said = " ".join(texts)
    assert [said.count(f"NUMBER-{n:05}") for n in range(count)] == [1] * count
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "Registry number" in text
        assert "12 abcdef" in text
    assert "Taken by A." in texts[0]


def test_a_registry_number_is_never_cut_however_many_the_columns():
    many = (*COLUMNS, *[ExtractColumn(f"c{n}", f"Column {n}", 16) for n in range(13)])
    (text,) = pages([("GDCR-S2T5-ZAAA", "S", "FN", *["x" * 90] * 13)], many)
    assert "GDCR-S2T5-ZAAA" in text
    assert "…" in text


def test_a_character_without_a_glyph_is_a_question_mark():
    (text,) = pages([("N", "A\u16a0B", "\U0001f600!")])
    assert "A?B" in text
    assert "?!" in text


def test_other_scripts_and_a_mirrored_page(tmp_path):
    (text,) = pages([("N-1", "КА 1", "إف إن")], is_mirrored=True)
    assert "N-1" in text
    assert "КА 1" in text
