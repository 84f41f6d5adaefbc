"""Tables as PDF, read back page by page."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from stockpile.adapters.pdf.extract_pages import write_pdf
from stockpile.services.documents import Style
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


NUMBERED = {
    "number": "EX-KLA-26-0001", "boxes": (("Taken out by", "A. Mbuyi"), ("Received by", "")),
}  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 80])
def test_a_numbered_extract_is_signed_at_its_end_and_loses_no_row(count):
    texts = pages([(f"NUMBER-{n:05}", f"S{n}", "FN") for n in range(count)], **NUMBERED)
    said = " ".join(texts)
    assert [said.count(f"NUMBER-{n:05}") for n in range(count)] == [1] * count
    assert [("Taken out by" in one, "A. Mbuyi" in one) for one in texts[:-1]] == [
        (False, False)
    ] * (len(texts) - 1)
    assert "Taken out by" in texts[-1]
    assert "Received by" in texts[-1]
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "EX-KLA-26-0001" in text


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_rows_never_run_into_the_boxes_and_the_code_scans(is_mirrored):
    for count in range(24, 34):
        rows = [(f"N{n}", "S", "FN") for n in range(count)]
        table = ExtractTable(
            "Extract",
            ("Taken by A.",),
            COLUMNS,
            iter(rows),
            count,
            is_mirrored=is_mirrored,
            language="ar" if is_mirrored else "en",
            **NUMBERED,
        )
        out = io.BytesIO()
        write_pdf(table, out)
        with pypdfium2.PdfDocument(out.getvalue()) as document:
            page = document[len(document) - 1]
            text = page.get_textpage()
            role = text.search("Received by").get_next()
            found = [text.search(row[0], match_whole_word=True).get_next() for row in rows]
            lows = [text.get_charbox(one[0])[1] for one in found if one]
            assert not lows or min(lows) > text.get_charbox(role[0])[3] + 4


def test_counts_and_dates_are_in_the_digits_that_were_chosen():
    rows, shown = [("N-2026", "S 2026", "2026-11-28")], {}
    for digits in ("", "latin"):
        out = io.BytesIO()
        table = ExtractTable("Extract", (), COLUMNS, iter(rows), 1, language="ar", is_mirrored=True)
        write_pdf(table, out, lambda digits=digits: Style(digits))
        with pypdfium2.PdfDocument(out.getvalue()) as document:
            shown[digits] = document[0].get_textpage().get_text_bounded()
    assert "2026-11-28" in shown["latin"]
    assert "٢٠٢٦" in shown[""]
    assert all("N-2026" in one and "S 2026" in one for one in shown.values())


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


def test_a_title_that_is_a_little_too_long_is_set_smaller_and_not_cut():
    columns = (ExtractColumn("number", "Регистрационный номер", 15, is_code=True), *COLUMNS[1:],
               *[ExtractColumn(f"c{n}", "Column", 16) for n in range(6)])  # fmt: skip
    (text,) = pages([("GDCR-S2T5-ZAAA", "S", "FN", *["x"] * 6)], columns)
    assert "Регистрационный номер" in text
    assert "…" not in text


def test_a_character_without_a_glyph_is_a_question_mark():
    (text,) = pages([("N", "A\u16a0B", "\U0001f600!")])
    assert "A?B" in text
    assert "?!" in text


def test_other_scripts_and_a_mirrored_page(tmp_path):
    (text,) = pages([("N-1", "КА 1", "إف إن")], is_mirrored=True)
    assert "N-1" in text
    assert "КА 1" in text


def test_on_letter_paper_nothing_stands_outside():
    rows = [(f"N{n}", "S", "FN" * 40) for n in range(60)]
    out = io.BytesIO()
    table = ExtractTable("Extract", (), COLUMNS, iter(rows), 60, **NUMBERED)
    write_pdf(table, out, lambda: Style(size="Letter"))
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        for page in document:
            assert page.get_size() == (792, 612)
            bounds = [one.get_bounds() for one in page.get_objects()]
            assert min(box[0] for box in bounds) > 20
            assert max(box[2] for box in bounds) < 792 - 20
            assert max(box[3] for box in bounds) < 612 - 20
