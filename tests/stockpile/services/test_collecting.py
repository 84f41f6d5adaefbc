"""A hand-in from the table to the receipt, in one home."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.domain.collecting import HandIn, Sign, Tally
from stockpile.domain.errors import (
    CardTaken,
    FieldMissing,
    HandInMoved,
    HandInUnknown,
    ReasonMissing,
)
from stockpile.domain.facts import CollectionReceived, Draft, RoundsHanded, WeaponLost
from stockpile.domain.holders import Details
from stockpile.domain.receiving import Description
from stockpile.domain.values import WeaponId
from stockpile.language import plain
from stockpile.services.collecting import Brought
from tests.helpers.house import House

UNSIGNED = Sign(reason="cannot write, no ink")
AKM = Description(serial="none", type="ASR", make="Izhmash", model="AKM", condition="repairable")
PISTOL = Description(serial="TT-1951", type="PST", model="TT-33")


def person(name="Okot David", **said):
    return Details(name, unit="North group", **({"card": f"CARD-{name}"} | said))


@pytest.fixture
def table(house: House):
    return house.stockpile.collecting


@pytest.fixture
def said(house: House):
    return HandIn(
        house.stockpile.people.site(), category="combatant", where="static_site",
        rounds=(RoundsHanded("7.62x39 mm", 60),),
    )  # fmt: skip


def words(file):
    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return plain("\n".join(pages))


def test_a_person_hands_in_two_weapons_and_rounds_in_one_act(house, table, said):
    before = house.stockpile.books.tip().number
    brought = Brought(person(born="17", sex="m", language="ar"), said, (AKM, PISTOL))
    with pytest.raises(FieldMissing):
        table.receive(brought, UNSIGNED, by=house.officer)
    brought = Brought(
        brought.who, HandIn(said.place, rounds=said.rounds, child_protection="B. Auma"), brought.new
    )
    recorded, receipt = table.receive(brought, UNSIGNED, by=house.officer)
    assert house.stockpile.books.tip().number == before + 1
    assert len(recorded.entries) == 1
    body = receipt.body
    assert (body.number, body.under_18, body.on) == ("CR-KLA-26-0001", True, table.today())
    weapons = house.stockpile.books.weapons(body.weapons)
    assert [one.status for one in weapons] == ["collected", "collected"]
    assert [one.acquired.mode for one in weapons] == ["ddr", "ddr"]
    assert all(one.tag and one.place == said.place for one in weapons)
    assert all(one.custody_type == "permanent" for one in weapons)
    (lot,) = house.stockpile.ammunition.all()
    assert (lot.number, lot.quantity, lot.calibre) == ("CR-KLA-26-0001/1", 60, "7.62x39 mm")
    assert table.tally(table.today()) == Tally(1, 2, 60, 0)
    assert table.of_person(body.participant) == (receipt,)
    assert house.stockpile.checking.check(deep=True)  # derived anew, it is the same


def test_the_receipt_is_in_the_language_of_the_person_and_twice_the_same(house, table, said):
    brought = Brought(person(language="ar"), said, (AKM, PISTOL))
    receipt = table.receive(brought, UNSIGNED, by=house.officer)[1]
    arabic = table.print(receipt.id, by=house.officer)
    assert arabic.file.name == "CR-KLA-26-0001.pdf"
    english = table.print(
        receipt.body.number.lower(), by=house.officer, language="en", to=house.home / "en.pdf"
    )
    there = words(english.file)
    tag = house.stockpile.books.weapon(receipt.body.weapons[0]).tag
    for one in ("Okot David", "TT-1951", "no serial", f"{tag[:4]}-{tag[4:8]}", "7.62x39 mm", "60",
                "CR-KLA-26-0001", "North group", "Kampala Central"):  # fmt: skip
        assert one in there
    assert "TT-1951" in words(arabic.file)


def test_a_weapon_on_record_is_found_again_by_its_hand_in_even_one_that_was_lost(
    house, table, said
):
    stolen, stored = house.register("KB1"), house.register("KB2")
    heads = house.stockpile.books.weapon(stolen).heads.custody
    house.by_two([Draft(stolen, WeaponLost("stolen"), heads)])
    who = house.stockpile.holders.record(person(), by=house.officer)[1].id
    receipt = table.receive(Brought(who, said, (), (stolen, stored)), UNSIGNED, by=house.officer)[1]
    assert receipt.body.weapons == (stolen, stored)
    assert house.stockpile.books.weapon(stolen).status == "collected"
    assert house.stockpile.books.conflicts() == ()
    with pytest.raises(HandInMoved):
        table.take_back(receipt.id, "by mistake", by=house.officer)


def test_a_mistake_is_taken_back_and_its_receipt_says_so(house, table, said):
    receipt = table.receive(Brought(person(), said, (PISTOL,)), UNSIGNED, by=house.officer)[1]
    with pytest.raises(ReasonMissing):
        table.take_back(receipt.body.number, "", by=house.officer)
    taken = table.take_back(receipt.body.number, "entered twice", by=house.officer)[1]
    assert taken.is_withdrawn
    assert house.stockpile.books.weapon(WeaponId(receipt.body.weapons[0])).status == "withdrawn"
    assert house.stockpile.ammunition.all() == ()
    assert table.tally(table.today()).people == 0
    paper = table.print(receipt.id, by=house.officer, language="en")
    assert "entered twice" in words(paper.file)
    again = table.receive(
        Brought(receipt.body.participant, said, (PISTOL,)), UNSIGNED, by=house.officer
    )[1]
    assert again.body.number == "CR-KLA-26-0002"


def test_what_is_wrong_is_said_before_anybody_signs(house, table, said):
    house.stockpile.holders.record(person("Akello", card="C1"), by=house.officer)
    with pytest.raises(CardTaken):
        table.demand_complete(Brought(person(card="C1"), said, (AKM,)))
    table.demand_complete(Brought(person(), said, (AKM,)))
    assert house.stockpile.books.references(CollectionReceived) == ()
    with pytest.raises(HandInUnknown):
        table.one("CR-KLA-26-0009")
