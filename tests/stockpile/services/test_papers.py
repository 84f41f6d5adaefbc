"""Labels: a tag before the print, a print on record, a sheet that reads back."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from stockpile.domain.errors import LabelNeverPrinted, PlaceUnknown, SheetFinished, StockUnknown
from stockpile.domain.values import PlaceId
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


def test_after_a_jam_the_rest_is_printed_anew_and_the_good_ones_are_no_reprints(house, tmp_path):
    weapons = [house.register(f"KB {n:03d}") for n in range(9)]
    papers, books = house.stockpile.papers, house.stockpile.books
    papers.labels(weapons, "l7160", tmp_path / "1.pdf", by=house.officer)
    other = house.register("Z 1")
    papers.labels([other], "l7160", tmp_path / "2.pdf", by=house.officer)
    rest = papers.rest_of_sheet(weapons[5])
    assert (rest.stock, rest.weapons) == ("l7160", tuple(weapons[6:]))
    _recorded, sheet = papers.labels(rest.weapons, rest.stock, tmp_path / "3.pdf", by=house.officer)
    assert sheet.labels == 3
    assert [one.labels for one in books.weapons(weapons)] == [1] * 6 + [2] * 3
    assert papers.rest_of_sheet(weapons[7]).weapons == (weapons[8],)
    with pytest.raises(SheetFinished):
        papers.rest_of_sheet(weapons[8])


def test_a_weapon_without_a_label_is_the_last_good_one_of_no_sheet(house):
    with pytest.raises(LabelNeverPrinted):
        house.stockpile.papers.rest_of_sheet(house.register())


def test_a_card_is_drawn_for_each_rack_and_scanning_it_is_the_rack(house, tmp_path):
    places, papers = house.stockpile.places, house.stockpile.papers
    site = house.stockpile.people.site()
    room = places.open("Room 1", "room", site, by=house.officer)[1]
    racks = [
        places.open(name, "rack", room.id, by=house.officer)[1].id
        for name in ("Rack 1", "A rack with a name that no card has room for")
    ]
    recorded, sheet = papers.cards(racks, "l7160", tmp_path / "c.pdf", by=house.officer)
    assert (len(recorded.facts), sheet.labels) == (2, 2)
    scanned = [places.scanned(code) for code in read_codes(sheet.file)]
    assert {one.id for one in scanned} == set(racks)
    assert len(scanned) == 4
    again, _sheet = papers.cards(racks, "l7160", tmp_path / "d.pdf", by=house.officer)
    assert again.facts == ()
    with pytest.raises(PlaceUnknown):
        papers.cards([PlaceId("nowhere")], "l7160", tmp_path / "e.pdf", by=house.officer)
