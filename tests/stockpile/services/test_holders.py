"""Holders: on record, found, known by their card, able to sign."""

from __future__ import annotations

import pytest
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from stockpile.domain.errors import (
    CardTaken,
    FieldMissing,
    HolderUnknown,
    HolderWithoutPin,
    OfficerNotAuthorised,
    PinTooShort,
    PinTooSoon,
    WrongPin,
)
from stockpile.domain.facts import Authorisation
from stockpile.domain.holders import Details
from stockpile.domain.values import PersonId

ILUNGA = Details("P. Ilunga", "A-118", "Cpl", "2 Coy", "CARD-7")


def put(house, details=ILUNGA, pin=""):
    return house.stockpile.holders.record(details, by=house.officer, pin=pin)[1]


def test_a_person_on_record_is_found_by_name_number_unit_and_card(house):
    holders, person = house.stockpile.holders, put(house)
    put(house, Details("A. Okello", "B-2", unit="3 Coy", card="CARD-8"))
    for text in ("ilu", "p ilunga", "A118", "2 coy", "card-7", "cpl ilunga"):
        assert [one.id for one in holders.find(text)] == [person.id], text
    assert holders.find("coy", limit=1) == (holders.all()[0],)
    assert [one.name for one in holders.all()] == ["A. Okello", "P. Ilunga"]
    assert holders.find("nobody") == () == holders.find(" ")


def test_a_card_names_one_person(house):
    holders, person = house.stockpile.holders, put(house)
    assert holders.by_card("card 7") == person.id
    assert holders.by_card("A-118") is None
    assert holders.by_card("") is None
    with pytest.raises(CardTaken) as refused:
        put(house, Details("A. Okello", card="card-7"))
    assert refused.value.name == "P. Ilunga"
    other = put(house, Details("A. Okello"))
    with pytest.raises(CardTaken):
        holders.change(other.id, Details("A. Okello", card="CARD 7"), by=house.officer)


def test_what_is_recorded_of_a_person_is_said_anew_and_the_same_is_not_written_again(house):
    holders, person = house.stockpile.holders, put(house)
    cleared = Details("P. Ilunga", "A-118", "Sgt", authorisations=(Authorisation("ASR"),))
    recorded, changed = holders.change(person.id, cleared, by=house.officer)
    assert (changed.rank, changed.card, changed.unit) == ("Sgt", "", "")
    assert changed == holders.one(person.id)
    assert len(recorded.facts) == 1
    assert holders.by_card("CARD-7") is None
    assert holders.change(person.id, cleared, by=house.officer)[0].facts == ()


def test_a_person_signs_with_their_pin(house):
    holders, person = house.stockpile.holders, put(house, pin="4711")
    public_key, signature = holders.sign(person.id, "4711", b"one rifle")
    assert public_key == person.public_key
    VerifyKey(bytes.fromhex(public_key)).verify(b"one rifle", bytes.fromhex(signature))
    with pytest.raises(BadSignatureError):
        VerifyKey(bytes.fromhex(public_key)).verify(b"two rifles", bytes.fromhex(signature))


def test_a_new_pin_is_a_new_key_and_all_else_stays(house):
    holders, person = house.stockpile.holders, put(house, pin="4711")
    _, changed = holders.set_pin(person.id, "0815", by=house.officer)
    assert changed.public_key != person.public_key
    assert changed.details == person.details
    assert holders.sign(person.id, "0815", b"x")[0] == changed.public_key
    with pytest.raises(WrongPin):
        holders.sign(person.id, "4711", b"x")


def test_wrong_pins_of_a_holder_make_the_next_one_wait_and_name_them(house):
    holders, person = house.stockpile.holders, put(house, pin="4711")
    for _ in range(3):
        with pytest.raises(WrongPin) as refused:
            holders.sign(person.id, "0000", b"x")
    assert refused.value.name == "P. Ilunga"
    with pytest.raises(PinTooSoon):
        holders.sign(person.id, "4711", b"x")


def test_who_has_no_pin_cannot_sign_by_one(house):
    with pytest.raises(HolderWithoutPin) as refused:
        house.stockpile.holders.sign(put(house).id, "4711", b"x")
    assert refused.value.name == "P. Ilunga"


@pytest.mark.parametrize(
    ("details", "pin", "refusal"),
    [(Details(" "), "", FieldMissing), (ILUNGA, "12", PinTooShort)],
)
def test_nobody_is_put_on_record_in_halves(house, details, pin, refusal):
    with pytest.raises(refusal):
        put(house, details, pin)
    assert house.stockpile.holders.all() == ()


def test_only_whose_role_says_so_records_people(house):
    people = house.stockpile.people
    people.appoint("I. Spector", ("inspector",), "1357", by=house.officer)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.holders.record(ILUNGA, by=people.sign_in("I. Spector", "1357"))


def test_an_id_that_no_fact_speaks_of_is_nobody(house):
    weapon = house.register()
    for one in ("0190a000-0000-7000-8000-0000000000aa", weapon):
        with pytest.raises(HolderUnknown):
            house.stockpile.holders.one(PersonId(one))
