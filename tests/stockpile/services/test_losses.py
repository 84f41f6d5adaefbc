"""The desk of losses: two officers, last custody filled in, and everybody warned at once."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.domain.errors import (
    AlreadyLost,
    CounterEmpty,
    FieldMissing,
    NotLost,
    OfficerNotAuthorised,
    ReportUnknown,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Draft, InvestigationOpened, WeaponIssued, WeaponRelocated
from stockpile.domain.holders import Details
from stockpile.domain.losses import Loss
from stockpile.language import plain

LOCK = Loss("stolen", "", "lock forced")


@pytest.fixture
def second(house):
    people = house.stockpile.people
    people.appoint("J. Okello", ("storekeeper",), "1111", by=house.officer)
    return people.sign_in("J. Okello", "1111")


@pytest.fixture
def report(house, second):
    def report(*weapons, loss=LOCK):
        losses = house.stockpile.losses
        return losses.report(weapons, loss, by=house.officer, witness=second)[1]

    return report


def investigations(house):
    found = house.stockpile.books.references(InvestigationOpened)
    return [one.opened for one in found]


def test_a_crate_is_reported_in_one_act_with_one_number_and_a_case_for_each(house, report):
    crate = [house.register(f"KB {number}") for number in range(3)]
    number = report(*crate)
    assert number.startswith("LR-KLA-")
    assert number.endswith("-0001")
    books = house.stockpile.books
    assert [one.status for one in books.weapons(crate)] == ["lost"] * 3
    cases = investigations(house)
    assert [(one.kind, one.cause) for one in cases] == [("loss", number)] * 3
    assert {one.weapon for one in cases} == set(crate)
    entry = books.entries(house.stockpile.keys.node, books.tip().number - 1, 1)[0]
    assert len(entry.officer_signatures) == 2
    assert report(house.register("KB 9")).endswith("-0002")


def test_one_officer_alone_reports_nothing(house, second):
    weapon = house.register()
    losses = house.stockpile.losses
    with pytest.raises(SecondOfficerMissing):
        losses.report([weapon], LOCK, by=house.officer)
    with pytest.raises(SecondOfficerMissing):
        losses.report([weapon], LOCK, by=house.officer, witness=house.officer)
    house.stockpile.people.appoint("Auditor", ("auditor",), "1111", by=house.officer)
    auditor = house.stockpile.people.sign_in("Auditor", "1111")
    with pytest.raises(OfficerNotAuthorised):
        losses.report([weapon], LOCK, by=auditor, witness=second)
    with pytest.raises(OfficerNotAuthorised):
        losses.recover([weapon], house.stockpile.people.site(), "back", by=auditor)


def test_what_is_not_said_is_filled_in_from_the_record(house, report):
    weapon = house.register()
    report(weapon)
    (told,) = house.stockpile.losses.open_reports()
    assert told.body.discovered == told.body.verified != ""
    assert told.body.discoverer == "A. Mbuyi"
    assert not told.is_sent
    assert house.stockpile.losses.unsent() == {told.number}


def test_the_last_holder_is_known_and_may_be_out_with_it(house, report):
    stockpile = house.stockpile
    weapon = house.register()
    _, holder = stockpile.holders.record(Details("P. Ilunga"), by=house.officer)
    heads = stockpile.books.weapon(weapon).heads.custody
    out = Draft(weapon, WeaponIssued(holder.id), heads)
    stockpile.books.record([out], by=house.officer.id)
    assert stockpile.losses.last(weapon).holder == "P. Ilunga"
    report(weapon)
    told = stockpile.losses._told(weapon)
    assert (told.holder, told.account.state) == ("P. Ilunga", "issued")


def test_a_report_says_something_and_is_not_made_twice(house, report):
    weapon = house.register()
    with pytest.raises(CounterEmpty):
        report()
    with pytest.raises(FieldMissing):
        report(weapon, loss=Loss("lost", ""))
    report(weapon)
    with pytest.raises(AlreadyLost):
        report(weapon)


def test_an_amended_report_keeps_what_is_not_said_anew(house, report, second):
    weapons = [house.register("KB 1"), house.register("KB 2")]
    number = report(*weapons)
    losses = house.stockpile.losses
    site = house.stockpile.people.site()
    losses.recover(weapons[:1], site, "under the bench", by=house.officer)
    said = Loss("lost", "", authorities="Police, 14:00", incident="CRB 77/26")
    losses.amend(number.lower(), said, by=house.officer, witness=second)
    (told,) = losses.open_reports()
    assert [row.id for row in told.weapons] == weapons[1:]
    assert (told.body.how, told.body.circumstances) == ("lost", "lock forced")
    assert told.body.incident == "CRB 77/26"
    with pytest.raises(ReportUnknown):
        losses.amend("LR-KLA-26-9999", said, by=house.officer, witness=second)


def test_a_recovery_closes_the_report_and_needs_words(house, report):
    weapon = house.register()
    report(weapon)
    losses, site = house.stockpile.losses, house.stockpile.people.site()
    with pytest.raises(FieldMissing):
        losses.recover([weapon], site, "", by=house.officer)
    losses.recover([weapon], site, "handed in", where="market", by=house.officer)
    seen = losses.overview()
    assert seen.reports == ()
    assert [row.id for row in seen.recovered] == [weapon]
    assert house.stockpile.scanning.read("KB4471902").alarm == ""
    with pytest.raises(NotLost):
        losses.recover([weapon], site, "again", by=house.officer)


def test_the_national_report_says_what_an_authority_asks(house, report, tmp_path):
    weapon = house.register("KB4471902")
    number = report(weapon, loss=Loss("stolen", "2026-11-20", "lock forced", incident="CRB 77"))
    drawn = house.stockpile.losses.print(number, tmp_path / "report.pdf", by=house.officer)
    with pypdfium2.PdfDocument(drawn.file) as document:
        text = plain(" ".join(page.get_textpage().get_text_range() for page in document))
    for said in (number, "KB4471902", "lock forced", "2026-11-20", "CRB 77", "Kampala Central",
                 "J. Okello", "iARMS"):  # fmt: skip
        assert said in text


def test_a_loss_that_a_settled_dispute_upholds_is_the_same_report(house, report, second, tmp_path):
    """Somebody who had not heard of the loss moved the weapon; two officers let the loss stand."""
    weapon = house.register("KB 1")
    heads = house.stockpile.books.weapon(weapon).heads.custody
    number = report(weapon)
    site = house.stockpile.people.site()
    blind = Draft(weapon, WeaponRelocated(site), heads)
    house.stockpile.books.record([blind], by=house.officer.id)
    room = house.stockpile.conflict_room
    (shown,) = room.shown("custody_fork").cards
    choice = next(n for n, one in enumerate(shown.card.choices, 1) if one.act == "report_loss")
    said = (shown.id, choice, "the rack is empty")
    with pytest.raises(SecondOfficerMissing):
        room.settle(*said, by=house.officer)
    room.settle(*said, by=house.officer, second=second)
    stands = house.stockpile.books.weapon(weapon)
    assert (stands.status, stands.custody[0].paper) == ("lost", number)
    losses = house.stockpile.losses
    assert [one.number for one in losses.overview().reports] == [number]
    assert losses.paper(number, by=house.officer).code
    (case,) = house.stockpile.investigations.open_ones()
    assert case.evidence == ()  # that it stays lost explains nothing
