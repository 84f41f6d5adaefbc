"""Every paper in Arabic and Chinese, in all languages at night: whole, and nothing reversed."""

from __future__ import annotations

import re
from ctypes import byref, c_double
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdfium2 import raw

from stockpile.adapters.pdf.pdfium import ONE_AT_A_TIME
from stockpile.language import LANGUAGES, is_right_to_left, plain, speaking
from tests.helpers.nightly import NIGHTLY
from tests.papers.depot import depot
from tests.papers.every_paper import PAPERS

pytestmark = pytest.mark.xdist_group("papers")  # the depot is furnished once
TRIED = tuple(LANGUAGES) if NIGHTLY else ("ar", "zh")
ARABIC = re.compile("[\u0600-\u06ff]")
CHINESE = re.compile("[\u4e00-\u9fff]")
SERIAL = re.compile(r"KB ?447\d{4}(?!\d)")
WITHOUT_WEAPONS = {"campaign_plan", "mark_layout", "collection_receipt", "handover"}
UNDATED = {"mark_layout"}
DATED = re.compile("[\u0660-\u0669]{4}-[\u0660-\u0669]{2}-[\u0660-\u0669]{2}")
TURNED = re.compile("[\u0660-\u0669]{2}-[\u0660-\u0669]{2}-[\u0660-\u0669]{4}")
CODES = zxingcpp.barcode_formats_from_str("Code128")
EDGE = 14.0
"""No printer prints nearer to the edge than five millimetres."""


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with depot(tmp_path_factory.mktemp("depot")) as one:
        yield one


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_whole_in_each_language(here, tmp_path, name):
    for language in TRIED:
        file = tmp_path / f"{language}.pdf"
        with speaking(language):
            PAPERS[name](here, file)
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(file) as document:
            _look_at(document, name, language)
        assert b"/Lang (%s)" % language.encode() in file.read_bytes()


def _look_at(document: pypdfium2.PdfDocument, name: str, language: str) -> None:
    pages = [page.get_textpage() for page in document]
    texts = [plain(page.get_text_range()) for page in pages]
    (number,) = set(_codes(document))
    assert all(number in text for text in texts), "on every page, in logical order"
    whole = "\n".join(texts)
    # Beside Arabic words PDFium tells a serial the other way round: what the eye meets counts.
    painted = "\n".join(line for page in pages for line in _painted(page))
    assert name in WITHOUT_WEAPONS or SERIAL.search(painted), "a serial as it is read"
    assert "\ufffd" not in whole
    if language == "zh":
        assert CHINESE.search(whole)
    if language == "ar":
        assert not TURNED.search(painted), "a date stands in the order of Latin ones"
        assert name in UNDATED or DATED.search(painted)
    assert (ARABIC.search(texts[0]) is not None) or not is_right_to_left(language)
    for page, text in zip(document, pages, strict=True):
        _within(page, text)


def _painted(text: pypdfium2.PdfTextPage) -> list[str]:
    """Return what stands on each line as the eye meets it from left to right."""
    lines: dict[int, list[tuple[float, str]]] = {}
    x, y = c_double(), c_double()
    for at in range(text.count_chars()):
        raw.FPDFText_GetCharOrigin(text.raw, at, byref(x), byref(y))
        letter = chr(raw.FPDFText_GetUnicode(text.raw, at))
        lines.setdefault(round(y.value), []).append((x.value, letter))
    return ["".join(letter for _x, letter in sorted(line)) for line in lines.values()]


def _codes(document: pypdfium2.PdfDocument) -> list[str]:
    page = document[0]
    below = max(0.0, page.get_height() - 130)
    shown = page.render(scale=300 / 72, grayscale=True, crop=(0, below, 0, 0)).to_pil()
    return [one.text for one in zxingcpp.read_barcodes(shown, CODES)]


def _within(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
    """Hold everything that is drawn on a page against the part of it that a printer reaches."""
    width, height = page.get_size()
    for one in page.get_objects():
        left, bottom, right, top = one.get_bounds()
        assert left >= EDGE or right - left > width - EDGE, text.get_text_range()
        assert right <= width - EDGE or right - left > width - EDGE
        assert bottom >= EDGE
        assert top <= height - EDGE


def test_the_words_of_a_paper_in_arabic_stand_at_the_right(here, tmp_path: Path):
    sides = {}
    for language in ("ar", "en"):
        file = tmp_path / f"{language}.pdf"
        with speaking(language):
            PAPERS["waybill"](here, file)
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(file) as document:
            found = [one for one in document[0].get_objects() if one.type == 1]
            sides[language] = [one.get_bounds() for one in found]
            width = document[0].get_width()
    title = {one: max(boxes, key=_height) for one, boxes in sides.items()}
    assert title["ar"][2] > width - 60
    assert title["en"][0] < 60


def _height(box: tuple[float, float, float, float]) -> float:
    return box[3] - box[1]


def test_the_account_of_a_destruction_is_in_the_readers_digits(here, tmp_path):
    for language, digits in (("ar", "٠١٢٣٤٥٦٧٨٩"), ("en", "0123456789")):
        file = tmp_path / f"{language}.pdf"
        with speaking(language):
            PAPERS["destruction_certificate"](here, file)
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(file) as document:
            lines = _painted(document[0].get_textpage())
        counts = [found for line in lines if len(found := re.findall(r"\d", line)) == 1]
        assert len(counts) >= 5, "what went in and out, and the number of weapons"
        assert all(count[0] in digits for count in counts)
