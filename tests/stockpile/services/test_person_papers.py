"""What is held about a person, in words."""

from __future__ import annotations

import json

from stockpile.domain.facts import Authorisation, OfficerAppointed
from stockpile.domain.holders import Holder
from stockpile.domain.values import PersonId
from stockpile.language import plain
from stockpile.services.documents import Heading, Pairs, Pictures, Table, Words
from stockpile.services.person_papers import (
    HandedOut,
    Held,
    HeldRecord,
    as_json,
    limits,
    officer_details,
    person_details,
    person_paper,
)
from stockpile.services.weapon_files import Printing

HANDED = HandedOut("A. Lawyer", "court order", "PD-1")
PRINTING = Printing("B. Okello", 0, 0, 7, "ab" * 32)
PERSON = Holder(
    PersonId("p1"), "Paul Ilunga", "A-118", authorisations=(Authorisation("*", "2027-01-01"),)
)


def blocks(held):
    return person_paper(held, HANDED, PRINTING).blocks


def test_only_what_is_said_of_a_person_is_a_detail():
    said = {one.name: plain(one.value) for one in person_details(PERSON)}
    assert said == {
        "Name": "Paul Ilunga", "Service or identity number": "A-118",
        "Cleared for": "every weapon 2027-01-01", "Signs by": "hand",
    }  # fmt: skip
    office = OfficerAppointed("A. Mbuyi", ("commander",), "ab", badge="cd")
    assert [plain(one.value) for one in officer_details(office)] == [
        "A. Mbuyi", "Commander", "yes", "ab",
    ]  # fmt: skip


def test_the_paper_says_to_whom_on_what_ground_and_what_it_cannot_hold():
    record = HeldRecord("2026-11-28 10:00 +00:00", "Issued", "KB1", "node-7")
    held = Held(
        "p1",
        "Paul Ilunga",
        person_details(PERSON),
        (record,),
        photo=b"jpeg",
        proofs=(("HR-1", b"jpeg"),),
    )
    first, *rest = blocks(held)
    assert plain(first.text) == "Handed out to A. Lawyer on this ground: court order"
    kinds = [type(one) for one in rest]
    assert kinds == [
        Heading, Pairs, Pictures, Heading, Table, Heading, Pictures, Heading, Words, Words,
    ]  # fmt: skip
    assert person_paper(held, HANDED, PRINTING).code == "PD-1"
    assert [one.text for one in rest[-2:]] == list(limits())


def test_an_erased_person_is_said_loudly_and_an_officers_acts_are_counted():
    loud = [
        one for one in blocks(Held("p1", "p1", (), (), is_erased=True)) if isinstance(one, Words)
    ]
    assert any(one.loud for one in loud)
    said = [one.text for one in blocks(Held("o1", "B", (), (), signed=2)) if isinstance(one, Words)]
    assert any("2" in plain(one) and "kept for ever" in one for one in said)


def test_the_json_holds_the_same_words():
    value = json.loads(as_json(Held("p1", "Paul Ilunga", person_details(PERSON), ()), HANDED))
    assert value["details"]["Name"] == "Paul Ilunga"
    assert value["records"] == []
