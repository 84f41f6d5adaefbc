"""The sheet walks through the racks, the blind one tells nothing, and the report tells all."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.domain.facts import WeaponIssued
from stockpile.language import plain
from stockpile.services.documents import Heading, Pairs, Signatures, Table, Ticks
from tests.helpers.counting_houses import counting_house


@pytest.fixture
def here(tmp_path):
    with counting_house(tmp_path / "home") as one:
        yield one


def blocks(paper, kind):
    return [one for one in paper.blocks if isinstance(one, kind)]


def test_the_rows_stand_as_one_walks(here):
    rows = here.stockpile.count_papers.rows(here.opened(here.stockpile.people.site()))
    assert [one.number for one in rows] == list(range(1, 10))
    told = [(one.place_name, one.row.serial) for one in rows]
    assert told[:4] == [
        ("Store / Rack 1", "KB0"), ("Store / Rack 1", "KB1"), ("Store / Rack 1", "KB2"),
        ("Store / Rack 2", "KB3"),
    ]  # fmt: skip
    assert [one for one in told if one[0] == "Workshop"] == [
        ("Workshop", "GONE"), ("Workshop", "TWIN"), ("Workshop", "TWIN"),
    ]  # fmt: skip


def test_the_sheet_has_a_box_for_each_weapon_and_one_for_each_counter(here):
    paper = here.stockpile.count_papers.sheet(here.opened(), here.officer)
    assert [one.text for one in blocks(paper, Heading)] == ["Store / Rack 1", "Store / Rack 2"]
    (first, second) = blocks(paper, Ticks)
    told = [(plain(row[0]), row[1]) for row in first.rows]
    assert told == [("1", "KB0"), ("2", "KB1"), ("3", "KB2")]
    assert (plain(second.rows[0][0]), second.rows[0][1]) == ("4", "KB3")
    (boxes,) = blocks(paper, Signatures)
    assert [(one.name, one.said) for one in boxes.boxes] == [("A. Mbuyi", ""), ("B. Okot", "")]


def test_a_blind_sheet_names_places_and_no_weapon(here):
    paper = here.stockpile.count_papers.sheet(here.opened(blind=True), here.officer)
    assert [one.text for one in blocks(paper, Heading)] == ["Store / Rack 1", "Store / Rack 2"]
    for ticks in blocks(paper, Ticks):
        assert {row[1:] for row in ticks.rows} == {("", "")}
        assert len(ticks.rows) == 20
    assert "KB" not in str(paper)


def test_the_report_of_a_closed_count_tells_numbers_differences_movements_and_signatures(
    here, tmp_path
):
    stockpile = here.stockpile
    count = here.opened()
    sheet = stockpile.counting.sheet(count)
    for serial, place in (("KB0", here.one), ("KB3", here.one), ("XX 1", here.one)):
        here.scan(sheet, serial, place)
    here.record(here.weapons["KB4"], WeaponIssued("holder"))
    stockpile.counting.close(count, by=here.officer, witness=here.second)
    paper = stockpile.count_papers.report(stockpile.counting.one(count.id), here.officer)
    numbers = {one.name: plain(one.value) for one in blocks(paper, Pairs)[1].rows}
    assert (numbers["Expected"], numbers["Found"], numbers["Missing"]) == ("6", "1", "3")
    differences, moved = blocks(paper, Table)
    assert {row[:2] for row in differences.rows} == {
        ("Missing", "KB1"), ("Missing", "KB2"), ("Missing", "KB5"), ("In another place", "KB3"),
        ("On no record", "XX 1"),
    }  # fmt: skip
    assert ("KB3", "Rack 2", "Rack 1") in {(row[1], *row[3:]) for row in differences.rows}
    assert [(row[0], row[2].startswith("Issued")) for row in moved.rows] == [("KB4", True)]
    (boxes,) = blocks(paper, Signatures)
    assert all(one.said.startswith("Signed with PIN") for one in boxes.boxes)
    drawn = stockpile.count_papers.draw(paper, tmp_path / "report.pdf")
    page = pypdfium2.PdfDocument(drawn.file)[0].get_textpage().get_text_range()
    assert count.number in page
    assert "KB4" in page


def test_a_count_in_which_everything_agrees_says_so(here):
    count = here.opened(here.two)
    sheet = here.stockpile.counting.sheet(count)
    for serial in ("KB3", "KB4", "KB5"):
        here.scan(sheet, serial, here.two)
    paper = here.stockpile.count_papers.report(count, here.officer)
    assert "Everything agrees with the record." in str(paper.blocks)
    assert blocks(paper, Table) == []
