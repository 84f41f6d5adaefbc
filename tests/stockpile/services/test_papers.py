"""Labels: a tag before the print, a print on record, a sheet that reads back, old ones void."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from stockpile.domain.errors import PlaceUnknown, StockUnknown
from stockpile.domain.facts import LabelElement, LabelLayoutSet, LabelPrinted
from stockpile.domain.values import PlaceId
from stockpile.services.papers import Printing
from stockpile.services.ports import RegisterFilter

SHEETS = Printing()


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
    recorded, sheet = papers.labels([weapon], SHEETS, tmp_path / "l.pdf", by=house.officer)
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
        papers.labels([weapon], SHEETS, tmp_path / f"{copy}.pdf", by=house.officer)
    stands = house.stockpile.books.weapon(weapon)
    assert (len(stands.tags), stands.labels) == (1, 2)


def test_everything_of_a_list_is_labelled_once(house, tmp_path):
    weapons = {house.register(f"KB {n:03d}") for n in range(23)}
    papers = house.stockpile.papers
    found = papers.everything(RegisterFilter())
    assert set(found) == weapons
    _, sheet = papers.labels([*found, *found], SHEETS, tmp_path / "all.pdf", by=house.officer)
    assert sheet.labels == 23


def test_an_unknown_stock_prints_nothing(house, tmp_path):
    with pytest.raises(StockUnknown):
        house.stockpile.papers.labels(
            [house.register()], Printing("gold"), tmp_path / "l.pdf", by=house.officer
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
    papers.labels([weapon], SHEETS, file, by=house.officer)
    document = pypdfium2.PdfDocument(file)
    try:
        said = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    assert (headline or house.stockpile.tracing.life(weapon).row.number) in said


def test_a_lost_label_is_void_when_it_is_printed_anew_and_after_a_jam_it_is_not(house, tmp_path):
    old, new = house.register("KB 1"), house.register("KB 2")
    papers, books = house.stockpile.papers, house.stockpile.books
    papers.labels([old], SHEETS, tmp_path / "1.pdf", by=house.officer)
    lost = books.weapon(old).tag
    assert papers.labelled([old, new, old]) == 1
    anew = Printing(anew=True)
    _recorded, sheet = papers.labels([old, new], anew, tmp_path / "2.pdf", by=house.officer)
    one, other = books.weapons([old, new])
    assert (one.tags[0], len(one.tags), one.labels) == (lost, 2, 2)
    assert (len(other.tags), other.labels) == (1, 1)
    assert {one.tag, other.tag} <= set(read_codes(sheet.file))
    assert lost not in read_codes(sheet.file)


def test_each_print_names_its_run_and_its_number_in_it(house, tmp_path):
    weapons = [house.register(f"KB {n}") for n in range(3)]
    recorded, _sheet = house.stockpile.papers.labels(
        weapons, SHEETS, tmp_path / "1.pdf", by=house.officer
    )
    prints = [one.body for one in recorded.facts if isinstance(one.body, LabelPrinted)]
    assert [one.place for one in prints] == [1, 2, 3]
    assert len({one.run for one in prints}) == 1
    assert prints[0].run


def test_a_layout_of_the_site_says_place_and_site_on_every_label(house, tmp_path):
    weapon = house.register("KB 1")
    stockpile = house.stockpile
    site = stockpile.places.one(stockpile.people.site()).name
    elements = (
        LabelElement("matrix", 1_000, 1_000, 14_000, 14_000),
        LabelElement("headline", 20_000, 1_000, 40_000, 6_000),
        LabelElement("site", 20_000, 8_000, 40_000, 5_000),
    )
    layout = LabelLayoutSet("ours", "weapon", 63_500, 38_100, elements)
    _recorded, sheet = stockpile.papers.labels(
        [weapon], Printing(layout=layout), tmp_path / "1.pdf", by=house.officer
    )
    with pypdfium2.PdfDocument(sheet.file) as document:
        said = document[0].get_textpage().get_text_bounded().splitlines()
    assert {"KB 1", site, "1"} <= set(said)


def test_a_card_is_drawn_for_each_rack_and_scanning_it_is_the_rack(house, tmp_path):
    places, papers = house.stockpile.places, house.stockpile.papers
    site = house.stockpile.people.site()
    room = places.open("Room 1", "room", site, by=house.officer)[1]
    racks = [
        places.open(name, "rack", room.id, by=house.officer)[1].id
        for name in ("Rack 1", "A rack with a name that no card has room for")
    ]
    recorded, sheet = papers.cards(racks, SHEETS, tmp_path / "c.pdf", by=house.officer)
    assert (len(recorded.facts), sheet.labels) == (2, 2)
    scanned = [places.scanned(code) for code in read_codes(sheet.file)]
    assert {one.id for one in scanned} == set(racks)
    assert len(scanned) == 4
    again, _sheet = papers.cards(racks, SHEETS, tmp_path / "d.pdf", by=house.officer)
    assert again.facts == ()
    with pytest.raises(PlaceUnknown):
        papers.cards([PlaceId("nowhere")], SHEETS, tmp_path / "e.pdf", by=house.officer)
