"""Destruction at an armoury: ordered, read weapon by weapon at the site, certified by two."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from stockpile.domain.destruction_site import Certification
from stockpile.domain.errors import (
    DestructionBegun,
    DestructionIncomplete,
    DestructionOrderedAlready,
    DestructionUnknown,
    OfficerNotAuthorised,
    SecondOfficerMissing,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionOrdered,
    Draft,
    MarkingBegun,
    MarkingEnded,
)
from stockpile.domain.losses import Loss
from stockpile.domain.values import JobId
from stockpile.language import plain
from stockpile.services.disposal_words import caution_words, reading_words

PRESENT = (Attendant("Col. Odhiambo", "chair"), Attendant("J. Doe", "monitor", "UNMAS"))
DONE = Certification(scrap_kilograms="12.5", scrap_to="Steel Rolling Mills", inoperable=True)


@pytest.fixture
def second(house):
    people = house.stockpile.people
    people.appoint("J. Okello", ("storekeeper",), "1111", by=house.officer)
    return people.sign_in("J. Okello", "1111")


@pytest.fixture
def desk(house):
    return house.stockpile.destructions


def said(*weapons, **words):
    told = DestructionOrdered("", weapons, "MoD 12/26", ("burning", "smelting"), "Luzira",
                              "2026-12-01", PRESENT)  # fmt: skip
    return replace(told, **words)


def words(file):
    with pypdfium2.PdfDocument(file) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return plain(" ".join(text.split()))


def test_a_rack_is_ordered_read_kept_and_certified(house, desk, second):
    books, officer = house.stockpile.books, house.officer
    weapons = [house.register(f"KB {number}", marks=()) for number in range(3)]
    stands = desk.order(said(*weapons), by=officer)[1]
    assert stands.ordered.number == "DO-KLA-26-0001"
    with pytest.raises(DestructionOrderedAlready):
        desk.order(said(weapons[0]), by=officer)
    site = desk.site("do-kla-26-0001")
    assert [desk.read(site, text, by=second)[1].outcome for text in ("KB 0", "KB 1", "KB 0")] == [
        "verified", "verified", "twice",
    ]  # fmt: skip
    with pytest.raises(DestructionIncomplete):
        desk.certify(stands.id, DONE, by=officer, witness=second)
    desk.keep(site, [weapons[2]], "for the museum", by=officer)
    (listed,) = desk.latest()
    assert (listed.verified, listed.kept, listed.missing) == (2, 1, 0)
    for alone in (None, officer):
        with pytest.raises(SecondOfficerMissing):
            desk.certify(stands.id, DONE, by=officer, witness=alone)
    recorded, done = desk.certify(stands.id, DONE, by=officer, witness=second)
    assert len(recorded.entries) == 1
    assert len(recorded.entries[0].officer_signatures) == 2
    assert done.certified.number == "DC-KLA-26-0001"
    assert [one.status for one in books.weapons(weapons)] == [
        "destroyed", "destroyed", "in_store",
    ]  # fmt: skip
    assert desk.one("DC-KLA-26-0001").id == stands.id
    assert desk.latest()[0].verified == 2
    assert house.stockpile.scanning.read("DC-KLA-26-0001").paper == "destruction_certificate"


def test_every_reading_is_on_record_so_that_the_work_goes_on_after_a_restart(house, desk):
    first, other = house.register("KB 1"), house.register("KB 2")
    stands = desk.order(said(first, other), by=house.officer)[1]
    desk.read(desk.site(stands.id), "KB 1", by=house.officer)
    site = desk.site(stands.id)
    assert [one.weapon for one in site.of("verified")] == [first]
    with pytest.raises(DestructionBegun):
        desk.remove(stands.id, [other], by=house.officer)
    desk.reopen(site, [first], by=house.officer)
    assert desk.remove(stands.id, [other], by=house.officer)[1].ordered.weapons == (first,)
    assert desk.add(stands.id, [other], by=house.officer)[1].ordered.weapons == (first, other)
    withdrawn = desk.withdraw(stands.id, "amnesty", by=house.officer)[1]
    assert withdrawn.state == "withdrawn"
    assert desk.order(said(first), by=house.officer)[1].ordered.number == "DO-KLA-26-0002"


def test_what_moved_after_it_was_read_is_read_again(house, desk):
    weapon = house.register("KB 1")
    stands = desk.order(said(weapon), by=house.officer)[1]
    desk.read(desk.site(stands.id), "KB 1", by=house.officer)
    yard = house.stockpile.places.open("Yard", "room", None, by=house.officer)[1].id
    house.stockpile.receiving.move([weapon], yard, by=house.officer)
    site = desk.site(stands.id)
    (open_,) = site.of("open")
    assert open_.moved
    assert desk.read(site, "KB 1", by=house.officer)[1].outcome == "verified"


def test_whatever_else_is_read_at_the_site_is_told_and_not_written(house, desk, second):
    books, officer = house.stockpile.books, house.officer
    listed, stranger, lost = (house.register(f"KB {number}") for number in range(3))
    twins = [house.register("KB 9") for _each in range(2)]
    stands = desk.order(said(listed, lost, *twins), by=officer)[1]
    loss = Loss("stolen", "", "lock forced")
    house.stockpile.losses.report([lost], loss, by=officer, witness=second)
    site, before = desk.site(stands.id), books.tip()
    for text, outcome in (
        ("KB 1", "not_listed"), ("KB 2", "lost"), ("KB 77", "unknown"), ("KB 9", "several"),
        ("DO-KLA-26-0001", "other"),
    ):  # fmt: skip
        reading = desk.read(site, text, by=officer)[1]
        assert reading.outcome == outcome
        assert all(reading_words(reading, stands))
    assert books.tip() == before
    assert stranger not in site.checks
    cautions = desk.cautions(said(house.register("KB 4")))
    assert cautions == ()
    auditor = house.stockpile.people
    auditor.appoint("Auditor", ("auditor",), "1111", by=officer)
    with pytest.raises(OfficerNotAuthorised):
        desk.read(site, "KB 0", by=auditor.sign_in("Auditor", "1111"))


def test_what_is_out_or_under_investigation_is_told_when_it_is_ordered(house, desk, second):
    lost = house.register("KB 1")
    house.stockpile.losses.report(
        [lost], Loss("stolen", "", "lock forced"), by=house.officer, witness=second
    )
    cautions = desk.cautions(said(lost, committee=(), methods=()))
    assert [one.kind for one in cautions] == ["no_monitor", "no_method", "lost", "investigated"]
    assert len(caution_words(cautions)) == 4


def test_the_list_and_the_certificate_say_all_of_it(house, desk, second):
    weapons = [house.register(f"KB44719{number}") for number in range(2)]
    stands = desk.order(said(*weapons, reason="surplus"), by=house.officer)[1]
    with pytest.raises(DestructionUnknown):
        desk.print(stands.id, by=house.officer, certificate=True)
    told = words(desk.print(stands.id, by=house.officer, language="en").file)
    for one in ("Destruction list", "DO-KLA-26-0001", "MoD 12/26", "Burning, then Smelting",
                "KB447190", "KB447191", "Kampala Central", "Col. Odhiambo", "surplus"):  # fmt: skip
        assert one in told
    site = desk.site(stands.id)
    desk.read(site, "KB447190", by=house.officer)
    desk.keep(site, [weapons[1]], "for the museum", by=house.officer)
    desk.certify(stands.id, DONE, by=house.officer, witness=second)
    drawn = desk.print(stands.id, by=house.officer, certificate=True, language="en")
    assert drawn.file.name == "DC-KLA-26-0001.pdf"
    told = words(drawn.file)
    for one in ("Certificate of destruction", "1 weapon destroyed", "for the museum", "12.5",
                "Steel Rolling Mills", "A. Mbuyi", "J. Okello", "UNMAS",
                "For the eye only", "Nothing of what is left"):  # fmt: skip
        assert one in told
    again = desk.print(stands.id, by=house.officer, certificate=True, language="en")
    assert again.content == drawn.content
    assert "Done: see certificate" in words(desk.print(stands.id, by=house.officer).file)


def test_the_number_of_a_destroyed_weapon_is_never_given_again(house, desk, second):
    books, weapon = house.stockpile.books, house.register("KB 1")
    begun = MarkingBegun(JobId("j1"), "s1", "UG 26 000007", 7, "m1")
    books.record(
        [Draft(weapon, begun), Draft(weapon, MarkingEnded(JobId("j1"), "marked"))], by=None
    )
    stands = desk.order(said(weapon), by=house.officer)[1]
    desk.read(desk.site(stands.id), "KB 1", by=house.officer)
    desk.certify(stands.id, DONE, by=house.officer, witness=second)
    assert books.weapon(weapon).status == "destroyed"
    assert books.numbers_used("s1") == {7}
    assert "UG 26 000007" in words(
        desk.print(stands.id, by=house.officer, certificate=True, language="en").file
    )
