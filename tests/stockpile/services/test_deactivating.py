"""A deactivation on record with its numbered certificate, drawn as often as wanted."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.domain.errors import NotDeactivated, OfficerNotAuthorised
from stockpile.domain.facts import WeaponDeactivated
from stockpile.language import plain
from stockpile.services.ports import RegisterFilter

SAID = WeaponDeactivated(
    "", "barrel plugged and welded", "Proof House", "", "Kampala", ("barrel", "bolt"), "UG PH 26"
)


def words(file):
    with pypdfium2.PdfDocument(file) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return plain(" ".join(text.split()))


def test_a_deactivation_is_one_act_with_a_certificate_that_finds_the_weapon_again(house):
    desk, officer = house.stockpile.deactivating, house.officer
    weapon = house.register("KB4471902")
    with pytest.raises(NotDeactivated):
        desk.one(weapon)
    recorded, told = desk.deactivate(weapon, SAID, by=officer)
    assert len(recorded.entries) == 1
    assert (told.number, told.body.certificate) == ("DA-KLA-26-0001", "DA-KLA-26-0001")
    assert house.stockpile.books.weapon(weapon).deactivated
    register, other = house.stockpile.register, house.register("KB 2")
    for asked, expected in ((True, weapon), (False, other)):
        (row,) = register.page("serial", 0, 9, RegisterFilter(deactivated=asked))
        assert row.id == expected
    house.stockpile.books.check(deep=True)
    found = house.stockpile.scanning.read(told.number)
    assert (found.paper, found.document.argument) == ("deactivation_certificate", weapon)
    drawn = desk.print(weapon, by=officer, language="en")
    for one in ("Certificate of deactivation", "KB4471902", "Proof House", "UG PH 26", "Barrel",
                "barrel plugged and welded", "serial numbers are kept"):  # fmt: skip
        assert one in words(drawn.file)
    again = desk.deactivate(
        weapon, WeaponDeactivated("PH-78", *_rest(SAID)), by=officer, again=True
    )[1]
    assert (again.number, again.body.certificate) == ("DA-KLA-26-0002", "PH-78")
    assert "PH-78" in words(desk.print(weapon, by=officer, language="en").file)


def _rest(said):
    return (said.method, said.authority, said.on, said.where, said.components, said.mark)


def test_who_keeps_the_store_deactivates_nothing(house):
    house.stockpile.people.appoint("Clerk", ("clerk",), "1111", by=house.officer)
    clerk = house.stockpile.people.sign_in("Clerk", "1111")
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.deactivating.deactivate(house.register(), SAID, by=clerk)
