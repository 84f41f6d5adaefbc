"""Holders: on record, found, known by their card, able to sign."""

from __future__ import annotations

import io

import pytest
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from PIL import Image

from stockpile.domain.errors import (
    CardTaken,
    FieldMissing,
    HolderAmbiguous,
    HolderStillHolds,
    HolderUnknown,
    HolderWithoutPin,
    OfficerNotAuthorised,
    PinTooShort,
    PinTooSoon,
    ReasonMissing,
    WrongPin,
)
from stockpile.domain.facts import (
    Authorisation,
    Draft,
    LotRegistered,
    ReceiptSigned,
    RoundsIssued,
    WeaponIssued,
)
from stockpile.domain.holders import Details, Holder
from stockpile.domain.values import PersonId, new_id

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


def test_a_person_is_named_by_card_number_name_or_what_only_they_answer_to(house):
    holders, person = house.stockpile.holders, put(house)
    put(house, Details("P. Ilunga-Kato", "A-1180"))
    for text in ("card 7", "a118", "p ilunga", person.id, "cpl"):
        assert holders.named(text) == person, text
    with pytest.raises(HolderAmbiguous) as refused:
        holders.named("ilunga")
    assert set(refused.value.names) == {"P. Ilunga", "P. Ilunga-Kato"}
    for nobody in ("zz", "", " "):
        with pytest.raises(HolderUnknown):
            holders.named(nobody)


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


def hand_over(house, person, **said):
    """Hand a weapon out, past the counter's own questions."""
    weapon = house.register(said.pop("serial", "KB4471902"))
    stands = house.stockpile.books.weapon(weapon)
    issued = Draft(weapon, WeaponIssued(person.id, **said), stands.heads.custody)
    house.stockpile.books.record([issued], by=house.officer.id)
    return weapon


def rounds(house, body):
    holders = house.stockpile.holders
    new = new_id(holders.clock.now(), holders.chance.bytes(10))
    house.stockpile.books.record([Draft(new, body)], by=house.officer.id)
    return new


def test_an_account_says_what_a_person_answers_for_and_what_is_overdue(house):
    holders, person = house.stockpile.holders, put(house)
    late = hand_over(house, person, due="2020-01-01", receipt="r1")
    good = hand_over(house, person, serial="KB2", due="2099-01-01", receipt="r1")
    hand_over(house, put(house, Details("A. Okello")), serial="KB3")
    lot = rounds(house, LotRegistered("cartridge", lot="L-1", quantity=500))
    rounds(house, RoundsIssued(lot, 120, person.id))
    mine = rounds(house, ReceiptSigned("HR-1", "issue", (late, good), person.id))
    rounds(house, ReceiptSigned("HR-2", "issue", ()))
    account = holders.account(person.id)
    assert account.holder == person
    assert {row.id for row in account.weapons} == {late, good}
    assert account.overdue == {late}
    assert [(one.lot.number, one.quantity) for one in account.rounds] == [("L-1", 120)]
    assert [one.subject for one in account.receipts] == [mine]


def test_who_answers_for_weapons_or_rounds_is_not_erased(house):
    holders, person = house.stockpile.holders, put(house, pin="4711")
    hand_over(house, person)
    with pytest.raises(HolderStillHolds) as refused:
        holders.erase(person.id, "left", by=house.officer)
    assert (refused.value.name, refused.value.weapons, refused.value.rounds) == ("P. Ilunga", 1, 0)
    other = put(house, Details("A. Okello"))
    lot = rounds(house, LotRegistered("cartridge", lot="L-1", quantity=500))
    rounds(house, RoundsIssued(lot, 120, other.id))
    with pytest.raises(HolderStillHolds):
        holders.erase(other.id, "left", by=house.officer)


def test_an_erased_person_is_found_nowhere_and_signs_nothing(house):
    holders, person = house.stockpile.holders, put(house, pin="4711")
    with pytest.raises(ReasonMissing):
        holders.erase(person.id, " ", by=house.officer)
    assert house.stockpile.names().of(person.id) == "P. Ilunga"
    holders.erase(person.id, "asked for it", by=house.officer)
    assert holders.all() == () == holders.find("ilunga")
    assert holders.by_card("CARD-7") is None
    assert holders.one(person.id) == Holder(person.id)
    assert holders.account(person.id).weapons == ()
    assert house.stockpile.names().of(person.id) == person.id
    for act in (
        lambda: holders.sign(person.id, "4711", b"x"),
        lambda: holders.change(person.id, ILUNGA, by=house.officer),
        lambda: holders.set_pin(person.id, "4711", by=house.officer),
        lambda: holders.erase(person.id, "again", by=house.officer),
    ):
        with pytest.raises(HolderUnknown):
            act()
    with pytest.raises(HolderWithoutPin):
        house.stockpile.keys.open_holder(person.id, "4711")
    house.stockpile.books.check(deep=True)
    assert put(house).card == "CARD-7"  # the card is free again


def test_the_photo_of_an_erased_person_is_gone_from_the_disk(house):
    picture = io.BytesIO()
    Image.new("RGB", (40, 50), "navy").save(picture, "PNG")
    photo = house.stockpile.photographs.keep(picture.getvalue())
    person = put(house, Details("P. Ilunga", photo=photo.digest))
    assert house.stockpile.photographs.held([photo.digest])
    house.stockpile.holders.erase(person.id, "left", by=house.officer)
    assert not house.stockpile.photographs.held([photo.digest])


def test_only_whose_role_says_so_erases(house):
    person, people = put(house), house.stockpile.people
    people.appoint("C. Lerk", ("clerk",), "1357", by=house.officer)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.holders.erase(person.id, "left", by=people.sign_in("C. Lerk", "1357"))
