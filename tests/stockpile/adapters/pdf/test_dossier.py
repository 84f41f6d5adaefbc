"""A dossier as its readers get it: its code scans, its text is found, in English and in Arabic."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.domain.errors import Cancelled, DiskTrouble
from stockpile.language import plain, use_language
from stockpile.services.documents import (
    Column,
    Heading,
    Pair,
    Pairs,
    Paper,
    Picture,
    Pictures,
    Table,
    Ticks,
    Words,
)
from tests.helpers.files import SERIAL, a_full_file, a_picture

NUMBER = "7K3M-9QXT-2B4D"
LONG = "A reason that goes on and on because somebody had much to say of it. "


@pytest.fixture
def press():
    return PdfPress()


def a_paper(*blocks, rtl=False, foot=("Printed by A. Mbuyi",)):
    return Paper("Weapon dossier", "Izhmash AKM", NUMBER, blocks, foot, rtl)


def texts(file):
    """Return the text of each page, spaces between words as one."""
    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"\s+", " ", plain(text)) for text in pages]


def codes(file, page=0):
    with pypdfium2.PdfDocument(file) as document:
        picture = document[page].render(scale=300 / 72).to_pil()
    return [one.text for one in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_whole_dossier_scans_and_tells_its_words_in_its_language(house, tmp_path, language):
    weapon, _twin = a_full_file(house)
    use_language(language)
    try:
        drawn = house.stockpile.dossiers.print(weapon, tmp_path / "d.pdf", by=house.officer)
    finally:
        use_language("en")
    pages = texts(drawn.file)
    whole = " ".join(pages)
    number = f"DS-KLA-{house.stockpile.dossiers.numbers.now()[2:4]}-0001"
    assert number in codes(drawn.file)
    assert len(pages) == drawn.pages
    assert all(number in page for page in pages)
    said = (SERIAL, "AK-74", "Ижмаш", "1974", "misread in bad light", "Rack 4")
    # the reader of the PDF turns a mixed line round: on the page it stands as in English
    no_glyph = "[U+1F52B]" if language == "en" else "B52F+1U"
    for expected in (*said, no_glyph):
        assert expected in whole
    assert ("بندقية" if language == "ar" else "Assault rifle") in whole
    assert "\ufffd" not in whole


def test_in_arabic_everything_begins_at_the_right(press, tmp_path):
    sides = {}
    for rtl in (False, True):
        blocks = (Pairs((Pair("Name", "value"),)), Heading("Title of a part"))
        file = press.draw(a_paper(*blocks, rtl=rtl), tmp_path / f"{rtl}.pdf").file
        with pypdfium2.PdfDocument(file) as document:
            page = document[0].get_textpage()
            found = page.search("Title of a part").get_next()
            sides[rtl] = page.get_charbox(found[0])[0]
    assert sides[False] < 60
    assert sides[True] > 300


def test_a_paper_without_a_number_has_no_bars(press, tmp_path):
    """A loss that another program wrote down names no report."""
    file = press.draw(replace(a_paper(Words("Lost.")), code=""), tmp_path / "d.pdf").file
    assert codes(file) == []
    assert "Izhmash AKM Lost." in texts(file)[0]


def test_each_page_says_which_of_how_many_it_is(press, tmp_path):
    rows = tuple((f"{n}", LONG) for n in range(60))
    table = Table((Column("Number", 1), Column("Reason", 4)), rows)
    drawn = press.draw(a_paper(table), tmp_path / "d.pdf")
    pages = texts(drawn.file)
    assert drawn.pages > 1
    for at, page in enumerate(pages, 1):
        assert f"Page {at} of {drawn.pages}" in page
        assert "Reason" in page  # the titles are repeated
        assert "Printed by A. Mbuyi" in page


def test_no_word_of_a_long_remark_is_lost(press, tmp_path):
    remark = " ".join(f"word{n:04d}" for n in range(1200))
    table = Table((Column("What", 1), Column("Why", 2)), (("remark", remark),))
    drawn = press.draw(a_paper(Words(remark), table), tmp_path / "d.pdf")
    whole = " ".join(texts(drawn.file))
    for n in range(1200):
        assert whole.count(f"word{n:04d}") == 2


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_photos_are_drawn_as_they_are(press, tmp_path, mode):
    pictures = tuple(Picture(a_picture(320, 180, mode), f"Photo {n}") for n in range(4))
    drawn = press.draw(a_paper(Pictures(pictures)), tmp_path / "d.pdf")
    with pypdfium2.PdfDocument(drawn.file) as document:
        drawn_ones = [one for one in document[0].get_objects() if one.type == 3]
        bitmap = document[0].render(scale=1).to_pil()
    assert len(drawn_ones) == 4
    colours = {bitmap.getpixel((x, y)) for x in range(60, 200, 10) for y in range(100, 200, 10)}
    assert any(max(abs(a - b) for a, b in zip(one, (90, 120, 140), strict=True)) < 8
               if mode == "RGB" else abs(one[0] - 120) < 8 for one in colours)  # fmt: skip
    assert all(f"Photo {n}" in texts(drawn.file)[0] for n in range(4))


def test_a_picture_that_is_none_leaves_its_title(press, tmp_path):
    drawn = press.draw(
        a_paper(Pictures((Picture(b"GIF89a", "A mark, close"),))), tmp_path / "d.pdf"
    )
    assert "A mark, close" in texts(drawn.file)[0]


def test_every_font_is_embedded_and_the_same_paper_gives_the_same_bytes(press, tmp_path):
    paper = a_paper(Words("Ижмаш 中文 مخزن", loud=True))
    first = press.draw(paper, tmp_path / "1.pdf")
    second = press.draw(paper, tmp_path / "2.pdf")
    assert first.digest == second.digest
    content = first.file.read_bytes()
    assert first.digest == hashlib.sha256(content).hexdigest()
    assert b"/Helvetica" not in content
    assert content.count(b"/FontFile2") == content.count(b"/FontDescriptor ")


def test_a_paper_that_has_no_place_leaves_nothing_behind(press, tmp_path):
    with pytest.raises(DiskTrouble):
        press.draw(a_paper(), tmp_path / "no folder" / "d.pdf")
    assert list(tmp_path.iterdir()) == []


def a_long_paper():
    columns = (Column("No.", 0.5), Column("Serial number", 1.5, code=True))
    rows = tuple((str(one), f"KB{one:07}") for one in range(2_000))
    return a_paper(Heading("Rack 01"), Ticks(columns, rows[:1_500]), Table(columns, rows[1_500:]))


def test_a_paper_of_two_thousand_lines_tells_how_far_it_is_and_is_whole(press, tmp_path):
    told = []
    drawn = press.draw(a_long_paper(), tmp_path / "long.pdf", lambda *step: told.append(step))
    assert told == [(one, 2_000) for one in range(1, 2_001)]
    whole = " ".join(texts(drawn.file))
    assert all(f"KB{one:07}" in whole for one in range(2_000))


def test_a_paper_that_is_stopped_midway_leaves_nothing_behind(press, tmp_path):
    def stop(done, _total):
        if done == 1_234:
            raise Cancelled

    with pytest.raises(Cancelled):
        press.draw(a_long_paper(), tmp_path / "long.pdf", stop)
    assert list(tmp_path.iterdir()) == []
