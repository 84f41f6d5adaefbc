"""Labels: a tag before the print, a print on record, a sheet that reads back."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from stockpile.domain.errors import StockUnknown
from stockpile.services.ports import RegisterFilter


def read_codes(file):
    document = pypdfium2.PdfDocument(file)
    try:
        pages = [page.render(scale=300 / 72).to_pil() for page in document]
        return sorted({code.text for page in pages for code in zxingcpp.read_barcodes(page)})
    finally:
        document.close()


def test_a_label_bears_the_weapons_tag_twice(house, tmp_path):
    weapon = house.register()
    papers = house.stockpile.papers
    recorded, sheet = papers.labels(
        [weapon], papers.stocks()[0], tmp_path / "l.pdf", by=house.officer
    )
    stands = house.stockpile.books.weapon(weapon)
    linear, matrix = read_codes(sheet.file)
    assert linear == stands.tag
    assert matrix.startswith(stands.tag)
    assert (sheet.labels, sheet.pages, stands.labels) == (1, 1, 1)
    assert [type(fact.body).__name__ for fact in recorded.facts] == ["TagBound", "LabelPrinted"]


def test_a_reprint_keeps_the_tag_and_counts_the_copy(house, tmp_path):
    weapon = house.register()
    papers = house.stockpile.papers
    for copy in ("1", "2"):
        papers.labels([weapon], papers.stocks()[0], tmp_path / f"{copy}.pdf", by=house.officer)
    stands = house.stockpile.books.weapon(weapon)
    assert (len(stands.tags), stands.labels) == (1, 2)


def test_everything_of_a_list_is_labelled_once(house, tmp_path):
    weapons = {house.register(f"KB {n:03d}") for n in range(23)}
    papers = house.stockpile.papers
    found = papers.everything(RegisterFilter())
    assert set(found) == weapons
    _, sheet = papers.labels(
        [*found, *found], papers.stocks()[0], tmp_path / "all.pdf", by=house.officer
    )
    assert sheet.labels == 23


def test_an_unknown_stock_prints_nothing(house, tmp_path):
    with pytest.raises(StockUnknown):
        house.stockpile.papers.labels(
            [house.register()], "gold", tmp_path / "l.pdf", by=house.officer
        )
    assert not (tmp_path / "l.pdf").exists()


@pytest.mark.parametrize(
    ("serial", "headline"),
    [
        ("KB 447 (worn)", "KB 447"),
        ("007627 covered by a later finish, as the examiner observed", None),
        ("", None),
    ],
)
def test_a_serial_too_long_for_a_label_yields_to_the_number(house, tmp_path, serial, headline):
    weapon = house.register(serial)
    papers, file = house.stockpile.papers, tmp_path / "l.pdf"
    papers.labels([weapon], "l7160", file, by=house.officer)
    document = pypdfium2.PdfDocument(file)
    try:
        said = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    assert (headline or house.stockpile.tracing.life(weapon).row.number) in said
