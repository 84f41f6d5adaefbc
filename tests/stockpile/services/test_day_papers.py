from __future__ import annotations

import pypdfium2
import zxingcpp

from stockpile.domain.facts import Draft, WeaponIssued
from stockpile.domain.values import PersonId
from stockpile.language import plain, use_language
from stockpile.services.documents import Pairs, Signatures, Table


def closed(house, tmp_path):
    weapon = house.register()
    stands = house.stockpile.books.weapon(weapon)
    body = WeaponIssued(PersonId("p1"), due="2020-01-01")
    house.stockpile.books.record([Draft(weapon, body, stands.heads.custody)], by=house.officer.id)
    house.stockpile.days.close(tmp_path / "stick", by=house.officer)
    return house.stockpile.days


def test_a_sheet_names_what_is_out_and_late_and_is_signed(house, tmp_path):
    paper = closed(house, tmp_path).sheet(by=house.officer)
    late, out = (one for one in paper.blocks if isinstance(one, Table))
    assert late.rows == out.rows
    assert late.rows[0][0] == "KB4471902"
    figures = next(one for one in paper.blocks if isinstance(one, Pairs)).rows
    assert plain(next(one.value for one in figures if one.name == "On record")) == "1 weapon"
    boxes = next(one for one in paper.blocks if isinstance(one, Signatures)).boxes
    assert "A. Mbuyi" in boxes[0].name
    assert "PIN" in boxes[0].said


def test_a_sheet_says_how_many_weapons_are_disputed(house, tmp_path):
    for serial in ("KB4471902", "KB1", "KB2"):
        house.register(serial)
    paper = closed(house, tmp_path).sheet(by=house.officer)
    figures = next(one for one in paper.blocks if isinstance(one, Pairs)).rows
    said = plain(next(one.value for one in figures if one.name == "On record"))
    assert said == "4 weapons, 2 disputed"


def test_a_sheet_is_drawn_and_its_code_is_scanned_in_every_direction(house, tmp_path):
    days = closed(house, tmp_path)
    for language in ("en", "ar"):
        use_language(language)
        try:
            paper = days.sheet(by=house.officer)
            drawn = days.draw(paper, days.sheet_file(tmp_path, f"x-{language}"))
        finally:
            use_language("en")
        page = pypdfium2.PdfDocument(drawn.file)[0].render(scale=4).to_pil()
        assert paper.code in [one.text for one in zxingcpp.read_barcodes(page)]
        assert days.verify_head(paper.code)


def test_before_the_first_close_there_is_no_sheet(house):
    assert house.stockpile.days.sheet(by=house.officer) is None
