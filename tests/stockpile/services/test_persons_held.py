"""What is held about a person: everything that names them, handed out by two, on record first."""

from __future__ import annotations

import csv
import json

import pytest

from stockpile.domain.errors import (
    FieldMissing,
    HolderUnknown,
    OfficerNotAuthorised,
    SecondOfficerMissing,
)
from stockpile.domain.facts import (
    Authorisation,
    Draft,
    PersonDisclosed,
    ReceiptSigned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.holders import Details
from stockpile.domain.persons import disclosure_subject
from stockpile.services.person_papers import as_csv
from stockpile.services.ports import RegisterFilter
from tests.helpers.house import PIN
from tests.helpers.shots import a_file

ILUNGA = Details(
    "Paul Ilunga", "A-118", "Cpl", "2 Coy", "CARD-7", authorisations=(Authorisation("*"),)
)


@pytest.fixture
def second(house):
    people = house.stockpile.people
    people.appoint("S. Second", ("registrar",), PIN, by=house.officer)
    return people.sign_in("S. Second", PIN)


@pytest.fixture
def person(house, tmp_path):
    """Somebody with a photo, who had a weapon and gave it back; their card changed once."""
    stockpile, by = house.stockpile, house.officer
    photo = stockpile.photographs.keep(a_file(tmp_path, "face.jpg")).digest
    holders, books = stockpile.holders, stockpile.books
    one = holders.record(ILUNGA, by=by)[1]
    again = Details("Paul Ilunga", "A-118", "Sgt", "2 Coy", "CARD-8", photo)
    holders.change(one.id, again, by=by)
    weapon = house.register("KB4471902")
    receipt = ReceiptSigned("HR-1", "issue", (weapon,), one.id, how="drawn", proof=photo)
    heads = books.weapon(weapon).heads.custody
    drafts = [Draft(weapon, WeaponIssued(one.id), heads), Draft("r1", receipt)]
    books.record(drafts, by=by.id)
    site = stockpile.people.site()
    heads = books.weapon(weapon).heads.custody
    books.record([Draft(weapon, WeaponReturned(site), heads)], by=by.id)
    return one.id


def test_everything_that_names_a_person_is_held_about_them(house, person):
    desk = house.stockpile.persons_held
    held = desk.held(desk.named("card-8"))
    assert held.id == person
    assert {one.value for one in held.details} >= {"A-118", "CARD-8"}
    assert held.photo.startswith(b"\xff\xd8")
    said = [one.about for one in held.records]
    assert any("CARD-7" in one for one in said)  # what was said of them before is held, too
    assert sum("KB4471902" in one for one in said) == 3  # handed out, its receipt, handed back
    assert [number for number, _jpeg in held.proofs] == ["HR-1"]
    assert all(one.entry.startswith(house.stockpile.keys.node) for one in held.records)
    (weapon,) = house.stockpile.register.page("serial", 0, 1, RegisterFilter())
    for nobody in ("p-nobody", weapon.id):
        with pytest.raises(HolderUnknown):
            desk.held(nobody)
        with pytest.raises(HolderUnknown):
            desk.named(nobody)


def test_an_officers_own_record_is_their_office_and_how_much_bears_their_name(house, second):
    desk = house.stockpile.persons_held
    held = desk.held(desk.named("s. second"))
    assert held.name == "S. Second"
    assert len(held.records) == 1
    assert held.signed >= 1
    with pytest.raises(HolderUnknown):
        desk.named("nobody at all")


def test_it_is_handed_out_by_two_and_on_record_to_whom_and_why(house, second, person, tmp_path):
    desk, books, by = house.stockpile.persons_held, house.stockpile.books, house.officer
    folder = tmp_path / "out"
    recorded, made = desk.disclose(
        person, "Paul Ilunga", "own request", folder, by=by, witness=second
    )
    # what stays in the chain for ever does not name who may be erased; the paper does
    assert recorded.facts[0].body == PersonDisclosed("the person", "own request")
    assert recorded.facts[0].witnesses == (second.id,)
    assert sorted(folder.iterdir()) == sorted((made.paper, made.table, made.json))
    assert not any("ilunga" in one.name.lower() for one in folder.iterdir())
    assert made.paper.read_bytes().startswith(b"%PDF")
    value = json.loads(made.json.read_text("utf-8"))
    assert value["handed_out"] == {
        "to": "Paul Ilunga", "ground": "own request", "code": made.code,
    }  # fmt: skip
    assert value["details"]["Card"] == "CARD-8"
    assert len(value["limits"]) == 2
    rows = list(csv.reader(made.table.read_text("utf-8-sig").splitlines()))
    assert ["", "Card", "CARD-8", ""] in rows
    assert any("KB4471902" in cell for row in rows for cell in row)
    # what was handed out before is held about them as well, and their details stand as before
    held = desk.held(person)
    assert any("the person" in one.what for one in held.records)
    assert house.stockpile.holders.known(person).card == "CARD-8"
    desk.disclose(person, "a court", "order 7", folder, by=by, witness=second)
    assert len(books.reference(disclosure_subject(person)).standing) == 1


def test_nobody_hands_out_alone_without_a_ground_or_without_the_right(
    house, second, person, tmp_path
):
    desk, by = house.stockpile.persons_held, house.officer

    def disclose(to="x", ground="y", **signed):
        return desk.disclose(person, to, ground, tmp_path / "out", **signed)

    with pytest.raises(SecondOfficerMissing):
        disclose(by=by)
    with pytest.raises(SecondOfficerMissing):
        disclose(by=by, witness=by)
    with pytest.raises(FieldMissing):
        disclose(ground="", by=by, witness=second)
    people = house.stockpile.people
    people.appoint("C. Clerk", ("clerk",), PIN, by=by)
    clerk = people.sign_in("C. Clerk", PIN)
    with pytest.raises(OfficerNotAuthorised):
        disclose(by=clerk, witness=second)
    with pytest.raises(OfficerNotAuthorised):
        desk.show(person, by=clerk)
    assert desk.show(person, by=by).id == person
    assert not (tmp_path / "out").exists()
    assert house.stockpile.books.reference(disclosure_subject(person)) is None


def test_of_somebody_erased_only_what_names_nobody_is_left(house, person):
    stockpile = house.stockpile
    recorded = stockpile.holders.erase(person, "asked by Paul Ilunga", by=house.officer)
    assert recorded.facts[0].body.reason == "asked by the person"
    desk = stockpile.persons_held
    held = desk.held(desk.named(person))
    assert held.is_erased
    assert held.details == ()
    assert held.photo == b""
    text = as_csv(held)
    assert not any(word in text for word in ("Ilunga", "A-118", "CARD"))
    assert "KB4471902" in text
    stockpile.books.check(deep=True)


def test_no_cell_of_the_table_is_a_formula(house):
    holders, desk = house.stockpile.holders, house.stockpile.persons_held
    one = holders.record(Details("=cmd|' /C calc'!A0", "+1"), by=house.officer)[1]
    cells = [cell for row in csv.reader(as_csv(desk.held(one.id)).splitlines()) for cell in row]
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
